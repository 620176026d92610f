package nl.wotpoort.smime;

import java.util.Arrays;
import java.util.List;
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
    return kind(new Pieces(List.of(bytes)));
  }

  static Kind kind(Pieces pieces) {
    Counter counter = new Counter();
    byte[] piece = new byte[Math.min(PIECE, pieces.length())];
    for (Bytes bytes : pieces.pieces()) {
      for (int at = 0; at < bytes.length(); at += piece.length) {
        int length = Math.min(piece.length, bytes.length() - at);
        bytes.copyTo(at, piece, 0, length);
        counter.count(piece, length);
      }
    }
    return counter.kind();
  }

  private static final class Counter {
    private int lineEnds;
    private int lf;
    private int cr;
    private int all;
    private byte last;

    void count(byte[] piece, int length) {
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

    Kind kind() {
      return new Kind(lf > lineEnds, cr > lineEnds, all >= 0);
    }
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
