package nl.wotpoort.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import nl.wotpoort.letter.Bytes;

/**
 * The four mails of {@link FourLarge}, from connection to connection: sent at once over four
 * connections to a gateway with a heap of 256 MB, by a mail server that tries again when it is told
 * to, until each has its receipt at the sink.
 */
final class LargeRoad {

  private static final long PATIENCE_NANOS = 180_000_000_000L;

  private LargeRoad() {}

  /** How it went, for the table. */
  record Outcome(int receipts, int putOff, double seconds, long peakHeapKib, long peakResidentKib) {

    String line(String form) {
      return String.format(
          "%s, four at once: %d receipts, told to wait %d times, %.1f s, peak heap %d MiB, peak RSS %d MiB",
          form, receipts, putOff, seconds, peakHeapKib >> 10, peakResidentKib >> 10);
    }
  }

  /** Each form of {@link FourLarge} by SMTP, and how many of all mails were answered. */
  static int table(Path out, Consumer<String> lines) {
    int receipts = 0;
    for (String form : FourLarge.FORMS) {
      FourLarge.make(out, form);
      receipts += measure(out, form, ListenerWay::new, lines);
    }
    return receipts;
  }

  /** The last form, an opaque signature, through Postfix and Dovecot: by LMTP and by IMAP. */
  static int throughServers(Path out, Consumer<String> lines) {
    String form = FourLarge.FORMS.get(FourLarge.FORMS.size() - 1);
    FourLarge.make(out, form);
    int receipts = 0;
    for (ServersWay.Intake intake : ServersWay.Intake.values()) {
      receipts += measure(out, form, port -> new ServersWay(intake, port), lines);
    }
    return receipts;
  }

  /** The mails are in {@code folder}, as {@link FourLarge} made them. How many were answered. */
  private static int measure(
      Path folder, String form, IntFunction<Way> ways, Consumer<String> lines) {
    try (Sink sink = new Sink(Letters.GP.toString());
        Way way = ways.apply(sink.port())) {
      Outcome outcome = measure(folder, sink, way);
      lines.accept(outcome.line(form + ", " + way.name()));
      return outcome.receipts();
    }
  }

  private static Outcome measure(Path folder, Sink sink, Way way) {
    Path home = BenchHome.make(way.settings());
    Path log = folder.resolve("gateway-large.log");
    try (GatewayUnderTest gateway = new GatewayUnderTest(home, way.javaOptions(), log)) {
      long start = System.nanoTime();
      List<Thread> senders = new ArrayList<>();
      int[] putOff = new int[FourLarge.MAILS];
      for (int i = 0; i < FourLarge.MAILS; i++) {
        int number = i;
        Bytes mail = read(folder.resolve((i + 1) + ".eml"));
        Thread thread =
            new Thread(() -> putOff[number] = send(way, mail, start), "sender-" + number);
        thread.start();
        senders.add(thread);
      }
      while (sink.receiptCount() < FourLarge.MAILS && System.nanoTime() - start < PATIENCE_NANOS) {
        Road.pause(20);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      GatewayUnderTest.Figures figures = gateway.figures();
      return new Outcome(
          sink.receiptCount(),
          Arrays.stream(putOff).sum(),
          seconds,
          figures.peakHeapKib(),
          figures.peakResidentKib());
    } finally {
      BenchHome.delete(home);
    }
  }

  /** How often it was told to try again. */
  private static int send(Way way, Bytes mail, long start) {
    int putOff = 0;
    while (System.nanoTime() - start < PATIENCE_NANOS) {
      try (Sender sender = new Sender(way.arrivalPort())) {
        sender.send(Letters.GP.toString(), Letters.OOST.toString(), mail);
        return putOff;
      } catch (UncheckedIOException later) {
        putOff++;
        Road.pause(1000);
      }
    }
    return putOff;
  }

  private static Bytes read(Path file) {
    try {
      // as it goes over the wire; openssl ends some of its lines with LF
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      return Bytes.of(
          text.replace("\r\n", "\n").replace("\n", "\r\n"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
