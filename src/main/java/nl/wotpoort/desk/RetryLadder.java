package nl.wotpoort.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How long to wait after each failed attempt; the last rung repeats until the letter expires.
 *
 * @param rungs at least one
 */
public record RetryLadder(List<Duration> rungs, Duration expiry) {

  public RetryLadder {
    rungs = List.copyOf(rungs);
    if (rungs.isEmpty()) {
      throw new IllegalArgumentException("a ladder has at least one rung");
    }
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

  /** {@code attempt} is counted from 1. */
  Duration pauseAfter(int attempt) {
    return rungs.get(Math.min(Math.max(attempt, 1), rungs.size()) - 1);
  }

  boolean isExpired(Instant created, Instant now) {
    return now.isAfter(created.plus(expiry));
  }
}
