package nl.wotpoort.smime;

import java.util.Arrays;
import nl.wotpoort.letter.Bytes;

/** Line ends in their canonical form (RFC 8551 §3.1.1). */
final class LineEnds {

  private LineEnds() {}

  static boolean hasBareLf(Bytes bytes) {
    return countBareLf(bytes) > 0;
  }

  private static int countBareLf(Bytes bytes) {
    int count = 0;
    for (int i = 0; i < bytes.length(); i++) {
      if (bytes.at(i) == '\n' && (i == 0 || bytes.at(i - 1) != '\r')) {
        count++;
      }
    }
    return count;
  }

  /** A copy with CRLF for every bare LF; the same bytes when there is none. */
  static Bytes canonical(Bytes bytes) {
    int bare = countBareLf(bytes);
    if (bare == 0) {
      return bytes;
    }
    byte[] out = new byte[bytes.length() + bare];
    int filled = 0;
    for (int i = 0; i < bytes.length(); i++) {
      byte b = bytes.at(i);
      if (b == '\n' && (i == 0 || bytes.at(i - 1) != '\r')) {
        out[filled++] = '\r';
      }
      out[filled++] = b;
    }
    return Bytes.wrap(Arrays.copyOf(out, filled));
  }
}
