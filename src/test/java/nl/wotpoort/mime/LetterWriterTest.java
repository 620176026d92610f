package nl.wotpoort.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.VerifiedContent;
import nl.wotpoort.letter.VerifiedContent.Protection;
import nl.wotpoort.texts.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written is read back by Jakarta Mail, and by this room's own reader. */
class LetterWriterTest {

  static final CaseNumber CASE = CaseNumber.ofRandom(20261121L);
  private static final Address TEAM = Address.of("oost@wotschiedam.nl");
  private static final Instant NOW = Instant.parse("2026-06-01T08:15:30Z");
  private static final String PDF =
      Base64.getEncoder().encodeToString("%PDF-1.4 proef".getBytes(StandardCharsets.US_ASCII));

  private static final LetterWriter WRITER = new LetterWriter("poort.example; WOTpoort");

  static Heading heading() {
    return new Heading(
        Correspondent.of("WOTpoort (team Oóst)", Address.of("poort@wotschiedam.nl")),
        Correspondent.of(TEAM),
        Optional.of(Correspondent.of(Address.of("zaak+x@wotschiedam.nl"))),
        "<f1.abc@wotschiedam.nl>",
        NOW,
        Optional.of("<orig@praktijk.example>"),
        List.of("<a@praktijk.example>", "<orig@praktijk.example>"));
  }

  static String original(String subject) {
    return ("From: \"Dr. Jansen\" <jansen@praktijk-dorpsplein.example>\r\n"
        + "To: oost@wotschiedam.nl\r\nSubject: "
        + subject
        + "\r\n"
        + "X-Wotpoort-Case: WP-0000-0000\r\n"
        + "Content-Type: multipart/mixed; boundary=in\r\n\r\n--in\r\n"
        + "Content-Type: text/plain; charset=utf-8\r\n\r\nHulpvraag: geldzorgen\r\n--in\r\n"
        + "Content-Type: application/pdf; name=\"brief.pdf\"\r\nX-Wotpoort-Sender: nep@x.example\r\n"
        + "Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"brief.pdf\"\r\n\r\n"
        + PDF
        + "\r\n--in--\r\n");
  }

  static VerifiedContent detached(String subject) {
    String inner = original(subject);
    String signed =
        String.join(
            "\r\n",
            "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\";",
            " micalg=sha-256; boundary=sig",
            "",
            "--sig",
            "Content-Type: message/rfc822",
            "",
            inner,
            "--sig",
            "Content-Type: application/pkcs7-signature; name=smime.p7s",
            "Content-Transfer-Encoding: base64",
            "",
            "MIAGCSqGSIb3",
            "--sig--",
            "");
    return content(inner, signed);
  }

  static VerifiedContent opaque(String subject) {
    return content(
        original(subject),
        String.join(
            "\r\n",
            "Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m",
            "Content-Transfer-Encoding: base64",
            "",
            "MIAGCSqGSIb3DQEH",
            ""));
  }

  private static VerifiedContent content(String inner, String signed) {
    VerifiedContent read = Mails.content(inner);
    return new VerifiedContent(
        read.entity(),
        List.of(Bytes.of(signed, StandardCharsets.UTF_8)),
        read.headers(),
        Protection.WRAPPED,
        read.contentSha256());
  }

  static Bytes forward(VerifiedContent content) {
    return WRITER.forward(
        new ForwardLetter(
            heading(),
            CASE,
            content,
            new LetterReader().read(content, Mails.GP),
            new ForwardLetter.Certificate("Dr. Jansen", "Proef-CA", "ab12".repeat(16)),
            NOW,
            List.of("Het adres is van team Oost."),
            List.of("Cliënt gaf toestemming op 1-6-2026."),
            List.of(),
            ForwardLetter.Reader.TEAM,
            Language.NL));
  }

  static Bytes receipt(ReceiptLetter.Outcome outcome, Language language) {
    return WRITER.receipt(
        new ReceiptLetter(
            heading(),
            outcome,
            NOW,
            Optional.of(CASE),
            Optional.of("team Oost"),
            Optional.of(LocalDate.of(2026, 6, 8)),
            List.of("Het doel ontbreekt."),
            List.of("Vul het doel in."),
            Optional.of(ReceiptLetter.FillIn.INFORMATION_REQUEST),
            Optional.of("<orig@praktijk.example>"),
            TEAM,
            "00ff".repeat(16),
            language));
  }

  private static MimeMessage parse(Bytes bytes) throws MessagingException {
    return new MimeMessage(null, bytes.open());
  }

