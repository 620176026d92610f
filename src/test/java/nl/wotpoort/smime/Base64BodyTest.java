package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import nl.wotpoort.letter.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of every length, with one fault in them or none, against the JDK's decoder. */
class Base64BodyTest {

  private static final List<String> STRANGE =
      List.of("=", "==", "\r", "\n", "\r\n", " ", "\t", "*", "-", "\u00e9", "A", "AAAA", "A==", "");

  /** Only blanks and line ends are left out, so that all else must be right for the JDK. */
  private static Optional<byte[]> jdk(String text) {
    String characters = text.replaceAll("[ \t\r\n]", "");
    boolean whole = characters.matches("[A-Za-z0-9+/]*={0,2}") && characters.length() % 4 == 0;
    return whole ? Optional.of(Base64.getDecoder().decode(characters)) : Optional.empty();
  }

  private static void check(String text) throws Fault {
    Bytes bytes = Bytes.of(text, StandardCharsets.ISO_8859_1);
    Optional<byte[]> expected = jdk(text);
    if (expected.isPresent()) {
      assertThat(Base64Body.decode(bytes).toArray()).as(text).isEqualTo(expected.get());
    } else {
      assertThatThrownBy(() -> Base64Body.decode(bytes)).as(text).isInstanceOf(Fault.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 20, 61, 64, 76, 77, 80})
  void oneFaultAnywhere(int characters) throws Fault {
    Random random = new Random(characters);
    for (String end : List.of("\n", "\r\n")) {
      for (int bytes = 1; bytes < 6 * 60; bytes += 7) {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        String text = inLines(Base64.getEncoder().encodeToString(content), characters, end);
        check(text);
        for (String strange : STRANGE) {
          int at = random.nextInt(text.length());
          String head = text.substring(0, at);
          check(head + strange + text.substring(at));
          check(head + strange + text.substring(Math.min(at + strange.length(), text.length())));
          check(head + strange + text.substring(Math.min(at + 1, text.length())));
        }
      }
    }
  }

  private static String inLines(String text, int characters, String end) {
    return text.replaceAll("(.{" + characters + "})", "$1" + end) + end;
  }

  /** Each line end and each last character of a line in turn, for what is only there. */
  @Test
  void oneFaultAtALinesEnd() throws Fault {
    String line = "YWJj".repeat(4);
    for (String end : List.of("\n", "\r\n")) {
      String text = (line + end).repeat(6);
      for (int at = line.length() - 1; at < text.length(); at++) {
        for (String strange : STRANGE) {
          check(text.substring(0, at) + strange + text.substring(at + 1));
        }
      }
    }
    check(("YWJjZA==" + "\n").repeat(2));
    check("YWJjZA==\nYWJj\n");
    check("YWJj".repeat(4) + "\n" + "YWJj".repeat(3) + "YQ==\n" + "YWJj\n");
  }

  /** More than is gathered at once, and lines longer than any that is looked for. */
  @Test
  void largeBodies() throws Fault {
    byte[] content = new byte[40_000];
    new Random(2).nextBytes(content);
    String text = Base64.getEncoder().encodeToString(content);
    for (int characters : List.of(4, 76, 1000, 1004, 20_000, 60_000)) {
      String lines = inLines(text, characters, "\r\n");
      check(lines);
      check(lines.substring(0, 30_000) + "=" + lines.substring(30_001));
      check(lines.substring(0, 30_000) + " " + lines.substring(30_000));
    }
  }
}
