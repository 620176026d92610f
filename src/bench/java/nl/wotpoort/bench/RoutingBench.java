package nl.wotpoort.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import nl.wotpoort.desk.Furnishing;
import nl.wotpoort.desk.LiveRooms;
import nl.wotpoort.desk.Rooms;
import nl.wotpoort.desk.RoutesWatch;
import nl.wotpoort.desk.StoreLoad;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Postcode;
import nl.wotpoort.rules.routing.Load;
import nl.wotpoort.rules.routing.Outcome;
import nl.wotpoort.rules.routing.Router;
import nl.wotpoort.rules.routing.RoutingFacts;
import nl.wotpoort.settings.Configuration;
import nl.wotpoort.store.CaseStatus;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.NewCase;
import nl.wotpoort.store.Store;

/**
 * Routing in a large house: 10,000 workers, each with a certificate file of their own, and 200,000
 * open cases in the embedded store. One thread: a decision with the load at hand, the same with the
 * load read from the store. Putting one changed field in force: as a running gateway does it that
 * watches its folder, and as an administrator does it on the command line.
 */
final class RoutingBench {

  private static final int WORKERS = 10_000;
  private static final int CASES = 200_000;
  private static final int DECISIONS = 2000;
  private static final int ACTIVATIONS = 9;
  private static final int COMMANDS = 5;
  private static final List<String> POSTCODES = List.of("3111AB", "3123AB", "3121AB", "3112AB");

  private final Path home = BenchHome.make();
  private final Clock clock = Clock.systemUTC();
  private final LocalDate today = LocalDate.now(clock);
  private final Random random = new Random(7);

  private RoutingBench() {}

  static List<String> table() throws IOException, Furnishing.CannotFurnish {
    RoutingBench bench = new RoutingBench();
    try {
      return bench.measure();
    } finally {
      BenchHome.delete(bench.home);
    }
  }

  private List<String> measure() throws IOException, Furnishing.CannotFurnish {
    LargeHouse house = LargeHouse.in(home, WORKERS);
    Configuration configuration = BenchHome.configuration(home, clock);
    List<String> lines = new ArrayList<>();
    lines.add("routing: " + WORKERS + " workers, " + CASES + " open cases, one thread, ms");
    Rooms rooms =
        Furnishing.rooms(
            configuration, BenchHome.tables(), Furnishing.SampleKeys.ALLOWED, clock, "bench");
    try (Store store = rooms.store()) {
      LiveRooms live = LiveRooms.following(configuration, rooms);
      fill(store);
      Directory directory = live.get().directory();
      Load load = StoreLoad.of(store);
      lines.add(row("decision, load at hand", decisions(directory, () -> load)));
      lines.add(
          row(
              "decision, load read from the store",
              decisions(directory, () -> StoreLoad.of(store))));
      Times activated = new Times(ACTIVATIONS);
      Times taken = new Times(ACTIVATIONS);
      activations(house, live, configuration, activated, taken);
      lines.add(row("one change, activated by the gateway", activated));
      lines.add(row("the same, taken into use", taken));
    }
    lines.add(row("routes activate, from start to end", commands(house)));
    return lines;
  }

  private void fill(Store store) {
    Instant now = clock.instant();
    for (int start = 0; start < CASES; start += 5000) {
      Consequences batch = Consequences.none();
      List<NewCase> cases = new ArrayList<>();
      for (int i = start; i < start + 5000; i++) {
        int worker = random.nextInt(WORKERS);
        cases.add(
            new NewCase(
                CaseNumber.ofRandom(2L * i),
                CaseStatus.FORWARDED,
                now.minusSeconds(random.nextInt(10_000_000)),
                Address.of("a.devries@praktijk-delinde.example"),
                Optional.empty(),
                Optional.of(LargeHouse.TEAMS.get(worker % LargeHouse.TEAMS.size())),
                Optional.of("b" + worker),
                Optional.empty(),
                "REFERRAL"));
      }
      store
          .outbox()
          .post(
              new Consequences(
                  cases,
                  batch.updated(),
                  batch.consents(),
                  batch.requests(),
                  batch.held(),
                  batch.journal(),
                  batch.letters(),
                  batch.repeat(),
                  batch.referrals()),
              now);
    }
  }

