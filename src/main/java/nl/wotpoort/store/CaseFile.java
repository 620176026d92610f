package nl.wotpoort.store;

import java.time.Instant;
import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Confidential;

/**
 * A case as it stands; {@code facts} are the desk's own, as it gave them when it opened the case.
 */
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
    Instant lastEventAt,
    Optional<Confidential<String>> facts) {}
