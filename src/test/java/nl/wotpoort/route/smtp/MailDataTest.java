package nl.wotpoort.route.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way the bytes that matter can follow each other, against the rule as it is written. */
final class MailDataTest {

  private static final int LIMIT = 100_000;
  private static final String LETTERS = "\r\n.a";

  /** What RFC 5321 §4.5.2 says: lines end with CR LF, a dot alone ends all, a first dot goes. */
  private record Expected(String mail, boolean isBare, int taken) {

    static Optional<Expected> of(String input) {
      StringBuilder mail = new StringBuilder();
      int start = 0;
      for (int end = input.indexOf("\r\n"); end >= 0; end = input.indexOf("\r\n", start)) {
        String line = input.substring(start, end);
        start = end + 2;
        if (line.equals(".")) {
          String whole = mail.toString();
          return Optional.of(
              new Expected(whole, whole.replace("\r\n", "").matches("(?s).*[\r\n].*"), start));
        }
        mail.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
      }
      return Optional.empty();
    }
  }

  /** Gives at most so many bytes at a time, as a network does. */
  private static InputStream inPieces(byte[] bytes, int most) {
    InputStream pieces =
        new ByteArrayInputStream(bytes) {
          @Override
          public synchronized int read(byte[] to, int from, int length) {
            return super.read(to, from, Math.min(most, length));
          }

          @Override
          public synchronized int available() {
            return 0;
          }
        };
    return new BufferedInputStream(pieces, 4);
  }

