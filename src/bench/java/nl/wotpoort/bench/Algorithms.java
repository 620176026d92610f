package nl.wotpoort.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.smime.AlgorithmPolicy;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.smime.CertificateBook;
import nl.wotpoort.smime.EnvelopeOpener;
import nl.wotpoort.smime.EnvelopeSealer;
import nl.wotpoort.smime.KeyEntry;
import nl.wotpoort.smime.KeyRing;
import nl.wotpoort.smime.Limits;
import nl.wotpoort.smime.Opened;
import nl.wotpoort.smime.OuterHead;
import nl.wotpoort.smime.Recipient;
import nl.wotpoort.smime.Trust;

/**
 * Opening and sealing for each choice of algorithms, at three sizes, in one and in two threads;
 * each size and number of threads in a JVM of its own (SerialGC). Plain loops and not JMH: 132 rows
 * at JMH's length would be an hour. A row lasts by the processor time its threads used, so that
 * other users of the machine make it longer and not colder.
 */
final class Algorithms {

  /** Kinds of key, and the names of {@link Recipient}'s choices. */
  record Row(
      String signer,
      Recipient.Signature signature,
      String reader,
      Recipient.KeyTransport transport,
      Recipient.Cipher cipher) {

    String name() {
      String sign = signature == Recipient.Signature.RSA_PSS ? signer + " PSS" : signer;
      String read = transport == Recipient.KeyTransport.OAEP_SHA_256 ? reader + " OAEP" : reader;
      return sign + ", " + read + ", " + cipher;
    }
  }

  private static final List<Row> ROWS =
      List.of(
          rsa("rsa2048", Recipient.Signature.RSA_PKCS1, Recipient.KeyTransport.PKCS1),
          rsa("rsa2048", Recipient.Signature.RSA_PSS, Recipient.KeyTransport.OAEP_SHA_256),
          row("rsa2048", Recipient.Signature.RSA_PKCS1, "rsa2048", Recipient.Cipher.AES_256_CBC),
          rsa("rsa3072", Recipient.Signature.RSA_PKCS1, Recipient.KeyTransport.PKCS1),
          rsa("rsa3072", Recipient.Signature.RSA_PSS, Recipient.KeyTransport.OAEP_SHA_256),
          rsa("rsa4096", Recipient.Signature.RSA_PKCS1, Recipient.KeyTransport.PKCS1),
          rsa("rsa4096", Recipient.Signature.RSA_PSS, Recipient.KeyTransport.OAEP_SHA_256),
          row("p256", Recipient.Signature.ECDSA, "p256", Recipient.Cipher.AES_256_GCM),
          row("p384", Recipient.Signature.ECDSA, "p384", Recipient.Cipher.AES_256_GCM),
          row("ed25519", Recipient.Signature.ED25519, "x25519", Recipient.Cipher.AES_256_GCM),
          row(
              "ed25519",
              Recipient.Signature.ED25519,
              "x25519",
              Recipient.Cipher.CHACHA20_POLY1305));

  private final Row row;
  private final EnvelopeOpener opener;
  private final EnvelopeSealer sealer;
  private final Bytes plain;
  private final Bytes sealed;
  private final Instant now;

  private Algorithms(Row row, Trust trust, int kib, Path keys) {
    this.row = row;
    KeyEntry signer = AlgorithmKeys.signer(row.signer, keys);
    KeyEntry reader = AlgorithmKeys.reader(row.reader, keys);
    this.now = Instant.now();
    this.plain = Letters.usual().plain(1, kib * 1024, now);
    this.opener =
        EnvelopeOpener.of(
            KeyRing.of(Map.of(Letters.OOST, List.of(reader))), trust, AlgorithmPolicy.defaults());
    this.sealer =
        EnvelopeSealer.of(
            KeyRing.of(Map.of(Letters.GP, List.of(signer))),
            CertificateBook.of(Map.of(Letters.OOST, List.of(reader.certificate()))),
            AlgorithmPolicy.defaults(),
            Limits.defaults(),
            new SecureRandom());
    this.sealed = seal();
  }

  private static Row rsa(
      String kind, Recipient.Signature signature, Recipient.KeyTransport transport) {
    return new Row(kind, signature, kind, transport, Recipient.Cipher.AES_256_GCM);
  }

  private static Row row(
      String signer, Recipient.Signature signature, String reader, Recipient.Cipher cipher) {
    return new Row(signer, signature, reader, Recipient.KeyTransport.PKCS1, cipher);
  }

  private Bytes seal() {
    Recipient to =
        Recipient.of(Letters.OOST).with(row.cipher).with(row.transport).with(row.signature);
    OuterHead head =
        OuterHead.of(Letters.GP, Letters.OOST, now, "<bench-1@praktijk-delinde.example>", "[...]");
    try {
      return sealer.seal(plain, head, Letters.GP, to, now);
    } catch (CannotSeal e) {
      throw new IllegalStateException(e);
    }
  }

  private Opened open() {
    return opener
        .open(sealed, Letters.OOST, now)
        .fold(
            trusted -> trusted,
            refused -> {
              throw new AssertionError(row.name() + ": " + refused.detail());
            });
  }

