package nl.wotpoort.smime;

import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;

/**
 * Writes base64 in lines of 76 with CRLF (RFC 2045 §6.8) into its place in an array that has the
 * right length already, piece by piece.
 */
final class Base64Lines extends OutputStream {

  private static final int LINE = 57;
  private static final int CHARACTERS = LINE / 3 * 4;

  /** Whole lines, and whole blocks of a cipher. */
  private static final int PIECE = LINE * 288;

  /** Without line ends: of what it encodes in one go it does many bytes at a time. */
  private static final Base64.Encoder ENCODER = Base64.getEncoder();

  private final byte[] target;
  private final byte[] piece;
  private final byte[] encoded;
  private int at;
  private int held;

  /** Writes into {@code target} from {@code start} on, {@code length} bytes when decoded. */
  Base64Lines(byte[] target, int start, int length) {
    this.target = target;
    this.at = start;
    this.piece = new byte[Math.min(PIECE, length)];
    this.encoded = new byte[(piece.length + 2) / 3 * 4];
  }

  /** Characters that {@code bytes} bytes come to, a line end behind each line but the last. */
  static long length(long bytes) {
    long characters = (bytes + 2) / 3 * 4;
    long lines = (bytes + LINE - 1) / LINE;
    return characters + 2 * Math.max(0, lines - 1);
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    int next = from;
    int end = from + length;
    while (next < end) {
      if (held == piece.length) {
        flushPiece();
        lineEnd();
      }
      int taken = Math.min(piece.length - held, end - next);
      System.arraycopy(bytes, next, piece, held, taken);
      held += taken;
      next += taken;
    }
  }

  /** Writes what is held, and returns where the text ends. */
  int end() {
    flushPiece();
    return at;
  }

  private void flushPiece() {
    byte[] whole = held == piece.length ? piece : Arrays.copyOf(piece, held);
    int length = ENCODER.encode(whole, encoded);
    for (int from = 0; from < length; from += CHARACTERS) {
      if (from > 0) {
        lineEnd();
      }
      int line = Math.min(CHARACTERS, length - from);
      System.arraycopy(encoded, from, target, at, line);
      at += line;
    }
    held = 0;
  }

  private void lineEnd() {
    target[at++] = '\r';
    target[at++] = '\n';
  }
}
