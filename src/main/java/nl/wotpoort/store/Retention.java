package nl.wotpoort.store;

import java.time.Duration;
import java.time.Instant;

/**
 * How long the sealed bytes of a message stay after it was decided, and those of a letter after it
 * was sent or given up. Cases and the journal are not purged at all: NEN 7513 asks five years at
 * the least, and a journal with its beginning cut off cannot be told from one that was tampered
 * with.
 *
 * @param content at least a day: the sealed original is what a mistake is mended from
 */
public record Retention(Duration content) {

  private static final int AT_ONCE = 200;

  public Retention {
    if (content.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException("content stays a day at the least");
    }
  }

  public static Retention ofDays(int days) {
    return new Retention(Duration.ofDays(days));
  }

  /**
   * Removes what is due, in short transactions; safe to run at any time, on every node. How many
   * originals and letters lost their bytes.
   */
  public long purge(Store store, Instant now) {
    long removed = 0;
    int last = store.purge(now.minus(content), AT_ONCE);
    while (last > 0) {
      removed += last;
      last = store.purge(now.minus(content), AT_ONCE);
    }
    return removed;
  }
}
