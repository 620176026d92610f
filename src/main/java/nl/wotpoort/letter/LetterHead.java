package nl.wotpoort.letter;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The header fields of a letter that count (RFC 5322 §3.6), taken from the authenticated headers
 * where the sender protected them. {@code from} is the verified signer's address. Message
 * identifications hold their angle brackets.
 */
public record LetterHead(
    Address from,
    Optional<Confidential<String>> fromName,
    List<Address> to,
    List<Address> cc,
    Optional<Confidential<String>> subject,
    Optional<Instant> date,
    Optional<String> messageId,
    Optional<String> inReplyTo,
    List<String> references) {

  public LetterHead {
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    references = List.copyOf(references);
  }
}
