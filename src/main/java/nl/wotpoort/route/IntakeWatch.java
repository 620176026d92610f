package nl.wotpoort.route;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import nl.wotpoort.desk.Seldom;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the polling of one intake: remembers how it went, and logs a lasting fault once a minute
 * instead of at every turn with a stack trace. Thread-safe.
 */
final class IntakeWatch implements PollingConsumerPollStrategy, ExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(IntakeWatch.class);

  private final String name;
  private final Clock clock;
  private final Seldom seldom = new Seldom();
  private volatile IntakeHealth health;

  /** Set by a fault that Camel reports while the poll itself goes on and then counts as done. */
  private volatile boolean failedInThisPoll;

  IntakeWatch(String name, Clock clock) {
    this.name = name;
    this.clock = clock;
    this.health = new IntakeHealth(name, Optional.empty(), Optional.empty(), Optional.empty());
  }

  IntakeHealth health() {
    return health;
  }

  @Override
  public boolean begin(Consumer consumer, Endpoint endpoint) {
    failedInThisPoll = false;
    return true;
  }

  @Override
  public void commit(Consumer consumer, Endpoint endpoint, int polled) {
    if (failedInThisPoll) {
      return;
    }
    boolean wasAway = health.lastFailure().isPresent() && !health.isWorking();
    health =
        new IntakeHealth(
            name, Optional.of(clock.instant()), health.lastFailure(), health.failure());
    if (wasAway) {
      LOG.info("intake is back: account={}", name);
    }
  }

  @Override
  public boolean rollback(Consumer consumer, Endpoint endpoint, int retries, Exception cause) {
    failed(cause);
    return false; // not at once: at the next turn
  }

  @Override
  public void handleException(Throwable fault) {
    failed(fault);
  }

  @Override
  public void handleException(@Nullable String message, Throwable fault) {
    failed(fault);
  }

  @Override
  public void handleException(
      @Nullable String message, @Nullable Exchange exchange, @Nullable Throwable fault) {
    failed(fault);
  }

  private void failed(@Nullable Throwable fault) {
    failedInThisPoll = true;
    String kind = kind(fault);
    Instant now = clock.instant();
    health = new IntakeHealth(name, health.lastSuccess(), Optional.of(now), Optional.of(kind));
    if (seldom.isTimeFor(kind, now)) {
      LOG.warn("intake fails: account={} fault={}", name, kind);
    }
  }

  /** The innermost cause says most: an unknown host, a refused connection, a wrong password. */
  private static String kind(@Nullable Throwable fault) {
    if (fault == null) {
      return "unknown";
    }
    Throwable inner = fault;
    for (int depth = 0; inner.getCause() != null && depth < 20; depth++) {
      inner = inner.getCause();
    }
    return inner.getClass().getSimpleName();
  }
}
