package nl.wotpoort.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says whether it is time to log something again: what goes on being wrong is one line a minute,
 * not a line a second. Thread-safe.
 */
public final class Seldom {

  private static final Duration PAUSE = Duration.ofMinutes(1);

  private final Map<String, Instant> last = new ConcurrentHashMap<>();

  /** True at most once a minute for each {@code what}. */
  public boolean isTimeFor(String what, Instant now) {
    Instant kept = last.merge(what, now, (then, again) -> isSoon(then, again) ? then : again);
    return kept.equals(now);
  }

  /** A time after now is from before the clock was set back. */
  private static boolean isSoon(Instant then, Instant again) {
    return !again.isBefore(then) && again.isBefore(then.plus(PAUSE));
  }
}
