package nl.wotpoort.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import nl.wotpoort.desk.Furnishing;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs everything and prints one table. System properties: {@code bench.long} for longer runs and
 * P-256 at 1 MB, {@code bench.only} for a comma list of core, stages, register, journal, queue,
 * algorithms, peers, large, timing, routing, road (or smtp, lmtp, imap of it), delivered; {@code
 * bench.row} for the milliseconds of a row of algorithms. Of algorithms the small sizes alone
 * unless it is named; large, growth, timing and routing only then. {@code bench.runs} for several
 * runs of it all, one after another: the goals then have medians and spread.
 */
final class Benchmark {

  private static final boolean LONG = Boolean.parseBoolean(System.getProperty("bench.long"));
  private static final Path OUT = BenchHome.PROJECT.resolve("target/bench");

  private final Table table = new Table();
  private final Goals goals;

  private Benchmark(Goals goals) {
    this.goals = goals;
  }

  public static void main(String[] arguments)
      throws IOException, RunnerException, Furnishing.CannotFurnish {
    Locale.setDefault(Locale.ROOT);
    Files.createDirectories(OUT);
    Goals goals = new Goals();
    int runs = Integer.getInteger("bench.runs", 1);
    StringBuilder tables = new StringBuilder();
    String all = "";
    for (int run = 1; run <= runs; run++) {
      tables.append(new Benchmark(goals).run()).append('\n');
      all = tables + String.join("\n", goals.lines()) + '\n';
      Files.writeString(OUT.resolve("table.txt"), all); // what there is, if the next is cut off
    }
    System.out.println(all);
  }

  /** Its table; what is set beside a goal goes there. */
  private String run() throws IOException, RunnerException, Furnishing.CannotFurnish {
    String load = Files.readString(Path.of("/proc/loadavg")).strip();
    Openssl before = Openssl.measure();
    List<Core> cores = new ArrayList<>();
    if (wanted("core")) {
      for (String crypto : List.of("native", "jdk")) {
        cores.add(core("open", 10, "rsa2048", crypto));
        cores.add(core("seal", 10, "rsa2048", crypto));
        cores.add(core("message", 10, "rsa2048", crypto));
        cores.add(core("message", 1024, "rsa2048", crypto));
        cores.add(core("message", 10, "p256", crypto));
        if (LONG) {
          cores.add(core("openUnknownPath", 10, "rsa2048", crypto));
          cores.add(core("message", 1024, "p256", crypto));
        }
      }
    }
    if (named("growth")) {
      Core one = core("message", 1024, "rsa2048", "native");
      Core ten = core("message", 10_240, "rsa2048", "native");
      cores.add(ten);
      goals.atMost(
          "growth: CPU of a message of 10 MiB, over ten of 1 MiB",
          1.2,
          ten.secondary(WorkerCost.CPU) / one.secondary(WorkerCost.CPU) / 10,
          "x");
    }
    Openssl bound = before.mean(Openssl.measure());
    table.machine(load, before, bound);
    cores.forEach(core -> core.tell(table, goals, bound));
    if (wanted("stages")) {
      progress("stages");
      Stages.measure(Integer.getInteger("bench.messages", LONG ? 2000 : 500)).forEach(table::stage);
    }
    if (wanted("register")) {
      progress("register");
      int largest = Integer.getInteger("bench.records", LONG ? 1_000_000 : 100_000);
      new RegisterBench(OUT, largest).measure().forEach(table::register);
    }
    if (wanted("journal")) {
      progress("journal");
      table.journal(
          new JournalBench(OUT, Integer.getInteger("bench.records", 1_000_000)).measure());
    }
    if (wanted("queue")) {
      progress("queue");
      queue(new QueueLength().measure(List.of(1_000, 10_000, 100_000), LONG ? 2000 : 500));
    }
    if (wanted("algorithms")) {
      progress("algorithms");
      Algorithms.table(OUT, !LONG && !named("algorithms")).forEach(table::algorithm);
    }
    if (wanted("peers")) {
      progress("peers");
      new Peers(OUT, LONG).table().forEach(table::peer);
    }
    if (named("timing")) {
      progress("timing of refusals");
      RefusalTiming.table().forEach(table::algorithm);
    }
    if (named("routing")) {
      progress("routing");
      RoutingBench.table().forEach(table::algorithm);
    }
    if (named("large")) {
      progress("four large mails at once");
      List<String> lines = FourLarge.table(OUT, List.of("256m"));
      lines.forEach(table::algorithm);
      goals.atLeast(
          "four mails of 25 MB at once in 256 MB, forms that pass",
          FourLarge.FORMS.size(),
          FourLarge.through(lines),
          "");
      goals.atLeast(
          "the same over four connections, by SMTP and out again: mails answered",
          FourLarge.FORMS.size() * FourLarge.MAILS,
          LargeRoad.table(OUT, table::algorithm),
          "");
      if (ServersWay.isPossible()) {
        goals.atLeast(
            "the same through Postfix by LMTP, and Dovecot by IMAP: answered",
            2 * FourLarge.MAILS,
            LargeRoad.throughServers(OUT, table::algorithm),
            "");
      }
    }
    if (named("growth")) {
      progress("growth: fills a store first, for minutes");
      Growth.table(goals, Integer.getInteger("bench.records", 1_000_000)).forEach(table::algorithm);
    }
    roads(Integer.getInteger("bench.messages", LONG ? 10_000 : 4000));
    if (wanted("delivered") && Delivered.isThere()) {
      progress("the program as delivered");
      delivered(new Delivered().measure(OUT.resolve("delivered.log")));
    }
    return table.text();
  }

