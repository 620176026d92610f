package nl.wotpoort.desk;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import nl.wotpoort.store.Retention;
import nl.wotpoort.store.Store;
import nl.wotpoort.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the house asks for now and then: each chore once in its interval, by whichever node comes
 * first. When it was done last is in the store, so a restart does not do it again. Thread-safe.
 *
 * <p>What if the process dies in the middle of one? Then it is done again an interval later, by any
 * node; so a chore does its work in short transactions, and doing it twice does no harm.
 */
public final class Chores {

  private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

  /** After a fault it is tried again sooner than its interval. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  /** Asking the store takes a transaction: not at every tick for what is done once an hour. */
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);

  private static final Duration REQUESTS = Duration.ofMinutes(10);

  /** A reminder comes when the office opens, give or take this. */
  private static final Duration DEADLINES = Duration.ofMinutes(5);

  private static final Duration SEALING = Duration.ofHours(1);
  private static final Duration RETENTION = Duration.ofHours(1);
  private static final Duration REVOCATION = Duration.ofMinutes(2);

  private final Store store;
  private final Clock clock;
  private final List<Chore> all;
  private final Map<String, Instant> lookAgain = new ConcurrentHashMap<>();
  private final Seldom seldom = new Seldom();

  /** The work of a chore. It may throw: it is then tried again after a minute. */
  public interface Work {
    void at(Instant now);
  }

  /**
   * A chore.
   *
   * @param name a word, the same on every node
   * @param interval at least a second
   */
  private record Chore(String name, Duration interval, Work work) {

    /** An eighth of its interval: that is how much later than its time it may be done. */
    Duration look() {
      Duration eighth = interval.dividedBy(8);
      return eighth.compareTo(LONGEST_LOOK) < 0 ? eighth : LONGEST_LOOK;
    }

    String inStore() {
      return "chore " + name;
    }
  }

  private Chores(Store store, Clock clock, List<Chore> all) {
    this.store = store;
    this.clock = clock;
    this.all = all;
  }

  /** None yet. */
  public static Chores none(Store store, Clock clock) {
    return new Chores(store, clock, List.of());
  }

  /** Every chore of a running gateway, each time in the rooms as they are then. */
  public static Chores of(Supplier<Rooms> live, Retention retention) {
    Store store = live.get().store();
    return none(store, live.get().clock())
        .with("journal-seal", SEALING, now -> seal(store, now))
        .with("deadlines", DEADLINES, now -> new DeadlineClerk(live.get()).work(now))
        .with("requests", REQUESTS, now -> new Requests(live.get()).review(now))
        .with("retention", RETENTION, now -> purge(store, retention, now))
        .with("revocation", REVOCATION, now -> new RevocationRetry(live.get()).look(now));
  }

  /** The line in the log is the note outside the store: keep the log elsewhere. */
  private static void seal(Store store, Instant now) {
    store.journal().seal(now).ifPresent(seal -> LOG.info("journal sealed: {}", seal.line()));
  }

  private static void purge(Store store, Retention retention, Instant now) {
    long removed = retention.purge(store, now);
    if (removed > 0) {
      LOG.info("purged: contents={}", removed);
    }
  }

  /** These and one more. Throws IllegalArgumentException when the name is taken. */
  public Chores with(String name, Duration interval, Work work) {
    if (all.stream().anyMatch(chore -> chore.name().equals(name))) {
      throw new IllegalArgumentException("two chores called " + name);
    }
    Stream<Chore> more = Stream.of(new Chore(name, interval, work));
    return new Chores(store, clock, Stream.concat(all.stream(), more).toList());
  }

  /**
   * Does what it is time for, and returns how many chores that were. A fault in one stops no other.
   */
  public int tick() {
    int done = 0;
    for (Chore chore : all) {
      Instant now = clock.instant();
      if (isTimeToLook(chore, now)) {
        done += look(chore, now);
      }
    }
    return done;
  }

  private boolean isTimeToLook(Chore chore, Instant now) {
    Optional<Instant> last = Optional.ofNullable(lookAgain.get(chore.name()));
    // a clock that was set back must not keep us from looking
    boolean soon =
        last.isPresent() && now.isBefore(last.get()) && now.plus(chore.look()).isAfter(last.get());
    if (!soon) {
      lookAgain.put(chore.name(), now.plus(chore.look()));
    }
    return !soon;
  }

  /** 1 when it was done. */
  private int look(Chore chore, Instant now) {
    Attempt<Boolean> attempt =
        Attempt.at(
            () -> {
              boolean ours = store.leases().isTimeFor(chore.inStore(), now, chore.interval());
              if (ours) {
                chore.work().at(now);
              }
              return ours;
            });
    attempt.fault().ifPresent(fault -> failed(chore, fault, now));
    return attempt.value().orElse(false) ? 1 : 0;
  }

  private void failed(Chore chore, Throwable fault, Instant now) {
    if (fault instanceof StoreException away && away.isTemporary()) {
      if (seldom.isTimeFor(chore.name(), now)) {
        LOG.warn("no chores now, the store is away: {}", Attempt.code(away));
      }
    } else {
      LOG.warn("chore failed: chore={} cause={}", chore.name(), Attempt.code(fault));
    }
    lookAgain.put(chore.name(), now.plus(PAUSE));
    // When even this fails it is done again at its next time.
    Attempt.at(
            () -> {
              store.leases().againAfter(chore.inStore(), now, PAUSE);
              return chore;
            })
        .fault()
        .ifPresent(again -> LOG.debug("chore waits for its next time: {}", Attempt.code(again)));
  }
}
