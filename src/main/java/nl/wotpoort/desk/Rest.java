package nl.wotpoort.desk;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Whether it is time to stop, and whether everybody has stopped. Thread-safe. */
final class Rest {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition quiet = lock.newCondition();
  private int busy;
  private volatile boolean asked;

  /** A turn begins. */
  void begin() {
    lock.lock();
    try {
      busy++;
    } finally {
      lock.unlock();
    }
  }

  /** A turn ends. */
  void end() {
    lock.lock();
    try {
      busy--;
      quiet.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void ask() {
    asked = true;
  }

  boolean isAsked() {
    return asked;
  }

  /** True as soon as no turn is under way; false when that takes longer than {@code patience}. */
  boolean isQuietWithin(Duration patience) {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (busy > 0 && left > 0) {
        left = quiet.awaitNanos(left);
      }
      return busy == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
