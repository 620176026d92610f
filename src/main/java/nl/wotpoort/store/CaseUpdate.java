package nl.wotpoort.store;

import java.time.Instant;
import java.util.Optional;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Confidential;

/** Something that happened to a case; what is empty stays as it was. */
public record CaseUpdate(
    CaseNumber number,
    Instant at,
    String event,
    Optional<CaseStatus> status,
    Optional<String> team,
    Optional<String> worker,
    Optional<Confidential<String>> facts,
    Optional<RouteMemo> route) {

  public static CaseUpdate of(CaseNumber number, Instant at, String event) {
    return new CaseUpdate(
        number,
        at,
        event,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public CaseUpdate becoming(CaseStatus next) {
    return new CaseUpdate(number, at, event, Optional.of(next), team, worker, facts, route);
  }

  /** An empty name of a worker: nobody of the team has it any more. */
  public CaseUpdate assignedTo(Optional<String> toTeam, Optional<String> toWorker) {
    return new CaseUpdate(number, at, event, status, toTeam, toWorker, facts, route);
  }

  /** With what the desk knows now in place of what it knew ({@link NewCase#knowing}). */
  public CaseUpdate knowing(String text) {
    return new CaseUpdate(
        number, at, event, status, team, worker, Optional.of(Confidential.of(text)), route);
  }

  /** With how it found its desk. */
  public CaseUpdate routed(RouteMemo memo) {
    return new CaseUpdate(number, at, event, status, team, worker, facts, Optional.of(memo));
  }
}
