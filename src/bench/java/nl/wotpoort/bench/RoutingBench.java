package nl.wotpoort.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import nl.wotpoort.desk.Activation;
import nl.wotpoort.desk.Furnishing;
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
import nl.wotpoort.settings.Routes;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.CaseStatus;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.NewCase;
import nl.wotpoort.store.Store;

/**
 * Routing in a large house: 10,000 workers, each with a certificate file of their own, and 200,000
 * open cases in the embedded store. One thread: a decision with the load at hand, the same with the
 * load read from the store, and putting one changed field in force.
 */
final class RoutingBench {

  private static final int WORKERS = 10_000;
  private static final int CASES = 200_000;
  private static final int DECISIONS = 2000;
  private static final int ACTIVATIONS = 9;
  private static final Actor WHO = Actor.administrator("bench");
  private static final List<String> EXPERTISE =
      List.of("schulden", "wonen", "werk-en-inkomen", "opvoeden", "meedoen", "verslaving");
  private static final List<String> TEAMS =
      List.of("centrum-west", "noordrand", "groenoord", "oost", "nieuwland", "zuid");
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
    Configuration configuration = BenchHome.configuration(home, clock);
    List<String> lines = new ArrayList<>();
    lines.add("routing: " + WORKERS + " workers, " + CASES + " open cases, one thread, ms");
    try (Store store = Furnishing.store(configuration.settings())) {
      Activation activation =
          new Activation(configuration.settings(), store, Furnishing.SampleKeys.ALLOWED, clock);
      Map<String, byte[]> files = town();
      activate(activation, files);
      fill(store);
      Directory directory =
          Routes.activated(1, files, BenchHome.PROJECT, today).value().orElseThrow();
      Load load = StoreLoad.of(store);
      lines.add(row("decision, load at hand", decisions(directory, () -> load)));
      lines.add(
          row(
              "decision, load read from the store",
              decisions(directory, () -> StoreLoad.of(store))));
      lines.add(row("activation of one change", activations(activation, files)));
    }
    return lines;
  }

  /** The sample town with ten thousand more in it. */
  private Map<String, byte[]> town() throws IOException {
    Map<String, byte[]> files =
        new TreeMap<>(Routes.bytes(BenchHome.PROJECT.resolve("routes")).value().orElseThrow());
    byte[] certificate =
        Files.readAllBytes(BenchHome.PROJECT.resolve("certs-sample/team/s.jansen.pem"));
    Path folder = Files.createDirectories(home.resolve("certs"));
    StringBuilder more = new StringBuilder();
    for (int i = 0; i < WORKERS; i++) {
      Path file = folder.resolve("b" + i + ".pem");
      Files.write(file, certificate);
      more.append("  - id: b%d%n    name: Bench %d%n    organisation: MEE%n".formatted(i, i));
      more.append("    team: %s%n".formatted(TEAMS.get(i % TEAMS.size())));
      more.append("    delivery:%n      address: b%d@intern.wotschiedam.nl%n".formatted(i));
      more.append("      certificates: [%s]%n".formatted(file));
      more.append("    expertise: [%s]%n".formatted(EXPERTISE.get(i % EXPERTISE.size())));
      more.append("    capacity: 40%n".formatted());
    }
    String text = new String(files.get(Routes.DIRECTORY), StandardCharsets.UTF_8);
    String mark = "\n# Postcodes:";
    if (!text.contains(mark)) {
      throw new IllegalStateException("routes/directory.yaml has another form");
    }
    files.put(
        Routes.DIRECTORY, text.replace(mark, "\n" + more + mark).getBytes(StandardCharsets.UTF_8));
    return files;
  }

  private static void activate(Activation activation, Map<String, byte[]> files) {
    Activation.Result result = activation.activate(files, WHO, "ROUTES_ACTIVATED");
    if (result.version().isEmpty()) {
      throw new IllegalStateException(result.problems() + " " + result.faults());
    }
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
                Optional.of(TEAMS.get(worker % TEAMS.size())),
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
              .withExpertise(List.of(EXPERTISE.get(random.nextInt(EXPERTISE.size()))));
      times.begin();
      Outcome outcome = Router.route(facts.withLoad(loads.now()), directory, today).outcome();
      times.end(i);
      if (!(outcome instanceof Outcome.ToWorker)) {
        throw new AssertionError("somebody has room");
      }
    }
    return times;
  }

  private static Times activations(Activation activation, Map<String, byte[]> files) {
    String text = new String(files.get(Routes.DIRECTORY), StandardCharsets.UTF_8);
    Times times = new Times(ACTIVATIONS);
    for (int i = -3; i < ACTIVATIONS; i++) {
      Map<String, byte[]> changed = new TreeMap<>(files);
      String other = text.replaceFirst("capacity: 40", "capacity: " + (50 + i));
      changed.put(Routes.DIRECTORY, other.getBytes(StandardCharsets.UTF_8));
      times.begin();
      activate(activation, changed);
      times.end(i);
    }
    return times;
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
