package nl.wotpoort.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Mail in the forms that mail programs give it: alternatives, encodings, charsets and quoting. */
class MailProgramsTest {

  static Stream<Arguments> programs() {
    return Stream.of(
        arguments(
            "outlook-new",
            List.of(
                "kind: request",
                "name: J. Proef",
                "born: 1980-02-01",
                "purpose: support",
                "question 1 (medical.medication): Welke medicatie gebruikt mevrouw op dit moment, en"
                    + " is er sprake van “bijwerkingen”?",
                "consent: YES",
                "no missing")),
        arguments(
            "outlook-reply-html",
            List.of("outcome: DECLINED", "reason: buiten Schiedam", "case: WP-0000-0000")),
        arguments(
            "word-table",
            List.of(
                "kind: referral",
                "name: J. Proef",
                "born: 1980-02-01",
                "help: Geldzorgen & post",
                "consent: YES")),
        arguments(
            "thunderbird-reply",
            List.of(
                "outcome: ACCEPTED",
                "contact: Piet Proef",
                "explanation: Wij hebben mevrouw gesproken en nemen deze week contact op om een"
                    + " afspraak te maken.")),
        arguments(
            "apple-mail-reply",
            List.of(
                "outcome: UNCLEAR",
                "reason: De geboortedatum van de cliënt ontbreekt, en wij weten niet goed waar"
                    + " mevrouw nu verblijft.")),
        arguments("empty-plain", List.of("outcome: COMPLETED")),
        arguments(
            "gmail-reply", List.of("purpose: support.intake", "question 1: Welke medicatie?")),
        arguments(
            "his-iso-8859-15",
            List.of(
                "kind: referral",
                "bsn: 999990019",
                "born: 1980-02-01",
                "help: schuld van € 5.000 en geen overzicht",
                "factor: coördinatie lastig",
                "factor: woont alleen",
                "urgency: NORMAL",
                "consent: YES")),
        arguments(
            "latin1-that-is-windows", List.of("question 1: Is er “medicatie” voor de cliënt €?")),
        arguments("bottom-posting", List.of("outcome: INTERIM", "explanation: volgt")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void reads(String name, List<String> expected) {
    Reading reading = Mails.read(Mails.file("programs/" + name + ".eml"));
    LabelRows.check(name, Described.of(reading), expected);
  }

  @Test
  void fileNamesAreDecoded() {
    Reading reading = Mails.read(Mails.file("programs/his-iso-8859-15.eml"));
    assertThat(reading.attachments())
        .extracting(a -> a.name().reveal())
        .containsExactly("Verwijs briëf.pdf", "winmail.dat");
    assertThat(reading.head().subject().orElseThrow().reveal()).isEqualTo("Patiënt €");
    assertThat(reading.attachments().get(0).size()).isEqualTo(8);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Auto-Submitted: auto-replied | automatic out_of_office",
        "Auto-Submitted: auto-generated; x=y | automatic other",
        "Auto-Submitted: no | request",
        "Precedence: bulk | automatic other",
        "Precedence: junk | automatic other",
        "Precedence: list | automatic other",
        "Precedence: first-class | request",
        "X-Auto-Response-Suppress: All | request",
        "X-Autoreply: yes | automatic out_of_office",
        "Return-Path: <> | automatic delivery_status",
        "Return-Path: <a@b.example> | request",
        "Subject: Automatisch antwoord: vraag | request",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b | automatic delivery_status",
        "Content-Type: multipart/report; report-type=disposition-notification; boundary=b | automatic disposition",
        "Content-Type: multipart/report; boundary=b | automatic other",
      })
  void tellsAutomaticMail(String header, String kind) {
    Reading reading = Mails.read(header + "\n\nDoel: ondersteuning\n--b\n\nx\n--b--\n");
    assertThat(Described.of(reading)).contains("kind: " + kind);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Automatisch antwoord: uw vraag | automatic out_of_office",
        "Out of Office: vraag | automatic out_of_office",
        "Onbestelbaar: vraag | automatic delivery_status",
        "Re: Automatisch antwoord: uw vraag | free text",
        "Afwezig op school | free text",
      })
  void aSubjectAloneCountsOnlyWhenNothingElseWasSaid(String subject, String kind) {
    Reading reading = Mails.read("Subject: " + subject + "\n\nIk ben er niet.\n");
    assertThat(Described.of(reading)).contains("kind: " + kind);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Subject: Re: [WP-0000-0000] x | case: WP-0000-0000",
        "To: zaak+wp-0000-0000@wotschiedam.nl | case: WP-0000-0000",
        "Subject: x | kind: free text",
      })
  void findsTheCase(String header, String line) {
    assertThat(Described.of(Mails.read(header + "\n\nHallo\n"))).contains(line);
  }

  @Test
  void aCaseInTheSubjectAndAnotherInTheAddressContradict() {
    String other = LetterWriterTest.CASE.toString();
    assertThat(
            Described.of(
                Mails.read(
                    "Subject: WP-0000-0000\nTo: zaak+" + other + "@wotschiedam.nl\n\nHallo\n")))
        .contains("kind: unrecognised CONTRADICTION caseId");
  }

  @Test
  void theHeadIsRead() {
    Reading reading =
        Mails.read(
            """
            From: =?utf-8?Q?Dr=2E_Jans=C3=A9n?= <Jansen@praktijk-dorpsplein.example>
            To: WOT <oost@wotschiedam.nl>, info@wotschiedam.nl
            Cc: a@b.example
            Date: Mon, 1 Jun 2026 10:15:30 +0200
            Message-ID: <1@x.example>
            In-Reply-To: <0@x.example>
            References: <a@x.example>
             <0@x.example>

            Hallo
            """);
    assertThat(reading.head().fromName().orElseThrow().reveal()).isEqualTo("Dr. Jansén");
    assertThat(reading.head().to()).hasSize(2);
    assertThat(reading.head().cc()).hasSize(1);
    assertThat(reading.head().date().orElseThrow()).isEqualTo("2026-06-01T08:15:30Z");
    assertThat(reading.head().messageId()).contains("<1@x.example>");
    assertThat(reading.head().inReplyTo()).contains("<0@x.example>");
    assertThat(reading.head().references()).containsExactly("<a@x.example>", "<0@x.example>");
  }
}
