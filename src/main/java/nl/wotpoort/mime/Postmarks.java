package nl.wotpoort.mime;

import java.util.List;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.HeaderField;

/**
 * What the outside of a mail shows of its way here, before anything is opened. Anybody can write
 * these fields, so they may only make the gateway more careful: stay silent, or hold. Immutable.
 *
 * @param hops how many servers passed it on (RFC 5321 §4.4)
 * @param automatic whether a program wrote it (RFC 3834 §2): then nothing is answered
 * @param messageIds of every Message-ID field, as written
 */
public record Postmarks(int hops, boolean automatic, List<String> messageIds) {

  /** The head of a mail is shorter, or nobody reads it. */
  private static final int LONGEST = 300_000;

  public Postmarks {
    messageIds = List.copyOf(messageIds);
  }

  /** Total: of bytes without a readable head nothing is known. */
  public static Postmarks of(Bytes mail) {
    try {
      Bytes head = mail.slice(0, Math.min(mail.length(), LONGEST));
      List<HeaderField> fields = HeaderBlock.read(head, 0, head.length()).fields();
      return new Postmarks(
          Math.toIntExact(fields.stream().filter(f -> f.isNamed("Received")).count()),
          AutomaticMail.proven(fields, type(fields)).isPresent(),
          fields.stream()
              .filter(f -> f.isNamed("Message-ID"))
              .map(HeaderField::value)
              .map(value -> HeadReader.oneId(value).orElse(value))
              .toList());
    } catch (Unreadable e) {
      return new Postmarks(0, false, List.of());
    }
  }

  private static MediaType type(List<HeaderField> fields) {
    try {
      return MediaType.ofContentType(
          HeaderBlock.first(fields, "Content-Type").orElse("text/plain"));
    } catch (Unreadable e) {
      return MediaType.plainText();
    }
  }
}
