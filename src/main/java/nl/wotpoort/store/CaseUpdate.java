package nl.wotpoort.store;

import java.time.Instant;
import java.util.Optional;
import nl.wotpoort.letter.CaseNumber;

/** Something that happened to a case; what is empty stays as it was. */
public record CaseUpdate(
    CaseNumber number,
    Instant at,
    String event,
    Optional<CaseStatus> status,
    Optional<String> team,
    Optional<String> worker) {

  public static CaseUpdate of(CaseNumber number, Instant at, String event) {
    return new CaseUpdate(number, at, event, Optional.empty(), Optional.empty(), Optional.empty());
  }

  public CaseUpdate becoming(CaseStatus next) {
    return new CaseUpdate(number, at, event, Optional.of(next), team, worker);
  }

  public CaseUpdate assignedTo(Optional<String> toTeam, Optional<String> toWorker) {
    return new CaseUpdate(number, at, event, status, toTeam, toWorker);
  }
}
