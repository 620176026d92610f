package nl.wotpoort.store;

import java.time.Instant;
import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.CaseNumber;

/**
 * An outgoing letter somebody may send until the lease ends.
 *
 * @param attempt counted from 1, committed before this was handed out
 * @param message the received message it follows from, when there is one
 * @param createdAt when it was posted: what delay and expiry are counted from
 */
public record OutgoingClaim(
    OutgoingRef ref,
    int attempt,
    OutgoingLetter.Kind kind,
    String messageId,
    Optional<Address> envelopeFrom,
    Address recipient,
    Bytes sealed,
    Optional<CaseNumber> caseNumber,
    Optional<MessageRef> message,
    Optional<OutgoingLetter.Recheck> recheck,
    Instant createdAt,
    long fence) {}