  /** Where a decision's load comes from. */
  private interface Loads {
    Load now();
  }

  private Times decisions(Directory directory, Loads loads) {
    Times times = new Times(DECISIONS);
    for (int i = -500; i < DECISIONS; i++) {
      RoutingFacts facts =
          RoutingFacts.to(Address.of("info@wotschiedam.nl"))
              .withBirthDate(
                  Optional.of(Confidential.of(today.minusYears(20 + random.nextInt(60)))))
              .withPostcode(
                  Postcode.parse(POSTCODES.get(random.nextInt(POSTCODES.size())))
                      .map(Confidential::of))
              .withExpertise(
                  List.of(LargeHouse.EXPERTISE.get(random.nextInt(LargeHouse.EXPERTISE.size()))));
      times.begin();
      Outcome outcome = Router.route(facts.withLoad(loads.now()), directory, today).outcome();
      times.end(i);
      if (!(outcome instanceof Outcome.ToWorker)) {
        throw new AssertionError("somebody has room");
      }
    }
    return times;
  }

  /** The watch wants to see the same files twice: what is in force changes at its second look. */
  private void activations(
      LargeHouse house, LiveRooms live, Configuration configuration, Times activated, Times taken)
      throws IOException {
    RoutesWatch watch = new RoutesWatch(configuration.settings(), live);
    for (int i = -3; i < ACTIVATIONS; i++) {
      int before = live.version();
      house.write(house.changed(50 + i));
      watch.at(clock.instant());
      activated.begin();
      watch.at(clock.instant());
      activated.end(i);
      taken.begin();
      live.follow();
      taken.end(i);
      if (live.version() != before + 1) {
        throw new IllegalStateException("not activated");
      }
    }
  }

  /** {@code routes activate} in a process of its own, as the program's own start makes it. */
  private Times commands(LargeHouse house) throws IOException {
    Times times = new Times(COMMANDS);
    for (int i = 0; i < COMMANDS; i++) {
      house.write(house.changed(100 + i));
      times.begin();
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-Xms32m",
                  "-Xss2m",
                  "-Xshare:auto",
                  "-cp",
                  System.getProperty("java.class.path"),
                  "nl.wotpoort.cli.Wotpoort",
                  "--home",
                  home.toString(),
                  "--allow-sample-keys",
                  "routes",
                  "activate")
              .redirectErrorStream(true)
              .redirectOutput(home.resolve("activate.log").toFile())
              .start();
      int exit = exitOf(process);
      times.end(i);
      if (exit != 0) {
        throw new IllegalStateException(Files.readString(home.resolve("activate.log")));
      }
    }
    return times;
  }

  private static int exitOf(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a bench", e);
    }
  }

  private static String row(String what, Times times) {
    return String.format(
        "%-38s p50 %8.3f   p99 %8.3f   CPU p50 %8.3f",
        what, times.wall(50), times.wall(99), times.cpu(50));
  }

  /** What each of several took, by the clock and of this thread's processor time. */
  private static final class Times {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final long[] wall;
    private final long[] cpu;
    private long wallAtStart;
    private long cpuAtStart;

    Times(int count) {
      this.wall = new long[count];
      this.cpu = new long[count];
    }

    void begin() {
      cpuAtStart = threads.getCurrentThreadCpuTime();
      wallAtStart = System.nanoTime();
    }

    /** One below 0 is for warming up. */
    void end(int number) {
      long wallNow = System.nanoTime();
      if (number >= 0) {
        wall[number] = wallNow - wallAtStart;
        cpu[number] = threads.getCurrentThreadCpuTime() - cpuAtStart;
      }
    }

    double wall(int percent) {
      return millis(wall, percent);
    }

    double cpu(int percent) {
      return millis(cpu, percent);
    }

    private static double millis(long[] nanos, int percent) {
      long[] sorted = nanos.clone();
      Arrays.sort(sorted);
      return sorted[sorted.length * percent / 100] / 1e6;
    }
  }
}
