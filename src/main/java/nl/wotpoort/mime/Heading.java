package nl.wotpoort.mime;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The head of a letter to be written. The writer invents nothing: {@code messageId} and {@code
 * date} are handed in, and boundaries derive from the messageId, so the same heading gives the same
 * bytes. Identifications hold their angle brackets; one that is not a single such word throws
 * IllegalArgumentException (a header could be smuggled in).
 */
public record Heading(
    Correspondent from,
    Correspondent to,
    Optional<Correspondent> replyTo,
    String messageId,
    Instant date,
    Optional<String> inReplyTo,
    List<String> references) {

  private static final Pattern ID = Pattern.compile("<[\\x21-\\x3b\\x3d\\x3f-\\x7e]{1,900}>");

  public Heading {
    references = List.copyOf(references);
    check(messageId);
    inReplyTo.ifPresent(Heading::check);
    references.forEach(Heading::check);
  }

  private static void check(String id) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("not a message identification");
    }
  }
}
