package nl.wotpoort.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.smime.EnvelopeOpener;

/**
 * How long it takes to refuse a mail, for each finding before a verified signature, beside an
 * accepted one: whether the time tells an outsider what is inside. The fixtures of reject/, and one
 * more: a mail whose encrypted key was altered. One thread, in turns of another order each time, by
 * the clock.
 */
final class RefusalTiming {

  private static final Path FIXTURES = BenchHome.PROJECT.resolve("src/test/resources/fixtures");
  private static final String ACCEPTED = "accept/openssl-detached-rfc822-aes-256-cbc.eml";
  private static final Instant SENT = Instant.parse("2026-06-15T08:00:00Z");
  private static final int WARM = 200;
  private static final int TURNS = 400;

  private RefusalTiming() {}

  /** Some half a minute. */
  static List<String> table() {
    Map<String, Bytes> mails = mails();
    Map<String, long[]> times = new TreeMap<>();
    mails.keySet().forEach(name -> times.put(name, new long[TURNS]));
    Path home = BenchHome.make();
    try {
      EnvelopeOpener opener =
          BenchHome.keys(BenchHome.configuration(home, Clock.systemUTC())).opener();
      List<String> order = new ArrayList<>(mails.keySet());
      Random random = new Random(1);
      for (int turn = -WARM; turn < TURNS; turn++) {
        Collections.shuffle(order, random);
        for (String name : order) {
          long start = System.nanoTime();
          opener.open(mails.get(name), Letters.OOST, SENT);
          if (turn >= 0) {
            times.get(name)[turn] = System.nanoTime() - start;
          }
        }
      }
      return lines(mails, times);
    } finally {
      BenchHome.delete(home);
    }
  }

  private static List<String> lines(Map<String, Bytes> mails, Map<String, long[]> times) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            "%-48s %9s %9s %9s %9s %9s",
            "opening, by the clock, " + TURNS + " turns",
            "bytes",
            "p25 ms",
            "median",
            "p75",
            "p95"));
    times.forEach(
        (name, taken) -> {
          Arrays.sort(taken);
          lines.add(
              String.format(
                  "%-48s %9d %9.3f %9.3f %9.3f %9.3f",
                  name,
                  mails.get(name).length(),
                  at(taken, 0.25),
                  at(taken, 0.5),
                  at(taken, 0.75),
                  at(taken, 0.95)));
        });
    return lines;
  }

  private static double at(long[] sorted, double share) {
    return sorted[(int) (share * sorted.length)] / 1e6;
  }

  private static Map<String, Bytes> mails() {
    Map<String, Bytes> mails = new TreeMap<>();
    mails.put("accept", read(FIXTURES.resolve(ACCEPTED)));
    mails.put("undecryptable--key-altered", keyAltered(read(FIXTURES.resolve(ACCEPTED))));
    try (Stream<Path> files = Files.list(FIXTURES.resolve("reject"))) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString().replace(".eml", "");
        if (name.matches(
            "(not-encrypted|not-signed|signature-invalid|weak-algorithm|undecryptable|malformed"
                + "|partially-signed|partially-encrypted|too-large|signer-untrusted)--.*")) {
          mails.put(name, read(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return mails;
  }

  /** One byte in the middle of the RSA-encrypted key: its padding does not hold then. */
  private static Bytes keyAltered(Bytes mail) {
    String text = mail.decode(StandardCharsets.ISO_8859_1);
    int body = text.indexOf("\r\n\r\n") + 4;
    byte[] der = Base64.getMimeDecoder().decode(text.substring(body));
    for (int at = 0; at < der.length - 260; at++) {
      if (der[at] == 4 && der[at + 1] == (byte) 0x82 && der[at + 2] == 1 && der[at + 3] == 0) {
        der[at + 130] ^= 1;
        String changed = Base64.getMimeEncoder().encodeToString(der);
        return Bytes.of(text.substring(0, body) + changed + "\r\n", StandardCharsets.ISO_8859_1);
      }
    }
    throw new IllegalStateException("no key of RSA-2048 in it");
  }

  private static Bytes read(Path file) {
    try {
      return Bytes.wrap(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
