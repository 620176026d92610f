package nl.wotpoort.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A {@link Peer} in a JVM of its own, with the options of the JMH forks. Another library's class
 * path comes from Maven by the pom.xml in src/bench/peers, and never meets ours. Not for several
 * threads.
 */
final class PeerProcess implements AutoCloseable {

  /** The library cannot be had: it is not in the local repository, and Maven may not fetch it. */
  static final class NotHere extends IOException {
    private static final long serialVersionUID = 1;

    NotHere(String message) {
      super(message);
    }
  }

  /** What a turn took. */
  record Turn(int count, double cpuMillis, double processMillis, double kib) {

    double perCpuSecond() {
      return count * 1000 / cpuMillis;
    }
  }

  private static final Path SOURCES = BenchHome.PROJECT.resolve("src/bench/peers");
  private static final Path COMMON = BenchHome.PROJECT.resolve("src/bench/java/nl/wotpoort/bench");

  private final Process process;
  private final PrintWriter commands;
  private final BufferedReader answers;

  private PeerProcess(Process process) {
    this.process = process;
    this.commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Ours, with that provider, sealing with that cipher. */
  static PeerProcess wotpoort(String crypto, Path folder, String cipher, Path log)
      throws IOException {
    return start(
        System.getProperty("java.class.path"),
        List.of("-Dwotpoort.crypto=" + crypto, "-Dproject.basedir=" + BenchHome.PROJECT),
        List.of(WotpoortPeer.class.getName(), folder.toString(), cipher),
        log);
  }

  /** The one of src/bench/peers/{@code name}. */
  static PeerProcess of(String name, String mainClass, Path folder, Path out) throws IOException {
    Path work = Files.createDirectories(out.resolve("peer-" + name));
    String libraries = libraries(name, work);
    compile(name, libraries, work);
    return start(
        work + File.pathSeparator + libraries,
        List.of(),
        List.of(
            "nl.wotpoort.bench." + mainClass,
            folder.toString(),
            BenchHome.PROJECT.resolve("certs-sample").toString()),
        out.resolve("peer-" + name + ".log"));
  }

  private static PeerProcess start(
      String classPath, List<String> options, List<String> arguments, Path log) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath));
    command.addAll(arguments);
    return new PeerProcess(new ProcessBuilder(command).redirectError(log.toFile()).start());
  }

  /** With the Maven that runs us, and offline when it is. */
  private static String libraries(String name, Path work) throws IOException {
    String home = System.getProperty("bench.maven.home", "");
    Path list = work.resolve("class-path");
    List<String> command =
        new ArrayList<>(
            List.of(
                home.isBlank() ? "mvn" : Path.of(home, "bin", "mvn").toString(),
                "-B",
                "-q",
                "-f",
                SOURCES.resolve(name).resolve("pom.xml").toString(),
                "-Dmdep.outputFile=" + list));
    String repository = System.getProperty("bench.maven.repository", "");
    if (!repository.isBlank()) {
      command.add("-Dmaven.repo.local=" + repository);
    }
    if (Boolean.getBoolean("bench.maven.offline")) {
      command.add("-o");
    }
    command.add("dependency:build-classpath");
    Path log = work.resolve("maven.log");
    Process maven =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (maven.waitFor() != 0) {
        throw new NotHere("its libraries do not resolve, see " + log);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(e.getMessage());
    }
    return Files.readString(list).strip();
  }

  private static void compile(String name, String libraries, Path work) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("--release", "17", "-proc:none", "-d", work.toString(), "-cp", libraries));
    command.add(COMMON.resolve("Peer.java").toString());
    command.add(COMMON.resolve("PeerLoop.java").toString());
    try (Stream<Path> files = Files.list(SOURCES.resolve(name))) {
      files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(command::add);
    }
    int failed =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, command.toArray(String[]::new));
    if (failed != 0) {
      throw new IOException(name + " does not compile");
    }
  }

  /** Digests of what it read in that file of the folder, or why it refuses. */
  String read(String file) throws IOException {
    return ask("read " + file);
  }

  /** Seals one into that file of the folder. */
  String write(String file) throws IOException {
    return ask("write " + file);
  }

  Turn open(int cpuMillis) throws IOException {
    return turn("open " + cpuMillis);
  }

  Turn seal(int cpuMillis) throws IOException {
    return turn("seal " + cpuMillis);
  }

  private Turn turn(String command) throws IOException {
    String answer = ask(command);
    String[] fields = answer.split(" ");
    if (!fields[0].equals("worked")) {
      throw new IOException(command + ": " + answer);
    }
    int count = Integer.parseInt(fields[1]);
    return new Turn(
        count,
        Double.parseDouble(fields[2]) / 1e6,
        Double.parseDouble(fields[3]) / 1e6 / count,
        Double.parseDouble(fields[4]) / 1024 / count);
  }

  private String ask(String command) throws IOException {
    commands.println(command);
    String line = answers.readLine();
    if (line == null || !line.startsWith("answer ")) {
      throw new IOException(command + ": the process of the peer does not answer; see its log");
    }
    return line.substring("answer ".length());
  }

  @Override
  public void close() {
    commands.close();
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
