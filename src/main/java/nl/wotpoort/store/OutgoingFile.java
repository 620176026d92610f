package nl.wotpoort.store;

import java.time.Instant;
import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.CaseNumber;

/**
 * An outgoing letter as a person looks at it, without its bytes.
 *
 * @param dueAt when it goes, or when the one that sends it loses it; empty when it is not to go
 * @param reply the last answer
 */
public record OutgoingFile(
    OutgoingRef ref,
    OutgoingLetter.Kind kind,
    OutgoingState state,
    String messageId,
    Address recipient,
    Optional<CaseNumber> caseNumber,
    Optional<OutgoingRef> waitsFor,
    int attempts,
    Instant createdAt,
    Optional<Instant> dueAt,
    Optional<Instant> settledAt,
    Optional<Reply> reply) {}
