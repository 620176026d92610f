package nl.wotpoort.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How busy the workers were when it was read, by their ids in the directory. Immutable: of one
 * moment, so that a decision sees one state.
 */
public final class WorkerLoad {

  private record Busy(int open, Optional<Instant> last) {}

  private final Map<String, Busy> workers;

  private WorkerLoad(Map<String, Busy> workers) {
    this.workers = workers;
  }

  static WorkerLoad none() {
    return new WorkerLoad(Map.of());
  }

  /** Of {@code id open last} with a comma between the workers: one row for thousands of them. */
  static WorkerLoad parse(String joined) {
    Map<String, Busy> workers = new HashMap<>();
    for (int at = 0; at < joined.length(); ) {
      int end = joined.indexOf(',', at);
      int stop = end < 0 ? joined.length() : end;
      int open = joined.indexOf(' ', at) + 1;
      int last = joined.indexOf(' ', open) + 1;
      long millis = Long.parseLong(joined, last, stop, 10);
      workers.put(
          joined.substring(at, open - 1),
          new Busy(
              Integer.parseInt(joined, open, last - 1, 10),
              millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis))));
      at = stop + 1;
    }
    return new WorkerLoad(workers);
  }

  /** 0 for somebody who never had a case. */
  public int openCases(String worker) {
    Busy busy = workers.get(worker);
    return busy == null ? 0 : busy.open();
  }

  /** When the worker last got a case; empty when never. */
  public Optional<Instant> lastAssigned(String worker) {
    Busy busy = workers.get(worker);
    return busy == null ? Optional.empty() : busy.last();
  }
}
