package nl.wotpoort.desk;

import java.util.concurrent.Semaphore;

/**
 * Room in memory for the messages that are being worked on at the same time. A message needs about
 * {@value #TIMES} times its sealed size while it is opened, read and sealed again; several large
 * ones wait for each other instead of sharing a heap that holds one. Small ones never wait long:
 * what they need is nothing beside it. Thread-safe; first come, first served.
 */
final class LargeMail {

  /** The sealed bytes, decrypted, composed, sealed: docs/performance.md. */
  private static final int TIMES = 4;

  private static final int KIB = 1024;

  private final int kibibytes;
  private final Semaphore room;

  /** {@code bytes} may be taken by all messages together; one that needs more has it all. */
  LargeMail(long bytes) {
    this.kibibytes = (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes / KIB));
    this.room = new Semaphore(kibibytes, true);
  }

  /** Seven tenths of the largest heap: the rest is for everything else. */
  static LargeMail inThisHeap() {
    return new LargeMail(Runtime.getRuntime().maxMemory() / 10 * 7);
  }

  /** Does {@code work} on a message of {@code sealed} bytes, when there is room for it. */
  void carry(int sealed, Runnable work) {
    int needed = (int) Math.min(kibibytes, (long) sealed * TIMES / KIB);
    room.acquireUninterruptibly(needed);
    try {
      work.run();
    } finally {
      room.release(needed);
    }
  }
}
