package nl.wotpoort.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The one table that is printed, as it grows. Not for several threads. */
final class Table {

  private final List<String> machine = new ArrayList<>();
  private final List<String> core = new ArrayList<>();
  private final List<String> stages = new ArrayList<>();
  private final List<String> register = new ArrayList<>();
  private final List<String> queue = new ArrayList<>();
  private final List<String> algorithms = new ArrayList<>();
  private final List<String> peers = new ArrayList<>();
  private final List<String> road = new ArrayList<>();
  private final List<String> profile = new ArrayList<>();
  private double stageWall;
  private double stageCpu;

  void machine(String load, Openssl before, Openssl mean) {
    machine.add(
        String.format(
            "%s  %s, %d processors, Java %s, load %s",
            LocalDate.now(ZoneId.of("Europe/Amsterdam")),
            processor(),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("java.version"),
            load));
    machine.add(
        String.format(
            "openssl speed (mean of before and after; before %.0f sign/s): rsa2048 %.0f sign/s"
                + " %.0f verify/s, P-256 %.0f sign/s %.0f verify/s %.0f ecdh/s, sha256 %.2f GB/s,"
                + " aes-256-gcm %.2f GB/s",
            1 / before.rsaSign(),
            1 / mean.rsaSign(),
            1 / mean.rsaVerify(),
            1 / mean.ecdsaSign(),
            1 / mean.ecdsaVerify(),
            1 / mean.ecdh(),
            mean.sha256() / 1e9,
            mean.aesGcm() / 1e9));
  }

  private static String processor() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.replaceFirst(".*:\\s*", ""))
          .findFirst()
          .orElse("unknown processor");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code bound} is NaN where none applies; {@code spread} is of the CPU time. */
  void core(
      String name,
      double rate,
      double spread,
      double cpuMillis,
      double processMillis,
      double kib,
      double bound) {
    if (core.isEmpty()) {
      core.add(
          String.format(
              "%-34s %9s %11s %8s %7s %9s %9s %8s %6s",
              "core, one thread",
              "msg/s",
              "msg/CPU s",
              "CPU ms",
              "±",
              "JVM CPU",
              "KiB/msg",
              "bound",
              "ratio"));
    }
    String line =
        String.format(
            "%-34s %9.1f %11.1f %8.3f %7.3f %9.3f %9.0f",
            name, rate, 1000 / cpuMillis, cpuMillis, spread, processMillis, kib);
    core.add(
        Double.isNaN(bound)
            ? line
            : line + String.format(" %8.1f %6.2f", bound, 1000 / cpuMillis / bound));
  }

  void stage(Stages.Cost cost) {
    if (stages.isEmpty()) {
      stages.add(
          String.format(
              "%-36s %9s %9s", "stages, 10 KiB, CPU of the process", "wall ms", "CPU ms"));
    }
    stages.add(
        String.format("%-36s %9.2f %9.2f", cost.stage(), cost.wallMillis(), cost.cpuMillis()));
    stageWall += cost.wallMillis();
    stageCpu += cost.cpuMillis();
  }

  void register(RegisterBench.Row row) {
    if (register.isEmpty()) {
      register.add(
          String.format(
              "%-36s %9s %9s %9s", "consent: one decision, look-up in", "p50 ms", "p99 ms", "MB"));
    }
    register.add(
        String.format(
            "%-36s %9.3f %9.3f %9.0f",
            row.records() + " records", row.medianMillis(), row.p99Millis(), row.megabytes()));
  }

  void journal(JournalBench.Row row) {
    register.add(String.format("journal of %,d lines, %.0f MB", row.lines(), row.megabytes()));
    register.add(String.format("%-36s %9.1f s", "  verified whole", row.verifySeconds()));
    register.add(
        String.format(
            "%-36s %9.2f ms (slowest of 500: %.1f)",
            "  one client's view, p50", row.viewMedian(), row.viewMax()));
    register.add(
        String.format(
            "%-36s %9.1f ms",
            String.format("  a client with %,d lines", row.lines() / 1000), row.largestView()));
    register.add(
        String.format(
            "%-36s %9.2f ms (slowest of 500: %.1f)",
            "  a breach: one case's lines, p50", row.caseMedian(), row.caseMax()));
    register.add(String.format("%-36s %9.1f s", "  written, in thousands", row.fillSeconds()));
  }

  void queue(QueueLength.Cost cost) {
    if (queue.isEmpty()) {
      queue.add(
          String.format("%-36s %9s %9s", "queue: receive, claim, post one", "wall ms", "CPU ms"));
    }
    queue.add(
        String.format(
            "%-36s %9.2f %9.2f",
            String.format("%,d waiting", cost.waiting()), cost.wallMillis(), cost.cpuMillis()));
  }

  void algorithm(String line) {
    algorithms.add(line);
  }

  void peer(String line) {
    peers.add(line);
  }

  void road(String way, long startMillis) {
    road.add("");
    road.add(
        "the whole road, 10 KiB RSA-2048, store synced, gateway in its own JVM (-Xmx256m, SerialGC): "
            + way);
    row("start of the JVM to running routes", startMillis / 1000.0, "s");
  }

  void stream(Road.Stream stream) {
    row("sustained, " + stream.latency().messages() + " in a stream", stream.perSecond(), "msg/s");
    row("  letters out (forward and receipt)", stream.lettersOut(), "");
    row("  CPU of the gateway's JVM", stream.cpuMillis(), "ms/msg");
    row("  CPU of all else on the machine", stream.othersCpuMillis(), "ms/msg");
    row("  arrival to receipt in the stream, p50", stream.latency().p50(), "ms");
    row("  arrival to receipt in the stream, p99", stream.latency().p99(), "ms");
    row("  arrival to receipt in the stream, slowest", stream.slowest(), "ms");
    row("  peak resident memory", stream.peakResidentKib() / 1024.0, "MiB");
    row("  peak heap, sum of pools", stream.peakHeapKib() / 1024.0, "MiB");
  }

  void idle(Road.Latency latency, GatewayUnderTest.Figures figures) {
    String when = "idle, " + latency.messages() + " one by one, arrival to receipt, ";
    row(when + "p50", latency.p50(), "ms");
    row(when + "p99", latency.p99(), "ms");
    row("  resident memory after", figures.residentKib() / 1024.0, "MiB");
  }

  void profile(String way, Profile recorded) {
    profile.add("");
    profile.add(way);
    profile.addAll(recorded.lines());
  }

  void delivered(Delivered.Figures figures) {
    road.add("");
    road.add("the program as delivered, with its class-data archive, SMTP in");
    row("start to the first greeting, median", figures.startMillis(), "ms");
    row("resident memory after ten seconds of rest", figures.restingMib(), "MiB");
  }

  private void row(String name, double value, String unit) {
    road.add(String.format("%-60s %10.1f %s", name, value, unit));
  }

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.addAll(machine);
    add(lines, core);
    add(lines, queue);
    add(lines, stages);
    if (!stages.isEmpty()) {
      lines.add(String.format("%-36s %9.2f %9.2f", "sum", stageWall, stageCpu));
    }
    add(lines, register);
    add(lines, algorithms);
    add(lines, peers);
    add(lines, road);
    add(lines, profile);
    return String.join("\n", lines) + "\n";
  }

  private static void add(List<String> lines, List<String> part) {
    if (!part.isEmpty()) {
      lines.add("");
      lines.addAll(part);
    }
  }
}
