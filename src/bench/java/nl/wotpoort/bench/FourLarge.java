package nl.wotpoort.bench;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import nl.wotpoort.desk.Desk;
import nl.wotpoort.desk.Furnishing;
import nl.wotpoort.desk.Rooms;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.store.Arrival;
import nl.wotpoort.store.Origin;
import nl.wotpoort.store.OutgoingLetter;

/**
 * Four mails with an attachment of 25 MB each, in the store, and {@code threads} desks at work on
 * them at once: whether they pass in this heap, and what they cost. A JVM of its own; argument: the
 * form (one of FORMS), the number of threads, and the folder with the mails; "make" instead of a
 * number makes them there first, with as much memory as it likes.
 */
final class FourLarge {

  static final List<String> FORMS =
      List.of("detached-cbc", "detached-gcm", "opaque-cbc", "opaque-gcm");

  static final int MAILS = 4;

  /** What a run says when all went through. */
  private static final String THROUGH = ": 4 settled, 4 forwards,";

  private FourLarge() {}

  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ROOT);
    String form = arguments[0];
    Path mails = Path.of(arguments[2]);
    if (arguments[1].equals("make")) {
      for (int i = 1; i <= MAILS; i++) {
        make(i, form, mails);
      }
      return;
    }
    int threads = Integer.parseInt(arguments[1]);
    Path home = BenchHome.make();
    try {
      Rooms rooms =
          Furnishing.rooms(
              BenchHome.configuration(home, Clock.systemUTC()),
              BenchHome.tables(),
              Furnishing.SampleKeys.ALLOWED,
              Clock.systemUTC(),
              "bench");
      try {
        for (int i = 1; i <= MAILS; i++) {
          receive(rooms, i, mails);
        }
        System.gc();
        work(rooms, form, threads);
      } finally {
        rooms.store().close();
      }
    } finally {
      BenchHome.delete(home);
    }
  }

  /** The mails of that form, 1.eml to 4.eml. */
  static void make(Path out, String form) {
    forked(out, form, "make", "1g");
  }

  /** Each form with four workers in each of these heaps. */
  static List<String> table(Path out, List<String> heaps) {
    List<String> lines = new ArrayList<>();
    for (String form : FORMS) {
      make(out, form);
      heaps.forEach(heap -> lines.add(forked(out, form, "4", heap)));
    }
    return lines;
  }

  /** How many of these lines say that all four went through. */
  static long through(List<String> lines) {
    return lines.stream().filter(line -> line.contains(THROUGH)).count();
  }

  /** The last line that JVM said. */
  private static String forked(Path out, String form, String what, String heap) {
    try {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-XX:MaxNewSize=48m",
                  "-Xmx" + heap,
                  "-Dproject.basedir=" + BenchHome.PROJECT,
                  "-cp",
                  System.getProperty("java.class.path"),
                  FourLarge.class.getName(),
                  form,
                  what,
                  out.toString())
              .redirectErrorStream(true)
              .start();
      try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
        return said.lines()
            .filter(line -> line.contains("settled") || line.contains("failed"))
            .reduce((first, last) -> last)
            .orElse("nothing said: " + form + " " + what + " " + heap);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void work(Rooms rooms, String form, int threads) throws Exception {
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      pool.resetPeakUsage();
    }
    long cpu = cpuNanos();
    long wall = System.nanoTime();
    ExecutorService desks = Executors.newFixedThreadPool(threads);
    int done = 0;
    try {
      List<Future<Integer>> turns = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Callable<Integer> turn = new Desk(rooms)::work;
        turns.add(desks.submit(turn));
      }
      for (Future<Integer> turn : turns) {
        done += turn.get();
      }
    } catch (ExecutionException e) {
      System.out.println("failed: " + e.getCause());
    } finally {
      desks.shutdown();
      desks.awaitTermination(1, TimeUnit.MINUTES);
    }
    double seconds = (System.nanoTime() - wall) / 1e9;
    long peak = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        peak += pool.getPeakUsage().getUsed();
      }
    }
    long out =
        rooms.store().outbox().unsent(10 * MAILS).stream()
            .filter(letter -> letter.kind() == OutgoingLetter.Kind.FORWARD)
            .count();
    System.out.printf(
        "%s, %d threads: %d settled, %d forwards,%s %.1f s, %.0f ms CPU/mail, peak heap (sum of pools) %d MiB of %d, peak RSS %s%n",
        form,
        threads,
        done,
        out,
        out == MAILS ? "" : " held " + held(rooms) + ",",
        seconds,
        (cpuNanos() - cpu) / 1e6 / MAILS,
        peak >> 20,
        Runtime.getRuntime().maxMemory() >> 20,
        resident());
  }

  private static String held(Rooms rooms) {
    return rooms.store().holds().list(MAILS).stream()
        .map(one -> one.cause() + " " + one.detail())
        .distinct()
        .toList()
        .toString();
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static String resident() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .findFirst()
        .orElse("?");
  }

  private static void make(int number, String form, Path folder) throws Exception {
    Bytes plain = Letters.usual().plain(number, 25 * 1024 * 1024 * 4 / 3, Instant.now());
    try (OutputStream out = Files.newOutputStream(folder.resolve(number + ".eml"))) {
      // openssl writes neither, and a Postfix on the way adds its own
      out.write(line(plain, "Date").getBytes(StandardCharsets.US_ASCII));
      out.write(line(plain, "Message-ID").getBytes(StandardCharsets.US_ASCII));
      openssl(plain, form, folder).writeTo(out);
    }
  }

  /** That line of the header, with its end. */
  private static String line(Bytes mail, String name) {
    return mail.slice(0, 1024)
        .decode(StandardCharsets.US_ASCII)
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .findFirst()
        .orElseThrow()
        .concat("\n");
  }

  private static void receive(Rooms rooms, int number, Path mails) throws IOException {
    Bytes mail = Bytes.wrap(Files.readAllBytes(mails.resolve(number + ".eml")));
    Origin origin = Origin.imap("bench", 1, number);
    Arrival arrival =
        new Arrival(origin, Letters.OOST, Optional.of(Letters.OOST), mail, Instant.now());
    rooms.store().queue().received(List.of(arrival));
    System.out.println("  received " + mail.length() + " bytes");
  }

  /** Signed and encrypted by the openssl command. */
  private static Bytes openssl(Bytes plain, String form, Path home) throws Exception {
    Path certs = BenchHome.PROJECT.resolve("certs-sample");
    Path key = home.resolve("gp.key");
    Path wrapped = home.resolve("wrapped");
    Path signed = home.resolve("signed");
    Path sealed = home.resolve("sealed");
    run(
        "openssl pkcs12 -in "
            + certs.resolve("gp/a.devries.p12")
            + " -passin pass:wotpoort-sample -nocerts -nodes -out "
            + key);
    ByteArrayOutputStream entity = new ByteArrayOutputStream();
    entity.write("Content-Type: message/rfc822\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    plain.writeTo(entity);
    Files.write(wrapped, entity.toByteArray());
    run(
        "openssl cms -sign -binary -crlfeol -md sha256 "
            + (form.startsWith("opaque") ? "-nodetach " : "")
            + "-in "
            + wrapped
            + " -signer "
            + certs.resolve("gp/a.devries.pem")
            + " -certfile "
            + certs.resolve("ca/zorg-issuing.pem")
            + " -inkey "
            + key
            + " -out "
            + signed);
    run(
        "openssl cms -encrypt -binary -crlfeol "
            + (form.endsWith("gcm") ? "-aes-256-gcm" : "-aes-256-cbc")
            + " -in "
            + signed
            + " -out "
            + sealed
            + " -from "
            + Letters.GP
            + " -to "
            + Letters.OOST
            + " "
            + certs.resolve("gateway/oost.pem"));
    return Bytes.wrap(Files.readAllBytes(sealed));
  }

  private static void run(String command) throws Exception {
    Process process = new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();
    try (InputStream said = process.getInputStream()) {
      String text = new String(said.readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(text);
      }
    }
  }
}