  private static String text(BodyPart part) throws MessagingException, IOException {
    return ((String) part.getContent()).replace("\r\n", "\n");
  }

  private static void isCleanOnTheWire(Bytes bytes) {
    String wire = bytes.decode(StandardCharsets.ISO_8859_1);
    assertThat(wire.chars().allMatch(c -> c > 0 && c < 127)).as("7-bit").isTrue();
    assertThat(wire.replace("\r\n", "")).doesNotContain("\r", "\n");
    assertThat(wire.split("\r\n")).allMatch(line -> line.length() <= 998);
  }

  @Test
  void forwardOfADetachedSignatureCarriesItByteForByte() throws MessagingException, IOException {
    VerifiedContent content = detached("Verwijzing");
    Bytes bytes = forward(content);
    isCleanOnTheWire(bytes);
    Multipart parts = (Multipart) parse(bytes).getContent();
    assertThat(parts.getCount()).isEqualTo(2);
    String wire = bytes.decode(StandardCharsets.ISO_8859_1);
    Bytes entity = Bytes.joined(content.signedEntity());
    assertThat(wire).contains(entity.decode(StandardCharsets.ISO_8859_1));
    assertThat(wire.split("filename=\"brief.pdf\"", -1)).hasSize(2);
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    parts.getBodyPart(1).writeTo(part);
    assertThat(Bytes.wrap(part.toByteArray())).isEqualTo(entity);
  }

  /** As an opaque one comes that was written as a detached one: its content is not copied. */
  @Test
  void anOriginalInPiecesIsTheSame() {
    for (VerifiedContent whole : List.of(detached("Verwijzing"), opaque("Verwijzing"))) {
      Bytes entity = whole.signedEntity().get(0);
      int behindHeader = entity.length() - 20;
      VerifiedContent inPieces =
          new VerifiedContent(
              whole.entity(),
              List.of(entity.slice(0, behindHeader), entity.slice(behindHeader, entity.length())),
              whole.headers(),
              whole.protection(),
              whole.contentSha256());

      assertThat(forward(inPieces)).isEqualTo(forward(whole));
    }
  }

  @Test
  void forwardOfAnOpaqueSignatureBringsTheFilesBesideIt() throws MessagingException, IOException {
    Bytes bytes = forward(opaque("Verwijzing"));
    isCleanOnTheWire(bytes);
    Multipart parts = (Multipart) parse(bytes).getContent();
    assertThat(parts.getCount()).isEqualTo(3);
    assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("brief.pdf");
    assertThat(parts.getBodyPart(1).getInputStream().readAllBytes())
        .isEqualTo("%PDF-1.4 proef".getBytes(StandardCharsets.US_ASCII));
    assertThat(parts.getBodyPart(1).getHeader("X-Wotpoort-Sender")).isNull();
    assertThat(parts.getBodyPart(2).getFileName()).isEqualTo("origineel-ondertekend.p7m");
    assertThat(parts.getBodyPart(2).getInputStream().readAllBytes())
        .isEqualTo(Base64.getDecoder().decode("MIAGCSqGSIb3DQEH"));
  }

  @Test
  void forwardSaysWhoWhyAndHow() throws MessagingException, IOException {
    MimeMessage message = parse(forward(detached("Verwijzing")));
    String block = text(((Multipart) message.getContent()).getBodyPart(0));
    assertThat(block)
        .contains("Afzender: Dr. Jansen <jansen@praktijk-dorpsplein.example>")
        .contains(
            "Certificaat van Dr. Jansen, uitgegeven door Proef-CA, vingerafdruk AB12 AB12 AB12 AB12")
        .contains("Ontvangen: 1-6-2026 om 10:15 uur")
        .contains("- Het adres is van team Oost.")
        .contains("- Cliënt gaf toestemming op 1-6-2026.")
        .contains("Besluit: kan ondersteunen")
        .contains("Hulpvraag: geldzorgen")
        .doesNotContain("{0}", "''");
    assertThat(message.getSubject()).isEqualTo("[" + CASE + "] Verwijzing");
    assertThat(message.getHeader("X-Wotpoort-Case")).containsExactly(CASE.toString());
    assertThat(message.getHeader("X-Wotpoort-Sender")).containsExactly(Mails.GP.toString());
    assertThat(message.getMessageID()).isEqualTo("<f1.abc@wotschiedam.nl>");
    assertThat(message.getSentDate().toInstant()).isEqualTo(NOW);
    assertThat(message.getFrom()[0].toString()).contains("poort@wotschiedam.nl");
    assertThat(message.getReplyTo()[0].toString()).isEqualTo("zaak+x@wotschiedam.nl");
  }

