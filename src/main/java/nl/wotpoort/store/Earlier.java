package nl.wotpoort.store;

import java.util.Optional;
import nl.wotpoort.letter.CaseNumber;

/**
 * The decided message that a new one is a duplicate of.
 *
 * @param receipt its receipt, to go again through {@link Consequences#repeating}; empty when it had
 *     none or its bytes were purged
 */
public record Earlier(
    MessageRef ref, Optional<CaseNumber> caseNumber, Optional<OutgoingRef> receipt) {}