  /** A JVM of its own; arguments: KiB of content, threads, milliseconds a row, folder of keys. */
  public static void main(String[] arguments) throws InterruptedException, ExecutionException {
    Locale.setDefault(Locale.ROOT);
    int kib = Integer.parseInt(arguments[0]);
    int threads = Integer.parseInt(arguments[1]);
    long millis = Long.parseLong(arguments[2]);
    Path home = BenchHome.make();
    try {
      Trust trust = BenchHome.keys(BenchHome.configuration(home, Clock.systemUTC())).trust();
      for (int i = 0; i < ROWS.size(); i++) {
        Algorithms one = new Algorithms(ROWS.get(i), trust, kib, Path.of(arguments[3]));
        if (i == 0) {
          run(one::open, threads, 2 * millis); // a JVM is cold once
          run(one::seal, threads, 2 * millis);
        }
        one.measure("open", i, one::open, threads, millis);
        one.measure("seal", i, one::seal, threads, millis);
      }
    } finally {
      BenchHome.delete(home);
    }
  }

  private void measure(String what, int number, Runnable work, int threads, long millis)
      throws InterruptedException, ExecutionException {
    run(work, threads, millis);
    System.gc();
    List<MemoryPoolMXBean> heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    heap.forEach(MemoryPoolMXBean::resetPeakUsage);
    long start = System.nanoTime();
    Done done = run(work, threads, millis);
    double seconds = (System.nanoTime() - start) / 1e9;
    double cpuMillis = done.cpuNanos / 1e6 / done.messages;
    long peak = heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    System.out.printf(
        "row\t%s\t%d\t%.3f\t%.4f\t%d%n", what, number, done.messages / seconds, cpuMillis, peak);
  }

  /** By all threads together. */
  private record Done(int messages, long cpuNanos) {}

  /** Each thread for so long of its own processor time, four times that by the clock at most. */
  private static Done run(Runnable work, int threads, long millis)
      throws InterruptedException, ExecutionException {
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      long nanos = millis * 1_000_000;
      long end = System.nanoTime() + 4 * nanos;
      Callable<Done> turn =
          () -> {
            long begin = cpuNanos();
            int done = 0;
            do {
              work.run();
              done++;
            } while (done < 2 || cpuNanos() - begin < nanos && System.nanoTime() < end);
            return new Done(done, cpuNanos() - begin);
          };
      List<Future<Done>> turns = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        turns.add(workers.submit(turn));
      }
      Done all = new Done(0, 0);
      for (Future<Done> future : turns) {
        Done one = future.get();
        all = new Done(all.messages + one.messages, all.cpuNanos + one.cpuNanos);
      }
      return all;
    } finally {
      workers.shutdown();
    }
  }

  /** Of this thread; collector and compiler are not in it. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** The whole table, one JVM after another. {@code quick}: 10 KiB in one thread alone. */
  static List<String> table(Path out, boolean quick) {
    AlgorithmSpeeds speeds = AlgorithmSpeeds.measure();
    List<String> lines = new ArrayList<>(List.of(speeds.told()));
    lines.add(
        String.format(
            "%-48s %7s %7s %9s %9s %9s %6s %9s",
            "algorithms: sign, read, cipher",
            "KiB",
            "threads",
            "msg/s",
            "CPU ms",
            "bound ms",
            "ratio",
            "peak MiB"));
    for (int kib : quick ? new int[] {10} : new int[] {10, 1024, 25 * 1024}) {
      for (int threads : quick ? new int[] {1} : new int[] {1, 2}) {
        for (String[] f :
            forked(kib, threads, Integer.getInteger("bench.row", quick ? 500 : 1500), out)) {
          Row row = ROWS.get(Integer.parseInt(f[2]));
          double bytes = kib * 1024.0;
          double bound =
              f[1].equals("open") ? speeds.openMillis(row, bytes) : speeds.sealMillis(row, bytes);
          double cpu = Double.parseDouble(f[4]);
          lines.add(
              String.format(
                  "%-48s %7d %7d %9.1f %9.3f %9.3f %6.2f %9d",
                  f[1] + " " + row.name(),
                  kib,
                  threads,
                  Double.parseDouble(f[3]),
                  cpu,
                  bound,
                  bound / cpu,
                  Long.parseLong(f[5]) >> 20));
        }
      }
    }
    return lines;
  }

  private static List<String[]> forked(int kib, int threads, int millis, Path out) {
    try {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-Xmx" + (kib > 10_000 ? 256 + 384 * threads : 256) + "m",
                  "-Dproject.basedir=" + BenchHome.PROJECT,
                  "-cp",
                  System.getProperty("java.class.path"),
                  Algorithms.class.getName(),
                  String.valueOf(kib),
                  String.valueOf(threads),
                  String.valueOf(millis),
                  out.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        List<String[]> rows =
            lines.lines().filter(l -> l.startsWith("row\t")).map(l -> l.split("\t")).toList();
        if (rows.size() != 2 * ROWS.size()) {
          throw new IllegalStateException(kib + " KiB: only " + rows.size() + " rows");
        }
        return rows;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
