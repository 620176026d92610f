package nl.wotpoort.mime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import nl.wotpoort.letter.Bytes;

/**
 * Text in UTF-8 as quoted-printable (RFC 2045 §6.7), the same bytes as Jakarta Mail's encoder makes
 * of it, which goes byte by byte through two synchronized streams.
 */
final class QuotedPrintable {

  /** Of 76 characters the last is for the "=" of a soft line break. */
  private static final int LONGEST_LINE = 75;

  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  private final byte[] written;
  private int length;
  private int column;

  /** Room for {@code bytes} bytes, all encoded, and a soft line break after each 25 of them. */
  private QuotedPrintable(int bytes) {
    this.written = new byte[Math.addExact(Math.multiplyExact(3, bytes), 3 * (bytes / 25))];
  }

  /** Every line end of {@code text}, CRLF or one of the two alone, becomes a CRLF. */
  static Bytes of(String text) {
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    QuotedPrintable encoder = new QuotedPrintable(plain.length);
    for (int i = 0; i < plain.length; i++) {
      byte b = plain[i];
      if (b == '\r' || b == '\n') {
        boolean ended = b == '\n' && i > 0 && plain[i - 1] == '\r';
        if (!ended) {
          encoder.lineEnd();
        }
      } else if (isPlain(b) && !(b == ' ' && endsLine(plain, i))) {
        encoder.literal(b);
      } else {
        encoder.encoded(b);
      }
    }
    return Bytes.wrap(Arrays.copyOf(encoder.written, encoder.length));
  }

  private static boolean isPlain(byte b) {
    return b >= ' ' && b <= '~' && b != '=';
  }

  /** White space there gets lost on the way (rule 3). */
  private static boolean endsLine(byte[] plain, int at) {
    return at + 1 == plain.length || plain[at + 1] == '\r' || plain[at + 1] == '\n';
  }

  private void literal(byte b) {
    makeRoom(1);
    written[length++] = b;
  }

  private void encoded(byte b) {
    makeRoom(3);
    written[length++] = '=';
    written[length++] = HEX[(b >> 4) & 0xf];
    written[length++] = HEX[b & 0xf];
  }

  private void makeRoom(int wanted) {
    if (column + wanted > LONGEST_LINE) {
      written[length++] = '=';
      lineEnd();
    }
    column += wanted;
  }

  private void lineEnd() {
    written[length++] = '\r';
    written[length++] = '\n';
    column = 0;
  }
}
