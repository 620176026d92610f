package nl.wotpoort.store;

import java.time.Instant;
import java.util.Optional;

/**
 * How busy the workers were when it was read, by their ids in the directory. Immutable: of one
 * moment, so that a decision sees one state.
 *
 * <p>Thousands of workers are read for every message, and a few looked up. So the text stays as the
 * database gave it, with a table of where each worker's entry begins.
 */
public final class WorkerLoad {

  private final String joined;

  /** By the hash of the id: one more than where its entry begins, and 0 for nothing. */
  private final int[] starts;

  private WorkerLoad(String joined, int[] starts) {
    this.joined = joined;
    this.starts = starts;
  }

  static WorkerLoad none() {
    return new WorkerLoad("", new int[1]);
  }

  /** Of entries {@code id open last} with a comma between them; last is 0 for never. */
  static WorkerLoad parse(String joined) {
    // an entry has six characters at the least, so the table is never more than two thirds full
    int[] starts = new int[Integer.highestOneBit(joined.length() / 4 + 1) << 1];
    for (int at = 0; at < joined.length(); ) {
      int hash = 0;
      int space = at;
      for (char c = joined.charAt(space); c != ' '; c = joined.charAt(++space)) {
        hash = 31 * hash + c; // as String.hashCode does
      }
      int slot = spread(hash) & (starts.length - 1);
      while (starts[slot] != 0) {
        slot = (slot + 1) & (starts.length - 1);
      }
      starts[slot] = at + 1;
      int comma = joined.indexOf(',', space);
      at = comma < 0 ? joined.length() : comma + 1;
    }
    return new WorkerLoad(joined, starts);
  }

  private static int spread(int hash) {
    return hash ^ (hash >>> 16);
  }

  /** 0 for somebody who never had a case. */
  public int openCases(String worker) {
    int open = valuesOf(worker);
    return open < 0 ? 0 : Integer.parseInt(joined, open, joined.indexOf(' ', open), 10);
  }

  /** When the worker last got a case; empty when never. */
  public Optional<Instant> lastAssigned(String worker) {
    int open = valuesOf(worker);
    if (open < 0) {
      return Optional.empty();
    }
    int last = joined.indexOf(' ', open) + 1;
    int comma = joined.indexOf(',', last);
    long millis = Long.parseLong(joined, last, comma < 0 ? joined.length() : comma, 10);
    return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  /** Where the values of this worker begin; below 0 for somebody unknown. */
  private int valuesOf(String worker) {
    int slot = spread(worker.hashCode()) & (starts.length - 1);
    while (starts[slot] != 0) {
      int start = starts[slot] - 1;
      int end = start + worker.length();
      if (joined.startsWith(worker, start) && end < joined.length() && joined.charAt(end) == ' ') {
        return end + 1;
      }
      slot = (slot + 1) & (starts.length - 1);
    }
    return -1;
  }
}
