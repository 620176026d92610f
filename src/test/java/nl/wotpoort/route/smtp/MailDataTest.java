package nl.wotpoort.route.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.desk.LargeMail;
import nl.wotpoort.letter.Bytes;
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
      Room room = room(2);
      try (Read read = read(in, LIMIT, room)) {
        if (expected.isBare()) {
          assertThat(read.data().fault()).as(input).contains(MailData.Fault.BARE_LINE_END);
        } else {
          assertThat(read.data().fault()).as(input).isEmpty();
          assertThat(read.data().bytes().decode(StandardCharsets.US_ASCII))
              .isEqualTo(expected.mail());
        }
        assertThat(new String(in.readAllBytes(), StandardCharsets.US_ASCII))
            .as(input)
            .isEqualTo(input.substring(expected.taken()));
      }
      assertThat(room.left()).isEqualTo(2);
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

  private static Room room(int pieces) {
    return new Room(pieces, new LargeMail(1));
  }

  /** What was read, and the room it holds. */
  private record Read(MailData data, Room.Share share) implements AutoCloseable {
    @Override
    public void close() {
      share.close();
    }
  }

  private static Read read(InputStream in, int limit, Room room) throws IOException {
    Room.Share share = room.share(0, Duration.ZERO).orElseThrow();
    try {
      MailData data = new MailData(limit, share);
      data.read(in);
      return new Read(data, share);
    } catch (IOException e) {
      share.close();
      throw e;
    }
  }

  private static boolean ends(InputStream in) {
    return ends(in, LIMIT);
  }

  /** Whether it has no end; then it keeps no room either. */
  private static boolean ends(InputStream in, int limit) {
    Room room = room(2);
    try (Read read = read(in, limit, room)) {
      return read.data().bytes().length() < 0;
    } catch (EOFException e) {
      assertThat(room.left()).isEqualTo(2);
      return true;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void roomIsTakenInPiecesAndGivenBack() throws IOException {
    byte[] mail =
        ("x".repeat(78) + "\r\n").repeat(2000).concat(".\r\n").getBytes(StandardCharsets.US_ASCII);
    Room room = room(3);
    try (Read read = read(inPieces(mail, 1000), 1_000_000, room)) {
      assertThat(read.data().bytes().length()).isEqualTo(160_000);
      assertThat(room.left()).isZero(); // three pieces of 64 KiB
    }
    assertThat(room.left()).isEqualTo(3);
    try (Read read = read(inPieces(mail, 1000), 1_000_000, room(2))) {
      assertThat(read.data().fault()).contains(MailData.Fault.NO_ROOM);
    }
    try (Read read = read(inPieces(mail, 1000), 159_999, room)) {
      assertThat(read.data().fault()).contains(MailData.Fault.TOO_LARGE);
    }
    try (Read read = read(inPieces(mail, 1000), 160_000, room)) {
      assertThat(read.data().fault()).isEmpty();
    }
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
    try (Read read = read(in, limit, room(room))) {
      if (read.data().fault().isPresent()) {
        assertThat(read.data().bytes().length()).as("nothing of it is kept").isZero();
      }
      return read.data().fault();
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
    String lines = ("x".repeat(62) + "\r\n").repeat(Room.PIECE / 64);
    String most = lines.substring(0, lines.length() - 2); // its line end is added
    assertThat(fault(most, LIMIT, 1)).isEmpty();
    assertThat(fault(most + "x", LIMIT, 1)).contains(MailData.Fault.NO_ROOM);
    assertThat(fault("", LIMIT, 1)).as("of a line end alone").isEmpty();
    assertThat(fault("", LIMIT, 0)).contains(MailData.Fault.NO_ROOM);
  }

  /** Before, at, across and behind the end of the first array and of those after it; twice. */
  @ParameterizedTest
  @ValueSource(ints = {511, 512, 513, 1535, 1536, 1537, 2560, 2561, 4000})
  void everyByteIsWhereItWas(int lines) throws IOException {
    for (String first :
        List.of("", "..x\r\n")) { // what is read and what is kept end together, or not
      StringBuilder all = new StringBuilder(first);
      for (int line = 0; line < lines; line++) {
        all.append("%062d\r\n".formatted(line));
      }
      byte[] mail = all.append(".\r\n").toString().getBytes(StandardCharsets.US_ASCII);
      int stuffed = first.isEmpty() ? 0 : 1;
      Bytes expected = Bytes.wrap(Arrays.copyOfRange(mail, stuffed, mail.length - 3));
      for (int buffer : List.of(997, 8192)) {
        InputStream in = new BufferedInputStream(new ByteArrayInputStream(mail), buffer);
        try (Read read = read(in, 1_000_000, room(9))) {
          assertThat(read.data().bytes()).isEqualTo(expected);
          assertThat(read.data().bytes()).as("again").isEqualTo(expected);
        }
      }
    }
  }
}