  private static List<String> all(int length) {
    List<String> texts = new ArrayList<>(List.of(""));
    for (int i = 0; i < length; i++) {
      List<String> longer = new ArrayList<>();
      for (String text : texts) {
        for (int j = 0; j < LETTERS.length(); j++) {
          longer.add(text + LETTERS.charAt(j));
        }
      }
      texts = longer;
    }
    return texts;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100})
  void asTheRuleSays(int piece) throws IOException {
    for (String text : all(6)) {
      String input = text + "b\r\n.\r\nQUIT\r\n";
      Expected expected = Expected.of(input).orElseThrow();
      InputStream in = inPieces(input.getBytes(StandardCharsets.US_ASCII), piece);
      Semaphore room = new Semaphore(2);
      try (MailData data = read(in, LIMIT, room)) {
        if (expected.isBare()) {
          assertThat(data.fault()).as(input).contains(MailData.Fault.BARE_LINE_END);
        } else {
          assertThat(data.fault()).as(input).isEmpty();
          assertThat(data.bytes().decode(StandardCharsets.US_ASCII)).isEqualTo(expected.mail());
        }
        assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
            .as(input)
            .isEqualTo(input.substring(expected.taken()));
      }
      assertThat(room.availablePermits()).isEqualTo(2);
    }
  }

  @Test
  void aPartIsNeverTakenForAWholeMail() {
    for (String text : all(6)) {
      if (Expected.of(text).isEmpty()) {
        InputStream in = inPieces(text.getBytes(StandardCharsets.US_ASCII), 100);
        assertThat(ends(in)).as(text).isTrue();
      }
    }
  }

  private static MailData read(InputStream in, int limit, Semaphore room) throws IOException {
    MailData data = MailData.expecting(0, limit, room, Duration.ZERO).orElseThrow();
    try {
      data.read(in);
      return data;
    } catch (IOException e) {
      data.close();
      throw e;
    }
  }

  private static boolean ends(InputStream in) {
    return ends(in, LIMIT);
  }

  /** Whether it has no end; then it keeps no room either. */
  private static boolean ends(InputStream in, int limit) {
    Semaphore room = new Semaphore(2);
    try (MailData data = read(in, limit, room)) {
      return data.bytes().length() < 0;
    } catch (EOFException e) {
      assertThat(room.availablePermits()).isEqualTo(2);
      return true;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void roomIsTakenInPiecesAndGivenBack() throws IOException {
    byte[] mail =
        ("x".repeat(78) + "\r\n").repeat(2000).concat(".\r\n").getBytes(StandardCharsets.US_ASCII);
    Semaphore room = new Semaphore(3);
    try (MailData data = read(inPieces(mail, 1000), 1_000_000, room)) {
      assertThat(data.bytes().length()).isEqualTo(160_000);
      assertThat(room.availablePermits()).isZero(); // three pieces of 64 KiB
    }
    assertThat(room.availablePermits()).isEqualTo(3);
    try (MailData data = read(inPieces(mail, 1000), 1_000_000, new Semaphore(2))) {
      assertThat(data.fault()).contains(MailData.Fault.NO_ROOM);
    }
    try (MailData data = read(inPieces(mail, 1000), 159_999, room)) {
      assertThat(data.fault()).contains(MailData.Fault.TOO_LARGE);
    }
    try (MailData data = read(inPieces(mail, 1000), 160_000, room)) {
      assertThat(data.fault()).isEmpty();
    }
  }

  @Test
  void roomForWhatIsAnnouncedIsTakenAtOnceAndForMoreWhenItComes() throws IOException {
    Semaphore room = new Semaphore(4);
    Optional<MailData> first = MailData.expecting(3 * MailData.PIECE, LIMIT, room, Duration.ZERO);
    assertThat(first).isPresent();
    assertThat(room.availablePermits()).isEqualTo(1);
    assertThat(MailData.expecting(MailData.PIECE + 1, LIMIT, room, Duration.ZERO)).isEmpty();
    assertThat(room.availablePermits()).isEqualTo(1);
    first.get().close();
    byte[] mail = ("x".repeat(78) + "\r\n").repeat(2000).concat(".\r\n").getBytes(US_ASCII);
    try (MailData more = MailData.expecting(10, 1_000_000, room, Duration.ZERO).orElseThrow()) {
      more.read(inPieces(mail, 1000));
      assertThat(more.fault()).isEmpty();
      assertThat(more.size()).isEqualTo(160_000);
      assertThat(more.bytes().decode(US_ASCII) + ".\r\n").isEqualTo(new String(mail, US_ASCII));
      assertThat(room.availablePermits()).isEqualTo(1);
    }
    assertThat(room.availablePermits()).isEqualTo(4);
  }

  @Test
  void whoComesSecondWaitsForRoom() {
    Semaphore room = new Semaphore(2);
    MailData first = MailData.expecting(100_000, LIMIT, room, Duration.ZERO).orElseThrow();
    CompletableFuture<Optional<MailData>> second =
        CompletableFuture.supplyAsync(
            () -> MailData.expecting(100_000, LIMIT, room, Duration.ofMinutes(1)));
    while (!room.hasQueuedThreads()) {
      Thread.onSpinWait();
    }
    first.close();
    assertThat(second.join()).isPresent();
  }

  /** What is refused is read to its end, so far beyond the limit and no further. */
  @Test
  void patienceHasAnEnd() {
    int limit = 1000;
    int most = 4 * limit + MailData.LONGEST_LINE;
    for (int length : List.of(most, most + 1)) {
      byte[] mail = ("x".repeat(length) + "\r\n.\r\n").getBytes(StandardCharsets.US_ASCII);
      InputStream in =
          new ByteArrayInputStream(mail) {
            @Override
            public synchronized int read(byte[] to, int from, int wanted) {
              return super.read(to, from, pos < length ? Math.min(wanted, length - pos) : wanted);
            }
          };
      assertThat(ends(in, limit)).isEqualTo(length > most);
    }
  }

  private static Optional<MailData.Fault> fault(String mail, int limit, int room)
      throws IOException {
    InputStream in = inPieces((mail + "\r\n.\r\n").getBytes(StandardCharsets.US_ASCII), 1000);
    try (MailData data = read(in, limit, new Semaphore(room))) {
      if (data.fault().isPresent()) {
        assertThat(data.bytes().length()).as("nothing of it is kept").isZero();
      }
      return data.fault();
    }
  }

  /** The CR counts as one of the line. */
  @Test
  void theLongestLine() throws IOException {
    String longest = "x".repeat(MailData.LONGEST_LINE - 1);
    assertThat(fault(longest, LIMIT, 2)).isEmpty();
    assertThat(fault(longest + "x", LIMIT, 2)).contains(MailData.Fault.LONG_LINE);
    assertThat(fault("a\r\n" + longest + "\r\nb", LIMIT, 2)).isEmpty();
  }

  @Test
  void whatIsWrongFirstIsSaid() throws IOException {
    assertThat(fault("a\rb" + "x".repeat(300), 100, 2)).contains(MailData.Fault.BARE_LINE_END);
    assertThat(fault("x".repeat(200) + "a\rb", 100, 2)).contains(MailData.Fault.TOO_LARGE);
    assertThat(fault("a\nb\r\nc\r\n", 100, 2)).contains(MailData.Fault.BARE_LINE_END);
  }

  @Test
  void aPieceIsTakenWithItsFirstByte() throws IOException {
    String lines = ("x".repeat(62) + "\r\n").repeat(MailData.PIECE / 64);
    String most = lines.substring(0, lines.length() - 2); // its line end is added
    assertThat(fault(most, LIMIT, 1)).isEmpty();
    assertThat(fault(most + "x", LIMIT, 1)).contains(MailData.Fault.NO_ROOM);
    assertThat(fault("", LIMIT, 1)).as("of a line end alone").isEmpty();
    assertThat(fault("", LIMIT, 0)).contains(MailData.Fault.NO_ROOM);
  }
}
