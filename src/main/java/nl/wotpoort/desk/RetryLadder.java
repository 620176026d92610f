package nl.wotpoort.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How long to wait after each failed attempt; the last rung repeats until the letter expires.
 *
 * @param rungs at least one
 * @param delayNotice after this long the sender hears that it takes longer
 */
public record RetryLadder(List<Duration> rungs, Duration delayNotice, Duration expiry) {

  private static final Duration USUAL_NOTICE = Duration.ofHours(4);

  public RetryLadder {
    rungs = List.copyOf(rungs);
    if (rungs.isEmpty()) {
      throw new IllegalArgumentException("a ladder has at least one rung");
    }
  }

  /** With the notice after four hours. */
  public RetryLadder(List<Duration> rungs, Duration expiry) {
    this(rungs, USUAL_NOTICE, expiry);
  }

  /** Half a minute to two hours, for five days. */
  public static RetryLadder usual() {
    return new RetryLadder(
        List.of(
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2)),
        Duration.ofDays(5));
  }

  /**
   * When a letter is tried again. {@code attempt} is counted from 1. Never past the moment the
   * sender must hear of a delay: that moment is an attempt too.
   */
  Instant next(Instant created, int attempt, Instant now) {
    Instant next = now.plus(pauseAfter(attempt));
    Instant notice = created.plus(delayNotice);
    return now.isBefore(notice) && next.isAfter(notice) ? notice : next;
  }

  /** {@code attempt} is counted from 1. */
  Duration pauseAfter(int attempt) {
    return rungs.get(Math.min(Math.max(attempt, 1), rungs.size()) - 1);
  }

  boolean isDelayed(Instant created, Instant now) {
    return !now.isBefore(created.plus(delayNotice));
  }

  boolean isExpired(Instant created, Instant now) {
    return now.isAfter(created.plus(expiry));
  }
}
