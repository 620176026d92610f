package nl.wotpoort.desk;

import java.time.Duration;
import java.time.Instant;
import nl.wotpoort.store.Store;
import nl.wotpoort.store.Waits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A chore: the clock may be set back, and then nothing is to wait for a time it was never told to.
 * Set forward, it does no harm: what was to be tried later is tried now. Thread-safe.
 */
public final class ClockCare implements Chores.Work {

  public static final Duration INTERVAL = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(ClockCare.class);

  private final Store store;
  private final Waits.Longest longest;

  /**
   * @param limit how long the work on one message may take
   */
  public ClockCare(Store store, RetryLadder ladder, Duration limit) {
    this.store = store;
    this.longest =
        new Waits.Longest(ladder.rungs(), Dispatch.LEASE, Desk.PAUSE, Desk.leaseOf(limit));
  }

  @Override
  public void at(Instant now) {
    int shortened = store.waits().shorten(now, longest);
    if (shortened > 0) {
      LOG.warn("the clock was set back: broughtForward={}", shortened);
    }
  }
}
