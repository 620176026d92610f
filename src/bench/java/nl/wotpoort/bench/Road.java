package nl.wotpoort.bench;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.ServerSetup;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import nl.wotpoort.letter.Bytes;

/**
 * The whole road over the loopback: SMTP into GreenMail, the gateway (a process of its own) fetches
 * over IMAP and sends forward and receipt to the sink. GreenMail, sender and sink share this
 * process and the machine's cores with the gateway.
 */
final class Road {

  static final int CONTENT_BYTES = 10 * 1024;
  private static final long PATIENCE_NANOS = 120_000_000_000L;

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

  /** A burst: all sent as fast as the intake's server takes them. */
  record Burst(
      double perSecond,
      double cpuMillis,
      Latency latency,
      long peakResidentKib,
      long peakHeapKib,
      int lettersOut) {}

  private final Clock clock = Clock.systemUTC();
  private final Letters letters = Letters.usual();
  private final PromptGreenMail server;
  private final Sink sink = new Sink(Letters.GP.toString());
  private int number = (int) (System.nanoTime() & 0xfffff);

  Road() {
    ServerSetup smtp = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
    ServerSetup imap = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP);
    server = new PromptGreenMail(smtp, imap);
    server.start();
    GreenMailUser intake =
        server.setUser("intake@wotschiedam.nl", BenchHome.INTAKE_USER, BenchHome.INTAKE_PASSWORD);
    server.getUserManager().setMessageDeliveryHandler((message, to) -> intake);
  }

  void close() {
    sink.close();
    server.stop();
  }

  /** A home whose intake looks at the mailbox every {@code interval}. */
  Path makeHome(String interval) {
    return BenchHome.make(server.imapPort(), sink.port(), interval);
  }

  Burst burst(GatewayUnderTest gateway, int messages) {
    List<String> ids = new ArrayList<>();
    List<Bytes> mails = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      ids.add(Letters.messageId(++number));
      mails.add(letters.sealed(number, CONTENT_BYTES, clock.instant()));
    }
    GatewayUnderTest.Figures before = gateway.figures();
    int lettersBefore = sink.letters();
    List<Long> sent = new ArrayList<>();
    long start = System.nanoTime();
    try (Sender sender = new Sender(server.getSmtp().getPort())) {
      for (Bytes mail : mails) {
        sent.add(System.nanoTime());
        sender.send(Letters.GP.toString(), Letters.OOST.toString(), mail);
      }
    }
    await(() -> ids.stream().allMatch(id -> sink.receiptFor(id).isPresent()), ids.size());
    long last = ids.stream().mapToLong(id -> sink.receiptFor(id).orElseThrow()).max().orElseThrow();
    GatewayUnderTest.Figures after = gateway.figures();
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      millis.add((sink.receiptFor(ids.get(i)).orElseThrow() - sent.get(i)) / 1e6);
    }
    return new Burst(
        messages * 1e9 / (last - start),
        (after.cpuMillis() - before.cpuMillis()) / messages,
        Latency.of(millis),
        after.peakResidentKib(),
        after.peakHeapKib(),
        sink.letters() - lettersBefore);
  }

  /** One at a time, the next up to a second after the receipt of the one before. */
  Latency idle(int messages) {
    Random random = new Random(1);
    List<Double> millis = new ArrayList<>();
    try (Sender sender = new Sender(server.getSmtp().getPort())) {
      for (int i = 0; i < messages; i++) {
        String id = Letters.messageId(++number);
        Bytes mail = letters.sealed(number, CONTENT_BYTES, clock.instant());
        pause(random.nextInt(1000)); // at no fixed moment between two looks
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
                + " messages in two minutes; receipts "
                + sink.receiptCount()
                + ", letters "
                + sink.letters());
      }
      pause(2);
    }
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
