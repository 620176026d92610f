package nl.wotpoort.scenarios;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A mail server in front of the gateway: what it was given it keeps, and brings to one of the nodes
 * again and again until one says 250. It never gives up. Thread-safe.
 */
final class Mta implements AutoCloseable {

  /** Where a node listens; {@code hello} is EHLO or LHLO. */
  record Door(int port, String hello) {}

  private static final int HANDS = 3;
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

  private final List<Door> doors;
  private final BlockingQueue<byte[]> queue = new LinkedBlockingQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger unheard = new AtomicInteger();
  private volatile boolean open = true;

  Mta(List<Door> doors) {
    this.doors = List.copyOf(doors);
    for (int i = 0; i < HANDS; i++) {
      Thread thread = new Thread(this::work, "mta");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** By the GP to Oost. */
  void accept(byte[] mail) {
    waiting.incrementAndGet();
    queue.add(mail);
  }

  /** How many nobody said 250 to. */
  int waiting() {
    return waiting.get();
  }

  /** How often a mail was sent to its end and no answer came: it was sent again. */
  int unheard() {
    return unheard.get();
  }

  private void work() {
    while (open) {
      try {
        byte[] mail = queue.poll(100, TimeUnit.MILLISECONDS);
        if (mail != null && isTaken(mail)) {
          waiting.decrementAndGet();
        } else if (mail != null) {
          queue.add(mail);
          LockSupport.parkNanos(PAUSE);
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private boolean isTaken(byte[] mail) {
    Door door = doors.get(ThreadLocalRandom.current().nextInt(doors.size()));
    try (Sender sender = new Sender(door.port(), door.hello())) {
      try {
        sender.send(Mails.GP.toString(), Mails.OOST.toString(), mail);
        return true;
      } catch (UncheckedIOException cut) {
        if (sender.isUnheard()) {
          unheard.incrementAndGet();
        }
        return false;
      }
    } catch (UncheckedIOException away) {
      return false;
    }
  }

  @Override
  public void close() {
    open = false;
  }
}
