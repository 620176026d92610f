package nl.wotpoort.route.smtp;

import java.util.Optional;
import nl.wotpoort.store.Health;
import nl.wotpoort.store.MessageState;
import nl.wotpoort.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether new mail can be taken now: looked at once a second, before the sender has sent it all.
 * What is refused with a 4 stays with the mail server in front, which tries again. Thread-safe.
 */
final class Readiness {

  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
  private static final long FRESH = 1_000_000_000L;

  private final Health health;
  private final SmtpDoor door;
  private long lookedAt = System.nanoTime() - 2 * FRESH;
  private Optional<String> refusal = Optional.empty();

  Readiness(Health health, SmtpDoor door) {
    this.health = health;
    this.door = door;
  }

  /** What to say instead of yes. */
  synchronized Optional<String> refusal() {
    long now = System.nanoTime();
    if (now - lookedAt >= FRESH) {
      refusal = look();
      lookedAt = now;
      refusal.ifPresent(said -> LOG.warn("no mail taken now: listener={} {}", door.name(), said));
    }
    return refusal;
  }

  private Optional<String> look() {
    try {
      if (health.freeBytes().orElse(Long.MAX_VALUE) < door.freeDisk()) {
        return Optional.of("452 4.3.1 not enough room on the disk");
      }
      long waiting = health.figures().messages().getOrDefault(MessageState.RECEIVED, 0L);
      return waiting > door.backlog()
          ? Optional.of("451 4.3.2 too much mail is waiting")
          : Optional.empty();
    } catch (StoreException away) {
      return Optional.of("451 4.3.0 the store is away");
    }
  }
}
