package nl.wotpoort.store;

import java.time.Instant;
import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Confidential;

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
    String event,
    Optional<Confidential<String>> facts,
    Optional<RouteMemo> route) {

  /** Without facts. */
  public NewCase(
      CaseNumber number,
      CaseStatus status,
      Instant at,
      Address sender,
      Optional<MessageRef> message,
      Optional<String> team,
      Optional<String> worker,
      Optional<ClientPseudonyms> client,
      String event) {
    this(
        number,
        status,
        at,
        sender,
        message,
        team,
        worker,
        client,
        event,
        Optional.empty(),
        Optional.empty());
  }

  /** With what the desk wants back about the case, in its own form; encrypted on the disk. */
  public NewCase knowing(String text) {
    return new NewCase(
        number,
        status,
        at,
        sender,
        message,
        team,
        worker,
        client,
        event,
        Optional.of(Confidential.of(text)),
        route);
  }

  /** With how it found its desk. */
  public NewCase routed(RouteMemo memo) {
    return new NewCase(
        number, status, at, sender, message, team, worker, client, event, facts, Optional.of(memo));
  }
}