  @Test
  void aReplyThatRepeatsTheForwardWithoutMarksSaysOnlyTheDecision()
      throws MessagingException, IOException {
    String block = text(((Multipart) parse(forward(detached("x"))).getContent()).getBodyPart(0));
    assertThat(Mails.told("Besluit: kan ondersteunen\nContactpersoon: Piet\n\n" + block))
        .contains("kind: feedback", "contact: Piet", "case: " + CASE);
    assertThat(Mails.told(block)).contains("kind: free text", "case: " + CASE);
  }

  @Test
  void theSameLetterGivesTheSameBytes() {
    assertThat(forward(detached("x"))).isEqualTo(forward(detached("x")));
    assertThat(receipt(ReceiptLetter.Outcome.HELD, Language.NL))
        .isEqualTo(receipt(ReceiptLetter.Outcome.HELD, Language.NL));
  }

  @ParameterizedTest
  @CsvSource({
    "Verwijzing 999990019, Verwijzing",
    "Mw. Proef BSN 9999.90.019 spoed, Mw. Proef BSN spoed",
    "999 990 019, ''",
    "Tel 0107541515, Tel 0107541515",
    "Nummer 999990018, Nummer 999990018",
    "123456782 en 12345, en 12345",
    "a1 999994268 b, a1 b",
  })
  void noBsnInAnySubject(String subject, String kept) throws MessagingException {
    assertThat(parse(forward(detached(subject))).getSubject())
        .isEqualTo(("[" + CASE + "] " + kept).strip());
  }

  @Test
  void longAndStrangeSubjectsAreFolded() throws MessagingException {
    String subject = "Verwijzing cliënt ☎ ".repeat(9).strip();
    Bytes bytes = forward(detached(EncodedWords.encode(subject)));
    isCleanOnTheWire(bytes);
    assertThat(parse(bytes).getSubject()).isEqualTo("[" + CASE + "] " + subject);
    assertThat(bytes.decode(StandardCharsets.US_ASCII).lines().limit(30))
        .allMatch(line -> line.length() <= 100);
  }

