package nl.wotpoort.route.smtp;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import nl.wotpoort.desk.LargeMail;

/**
 * The memory for mails that are being received at one door. A large one also needs a place of its
 * own in the heap, which it shares with the desk and the dispatch. Thread-safe.
 */
final class Room {

  /** Memory is given in pieces of this size. */
  static final int PIECE = 64 * 1024;

  private final Semaphore pieces;
  private final LargeMail large;

  /**
   * @param pieces of all mails together; whoever waits is served in turn
   */
  Room(int pieces, LargeMail large) {
    this.pieces = new Semaphore(pieces, true);
    this.large = large;
  }

  /** Two of the largest mails, but of a small heap no more than a quarter; one always. */
  static Room forMailsOf(int largest) {
    long quarter = Runtime.getRuntime().maxMemory() / 4;
    long bytes = Math.max(largest, Math.min(quarter, Math.max(64L << 20, 2L * largest)));
    return new Room(pieces((int) Math.min(Integer.MAX_VALUE, bytes)), LargeMail.heap());
  }

  private static int pieces(int bytes) {
    return bytes == 0 ? 0 : (bytes - 1) / PIECE + 1;
  }

  /** How many pieces nobody has. */
  int left() {
    return pieces.availablePermits();
  }

  /**
   * The share of one mail, with room for what is announced, which is waited for: who comes second
   * is served when the first is done.
   *
   * @param announced bytes, 0 when nobody said
   * @return empty when there was not enough in time
   */
  Optional<Share> share(int announced, Duration patience) {
    if (!large.enterWithin(patience, announced)) {
      return Optional.empty();
    }
    Share share = new Share(announced);
    try {
      if (pieces.tryAcquire(pieces(announced), patience.toMillis(), TimeUnit.MILLISECONDS)) {
        share.held = pieces(announced);
        return Optional.of(share);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    share.close();
    return Optional.empty();
  }

  /** What one mail has. Not for several threads. */
  final class Share implements AutoCloseable {

    private int held;

    /** The size that its place among large mails was taken for. */
    private int placed;

    private Share(int placed) {
      this.placed = placed;
    }

    /**
     * Makes it enough for {@code bytes}. False when there is not so much now: who already has a
     * part does not wait for more.
     */
    boolean isEnoughFor(int bytes) {
      int more = pieces(bytes) - held;
      if (more > 0 && !pieces.tryAcquire(more)) {
        return false;
      }
      held += Math.max(0, more);
      if (LargeMail.isLarge(bytes) && !LargeMail.isLarge(placed)) {
        if (!large.enterWithin(Duration.ZERO, bytes)) {
          return false;
        }
        placed = bytes;
      }
      return true;
    }

    @Override
    public void close() {
      pieces.release(held);
      large.leave(placed);
      held = 0;
      placed = 0;
    }
  }
}
