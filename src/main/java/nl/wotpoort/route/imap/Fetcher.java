package nl.wotpoort.route.imap;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import nl.wotpoort.route.door.Watch;
import nl.wotpoort.store.Duty;
import nl.wotpoort.store.StoreException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the mails of one folder until it is stopped, on one node at a time (by a lease in the
 * store). It runs in one thread; {@link #stop} may be called by any.
 *
 * <p>What if the process, the connection or the server dies? Whatever was not moved is fetched
 * again, and the store knows it by its origin: UIDVALIDITY, UID and digest, which no two mails
 * share, also when an account is given another folder or server, or a server its backup.
 */
final class Fetcher implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Fetcher.class);

  /** For a shorter wait than this an IDLE is not worth its two turns to and fro. */
  private static final Duration WORTH_IDLING = Duration.ofMillis(500);

  /** The lease must be asked for every few seconds. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  /** After so many faults in a row another node may try its luck. */
  private static final int LET_ANOTHER_TRY = 3;

  private final ImapAccount account;
  private final Sink sink;
  private final Duty duty;
  private final Watch watch;
  private final Clock clock;
  private final Pace pace;
  private final Properties connection;
  private final Ledger ledger;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable Line line;
  private @Nullable OpenFolder folder;
  private long nextUid;
  private long relistAt;
  private int faults;

  /**
   * @param connection properties of the connection besides the usual ones
   */
  Fetcher(
      ImapAccount account,
      Sink sink,
      Duty duty,
      Watch watch,
      Clock clock,
      Pace pace,
      Properties connection) {
    this.account = account;
    this.sink = sink;
    this.duty = duty;
    this.watch = watch;
    this.clock = clock;
    this.pace = pace;
    this.connection = connection;
    this.ledger = new Ledger(pace);
  }

  /** Ends after {@link #stop}. */
  @Override
  public void run() {
    try {
      while (!isStopping()) {
        pause(turn());
      }
    } finally {
      hangUp(false);
      giveBack();
      stopped.countDown();
    }
  }

  /** Lets the batch under way end, for so long; then ends the connection under it. */
  void stop(Duration patience) {
    stopping.countDown();
    try {
      if (!stopped.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        cut();
        LOG.warn("intake cut off at the stop: account={}", account.name());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      cut();
    }
  }

  private void cut() {
    Line open = line;
    if (open != null) {
      open.cut();
    }
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }

  private boolean mayGoOn() {
    return !isStopping() && duty.isOurs(clock.instant());
  }

  /** One turn; answers how long to rest before the next. */
  private Duration turn() {
    try {
      if (!duty.isOurs(clock.instant())) {
        hangUp(false);
        watch.elsewhere();
        return pace.elsewhere();
      }
      look();
      faults = 0;
      watch.worked();
      return Duration.ZERO;
    } catch (IOException | ProtocolException | MessagingException | StoreException fault) {
      return failed(fault);
    } catch (RuntimeException bug) { // of a library, over something a server said: not the end
      // its message may quote the server, and so a stranger's mail: only what it is, and where
      LOG.error(
          "intake stumbled: account={} fault={} at={}",
          account.name(),
          bug.getClass().getName(),
          Arrays.stream(bug.getStackTrace()).limit(5).toList());
      return failed(bug);
    }
  }

  private Duration failed(Exception fault) {
    hangUp(true);
    if (!isStopping()) {
      watch.failed(fault);
    }
    faults++;
    if (faults % LET_ANOTHER_TRY == 0) {
      giveBack();
    }
    long wait = pace.firstRetry().toMillis() << Math.min(10, faults - 1);
    return Duration.ofMillis(Math.min(wait, pace.lastRetry().toMillis()));
  }

  private void pause(Duration wait) {
    if (wait.isZero()) {
      return;
    }
    try {
      if (stopping.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.debug("woken to stop: account={}", account.name());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping.countDown();
    }
  }

  private void look() throws IOException, ProtocolException, MessagingException {
    OpenFolder open = folder;
    boolean whole = open == null;
    if (open == null) {
      open = open();
    } else if (!open.line().hasNews() && !ledger.isWaiting()) {
      await(open);
    }
    long now = System.nanoTime();
    whole |= now - relistAt >= 0 || ledger.isWaiting() || ledger.suspects().anyDue(now);
    if (whole) {
      relistAt = now + pace.relist().toNanos();
      nextUid = 1;
    }
    if (whole || open.line().hasNews()) {
      open.line().readNews();
      nextUid = new Emptying(account, pace, sink, watch, ledger, open, this::mayGoOn).from(nextUid);
    }
  }

  private OpenFolder open() throws IOException, ProtocolException, MessagingException {
    Line opened = Line.open(account, pace, connection);
    line = opened;
    opened.require(account.moveTo());
    long validity = opened.select(account.folder());
    ledger.opened(validity);
    OpenFolder open = new OpenFolder(opened, validity, ledger);
    open.expunge();
    folder = open;
    return open;
  }

  /** Until the server tells of something new, or it is time to ask. */
  private void await(OpenFolder open) throws IOException, ProtocolException {
    Duration wait = account.interval();
    boolean idles = open.line().can("IDLE") && wait.compareTo(WORTH_IDLING) >= 0;
    wait = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    if (idles) {
      open.line().idle(wait, this::isStopping);
      return;
    }
    pause(wait);
    if (!isStopping() && !open.line().ask("NOOP", null).isOk()) {
      throw new IOException("the server refuses a NOOP");
    }
  }

  private void giveBack() {
    try {
      duty.release();
    } catch (StoreException gone) {
      LOG.debug("the lease could not be given back: account={}", account.name());
    }
  }

  private void hangUp(boolean atOnce) {
    Line was = line;
    folder = null;
    line = null;
    if (was != null) {
      if (atOnce) {
        was.cut();
      } else {
        was.close();
      }
    }
  }
}
