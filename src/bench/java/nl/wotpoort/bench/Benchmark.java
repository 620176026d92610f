package nl.wotpoort.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs everything and prints one table. System properties: {@code bench.long} for longer runs and
 * P-256 at 1 MB, {@code bench.only} for a comma list of core, stages, register, journal, queue,
 * algorithms, large, road. Of algorithms the small sizes alone unless it is named; large only then.
 */
final class Benchmark {

  private static final boolean LONG = Boolean.parseBoolean(System.getProperty("bench.long"));
  private static final Path OUT = BenchHome.PROJECT.resolve("target/bench");

  private final Table table = new Table();

  private Benchmark() {}

  public static void main(String[] arguments) throws IOException, RunnerException {
    Locale.setDefault(Locale.ROOT);
    Files.createDirectories(OUT);
    new Benchmark().run();
  }

  private void run() throws IOException, RunnerException {
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
    Openssl bound = before.mean(Openssl.measure());
    table.machine(load, before, bound);
    cores.forEach(core -> core.tell(table, bound));
    if (wanted("stages")) {
      progress("stages");
      new Stages().measure(LONG ? 1000 : 200).forEach(table::stage);
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
      new QueueLength()
          .measure(List.of(1_000, 10_000, 100_000), LONG ? 2000 : 500)
          .forEach(table::queue);
    }
    if (wanted("algorithms")) {
      progress("algorithms");
      Algorithms.table(OUT, !LONG && !named("algorithms")).forEach(table::algorithm);
    }
    if (named("large")) {
      progress("four large mails at once");
      FourLarge.table(OUT).forEach(table::algorithm);
    }
    if (wanted("road")) {
      road(Integer.getInteger("bench.messages", LONG ? 1000 : 200));
    }
    String text = table.text();
    Files.writeString(OUT.resolve("table.txt"), text);
    System.out.println(text);
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

    void tell(Table table, Openssl openssl) {
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

  private void road(int messages) {
    progress("road, " + messages + " messages");
    Road road = new Road();
    Path slow = road.makeHome("1s");
    Path quick = road.makeHome("100ms");
    try {
      try (GatewayUnderTest gateway = new GatewayUnderTest(slow, OUT.resolve("gateway-1.log"))) {
        table.start(gateway.startMillis());
        road.burst(gateway, messages);
        table.burst(road.burst(gateway, messages));
        table.idle("1 s", road.idle(20), gateway.figures());
        Path recording = OUT.resolve("road.jfr");
        gateway.startProfile();
        road.burst(gateway, messages);
        gateway.endProfile(recording);
        table.profile(Profile.of(recording));
      }
      try (GatewayUnderTest gateway = new GatewayUnderTest(quick, OUT.resolve("gateway-2.log"))) {
        road.burst(gateway, messages / 4);
        table.idle("0.1 s", road.idle(30), gateway.figures());
      }
    } finally {
      road.close();
      BenchHome.delete(slow);
      BenchHome.delete(quick);
    }
  }
}
