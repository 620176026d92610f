package nl.wotpoort.desk;

import java.util.concurrent.Semaphore;

/**
 * Who may work on a large message: as many at once as the heap holds while they are opened, read
 * and sealed again. Whoever may not takes small ones only, and leaves the large ones in the store
 * unloaded; so nobody waits, and nothing that waits fills the heap. Thread-safe.
 */
final class LargeMail {

  /** Sealed bytes from which on a message is large. */
  static final int SMALL = 2 * 1024 * 1024;

  /** Heap that one may need: 67 MB sealed, decrypted, composed and sealed again. */
  private static final long NEEDED = 250L * 1024 * 1024;

  private final Semaphore places;

  LargeMail(int places) {
    this.places = new Semaphore(places);
  }

  /** One at least, else it would never be done. */
  static LargeMail inThisHeap() {
    return new LargeMail((int) Math.max(1, Runtime.getRuntime().maxMemory() / NEEDED));
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
  void leave(int sealed) {
    if (sealed > SMALL) {
      places.release();
    }
  }
}
