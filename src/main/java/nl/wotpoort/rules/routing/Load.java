package nl.wotpoort.rules.routing;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import nl.wotpoort.directory.WorkerId;

/**
 * How busy the workers are, as counted in the store when the message was judged. An implementation
 * answers from what it has read already and does not change during one decision.
 */
public interface Load {

  /** Open cases, 0 or more. */
  int openCases(WorkerId worker);

  /** When the worker last got a case; empty when never. */
  Optional<Instant> lastAssigned(WorkerId worker);

  /** Nobody has a case. */
  static Load none() {
    return of(Map.of(), Map.of());
  }

  static Load of(Map<WorkerId, Integer> openCases, Map<WorkerId, Instant> lastAssigned) {
    Map<WorkerId, Integer> open = Map.copyOf(openCases);
    Map<WorkerId, Instant> last = Map.copyOf(lastAssigned);
    return new Load() {
      @Override
      public int openCases(WorkerId worker) {
        return open.getOrDefault(worker, 0);
      }

      @Override
      public Optional<Instant> lastAssigned(WorkerId worker) {
        return Optional.ofNullable(last.get(worker));
      }
    };
  }
}
