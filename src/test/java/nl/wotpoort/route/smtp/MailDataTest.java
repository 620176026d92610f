package nl.wotpoort.route.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
      try (MailData data = MailData.read(in, LIMIT, room)) {
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

  private static boolean ends(InputStream in) {
    try (MailData data = MailData.read(in, LIMIT, new Semaphore(2))) {
      return data.bytes().length() < 0;
    } catch (EOFException e) {
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
    try (MailData data = MailData.read(inPieces(mail, 1000), 1_000_000, room)) {
      assertThat(data.bytes().length()).isEqualTo(160_000);
      assertThat(room.availablePermits()).isZero(); // three pieces of 64 KiB
    }
    assertThat(room.availablePermits()).isEqualTo(3);
    try (MailData data = MailData.read(inPieces(mail, 1000), 1_000_000, new Semaphore(2))) {
      assertThat(data.fault()).contains(MailData.Fault.NO_ROOM);
    }
    try (MailData data = MailData.read(inPieces(mail, 1000), 159_999, room)) {
      assertThat(data.fault()).contains(MailData.Fault.TOO_LARGE);
    }
    try (MailData data = MailData.read(inPieces(mail, 1000), 160_000, room)) {
      assertThat(data.fault()).isEmpty();
    }
  }
}
