package nl.wotpoort.desk;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Who may work on a large message: as many at once as the heap holds while they are opened, read
 * and sealed again. The desk and the dispatch, when they may not, take small ones only, and leave
 * the large ones in the store unloaded; so nobody waits, and nothing that waits fills the heap. A
 * door waits before it receives one. Thread-safe.
 */
public final class LargeMail {

  /** The heap is one, however many desks, dispatches and doors share it. */
  private static final LargeMail HEAP = inThisHeap();

  /** Sealed bytes from which on a message is large. */
  static final int SMALL = 2 * 1024 * 1024;

  /** Heap that one may need: 67 MB sealed, decrypted, composed and sealed again. */
  private static final long NEEDED = 250L * 1024 * 1024;

  private final Semaphore places;

  public LargeMail(int places) {
    this.places = new Semaphore(places);
  }

  /** One at least, else it would never be done. */
  static LargeMail inThisHeap() {
    return new LargeMail((int) Math.max(1, Runtime.getRuntime().maxMemory() / NEEDED));
  }

  public static LargeMail heap() {
    return HEAP;
  }

  public static boolean isLarge(int sealed) {
    return sealed > SMALL;
  }

  /**
   * Waits for a place for a message of that size; a small one needs none. Then {@link #leave} must
   * follow, unless it is false: there was none in time, or the thread was asked to stop.
   */
  public boolean enterWithin(Duration patience, int sealed) {
    try {
      return !isLarge(sealed) || places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Whether a door waits. */
  public boolean isWaitedFor() {
    return places.hasQueuedThreads();
  }

  /** How large a message may be taken now; then {@link #entered} must follow. */
  long enter() {
    return places.tryAcquire() ? Long.MAX_VALUE : SMALL;
  }

  /** Says what was taken, 0 for nothing: a place for a large one is given back unless it is. */
  void entered(long largest, int sealed) {
    if (largest > SMALL && sealed <= SMALL) {
      places.release();
    }
  }

  /** The message of that size is done. */
  public void leave(int sealed) {
    if (sealed > SMALL) {
      places.release();
    }
  }
}
