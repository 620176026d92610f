package nl.wotpoort.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import nl.wotpoort.letter.Bytes;

/**
 * The whole road over the loopback: mail comes in along a {@link Way}, the gateway (a process of
 * its own) decides, and forward and receipt reach the sink. Sender and sink share this process, and
 * all of them the machine's cores.
 */
final class Road implements AutoCloseable {

  static final int CONTENT_BYTES = 10 * 1024;
  private static final long PATIENCE_NANOS = 300_000_000_000L;
  private static final int SENDERS = 4;

  /** USER_HZ is 100 on every Linux that Java runs on. */
  private static final double MILLIS_IN_A_TICK = 10;

  /**
   * Mails that were taken and have no receipt yet, at most: as many as keep every stage at work at
   * once. Without it four connections would first fill the store, and only then the rest begin.
   */
  private static final int UNDER_WAY = 400;

  /** Times in milliseconds from arrival to receipt. */
  record Latency(double p50, double p99, int messages) {

    static Latency of(List<Double> millis) {
      List<Double> sorted = millis.stream().sorted().toList();
      return new Latency(at(sorted, 0.50), at(sorted, 0.99), sorted.size());
    }

    private static double at(List<Double> sorted, double share) {
      return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size())));
    }
  }

  /**
   * A stream: sent over {@value #SENDERS} connections, {@value #UNDER_WAY} under way.
   *
   * @param cpuMillis of the gateway, for a message
   * @param othersCpuMillis of all else on the machine meanwhile: mail servers, sender, sink
   * @param slowest milliseconds from arrival to receipt of the one that took longest
   */
  record Stream(
      double perSecond,
      double cpuMillis,
      double othersCpuMillis,
      double slowest,
      Latency latency,
      long peakResidentKib,
      long peakHeapKib,
      int lettersOut) {}

  private final Clock clock = Clock.systemUTC();
  private final Letters letters = Letters.usual();
  private final Sink sink = new Sink(Letters.GP.toString());
  private final Way way;
  private int number = (int) (System.nanoTime() & 0xfffff);

  /** {@code ways} makes the way whose letters end at that port. */
  Road(IntFunction<Way> ways) {
    way = ways.apply(sink.port());
  }

  Way way() {
    return way;
  }

  @Override
  public void close() {
    way.close();
    sink.close();
  }

  Path makeHome() {
    return BenchHome.make(way.settings());
  }

  Stream stream(GatewayUnderTest gateway, int messages) {
    List<String> ids = new ArrayList<>();
    List<Bytes> mails = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      ids.add(Letters.messageId(++number));
      mails.add(letters.sealed(number, CONTENT_BYTES, clock.instant()));
    }
    GatewayUnderTest.Figures before = gateway.figures();
    double machineBefore = machineCpuMillis();
    int lettersBefore = sink.letters();
    int receiptsBefore = sink.receiptCount();
    long[] sent = new long[messages];
    long start = System.nanoTime();
    sendAll(mails, sent, receiptsBefore);
    await(() -> sink.receiptCount() - receiptsBefore >= messages, messages);
    long last = ids.stream().mapToLong(id -> sink.receiptFor(id).orElseThrow()).max().orElseThrow();
    await(() -> sink.letters() - lettersBefore >= 2 * messages, messages);
    double machine = machineCpuMillis() - machineBefore;
    GatewayUnderTest.Figures after = gateway.figures();
    double cpu = after.cpuMillis() - before.cpuMillis();
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      millis.add((sink.receiptFor(ids.get(i)).orElseThrow() - sent[i]) / 1e6);
    }
    return new Stream(
        messages * 1e9 / (last - start),
        cpu / messages,
        (machine - cpu) / messages,
        Collections.max(millis),
        Latency.of(millis),
        after.peakResidentKib(),
        after.peakHeapKib(),
        sink.letters() - lettersBefore);
  }

  /** What all processors have been busy with since the machine began (proc(5), /proc/stat). */
  private static double machineCpuMillis() {
    try {
      String[] ticks = Files.readAllLines(Path.of("/proc/stat")).get(0).trim().split("\\s+");
      long busy = 0;
      for (int field : new int[] {1, 2, 3, 6, 7}) { // user, nice, system, irq, softirq
        busy += Long.parseLong(ticks[field]);
      }
      return busy * MILLIS_IN_A_TICK;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void sendAll(List<Bytes> mails, long[] sent, int receiptsBefore) {
    AtomicInteger next = new AtomicInteger();
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      Thread thread = new Thread(() -> send(mails, sent, next, receiptsBefore), "sender-" + i);
      thread.start();
      senders.add(thread);
    }
    for (Thread thread : senders) {
      join(thread);
    }
  }

  private void send(List<Bytes> mails, long[] sent, AtomicInteger next, int receiptsBefore) {
    try (Sender sender = new Sender(way.arrivalPort())) {
      for (int i = next.getAndIncrement(); i < mails.size(); i = next.getAndIncrement()) {
        int number = i;
        await(() -> number - (sink.receiptCount() - receiptsBefore) < UNDER_WAY, mails.size());
        sent[i] = System.nanoTime();
        sender.send(Letters.GP.toString(), Letters.OOST.toString(), mails.get(i));
      }
    }
  }

  /** One at a time, the next up to a fifth of a second after the receipt of the one before. */
  Latency idle(int messages) {
    Random random = new Random(1);
    List<Double> millis = new ArrayList<>();
    try (Sender sender = new Sender(way.arrivalPort())) {
      for (int i = 0; i < messages; i++) {
        String id = Letters.messageId(++number);
        Bytes mail = letters.sealed(number, CONTENT_BYTES, clock.instant());
        pause(random.nextInt(200)); // at no fixed moment between two looks
        long start = System.nanoTime();
        sender.send(Letters.GP.toString(), Letters.OOST.toString(), mail);
        await(() -> sink.receiptFor(id).isPresent(), 1);
        millis.add((sink.receiptFor(id).orElseThrow() - start) / 1e6);
      }
    }
    return Latency.of(millis);
  }

  private void await(BooleanSupplier done, int messages) {
    long start = System.nanoTime();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() - start > PATIENCE_NANOS) {
        throw new IllegalStateException(
            "no receipt for all of "
                + messages
                + " messages in five minutes; receipts "
                + sink.receiptCount()
                + ", letters "
                + sink.letters());
      }
      pause(2);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
