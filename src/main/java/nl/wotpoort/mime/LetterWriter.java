package nl.wotpoort.mime;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/**
 * Writes whole inner messages (RFC 5322), ready to be sealed: 7-bit but for what the sender signed
 * with 8 bits, CRLF, and deterministic: the same letter gives the same bytes. What is said is
 * handed in; this class only knows the frame around it. Stateless and thread-safe.
 */
public final class LetterWriter {

  private static final DateTimeFormatter MOMENT_NL =
      DateTimeFormatter.ofPattern("d-M-yyyy 'om' HH:mm 'uur'", Locale.ENGLISH);
  private static final DateTimeFormatter MOMENT_EN =
      DateTimeFormatter.ofPattern("d MMMM yyyy 'at' HH:mm", Locale.ENGLISH);

  private final String reportingUa;

  /** {@code reportingUa} names this gateway in receipts, as in {@code wotpoort.example; 0.1}. */
  public LetterWriter(String reportingUa) {
    this.reportingUa = Controls.removeFromLine(reportingUa);
  }

  /**
   * The letter for a team or worker. Its parts: the block with the original text; then the original
   * as signed, from which the sender's signature can be verified.
   */
  public Bytes forward(ForwardLetter letter) {
    return Bytes.joined(forwardInPieces(letter));
  }

  /** The same, piece after piece: an original of 25 MB is not copied. */
  public List<Bytes> forwardInPieces(ForwardLetter letter) {
    List<Composer> parts = new ArrayList<>();
    parts.add(new Composer().text(ForwardBlock.of(letter)));
    parts.addAll(OriginalParts.of(letter.original()));
    String subject = letter.reading().head().subject().map(Confidential::reveal).orElse("");
    return headed(letter, subject)
        .multipart("multipart/mixed", letter.heading().messageId(), parts)
        .pieces();
  }

  /**
   * The same with {@code text} in place of what the sender wrote: neither his words nor his subject
   * nor the original are in it.
   */
  public Bytes inPlaceOf(ForwardLetter letter, String text) {
    return headed(letter, Texts.of("mime", letter.language()).say("forward.partly.subject"))
        .text(ForwardBlock.of(letter, text))
        .bytes();
  }

  private Composer headed(ForwardLetter letter, String about) {
    String subject = "[" + letter.caseNumber() + "] " + about;
    Address sender = letter.reading().head().from();
    return new Composer()
        .head(letter.heading())
        .header("Subject", SafeSubject.of(subject))
        .header("X-Wotpoort-Case", letter.caseNumber().toString())
        .header("X-Wotpoort-Sender", sender.toString())
        .header("X-Wotpoort-Signer", signer(letter.certificate()))
        .header("X-Wotpoort-Route", String.join(" ", letter.route()))
        .header("X-Wotpoort-Consent", String.join(" ", letter.consent()))
        .header("X-Wotpoort-Received", letter.received().toString())
        .header(
            "X-Wotpoort-Content-Digest",
            "sha-256=:" + mic(letter.original().contentSha256()) + ":");
  }

  private static String signer(ForwardLetter.Certificate certificate) {
    return certificate.subject()
        + "; issuer="
        + certificate.issuer()
        + "; sha256="
        + certificate.sha256();
  }

  /** The receipt for the sender, with a disposition notification (RFC 8098) as second part. */
  public Bytes receipt(ReceiptLetter letter) {
    Texts texts = Texts.of("mime", letter.language());
    String outcome = letter.outcome().name().toLowerCase(Locale.ROOT);
    Composer text = new Composer().text(ReceiptText.of(letter));
    return new Composer()
        .head(letter.heading())
        .header("Subject", subject(texts, "receipt.subject." + outcome, letter.caseNumber()))
        .header("Auto-Submitted", "auto-replied")
        .multipart(
            "multipart/report; report-type=disposition-notification",
            letter.heading().messageId(),
            List.of(text, disposition(letter)))
        .bytes();
  }

  /**
   * What became of a message after its receipt: the same text without a disposition notification,
   * of which a message gets one (RFC 8098 §2.1).
   */
  public Bytes followUp(ReceiptLetter letter) {
    Texts texts = Texts.of("mime", letter.language());
    String outcome = letter.outcome().name().toLowerCase(Locale.ROOT);
    return new Composer()
        .head(letter.heading())
        .header("Subject", subject(texts, "receipt.subject." + outcome, letter.caseNumber()))
        .header("Auto-Submitted", "auto-replied")
        .text(ReceiptText.withoutProof(letter))
        .bytes();
  }

