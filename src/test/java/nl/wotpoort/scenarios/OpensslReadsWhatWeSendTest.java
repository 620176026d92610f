package nl.wotpoort.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.BodyPart;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.ContentType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A forward and a receipt from the mailboxes they arrived in, judged by {@code openssl cms} and not
 * by our own code: they decrypt, verify, carry the original with its own signature, and prove what
 * was received.
 */
class OpensslReadsWhatWeSendTest {

  private static final Address GP = Address.of("a.devries@praktijk-delinde.example");
  private static final Address CBC_GP = Address.of("c.dejong@praktijk-maasoever.example");
  private static final Address OOST = Address.of("oost@intern.wotschiedam.nl");
  private static final Address ZUID = Address.of("zuid@intern.wotschiedam.nl");

  @TempDir static Path folder;

  private static PostOffice office;
  private static House house;
  private static Openssl openssl;

  @BeforeAll
  static void twoReferrals() throws IOException {
    openssl = new Openssl(Files.createDirectory(folder.resolve("openssl")));
    office = PostOffice.open();
    house = House.open(House.Plan.of(Files.createDirectory(folder.resolve("home")), office));
    try (Sender sender = new Sender(office.smtpPort())) {
      sender.send(GP.toString(), "oost@wotschiedam.nl", scenario("referral-to-team"));
      house.settle(office); // so that this is the first case
      sender.send(CBC_GP.toString(), "zuid@wotschiedam.nl", scenario("partner-reads-cbc"));
    }
    house.settle(office);
  }

  private static byte[] scenario(String name) throws IOException {
    Path mail = House.PROJECT.resolve("src/test/resources/scenarios/" + name + "/mail.eml");
    return Files.readAllBytes(mail);
  }

  @AfterAll
  static void close() {
    house.close();
    office.close();
  }

  private static Bytes only(Address address) {
    List<Bytes> inbox = office.inbox(address);
    assertThat(inbox).hasSize(1);
    return inbox.get(0);
  }

  private static ReceivedLetter open(Address reader) {
    return ReceivedLetter.open(only(reader), reader, openssl, House.NOW);
  }

  @Test
  void theForwardIsSignedByTheGatewayForTheTeam() {
    ReceivedLetter forward = open(OOST);
    assertThat(openssl.lastSigner()).isEqualTo("poort@wotschiedam.nl");
    assertThat(forward.text()).startsWith("=== Doorgestuurd door WOTpoort ===");
    assertThat(openssl.structure(only(OOST))).contains("aes-256-gcm");
  }

  @Test
  void theSendersOwnSignatureVerifiesInsideTheForward() throws Exception {
    Multipart parts = (Multipart) open(OOST).inside().getContent();
    Bytes original = Bytes.wrap(new byte[0]);
    for (int i = 0; i < parts.getCount(); i++) {
      if (parts.getBodyPart(i).isMimeType("multipart/signed")) {
        original = asItStands(parts.getBodyPart(i));
      }
    }
    Bytes content = openssl.verify(original, "zorg", House.NOW);
    assertThat(openssl.lastSigner()).isEqualTo(GP.toString());
    assertThat(content.decode(StandardCharsets.UTF_8)).contains("Hulpvraag: Mevrouw overziet");
  }

  @Test
  void theReceiptIsAReportWithADisposition() throws Exception {
    ReceivedLetter receipt = open(GP);
    assertThat(openssl.lastSigner()).isEqualTo("oost@wotschiedam.nl");
    ContentType type = new ContentType(receipt.inside().getContentType());
    assertThat(type.getBaseType()).isEqualToIgnoringCase("multipart/report");
    assertThat(type.getParameter("report-type")).isEqualTo("disposition-notification");
    String disposition = disposition(receipt);
    assertThat(disposition)
        .contains("Final-Recipient: rfc822;")
        .contains("oost@wotschiedam.nl")
        .contains("Original-Message-ID: <referral-to-team.mail@praktijk-delinde.example>")
        .containsPattern("(?m)^Disposition: automatic-action/MDN-sent-automatically; \\S+");
  }

