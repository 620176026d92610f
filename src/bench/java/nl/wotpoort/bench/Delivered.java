package nl.wotpoort.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * The program as it is delivered, target/wotpoort with its class-data archive: how soon it takes
 * mail, and how much memory it holds when it has nothing to do.
 */
final class Delivered {

  private static final Path PROGRAM = BenchHome.PROJECT.resolve("target/wotpoort/bin/wotpoort");
  private static final int STARTS = 5;
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  /** Of {@value #STARTS} starts the median, and of the last the memory after a rest. */
  record Figures(double startMillis, double restingMib) {}

  /** Whether {@code package} has made it. */
  static boolean isThere() {
    return Files.isExecutable(PROGRAM);
  }

  Figures measure(Path log) {
    List<Double> starts = new ArrayList<>();
    double resting = 0;
    try (Sink sink = new Sink(Letters.GP.toString());
        ListenerWay way = new ListenerWay(sink.port())) {
      Path home = BenchHome.make(way.settings());
      try {
        for (int i = 0; i <= STARTS; i++) { // the first makes the store
          boolean last = i == STARTS;
          long begin = System.nanoTime();
          Process process = start(home, log);
          try {
            awaitGreeting(way.arrivalPort(), process);
            starts.add((System.nanoTime() - begin) / 1e6);
            if (last) {
              pause(10_000);
              resting = residentMib(process.pid());
            }
          } finally {
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
              process.destroyForcibly();
            }
          }
        }
      } finally {
        BenchHome.delete(home);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    List<Double> sorted = starts.subList(1, starts.size()).stream().sorted().toList();
    return new Figures(sorted.get(sorted.size() / 2), resting);
  }

  private static Process start(Path home, Path log) throws IOException {
    return new ProcessBuilder(
            PROGRAM.toString(), "--home", home.toString(), "--allow-sample-keys", "run")
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** Ready is who greets. */
  private static void awaitGreeting(int port, Process process)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < PATIENCE_NANOS && process.isAlive()) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(10_000);
        if (socket.getInputStream().read() == '2') {
          return;
        }
      } catch (java.net.ConnectException notYet) {
        pause(5);
      }
    }
    throw new IllegalStateException("the delivered program does not take mail; see target/bench");
  }

  private static void pause(int millis) throws InterruptedException {
    Thread.sleep(millis);
  }

  private static double residentMib(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.toUpperCase(Locale.ROOT).startsWith("VMRSS:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }
}