  private static boolean wanted(String part) {
    String only = System.getProperty("bench.only", "");
    return only.isBlank() || Set.of(only.split(",")).contains(part);
  }

  /** Asked for by its name: what takes minutes. */
  private static boolean named(String part) {
    return Set.of(System.getProperty("bench.only", "").split(",")).contains(part);
  }

  private static void progress(String what) {
    System.out.println("  ... " + what);
  }

  private record Core(String name, int kib, String key, String crypto, RunResult result) {

    void tell(Table table, Goals goals, Openssl openssl) {
      double rate = result.getPrimaryResult().getScore();
      double spread =
          result.getSecondaryResults().get(WorkerCost.CPU).getStatistics().getStandardDeviation();
      double cpu = secondary(WorkerCost.CPU);
      double bytes = kib * 1024.0;
      double bound = key.equals("p256") ? openssl.boundP256(bytes) : openssl.boundRsa(bytes);
      table.core(
          name + " " + kib + " KiB " + key + " " + crypto,
          rate,
          spread,
          cpu,
          secondary(WorkerCost.PROCESS_CPU),
          secondary(WorkerCost.ALLOCATED),
          name.equals("message") ? bound : Double.NaN);
      boolean isNative = crypto.equals("native");
      String row = name + " " + kib + " KiB " + key + " " + crypto;
      if (name.equals("message") && (isNative || key.equals("rsa2048") && kib == 10)) {
        double goal = key.equals("p256") || kib > 10 ? 0.55 : isNative ? 0.80 : 0.47;
        goals.atLeast(row + ", share of the bound", goal, 1000 / cpu / bound, "");
      } else if (name.equals("open") || name.equals("seal")) {
        goals.atLeast(row + ", per CPU second", isNative ? 550 : 300, 1000 / cpu, "/s");
        goals.atMost(row + ", allocated", 500, secondary(WorkerCost.ALLOCATED), "KiB");
      }
    }

    private double secondary(String name) {
      return result.getSecondaryResults().get(name).getScore();
    }
  }

