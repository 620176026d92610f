package nl.wotpoort.mime;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Held to Jakarta Mail's encoder and decoder, and to Python's quopri. */
class QuotedPrintableTest {

  private static final String ALPHABET = "ab =.\t\r\n\0~\u007féï€😀 -";

  private static String encoded(String text) {
    return QuotedPrintable.of(text).decode(StandardCharsets.US_ASCII);
  }

  /**
   * What Python makes of the same text, but for a tab, which it leaves (rule 3 allows both) and
   * where it breaks long lines:
   *
   * <pre>
   * python3 -c 'import quopri; print(quopri.encodestring("Cliënt = 1 \nÉén € 😀 ".encode()))'
   * b'Cli=C3=ABnt =3D 1=20\n=C3=89=C3=A9n =E2=82=AC =F0=9F=98=80=20'
   * </pre>
   */
  @Test
  void asPythonWritesIt() {
    assertThat(encoded("Cliënt = 1 \nÉén € 😀 "))
        .isEqualTo("Cli=C3=ABnt =3D 1=20\r\n=C3=89=C3=A9n =E2=82=AC =F0=9F=98=80=20");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\rb", "a\r\nb"})
  void everyLineEndIsCrlf(String text) {
    assertThat(encoded(text)).isEqualTo("a\r\nb");
  }

  @Test
  void twoLineEndsAreTwo() {
    assertThat(encoded("a\n\nb")).isEqualTo("a\r\n\r\nb");
    assertThat(encoded("a\r\rb")).isEqualTo("a\r\n\r\nb");
    assertThat(encoded("a\r\r\nb")).isEqualTo("a\r\n\r\nb");
  }

  @Test
  void aLineHas76CharactersAtMost() {
    assertThat(encoded("x".repeat(75))).isEqualTo("x".repeat(75));
    assertThat(encoded("x".repeat(76))).isEqualTo("x".repeat(75) + "=\r\nx");
    assertThat(encoded("x".repeat(73) + "é")).isEqualTo("x".repeat(73) + "=\r\n=C3=A9");
    assertThat(encoded("é".repeat(13))).isEqualTo("=C3=A9".repeat(12) + "=C3=\r\n=A9");
  }

  /** The worst there is for the room it takes: everything encoded, every line broken. */
  @Test
  void nothingButEncodedBytesFits() {
    String text = "\0".repeat(10_000);

    assertThat(encoded(text))
        .isEqualTo(("=00".repeat(25) + "=\r\n").repeat(399) + "=00".repeat(25));
  }

  @Test
  void jakartaMailWritesTheSameAndReadsItBack() throws MessagingException, IOException {
    Random random = new Random(20261122);
    int[] alphabet = ALPHABET.codePoints().toArray();
    for (int round = 0; round < 5_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int left = random.nextInt(300); left > 0; left--) {
        text.appendCodePoint(
            random.nextInt(4) > 0 ? 'x' : alphabet[random.nextInt(alphabet.length)]);
      }
      String written = encoded(text.toString());

      assertThat(written).isEqualTo(byJakartaMail(text.toString()));
      assertThat(written.lines()).allMatch(line -> line.length() <= 76);
      assertThat(readByJakartaMail(written))
          .isEqualTo(text.toString().replaceAll("\r\n|\r|\n", "\r\n"));
    }
  }

  private static String byJakartaMail(String text) throws MessagingException, IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream encoder = MimeUtility.encode(out, "quoted-printable")) {
      encoder.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toString(StandardCharsets.US_ASCII);
  }

  private static String readByJakartaMail(String written) throws MessagingException, IOException {
    try (InputStream in =
        MimeUtility.decode(
            new ByteArrayInputStream(written.getBytes(StandardCharsets.US_ASCII)),
            "quoted-printable")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
