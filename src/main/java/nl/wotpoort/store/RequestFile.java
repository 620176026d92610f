package nl.wotpoort.store;

import java.time.Instant;
import java.util.Optional;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.rules.request.RequestState;

/** A request as it stands; {@code facts} are the desk's own. */
public record RequestFile(
    MessageRef message,
    CaseNumber caseNumber,
    RequestState state,
    Instant askedAt,
    Instant at,
    Optional<Instant> lapsesAt,
    Optional<Confidential<String>> facts) {}
