package nl.wotpoort.store;

import java.time.Duration;
import java.time.Instant;

/**
 * What one node does for all, such as polling a mailbox. Ask {@link #isOurs} at least every few
 * seconds, and before each thing done under it: the node that has it renews it in passing, and when
 * it dies another has it within {@link #LENGTH} and the time between two asks, 30 seconds together.
 * The clocks of the nodes must agree to a few seconds (NTP). Two nodes that both believe they have
 * it do no harm to mail, which is known by its origin: it is only twice the work. Thread-safe.
 */
public final class Duty {

  public static final Duration LENGTH = Duration.ofSeconds(24);
  private static final Duration RENEWAL = Duration.ofSeconds(6);

  private final Leases leases;
  private final String name;
  private final String node;
  private Instant renewAt = Instant.MIN;

  Duty(Leases leases, String name, String node) {
    this.leases = leases;
    this.name = name;
    this.node = node;
  }

  /**
   * Throws {@link StoreException} when it cannot be known: then nothing is to be done under it, for
   * another node may have it.
   */
  public synchronized boolean isOurs(Instant now) {
    boolean isFresh = now.isBefore(renewAt) && !now.plus(RENEWAL).isBefore(renewAt);
    if (isFresh) { // and the clock was not set back
      return true;
    }
    renewAt = Instant.MIN;
    boolean ours = leases.hold(name, node, now, LENGTH);
    if (ours) {
      renewAt = now.plus(RENEWAL);
    }
    return ours;
  }

  /** At a graceful stop: another can take it at once. */
  public synchronized void release() {
    renewAt = Instant.MIN;
    leases.release(name, node);
  }
}
