package nl.wotpoort.store;

import java.time.Instant;
import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.CaseNumber;

/**
 * A case to be opened. {@code team} and {@code worker} are ids of the directory; {@code event} is a
 * code.
 */
public record NewCase(
    CaseNumber number,
    CaseStatus status,
    Instant at,
    Address sender,
    Optional<MessageRef> message,
    Optional<String> team,
    Optional<String> worker,
    Optional<ClientPseudonyms> client,
    String event) {}
