package nl.wotpoort.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The handle on a {@link GatewayProcess}. Not for several threads. */
final class GatewayUnderTest implements AutoCloseable {

  /** What the process said of itself. */
  record Figures(double cpuMillis, long residentKib, long peakResidentKib, long peakHeapKib) {}

  private final Process process;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final PrintWriter in;
  private final long startMillis;

  /** Starts it with the options of bin/wotpoort and waits until its routes run; logs to a file. */
  GatewayUnderTest(Path home, List<String> options, Path log) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseSerialGC",
                "-XX:MaxNewSize=48m",
                "-Xshare:auto",
                "-Xss2m",
                "-XX:Tier4InvocationThreshold=15000",
                "-XX:Tier4MinInvocationThreshold=1800",
                "-XX:Tier4CompileThreshold=45000",
                "-XX:Tier4BackEdgeThreshold=120000",
                "-Xmx256m",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:+DebugNonSafepoints"));
    command.addAll(options);
    command.addAll(
        List.of(
            "-Dproject.basedir=" + BenchHome.PROJECT,
            "-cp",
            System.getProperty("java.class.path"),
            GatewayProcess.class.getName(),
            home.toString()));
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread reader = new Thread(() -> read(log), "gateway-output");
    reader.setDaemon(true);
    reader.start();
    in = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    startMillis = Long.parseLong(answer("ready ").strip());
  }

  /** From the start of the JVM to running routes. */
  long startMillis() {
    return startMillis;
  }

  Figures figures() {
    return ask("figures");
  }

  void startProfile() {
    ask("profile");
  }

  void endProfile(Path file) {
    ask("profiled " + file);
  }

  private Figures ask(String command) {
    in.println(command);
    String[] fields = answer("figures ").strip().split(" ");
    return new Figures(
        Double.parseDouble(fields[0]) / 1e6,
        Long.parseLong(fields[1]),
        Long.parseLong(fields[2]),
        Long.parseLong(fields[3]));
  }

  /** A pipe that nobody empties stops the gateway, so everything is read at once. */
  private void read(Path log) {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        PrintWriter file = new PrintWriter(Files.newBufferedWriter(log))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("ready ") || line.startsWith("figures ")) {
          answers.add(line);
        } else {
          file.println(line);
          file.flush();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String answer(String prefix) {
    try {
      String line = answers.poll(60, TimeUnit.SECONDS);
      if (line == null || !line.startsWith(prefix)) {
        throw new IllegalStateException("the gateway does not answer; see target/bench/*.log");
      }
      return line.substring(prefix.length());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    in.close();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
