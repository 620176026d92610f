package nl.wotpoort.directory;

import java.util.Comparator;
import nl.wotpoort.letter.Party;

/**
 * A worker who takes cases, with the party that consent is asked about: made once for a directory,
 * for a decision may look at thousands. Ordered by the worker's id.
 */
public record Taker(Worker worker, Party party) implements Comparable<Taker> {

  private static final Comparator<Taker> BY_ID = Comparator.comparing(taker -> taker.worker().id());

  static Taker of(Worker worker) {
    return new Taker(worker, worker.party());
  }

  @Override
  public int compareTo(Taker other) {
    return BY_ID.compare(this, other);
  }

  /** One id is one worker in a directory; comparing everything about thousands would take long. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Taker taker && worker.id().equals(taker.worker().id());
  }

  @Override
  public int hashCode() {
    return worker.id().hashCode();
  }
}
