package nl.wotpoort.smime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import nl.wotpoort.letter.Bytes;

/** Line ends in their canonical form (RFC 8551 §3.1.1). */
final class LineEnds {

  private static final int PIECE = 8192;
  private static final int SHARED = 1 << 16;

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LOWEST = 0x0101010101010101L;
  private static final long HIGHEST = LOWEST << 7;
  private static final long LF = LOWEST * '\n';
  private static final long CR = LOWEST * '\r';

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

  /** Whether one of the eight bytes of {@code word} is that of {@code pattern}, eight times. */
  private static boolean holds(long word, long pattern) {
    long zero = word ^ pattern; // the byte that is looked for becomes 0, and borrows
    return ((zero - LOWEST) & ~zero & HIGHEST) != 0;
  }

  private static final class Counter {
    private int lineEnds;
    private int lf;
    private int cr;
    private int all;
    private byte last;

    /** Eight bytes at a time where no line ends in them, which is most of the time. */
    void count(byte[] piece, int length) {
      int at = 0;
      while (at + Long.BYTES <= length) {
        long word = (long) WORDS.get(piece, at);
        if (holds(word, LF) || holds(word, CR)) {
          count(piece, at, at + Long.BYTES);
        } else {
          all |= (word & HIGHEST) == 0 ? 0 : -1;
          last = piece[at + Long.BYTES - 1];
        }
        at += Long.BYTES;
      }
      count(piece, at, length);
    }

    private void count(byte[] piece, int from, int to) {
      for (int i = from; i < to; i++) {
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

  /** With CRLF for every bare LF; the same bytes when there is none. */
  static Bytes canonical(Bytes bytes) {
    return canonical(bytes, (byte) 0);
  }

  /**
   * The same for pieces. What has no bare LF is shared: a large message with a few of them needs no
   * second array.
   */
  static Pieces canonical(Pieces pieces) {
    List<Bytes> canonical = new ArrayList<>();
    byte before = 0;
    for (Bytes bytes : pieces.pieces()) {
      for (int at = 0; at < bytes.length(); at += SHARED) {
        Bytes part = bytes.slice(at, Math.min(at + SHARED, bytes.length()));
        canonical.add(canonical(part, before));
        before = part.at(part.length() - 1);
      }
    }
    return new Pieces(canonical);
  }

  private static Bytes canonical(Bytes bytes, byte before) {
    int bare = 0;
    byte last = before;
    for (int i = 0; i < bytes.length(); i++) {
      byte b = bytes.at(i);
      bare += b == '\n' && last != '\r' ? 1 : 0;
      last = b;
    }
    if (bare == 0) {
      return bytes;
    }
    byte[] out = new byte[bytes.length() + bare];
    int filled = 0;
    last = before;
    for (int i = 0; i < bytes.length(); i++) {
      byte b = bytes.at(i);
      if (b == '\n' && last != '\r') {
        out[filled++] = '\r';
      }
      out[filled++] = b;
      last = b;
    }
    return Bytes.wrap(out);
  }
}