  @Test
  void theReceiptsDigestIsThatOfTheSignedContent() throws Exception {
    // what the GP signed, found again without our code: decrypt the mail, verify it, digest what
    // was signed
    Bytes mail = Bytes.wrap(scenario("referral-to-team"));
    Bytes signed = openssl.decrypt(mail, "gateway/oost");
    Bytes content = openssl.verify(signed, "zorg", House.NOW);
    String digest = openssl.sha256Base64(content);
    assertThat(disposition(open(GP))).contains("Received-content-MIC: " + digest + ", sha-256");
  }

  @Test
  void thePartnerWhoCannotReadGcmGetsCbc() {
    ReceivedLetter receipt = open(CBC_GP);
    assertThat(openssl.structure(only(CBC_GP)))
        .contains("aes-256-cbc")
        .contains("pkcs7-envelopedData");
    assertThat(receipt.text()).contains("het wijkondersteuningsteam Zuid");
    assertThat(openssl.structure(only(ZUID))).contains("aes-256-gcm");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.devries@praktijk-delinde.example",
        "oost@intern.wotschiedam.nl",
        "c.dejong@praktijk-maasoever.example",
        "zuid@intern.wotschiedam.nl"
      })
  void outsideStandsNothingButTheCaseNumber(String address) throws Exception {
    Address reader = Address.of(address);
    var outside = ReceivedLetter.message(only(reader));
    assertThat(outside.getSubject()).matches("\\[WP-[0-9A-Z]{4}-[0-9A-Z]{4}]");
    List<String> names =
        Stream.of(Collections.list(outside.getAllHeaders()).toArray(Header[]::new))
            .map(Header::getName)
            .toList();
    assertThat(names)
        .isSubsetOf(
            "Return-Path", // these two are the mail server's
            "Received",
            "From",
            "To",
            "Reply-To",
            "Subject",
            "Date",
            "Message-ID",
            "In-Reply-To",
            "References",
            "Auto-Submitted",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding",
            "Content-Disposition");
    String head = text(only(reader)).split("\r\n\r\n", 2)[0];
    assertThat(head).doesNotContain("Voorbeeld", "999990019", "Aanmelding", "Hulpvraag");
  }

  @Test
  void theReceiptComesFromNobodyAndAnswersTheMail() throws Exception {
    assertThat(office.envelopes())
        .contains(new PostOffice.Envelope("", GP.toString()))
        .contains(new PostOffice.Envelope("poort@wotschiedam.nl", OOST.toString()));
    var outside = ReceivedLetter.message(only(GP));
    assertThat(outside.getHeader("Return-Path", null)).isEqualTo("<>");
    assertThat(outside.getHeader("Auto-Submitted", null)).isEqualTo("auto-replied");
    String original = "<referral-to-team.mail@praktijk-delinde.example>";
    assertThat(outside.getHeader("In-Reply-To", null)).isEqualTo(original);
    assertThat(outside.getHeader("References", null)).isEqualTo(original);
    assertThat(outside.getHeader("Reply-To", null))
        .isEqualToIgnoringCase("zaak+" + House.caseNumber(1) + "@wotschiedam.nl");
  }

  private static String disposition(ReceivedLetter receipt) throws MessagingException, IOException {
    Multipart parts = (Multipart) receipt.inside().getContent();
    for (int i = 0; i < parts.getCount(); i++) {
      if (parts.getBodyPart(i).isMimeType("message/disposition-notification")) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        parts.getBodyPart(i).getDataHandler().writeTo(bytes);
        return bytes.toString(StandardCharsets.US_ASCII).replaceAll("\r\n[ \t]+", " ");
      }
    }
    throw new AssertionError("no disposition part");
  }

  /** Headers and body of a part, byte for byte. */
  private static Bytes asItStands(BodyPart part) throws MessagingException, IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    part.writeTo(bytes);
    return Bytes.wrap(bytes.toByteArray());
  }

  private static String text(Bytes mail) {
    return mail.decode(StandardCharsets.ISO_8859_1);
  }
}
