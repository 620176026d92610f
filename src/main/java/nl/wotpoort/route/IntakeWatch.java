package nl.wotpoort.route;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import nl.wotpoort.desk.Seldom;
import nl.wotpoort.route.door.Watch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one intake: remembers how it went, and logs a lasting fault once a minute instead of at
 * every turn with a stack trace. Thread-safe.
 */
final class IntakeWatch implements Watch {

  private static final Logger LOG = LoggerFactory.getLogger(IntakeWatch.class);

  private final String name;
  private final Clock clock;
  private final Seldom seldom = new Seldom();
  private volatile IntakeHealth health;

  /** Whether the last thing told was a fault; before the first it was none. */
  private boolean away;

  IntakeWatch(String name, Clock clock) {
    this.name = name;
    this.clock = clock;
    this.health =
        new IntakeHealth(name, false, Optional.empty(), Optional.empty(), Optional.empty());
  }

  IntakeHealth health() {
    return health;
  }

  @Override
  public synchronized void worked() {
    succeeded();
    if (away) {
      LOG.info("intake is back: account={}", name);
    }
    away = false;
  }

  /** Not down: whoever has it says how it is. */
  @Override
  public synchronized void elsewhere() {
    succeeded();
    away = false;
  }

  private void succeeded() {
    health =
        new IntakeHealth(
            name, true, Optional.of(clock.instant()), health.lastFailure(), health.failure());
  }

  @Override
  public synchronized void failed(Throwable fault) {
    away = true;
    String kind = kind(fault);
    Instant now = clock.instant();
    health =
        new IntakeHealth(name, false, health.lastSuccess(), Optional.of(now), Optional.of(kind));
    if (seldom.isTimeFor(kind, now)) {
      LOG.warn("intake fails: account={} fault={}", name, kind);
    }
  }

  /** The innermost cause says most: an unknown host, a refused connection, a wrong password. */
  private static String kind(Throwable fault) {
    Throwable inner = fault;
    for (int depth = 0; inner.getCause() != null && depth < 20; depth++) {
      inner = inner.getCause();
    }
    return inner.getClass().getSimpleName();
  }
}
