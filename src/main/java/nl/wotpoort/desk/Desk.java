package nl.wotpoort.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.smime.KeyTokenAway;
import nl.wotpoort.store.Claimed;
import nl.wotpoort.store.HoldCause;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.LeaseLost;
import nl.wotpoort.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Walks each received message through the rooms, in order, once: claim (the attempt counted and
 * committed), open, read, decide, seal, post (one transaction). Thread-safe; several may work on
 * one store.
 *
 * <p>What if the process dies? Before {@code post}: nothing happened but the counted attempt; the
 * lease ends and somebody does it again, with the same Message-IDs. After it: everything is
 * written.
 */
public final class Desk {

  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

  /** How long one message may take when nothing else is said. */
  private static final Duration USUAL_LIMIT = Duration.ofMinutes(1);

  /**
   * How much longer than its time limit a message stays ours: what took too long is put back by us.
   */
  private static final Duration SLACK = Duration.ofMinutes(1);

  /** How long giving back what was broken off may take. */
  private static final Duration GIVING_BACK = Duration.ofSeconds(3);

  /** How long a message that failed waits before it is tried again. */
  static final Duration PAUSE = Duration.ofSeconds(20);

  private static final LargeMail LARGE = LargeMail.heap();

  private final Rooms rooms;
  private final LiveRooms live;
  private final Walk walk;
  private final Seldom seldom = new Seldom();
  private final Hourglass hourglass;
  private final Duration lease;
  private final Rest rest = new Rest();

  /** In rooms that never change, with a minute for each message. */
  public Desk(Rooms rooms) {
    this(rooms, USUAL_LIMIT);
  }

  /** In rooms that never change. */
  public Desk(Rooms rooms, Duration limit) {
    this(LiveRooms.fixed(rooms), limit);
  }

  /** With a minute for each message. */
  public Desk(LiveRooms live) {
    this(live, USUAL_LIMIT);
  }

  /**
   * In rooms that follow what is activated.
   *
   * @param limit how long the work on one message may take
   */
  public Desk(LiveRooms live, Duration limit) {
    this.hourglass = new Hourglass("wotpoort-pass", limit);
    this.lease = leaseOf(limit);
    this.live = live;
    this.rooms = live.get();
    this.walk = new Walk(live);
  }

  /** How long a claim on a message lasts. */
  static Duration leaseOf(Duration limit) {
    return limit.plus(SLACK);
  }

  /**
   * Works until nothing is due, and returns how many messages were settled. Several turns may run
   * at once; each works on one message at a time. A fault in one message stays with that message:
   * it is tried again later, and held with its cause when its attempts are used up. When the store
   * is away the turn ends; nothing is counted against the message.
   */
  public int work() {
    int settled = 0;
    rest.begin();
    try {
      for (Optional<Claimed> next = next(); next.isPresent(); next = next()) {
        if (!settleInItsPlace(next.get())) {
          return settled;
        }
        settled++;
      }
    } catch (StoreException away) {
      trouble(away);
    } finally {
      rest.end();
    }
    return settled;
  }

  /** Claims nothing more; what is under way goes on. */
  public void askToRest() {
    rest.ask();
  }

  /**
   * Claims nothing more, waits for what is under way, at most {@code patience}, and gives the rest
   * back: those attempts do not count. For a graceful stop.
   *
   * <p>What if the process dies after this? Nothing is claimed any more.
   */
  public void rest(Duration patience) {
    rest.ask();
    if (!rest.isQuietWithin(patience)) {
      hourglass.breakOff();
      rest.isQuietWithin(GIVING_BACK);
    }
    hourglass.close();
  }

  private Optional<Claimed> next() {
    if (rest.isAsked()) {
      return Optional.empty();
    }
    live.follow();
    long largest = LARGE.enter();
    List<Claimed> claimed = List.of();
    try {
      claimed = rooms.store().queue().claim(now(), lease, rooms.node(), 1, largest);
    } finally {
      LARGE.entered(largest, claimed.isEmpty() ? 0 : claimed.get(0).sealed().length());
    }
    return claimed.stream().findFirst();
  }

  private boolean settleInItsPlace(Claimed claimed) {
    try {
      return settle(claimed);
    } finally {
      LARGE.leave(claimed.sealed().length());
    }
  }

  /** False when there is no point in going on now. */
  private boolean settle(Claimed claimed) {
    Optional<Throwable> fault =
        hourglass
            .at(
                () -> {
                  walk.post(claimed);
                  return claimed;
                })
            .fault();
    if (fault.isEmpty()) {
      return true;
    }
    if (fault.get() instanceof Hourglass.BrokenOff) {
      atMostLost(claimed, () -> rooms.store().queue().giveBack(claimed, now()));
      return false;
    }
    if (fault.get() instanceof Hourglass.Late late && late.isWaitingForStore()) {
      LOG.warn("the store takes long: message={} at={}", claimed.ref(), Attempt.code(late));
      atMostLost(claimed, () -> rooms.store().queue().giveBack(claimed, now().plus(PAUSE)));
      return false;
    }
    if (fault.get() instanceof LeaseLost) {
      // somebody else has it now, and will finish it
      LOG.info("lease lost: message={}", claimed.ref());
      return true;
    }
    if (isAway(fault.get())) {
      atMostLost(claimed, () -> rooms.store().queue().giveBack(claimed, now().plus(PAUSE)));
      return false;
    }
    atMostLost(claimed, () -> failed(claimed, fault.get()));
    return true;
  }

  /** Store or key token: nothing the message can help, so it waits and nothing is counted. */
  private boolean isAway(Throwable fault) {
    if (fault instanceof KeyTokenAway) {
      live.tokenAway();
      return true;
    }
    boolean store = fault instanceof StoreException away && away.isTemporary();
    if (store) {
      trouble((StoreException) fault);
    }
    return store;
  }

  private void trouble(StoreException away) {
    if (seldom.isTimeFor("store", now())) {
      LOG.warn("no work now, the store is away: {}", Attempt.code(away));
    }
  }

  /** If even this fails, the lease ends by itself. */
  private void atMostLost(Claimed claimed, Runnable comeBack) {
    Attempt.at(
            () -> {
              comeBack.run();
              return claimed;
            })
        .fault()
        .ifPresent(
            again ->
                LOG.warn(
                    "message waits for its lease to end: message={} because={}",
                    claimed.ref(),
                    Attempt.code(again)));
  }

  private void failed(Claimed claimed, Throwable fault) {
    String code = Attempt.code(fault);
    HoldCause cause = fault instanceof Hourglass.Late ? HoldCause.TIME : HoldCause.POISON;
    LOG.warn("fault: message={} attempt={} cause={}", claimed.ref(), claimed.attempt(), code);
    JournalEntry entry =
        Walk.journal(claimed, "FAULT", JournalEntry.Outcome.FAILED, now()).explaining(code);
    if (claimed.attempt() >= rooms.store().queue().maxAttempts()) {
      rooms.store().queue().hold(claimed, cause, code, List.of(entry), now());
    } else {
      rooms.store().journal().write(entry);
      rooms.store().queue().tryAgain(claimed, now().plus(PAUSE));
    }
  }

  private Instant now() {
    return rooms.clock().instant();
  }
}
