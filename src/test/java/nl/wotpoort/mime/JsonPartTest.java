package nl.wotpoort.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import nl.wotpoort.letter.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A JSON part in a mail: which is read, and what makes it one for a person. */
class JsonPartTest {

  private static final String HEAD = "{\"schema\":\"wotpoort.message/1\",\"type\":";

  private static Arguments row(String sentence, String json, String... expected) {
    return Arguments.of(sentence, json, List.of(expected));
  }

  static Stream<Arguments> rows() {
    return Stream.of(
        row(
            "a request",
            HEAD
                + "\"INFO_REQUEST\",\"purpose\":{\"code\":\"support\"},"
                + "\"questions\":[{\"nr\":1,\"text\":\"Welke?\",\"category\":\"medical.summary\"}]}",
            "kind: request",
            "form: JSON",
            "purpose: support",
            "question 1 (medical.summary): Welke?"),
        row(
            "a purpose in words is looked up",
            HEAD + "\"INFO_REQUEST\",\"purpose\":{\"text\":\"schuldhulp\"}}",
            "purpose: support.finance"),
        row(
            "an unknown code travels on to the rules",
            HEAD + "\"INFO_REQUEST\",\"purpose\":{\"code\":\"wraak\"}}",
            "purpose: wraak"),
        row(
            "the whole file is no targeted question in JSON either",
            HEAD + "\"INFO_REQUEST\",\"questions\":[{\"nr\":1,\"text\":\"het hele dossier\"}]}",
            "no question",
            "missing: question.1 NOT_TARGETED"),
        row("consent absent", HEAD + "\"REFERRAL\"}", "consent: UNKNOWN"),
        row("consent true", HEAD + "\"REFERRAL\",\"consent\":{\"given\":true}}", "consent: YES"),
        row("consent false", HEAD + "\"REFERRAL\",\"consent\":{\"given\":false}}", "consent: NO"),
        row(
            "consent in words is a wrong type",
            HEAD + "\"REFERRAL\",\"consent\":{\"given\":\"ja\"}}",
            "kind: unrecognised MALFORMED_JSON consent.given"),
        row(
            "a status is never answered",
            HEAD + "\"STATUS\",\"state\":\"RECEIVED\"}",
            "kind: automatic other"),
        row(
            "a status with a decision is feedback",
            HEAD + "\"STATUS\",\"state\":\"DECLINED\"}",
            "outcome: DECLINED"),
        row(
            "unknown fields are left alone",
            HEAD + "\"REFERRAL\",\"kleur\":{\"a\":[1]}}",
            "kind: referral"),
        row("an unknown type is held", HEAD + "\"WISH\"}", "kind: unrecognised UNKNOWN_VALUE type"),
        row(
            "an unknown urgency is held",
            HEAD + "\"REFERRAL\",\"urgency\":\"PURPLE\"}",
            "kind: unrecognised UNKNOWN_VALUE urgency"),
        row(
            "an unknown situation is held",
            HEAD + "\"REFERRAL\",\"situations\":[\"jeugdhulp\",\"regen\"]}",
            "kind: unrecognised UNKNOWN_VALUE situations[1]"),
        row(
            "another version is held",
            "{\"schema\":\"wotpoort.message/2\",\"type\":\"REFERRAL\"}",
            "kind: unrecognised UNKNOWN_SCHEMA schema"),
        row(
            "no version is held",
            "{\"type\":\"REFERRAL\"}",
            "kind: unrecognised UNKNOWN_SCHEMA schema"),
        row(
            "no type is held",
            "{\"schema\":\"wotpoort.message/1\"}",
            "kind: unrecognised MALFORMED_JSON type"),
        row(
            "a key twice is refused",
            HEAD + "\"REFERRAL\",\"type\":\"ANSWER\"}",
            "kind: unrecognised MALFORMED_JSON json"),
        row(
            "text behind the end is refused",
            HEAD + "\"REFERRAL\"} {}",
            "kind: unrecognised MALFORMED_JSON json"),
        row("a list is refused", "[]", "kind: unrecognised MALFORMED_JSON json"),
        row("nothing is refused", "", "kind: unrecognised MALFORMED_JSON json"),
        row("half is refused", HEAD, "kind: unrecognised MALFORMED_JSON json"),
        row(
            "deep nesting is refused",
            HEAD + "\"REFERRAL\",\"x\":" + "[".repeat(5000),
            "kind: unrecognised MALFORMED_JSON json"),
        row(
            "a BSN that fails the 11-test",
            HEAD + "\"REFERRAL\",\"client\":{\"bsn\":\"999990018\"}}",
            "kind: unrecognised MALFORMED_JSON client.bsn"),
        row(
            "a date that is none",
            HEAD + "\"REFERRAL\",\"client\":{\"birthDate\":\"1980-02-30\"}}",
            "kind: unrecognised MALFORMED_JSON client.birthDate"),
        row(
            "one number for two questions",
            HEAD
                + "\"INFO_REQUEST\",\"questions\":[{\"nr\":1,\"text\":\"a\"},{\"nr\":1,\"text\":\"b\"}]}",
            "kind: unrecognised CONTRADICTION questions"),
        row(
            "another sender than the signer",
            HEAD + "\"REFERRAL\",\"sender\":\"iemand@anders.example\"}",
            "kind: unrecognised CONTRADICTION sender"),
        row(
            "the signer as sender",
            HEAD + "\"REFERRAL\",\"sender\":\"Jansen@praktijk-dorpsplein.example\"}",
            "kind: referral"),
        row(
            "a case number with a wrong check character",
            HEAD + "\"REFERRAL\",\"caseId\":\"WP-0000-0001\"}",
            "kind: unrecognised MALFORMED_JSON caseId"),
        row(
            "a file that did not come",
            HEAD
                + "\"REFERRAL\",\"attachments\":[{\"name\":\"a\",\"sha256\":\""
                + "0".repeat(64)
                + "\"}]}",
            "kind: unrecognised CONTRADICTION attachments"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void reads(String sentence, String json, List<String> expected) {
    String mail = "Subject: x\nContent-Type: application/json\n\n" + json;
    LabelRows.check(sentence, Described.of(Mails.read(mail)), expected);
  }

  private static String mixed(String... parts) {
    return "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
        + String.join("\n--b\n", parts)
        + "\n--b--\n";
  }

  private static final String TEXT = "Content-Type: text/plain; charset=utf-8\n\n";
  private static final String JSON = "Content-Type: application/vnd.wotpoort+json\n\n";

  @Test
  void jsonGoesBeforeLabels() {
    Reading reading =
        Mails.read(
            mixed(
                TEXT + "Hulpvraag: tekst", JSON + HEAD + "\"REFERRAL\",\"helpRequest\":\"json\"}"));
    assertThat(Described.of(reading)).contains("help: json", "form: JSON");
    assertThat(reading.text().reveal()).isEqualTo("Hulpvraag: tekst");
  }

  @Test
  void jsonAsAlternativeIsRead() {
    String mail =
        mixed(TEXT + "Beste collega", JSON + HEAD + "\"REFERRAL\"}")
            .replace("multipart/mixed", "multipart/alternative");
    assertThat(Described.of(Mails.read(mail))).contains("kind: referral");
  }

  @Test
  void twoJsonPartsContradict() {
    String json = JSON + HEAD + "\"REFERRAL\"}";
    assertThat(Described.of(Mails.read(mixed(json, json))))
        .contains("kind: unrecognised CONTRADICTION json");
  }

  @Test
  void labelsOfAnotherKindContradictTheJson() {
    String mail = mixed(TEXT + "Besluit: afgerond", JSON + HEAD + "\"REFERRAL\"}");
    assertThat(Described.of(Mails.read(mail))).contains("kind: unrecognised CONTRADICTION kind");
  }

  @Test
  void aNoInTheTextContradictsAYesInTheJson() {
    String mail =
        mixed(
            TEXT + "Toestemming: nee", JSON + HEAD + "\"REFERRAL\",\"consent\":{\"given\":true}}");
    assertThat(Described.of(Mails.read(mail))).contains("kind: unrecognised CONTRADICTION consent");
  }

  @Test
  void anotherCaseInTheSubjectContradictsTheJson() {
    String mail =
        mixed(JSON + HEAD + "\"REFERRAL\",\"caseId\":\"WP-0000-0000\"}")
            .replace(
                "Subject: x", "Subject: [" + nl.wotpoort.letter.CaseNumber.ofRandom(12345L) + "]");
    assertThat(Described.of(Mails.read(mail))).contains("kind: unrecognised CONTRADICTION caseId");
  }

  @Test
  void jsonInAForwardedMailIsAnotherLetter() {
    String mail =
        mixed(
            TEXT + "Ter info",
            "Content-Type: message/rfc822\n\nSubject: oud\n" + JSON + HEAD + "\"REFERRAL\"}");
    assertThat(Described.of(Mails.read(mail))).contains("kind: free text");
  }

  @Test
  void listedFilesAreComparedByDigest() {
    byte[] content = {1, 2, 3, (byte) 0xff};
    String digest = MailContents.sha256(Bytes.wrap(content));
    String file =
        "Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\n"
            + Base64.getEncoder().encodeToString(content);
    String json =
        JSON
            + HEAD
            + "\"REFERRAL\",\"attachments\":[{\"name\":\"b.pdf\",\"sha256\":\""
            + digest
            + "\"}]}";
    Reading reading = Mails.read(mixed(TEXT + "Hierbij", json, file));
    assertThat(Described.of(reading)).contains("kind: referral");
    assertThat(reading.attachments()).hasSize(2);
    assertThat(reading.attachments().get(1).sha256()).isEqualTo(digest);
    assertThat(reading.attachments().get(1).name().reveal()).isEqualTo("a.pdf");
  }
}
