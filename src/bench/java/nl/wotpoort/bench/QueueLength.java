package nl.wotpoort.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import nl.wotpoort.desk.Furnishing;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.store.Arrival;
import nl.wotpoort.store.Claimed;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.Origin;
import nl.wotpoort.store.Posting;
import nl.wotpoort.store.Store;

/**
 * What the store's queue costs for each message while so many wait in it: receive one, claim one,
 * post one, a synced commit each. Alternating, so that the queue stays as long as it was.
 */
final class QueueLength {

  /** Milliseconds for each message: by the clock, and of this thread's CPU. */
  record Cost(int waiting, double wallMillis, double cpuMillis) {}

  private static final int BATCH = 500;
  private static final int BYTES = 2048;
  private static final Duration LEASE = Duration.ofHours(1);

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Random random = new Random(1);
  private int made;
  private int waiting;

  /** The costs at each length; lengths must rise. */
  List<Cost> measure(List<Integer> lengths, int messages) {
    Path home = BenchHome.make();
    try (Store store =
        Furnishing.store(BenchHome.configuration(home, Clock.systemUTC()).settings())) {
      List<Cost> costs = new ArrayList<>();
      turn(store, messages);
      for (int length : lengths) {
        fill(store, length);
        turn(store, messages / 4);
        costs.add(cost(store, length, messages));
      }
      return costs;
    } catch (Furnishing.CannotFurnish e) {
      throw new IllegalStateException(e);
    } finally {
      BenchHome.delete(home);
    }
  }

  private void fill(Store store, int length) {
    while (waiting < length) {
      List<Arrival> some = new ArrayList<>();
      for (int i = 0; i < Math.min(BATCH, length - waiting); i++) {
        some.add(arrival());
      }
      waiting += some.size();
      store.queue().received(some);
    }
  }

  private Arrival arrival() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new Arrival(
        Origin.imap("bench", 1, ++made),
        Letters.OOST,
        Optional.of(Letters.OOST),
        Bytes.wrap(bytes),
        Instant.now());
  }

  private Cost cost(Store store, int waiting, int messages) {
    long cpu = threads.getCurrentThreadCpuTime();
    long wall = System.nanoTime();
    turn(store, messages);
    return new Cost(
        waiting,
        (System.nanoTime() - wall) / 1e6 / messages,
        (threads.getCurrentThreadCpuTime() - cpu) / 1e6 / messages);
  }

  private void turn(Store store, int messages) {
    for (int i = 0; i < messages; i++) {
      store.queue().received(arrival());
      for (Claimed claimed : store.queue().claim(Instant.now(), LEASE, "bench", 1)) {
        store.queue().post(claimed, Posting.done(Consequences.none()), Instant.now());
      }
    }
  }
}
