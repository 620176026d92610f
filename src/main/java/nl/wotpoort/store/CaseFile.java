package nl.wotpoort.store;

import java.time.Instant;
import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.CaseNumber;

/** A case as it stands. */
public record CaseFile(
    CaseNumber number,
    CaseStatus status,
    Instant createdAt,
    Address sender,
    Optional<MessageRef> message,
    Optional<String> team,
    Optional<String> worker,
    Optional<ClientPseudonyms> client,
    String lastEvent,
    Instant lastEventAt) {}
