package nl.wotpoort.bench;

import com.sun.management.OperatingSystemMXBean;
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
 * The stages of the road without mail servers, one after the other: what a stage costs in CPU, and
 * in waiting (for the disk, mostly).
 */
final class Stages {

  /** Milliseconds per message. */
  record Cost(String stage, double wallMillis, double cpuMillis) {}

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final Courier ACCEPTS_ALL =
      (sender, recipient, letter) -> new Delivery.Accepted("250 taken");

  private static final int WARM_UP_ROUNDS = Integer.getInteger("bench.rounds", 5);

  private final Clock clock = Clock.systemUTC();
  private final Letters letters = Letters.usual();
  private final Rooms rooms;
  private int number;

  /** Of a house that is furnished, and stays so. */
  Stages(Rooms rooms) {
    this.rooms = rooms;
  }

  /** In a house of its own. As many messages go before as a warm-up, several times. */
  static List<Cost> measure(int messages) {
    Path home = BenchHome.make();
    try {
      Stages stages = new Stages(BenchHome.rooms(home));
      try {
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
          stages.round(messages);
        }
        return stages.round(messages);
      } finally {
        stages.rooms.store().close();
      }
    } catch (Furnishing.CannotFurnish e) {
      throw new IllegalStateException(e);
    } finally {
      BenchHome.delete(home);
    }
  }

  /** What so many messages cost, all of them received, then passed, then sent. */
  List<Cost> round(int messages) {
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
    long cpu = cpuNanos();
    long wall = System.nanoTime();
    int done = work.run();
    double wallMillis = (System.nanoTime() - wall) / 1e6 / messages;
    double cpuMillis = (cpuNanos() - cpu) / 1e6 / messages;
    if (done != messages) {
      throw new IllegalStateException(stage + ": " + done + " of " + messages);
    }
    return new Cost(stage, wallMillis, cpuMillis);
  }

  /**
   * CPU of the whole process, with the compiler and the collector: the desk and the dispatch have
   * workers of their own.
   */
  private static long cpuNanos() {
    return PROCESS.getProcessCpuTime();
  }
}
