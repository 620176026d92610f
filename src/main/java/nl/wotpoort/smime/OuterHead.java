package nl.wotpoort.smime;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import nl.wotpoort.letter.Address;

/**
 * The header fields on the outside of a sealed mail: what the post needs, and nothing about the
 * content. Every value is checked when the object is made, so a header cannot be smuggled in:
 * printable ASCII only, no line ends.
 *
 * @param date written in Dutch time
 * @param messageId with its angle brackets
 * @param subject neutral: it is not encrypted
 * @param references message ids, oldest first
 * @param autoSubmitted {@code auto-replied} or {@code auto-generated} (RFC 3834)
 */
public record OuterHead(
    Address from,
    Address to,
    Instant date,
    String messageId,
    String subject,
    Optional<String> inReplyTo,
    List<String> references,
    Optional<String> autoSubmitted,
    Optional<Address> replyTo) {

  private static final Pattern MESSAGE_ID = Pattern.compile("<[!-;=?-~]{1,200}@[!-;=?-~]{1,200}>");
  private static final Pattern SUBJECT = Pattern.compile("[ -~]{0,200}");
  private static final Pattern AUTO = Pattern.compile("auto-(generated|replied|notified)");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneId.of("Europe/Amsterdam"));

  public OuterHead {
    require(MESSAGE_ID, messageId, "Message-ID");
    require(SUBJECT, subject, "Subject");
    inReplyTo.ifPresent(id -> require(MESSAGE_ID, id, "In-Reply-To"));
    references = List.copyOf(references);
    references.forEach(id -> require(MESSAGE_ID, id, "References"));
    autoSubmitted.ifPresent(value -> require(AUTO, value, "Auto-Submitted"));
  }

  private static void require(Pattern pattern, String value, String field) {
    if (!pattern.matcher(value).matches()) {
      throw new IllegalArgumentException("not fit for the header field " + field);
    }
  }

  /** True when {@code text} can stand in Message-ID, In-Reply-To and References. */
  public static boolean isMessageId(String text) {
    return MESSAGE_ID.matcher(text).matches();
  }

  /** Without In-Reply-To and the other fields that may be absent. */
  public static OuterHead of(
      Address from, Address to, Instant date, String messageId, String subject) {
    return new OuterHead(
        from,
        to,
        date,
        messageId,
        subject,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  public OuterHead inReplyTo(String id, List<String> references) {
    return new OuterHead(
        from, to, date, messageId, subject, Optional.of(id), references, autoSubmitted, replyTo);
  }

  public OuterHead autoSubmitted(String value) {
    return new OuterHead(
        from, to, date, messageId, subject, inReplyTo, references, Optional.of(value), replyTo);
  }

  public OuterHead replyTo(Address address) {
    return new OuterHead(
        from,
        to,
        date,
        messageId,
        subject,
        inReplyTo,
        references,
        autoSubmitted,
        Optional.of(address));
  }

  /** The fields with CRLF, without the empty line; {@code smimeType} as in RFC 8551 §3.2.2. */
  byte[] write(String smimeType) {
    List<String> lines = new ArrayList<>();
    lines.add("From: " + from);
    lines.add("To: " + to);
    replyTo.ifPresent(a -> lines.add("Reply-To: " + a));
    lines.add("Subject: " + subject);
    lines.add("Date: " + DATE.format(date));
    lines.add("Message-ID: " + messageId);
    inReplyTo.ifPresent(id -> lines.add("In-Reply-To: " + id));
    if (!references.isEmpty()) {
      lines.add("References: " + String.join("\r\n ", references));
    }
    autoSubmitted.ifPresent(value -> lines.add("Auto-Submitted: " + value));
    lines.add("MIME-Version: 1.0");
    lines.add("Content-Type: application/pkcs7-mime; smime-type=" + smimeType + ";");
    lines.add(" name=smime.p7m");
    lines.add("Content-Transfer-Encoding: base64");
    lines.add("Content-Disposition: attachment; filename=smime.p7m");
    return (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }
}
