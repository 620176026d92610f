package nl.wotpoort.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import jdk.jfr.Recording;
import nl.wotpoort.desk.Furnishing;
import nl.wotpoort.route.Running;
import nl.wotpoort.settings.Configuration;

/**
 * The real gateway in a JVM of its own, so that its CPU and memory are its own; the argument is its
 * home. Obeys lines on standard input: {@code figures} prints them, {@code profile} begins and
 * {@code profiled FILE} ends a recording. Ends when its input does.
 */
final class GatewayProcess {

  private GatewayProcess() {}

  public static void main(String[] arguments)
      throws IOException, Furnishing.CannotFurnish, java.text.ParseException {
    Path home = Path.of(arguments[0]);
    Clock clock = Clock.systemUTC();
    Configuration configuration = BenchHome.configuration(home, clock);
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Running running =
        Running.start(
            configuration,
            BenchHome.tables(),
            BenchHome.PROJECT.resolve("routes"),
            Furnishing.SampleKeys.ALLOWED,
            clock)) {
      long start = ManagementFactory.getRuntimeMXBean().getStartTime();
      System.out.println("ready " + (System.currentTimeMillis() - start));
      obey(commands);
    }
  }

  private static void obey(BufferedReader commands) throws IOException, java.text.ParseException {
    Recording recording = null;
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      if (line.equals("profile")) {
        recording = new Recording();
        recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(10));
        recording.enable("jdk.NativeMethodSample").withPeriod(Duration.ofMillis(10));
        recording.start();
      } else if (line.startsWith("profiled ") && recording != null) {
        recording.stop();
        recording.dump(Path.of(line.substring(9)));
        recording.close();
      }
      System.out.println(figures());
    }
  }

  /** CPU nanoseconds, resident KiB now and at most, heap KiB at most. */
  private static String figures() throws IOException {
    var process =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long heap = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        heap += pool.getPeakUsage().getUsed() / 1024;
      }
    }
    return String.join(
        " ",
        "figures",
        String.valueOf(process.getProcessCpuTime()),
        String.valueOf(status("VmRSS:")),
        String.valueOf(status("VmHWM:")),
        String.valueOf(heap));
  }

  private static long status(String name) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.replaceAll("[^0-9]", ""))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }
}