  private static String subject(Texts texts, String key, Optional<CaseNumber> caseNumber) {
    return SafeSubject.of(caseNumber.map(n -> "[" + n + "] ").orElse("") + texts.say(key));
  }

  private Composer disposition(ReceiptLetter letter) {
    boolean refused = letter.outcome() == ReceiptLetter.Outcome.REFUSED;
    Composer part = new Composer();
    part.line("Content-Type: message/disposition-notification").line("");
    part.header("Reporting-UA", reportingUa);
    part.header("Final-Recipient", "rfc822;" + letter.finalRecipient());
    letter.originalMessageId().ifPresent(id -> part.line("Original-Message-ID: " + onLine(id)));
    part.line(
        "Disposition: automatic-action/MDN-sent-automatically;"
            + (refused ? " processed/error" : " processed"));
    if (refused) {
      part.line("Error: not accepted, see the text");
    }
    part.line("Received-content-MIC: " + mic(letter.contentSha256()) + ", sha-256");
    return part;
  }

  private static String onLine(String id) {
    return id.replaceAll("[^\\x21-\\x7e]", "");
  }

  private static String mic(String hex) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
  }

  /** A letter in a case, in the words that are handed in. */
  public Bytes inCase(CaseLetter letter) {
    Texts texts = Texts.of("mime", letter.language());
    List<String> text = new ArrayList<>(letter.paragraphs());
    text.add(texts.say("receipt.case", letter.caseNumber()));
    text.add(texts.say("signature"));
    return new Composer()
        .head(letter.heading())
        .header("Subject", SafeSubject.of("[" + letter.caseNumber() + "] " + letter.subject()))
        .header("X-Wotpoort-Case", letter.caseNumber().toString())
        .text(paragraphs(text))
        .bytes();
  }

  /** A letter of the gateway itself. */
  public Bytes plain(PlainLetter letter) {
    Composer composer =
        new Composer()
            .head(letter.heading())
            .header("Subject", SafeSubject.of(letter.subject()))
            .header("Auto-Submitted", "auto-replied");
    if (letter.files().isEmpty()) {
      return composer.text(letter.text()).bytes();
    }
    List<Composer> parts = new ArrayList<>();
    parts.add(new Composer().text(letter.text()));
    letter.files().forEach(file -> parts.add(attachment(file)));
    return composer.multipart("multipart/mixed", letter.heading().messageId(), parts).bytes();
  }

  private static Composer attachment(PlainLetter.File file) {
    return new Composer()
        .line("Content-Type: " + file.type())
        .line("Content-Disposition: attachment; filename=\"" + file.name() + "\"")
        .line("Content-Transfer-Encoding: base64")
        .line("")
        .raw(Composer.base64(file.content()));
  }

  /** A notice with a fixed text. */
  public Bytes notice(NoticeLetter letter) {
    Texts texts = Texts.of("mime", letter.language());
    String kind = letter.kind().name().toLowerCase(Locale.ROOT);
    boolean contentFree = letter.kind() == NoticeLetter.Kind.UNVERIFIED;
    Optional<CaseNumber> number = contentFree ? Optional.empty() : letter.caseNumber();
    String when = letter.received().map(r -> moment(r, letter.language())).orElse("?");
    String text =
        contentFree
            ? texts.say("notice.unverified.text")
            : texts.say(
                "notice." + kind + ".text", when, number.map(CaseNumber::toString).orElse("-"));
    return new Composer()
        .head(letter.heading())
        .header("Subject", subject(texts, "notice." + kind + ".subject", number))
        .header("Auto-Submitted", "auto-replied")
        .text(text + "\n\n" + texts.say("signature") + "\n")
        .bytes();
  }

  static String moment(Instant moment, Language language) {
    return (language == Language.NL ? MOMENT_NL : MOMENT_EN)
        .format(moment.atZone(Composer.AMSTERDAM));
  }

  static String day(LocalDate day, Language language) {
    String pattern = language == Language.NL ? "d-M-yyyy" : "d MMMM yyyy";
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(day);
  }

  /** Paragraphs with an empty line between them. */
  static String paragraphs(List<String> paragraphs) {
    return paragraphs.stream().filter(p -> !p.isBlank()).collect(Collectors.joining("\n\n")) + "\n";
  }
}
