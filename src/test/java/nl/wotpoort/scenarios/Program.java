package nl.wotpoort.scenarios;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * {@code wotpoort run} in a JVM of its own, as it is delivered: from jars and with a class-data
 * archive, so that it starts quickly enough to be killed often.
 */
final class Program {

  private static final String STARTED = "De poort draait";

  private final Path folder;
  private final Path archive;
  private final String classPath;

  /** {@code folder} is for jars and archive. */
  Program(Path folder) {
    this.folder = folder;
    this.archive = folder.resolve("classes.jsa");
    try {
      Files.createDirectories(folder);
      this.classPath = jars();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An archive takes no folders. */
  private String jars() throws IOException {
    List<String> path = new ArrayList<>();
    String whole =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    for (String place : whole.split(File.pathSeparator)) {
      Path file = Path.of(place);
      if (!Files.isDirectory(file)) {
        path.add(place);
      } else if (file.endsWith("classes")) {
        path.add(0, jar(file).toString());
      }
    }
    return String.join(File.pathSeparator, path);
  }

  private Path jar(Path classes) throws IOException {
    Path jar = folder.resolve("program.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(one -> !one.equals(classes)).toList()) {
        String name = classes.relativize(file).toString();
        boolean isFolder = Files.isDirectory(file);
        entries.putNextEntry(new JarEntry(isFolder ? name + "/" : name));
        if (!isFolder) {
          Files.copy(file, entries);
        }
        entries.closeEntry();
      }
    }
    return jar;
  }

  /**
   * A start and a stop in {@code home}, from which the later ones start quickly; without the native
   * provider, as bin/wotpoort says.
   */
  void learn(House.Plan plan) {
    List<String> options = List.of("-XX:ArchiveClassesAtExit=" + archive, "-Dwotpoort.crypto=jdk");
    try (Node node = start(plan, options)) {
      node.awaitStart();
      node.stop();
    }
  }

  /** Starts a gateway in the home of {@code plan}, which is furnished. */
  Node start(House.Plan plan) {
    return start(
        plan,
        Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.<String>of());
  }

  private Node start(House.Plan plan, List<String> options) {
    Path temp = plan.home().resolve("tmp");
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(options);
    command.addAll(
        List.of(
            "-Xlog:disable",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xmx256m",
            "-Djava.io.tmpdir=" + temp));
    command.addAll(
        List.of(
            "-cp",
            classPath,
            "nl.wotpoort.cli.Wotpoort",
            "--home",
            plan.home().toString(),
            "--allow-sample-keys",
            "run"));
    try {
      Files.createDirectories(temp);
      Path log = plan.home().resolve("log");
      int before = Node.starts(log);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(plan.home().toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().putAll(House.secrets(plan));
      return new Node(builder.start(), log, before);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One running program. */
  static final class Node implements AutoCloseable {

    private final Process process;
    private final Path log;
    private final int before;

    private Node(Process process, Path log, int before) {
      this.process = process;
      this.log = log;
      this.before = before;
    }

    private static int starts(Path log) throws IOException {
      if (!Files.exists(log)) {
        return 0;
      }
      try (Stream<String> lines = Files.lines(log)) {
        return Math.toIntExact(lines.filter(line -> line.contains(STARTED)).count());
      }
    }

    void awaitStart() {
      Await.until("a start", this::hasStarted, this::log);
    }

    private boolean hasStarted() {
      if (!process.isAlive()) {
        throw new AssertionError("it ended by itself: " + process.exitValue() + "\n" + log());
      }
      try {
        return starts(log) > before;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    boolean isAlive() {
      return process.isAlive();
    }

    long pid() {
      return process.pid();
    }

    /** The end of what it said. */
    String log() {
      try {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Not a wait for something to happen: the moment is the test. False when it died itself. */
    boolean live(long millis) throws InterruptedException {
      return !process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** kill -9. */
    void kill() throws InterruptedException {
      process.destroyForcibly().waitFor();
    }

    /** The signal TERM, and its own end. */
    void stop() {
      process.destroy();
      Await.until("a stop", () -> !process.isAlive(), this::log);
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