  private static Core core(String name, int kib, String key, String crypto) throws RunnerException {
    String row = name + "-" + kib + "-" + key + "-" + crypto;
    progress(row);
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("CoreBench\\." + name + "$")
                    .param("kib", String.valueOf(kib))
                    .param("key", key)
                    .forks(LONG ? 3 : 1)
                    .threads(1)
                    .warmupIterations(LONG ? 15 : 4)
                    .warmupTime(TimeValue.seconds(2))
                    .measurementIterations(LONG ? 10 : 4)
                    .measurementTime(TimeValue.seconds(2))
                    .jvmArgs(
                        "-XX:+UseSerialGC",
                        "-Xmx256m",
                        "-Dwotpoort.crypto=" + crypto,
                        "-Dproject.basedir=" + BenchHome.PROJECT)
                    .addProfiler(WorkerCost.class)
                    .shouldFailOnError(true)
                    .output(OUT.resolve("jmh-" + row + ".txt").toString())
                    .build())
            .run();
    return new Core(name, kib, key, crypto, results.iterator().next());
  }

  private void queue(List<QueueLength.Cost> costs) {
    costs.forEach(table::queue);
    double growth = costs.get(costs.size() - 1).cpuMillis() / costs.get(0).cpuMillis();
    goals.atMost("queue: CPU a message, 100,000 waiting over 1,000", 1.2, growth, "x");
  }

  private void delivered(Delivered.Figures figures) {
    table.delivered(figures);
    goals.atMost("start to first intake, as delivered", 1500, figures.startMillis(), "ms");
    goals.atMost("memory at rest, as delivered", 150, figures.restingMib(), "MiB");
  }

  private void roads(int messages) {
    if (wanted("road") || named("smtp")) {
      road(ListenerWay::new, messages, 120, 400);
    }
    if (wanted("road") || named("lmtp")) {
      throughServers(ServersWay.Intake.LMTP, messages, 120, 400);
    }
    if (wanted("road") || named("imap")) {
      throughServers(ServersWay.Intake.IMAP, messages, 250, Double.NaN);
    }
  }

  private void throughServers(ServersWay.Intake intake, int messages, double p50, double p99) {
    if (ServersWay.isPossible()) {
      road(port -> new ServersWay(intake, port), messages, p50, p99);
    } else {
      progress("no Postfix and Dovecot here, or not root: " + intake + " is left out");
    }
  }

  /** The first mails let the program be compiled; what follows counts. Goals in milliseconds. */
  private void road(IntFunction<Way> ways, int messages, double p50, double p99) {
    try (Road road = new Road(ways)) {
      String name = road.way().name();
      progress(name + ", " + messages + " messages");
      Path home = road.makeHome();
      Path log = OUT.resolve("gateway-" + name.replaceAll("[^A-Za-z]+", "-") + ".log");
      try (GatewayUnderTest gateway = new GatewayUnderTest(home, road.way().javaOptions(), log)) {
        table.road(name, gateway.startMillis());
        for (int warm = Integer.getInteger("bench.warm", 3 * messages);
            warm > 0;
            warm -= messages) {
          road.stream(gateway, Math.min(warm, messages));
        }
        Road.Stream stream = road.stream(gateway, messages);
        table.stream(stream);
        goals.atLeast(name + ", sustained", 150, stream.perSecond(), "msg/s");
        goals.atMost(name + ", CPU of the JVM", 5, stream.cpuMillis(), "ms/msg");
        goals.atMost(name + ", memory", 300, stream.peakResidentKib() / 1024.0, "MiB");
        Road.Latency idle = road.idle(100);
        table.idle(idle, gateway.figures());
        goals.atMost(name + ", arrival to receipt, p50", p50, idle.p50(), "ms");
        if (!Double.isNaN(p99)) {
          goals.atMost(name + ", arrival to receipt, p99", p99, idle.p99(), "ms");
        }
        Path recording = OUT.resolve("road.jfr");
        gateway.startProfile();
        road.stream(gateway, messages / 4);
        gateway.endProfile(recording);
        table.profile(name, Profile.of(recording));
      } finally {
        BenchHome.delete(home);
      }
    }
  }
}