  @Test
  void nothingIsSmuggledIntoTheHeader() throws MessagingException {
    Bytes bytes = forward(detached("=?utf-8?Q?x=0D=0ABcc:_iemand@x.example?="));
    assertThat(parse(bytes).getHeader("Bcc")).isNull();
    Heading sound = heading();
    assertThatThrownBy(
            () ->
                new Heading(
                    sound.from(),
                    sound.to(),
                    Optional.empty(),
                    "<a@b>\r\nBcc: x@y.example",
                    NOW,
                    Optional.empty(),
                    List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void eightBitFilesAreWrappedWithoutChange() throws MessagingException, IOException {
    String inner =
        String.join(
            "\r\n",
            "Subject: x",
            "Content-Type: multipart/mixed; boundary=in",
            "",
            "--in",
            "",
            "Hallo",
            "--in",
            "Content-Type: text/csv; name=a.csv; charset=utf-8",
            "Content-Transfer-Encoding: 8bit",
            "",
            "cliënt;één\n",
            "--in--",
            "");
    byte[] raw = inner.getBytes(StandardCharsets.UTF_8);
    VerifiedContent read = Mails.content(raw);
    VerifiedContent content =
        new VerifiedContent(
            read.entity(),
            opaque("x").signedEntity(),
            read.headers(),
            Protection.WRAPPED,
            read.contentSha256());
    Bytes bytes = forward(content);
    isCleanOnTheWire(bytes);
    BodyPart file = ((Multipart) parse(bytes).getContent()).getBodyPart(1);
    assertThat(file.getInputStream().readAllBytes())
        .isEqualTo("cliënt;één\n".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anOriginalThatCannotBeReadGoesAlongWhole() throws MessagingException, IOException {
    VerifiedContent content =
        content("Content-Type: multipart/mixed\r\n\r\nx", "Content-Type: \u00e9\r\n\r\nx");
    Multipart parts = (Multipart) parse(forward(content)).getContent();
    assertThat(text(parts.getBodyPart(0))).contains("geen leesbare tekst");
    assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("origineel-bericht.eml");
  }

  @ParameterizedTest
  @EnumSource(ReceiptLetter.Outcome.class)
  void receiptsAreReportsThatNobodyAnswers(ReceiptLetter.Outcome outcome)
      throws MessagingException, IOException {
    Bytes bytes = receipt(outcome, Language.NL);
    isCleanOnTheWire(bytes);
    MimeMessage message = parse(bytes);
    assertThat(message.getContentType())
        .contains("multipart/report", "report-type=disposition-notification");
    assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-replied");
    assertThat(message.getHeader("In-Reply-To")).containsExactly("<orig@praktijk.example>");
    assertThat(new LetterReader().read(Mails.content(bytes.toArray()), Mails.GP).letter())
        .isEqualTo(new Letter.AutomaticNotice(Letter.AutomaticNotice.Kind.DISPOSITION));
    BodyPart report = ((Multipart) message.getContent()).getBodyPart(1);
    assertThat(report.getContentType()).isEqualTo("message/disposition-notification");
    String fields = new String(report.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(fields)
        .contains("Final-Recipient: rfc822;oost@wotschiedam.nl\r\n")
        .contains("Original-Message-ID: <orig@praktijk.example>\r\n")
        .contains("Received-content-MIC: AP8A/wD/AP8A/wD/AP8A/wD/AP8A/wD/AP8A/wD/AP8=, sha-256")
        .contains(
            outcome == ReceiptLetter.Outcome.REFUSED
                ? "MDN-sent-automatically; processed/error\r\n"
                : "MDN-sent-automatically; processed\r\n");
  }

  @Test
  void aReceiptTellsWhatHappened() throws MessagingException, IOException {
    MimeMessage message = parse(receipt(ReceiptLetter.Outcome.FORWARDED, Language.NL));
    assertThat(message.getSubject()).isEqualTo("[" + CASE + "] Uw bericht is doorgestuurd");
    assertThat(text(((Multipart) message.getContent()).getBodyPart(0)))
        .contains("op 1-6-2026 om 10:15 uur", "Het zaaknummer is " + CASE, "naar team Oost")
        .contains("uiterlijk op 8-6-2026");
  }

  @Test
  void aRefusalHasTheBlockToFillInAndItCanBeRead() throws MessagingException, IOException {
    MimeMessage message = parse(receipt(ReceiptLetter.Outcome.REFUSED, Language.NL));
    String text = text(((Multipart) message.getContent()).getBodyPart(0));
    assertThat(text).contains("Het doel ontbreekt.", "Vul het doel in.", "Doel:", "Vraag 1:");
    String block = text.substring(text.indexOf("Cliënt:"), text.indexOf("In de tweede"));
    String filled =
        block
            .replace("Doel: ", "Doel: ondersteuning")
            .replace("Vraag 1: ", "Vraag 1: Welke?")
            .replace("Toestemming: ", "Toestemming: ja");
    assertThat(Mails.told(filled))
        .contains("kind: request", "purpose: support", "question 1: Welke?", "consent: YES");
    assertThat(Mails.told(block))
        .contains("kind: request", "consent: UNKNOWN", "missing: purpose EMPTY");
  }

  @Test
  void receiptsSpeakEnglishToo() throws MessagingException, IOException {
    MimeMessage message = parse(receipt(ReceiptLetter.Outcome.HELD, Language.EN));
    assertThat(text(((Multipart) message.getContent()).getBodyPart(0)))
        .contains("1 June 2026 at 10:15", "it is not lost");
  }

  @Test
  void theUnsealedNoticeHoldsNothingOfTheMail() throws MessagingException, IOException {
    Bytes bytes =
        WRITER.notice(
            new NoticeLetter(
                heading(),
                NoticeLetter.Kind.UNVERIFIED,
                Optional.of(CASE),
                Optional.of(NOW),
                Language.NL));
    isCleanOnTheWire(bytes);
    MimeMessage message = parse(bytes);
    assertThat((String) message.getContent()).contains("niet controleren").doesNotContain("WP-");
    assertThat(message.getSubject()).doesNotContain("WP-");
    assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-replied");
  }

  @ParameterizedTest
  @EnumSource(value = NoticeLetter.Kind.class, names = "UNVERIFIED", mode = EnumSource.Mode.EXCLUDE)
  void noticesNameTheCase(NoticeLetter.Kind kind) throws MessagingException, IOException {
    MimeMessage message =
        parse(
            WRITER.notice(
                new NoticeLetter(
                    heading(), kind, Optional.of(CASE), Optional.of(NOW), Language.NL)));
    assertThat((String) message.getContent()).contains(CASE.toString(), "1-6-2026 om 10:15 uur");
  }
}
