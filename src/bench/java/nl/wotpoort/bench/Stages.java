package nl.wotpoort.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.desk.Courier;
import nl.wotpoort.desk.Delivery;
import nl.wotpoort.desk.Desk;
import nl.wotpoort.desk.Dispatch;
import nl.wotpoort.desk.Furnishing;
import nl.wotpoort.desk.RetryLadder;
import nl.wotpoort.desk.Rooms;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.store.Arrival;
import nl.wotpoort.store.Origin;

/**
 * The stages of the road without mail servers, one after the other in one thread: what a stage
 * costs in CPU, and in waiting (for the disk, mostly).
 */
final class Stages {

  /** Milliseconds and KiB per message. */
  record Cost(String stage, double wallMillis, double cpuMillis, double kib) {}

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final Courier ACCEPTS_ALL =
      (sender, recipient, letter) -> new Delivery.Accepted("250 taken");

  private final Clock clock = Clock.systemUTC();
  private final Letters letters = Letters.usual();
  private int number;

  /** A warm-up of as many messages goes before. */
  List<Cost> measure(int messages) {
    Path home = BenchHome.make();
    try {
      Rooms rooms =
          Furnishing.rooms(
              BenchHome.configuration(home, clock),
              BenchHome.tables(),
              Furnishing.SampleKeys.ALLOWED,
              clock,
              "bench");
      try {
        round(rooms, messages);
        return round(rooms, messages);
      } finally {
        rooms.store().close();
      }
    } catch (Furnishing.CannotFurnish e) {
      throw new IllegalStateException(e);
    } finally {
      BenchHome.delete(home);
    }
  }

  private List<Cost> round(Rooms rooms, int messages) {
    Desk desk = new Desk(rooms);
    Dispatch dispatch = new Dispatch(rooms, ACCEPTS_ALL, RetryLadder.usual());
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      Instant now = clock.instant();
      Bytes mail = letters.sealed(++number, Road.CONTENT_BYTES, now);
      Origin origin = Origin.imap("bench", 1, number);
      arrivals.add(new Arrival(origin, Letters.OOST, Optional.of(Letters.OOST), mail, now));
    }
    List<Cost> costs = new ArrayList<>();
    costs.add(
        cost(
            "receive: stored, synced",
            messages,
            () -> {
              arrivals.forEach(arrival -> rooms.store().queue().received(List.of(arrival)));
              return messages;
            }));
    costs.add(cost("pass: claim, open … seal, post", messages, desk::work));
    costs.add(cost("dispatch: two letters, hop free", messages, () -> dispatch.work() / 2));
    return costs;
  }

  private interface Work {
    int run();
  }

  private static Cost cost(String stage, int messages, Work work) {
    long thread = Thread.currentThread().getId();
    long bytes = THREADS.getThreadAllocatedBytes(thread);
    long cpu = THREADS.getCurrentThreadCpuTime();
    long wall = System.nanoTime();
    int done = work.run();
    double wallMillis = (System.nanoTime() - wall) / 1e6 / messages;
    double cpuMillis = (THREADS.getCurrentThreadCpuTime() - cpu) / 1e6 / messages;
    double kib = (THREADS.getThreadAllocatedBytes(thread) - bytes) / 1024.0 / messages;
    if (done != messages) {
      throw new IllegalStateException(stage + ": " + done + " of " + messages);
    }
    return new Cost(stage, wallMillis, cpuMillis, kib);
  }
}
