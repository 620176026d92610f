package nl.wotpoort.scenarios;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, with a limit. */
final class Await {

  private static final Duration LIMIT = Duration.ofSeconds(Long.getLong("await.limit", 120));

  /** Looking more often takes the processor from what is waited for. */
  private static final long PAUSE = 10_000_000;

  private Await() {}

  /** Throws AssertionError with {@code state} when it does not come true. */
  static void until(String what, BooleanSupplier condition, Supplier<Object> state) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain: " + what + "; now: " + state.get());
      }
      LockSupport.parkNanos(PAUSE);
    }
  }
}
