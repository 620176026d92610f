package nl.wotpoort.smime;

import java.util.Arrays;
import nl.wotpoort.letter.Bytes;

/** Line ends in their canonical form (RFC 8551 §3.1.1). */
final class LineEnds {

  private static final int PIECE = 8192;

  private LineEnds() {}

  /**
   * What kind of text some bytes are.
   *
   * @param bareLf a LF without a CR before it
   * @param bareCr a CR without a LF behind it
   */
  record Kind(boolean bareLf, boolean bareCr, boolean sevenBit) {}

  static Kind kind(Bytes bytes) {
    int lineEnds = 0;
    int lf = 0;
    int cr = 0;
    int all = 0;
    byte last = 0;
    byte[] piece = new byte[Math.min(PIECE, bytes.length())];
    for (int at = 0; at < bytes.length(); at += piece.length) {
      int length = Math.min(piece.length, bytes.length() - at);
      bytes.copyTo(at, piece, 0, length);
      for (int i = 0; i < length; i++) {
        byte b = piece[i];
        all |= b;
        if (b <= '\r' && b >= '\n') {
          lineEnds += b == '\n' && last == '\r' ? 1 : 0;
          lf += b == '\n' ? 1 : 0;
          cr += b == '\r' ? 1 : 0;
        }
        last = b;
      }
    }
    return new Kind(lf > lineEnds, cr > lineEnds, all >= 0);
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
