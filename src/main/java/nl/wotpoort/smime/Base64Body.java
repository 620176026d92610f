package nl.wotpoort.smime;

import java.util.Arrays;
import java.util.Base64;
import nl.wotpoort.letter.Bytes;

/**
 * Reads a base64 body (RFC 2045 §6.8) from a slice in one pass.
 *
 * <p>Stricter than RFC 2045, which lets a reader skip characters outside the alphabet: only line
 * ends and blanks may stand between the characters, and nothing but them behind the padding. What a
 * reader skips can differ from one to the next, and honest software writes none of it.
 * (java.util.Base64's MIME decoder skips. Its basic one knows no line ends but does many characters
 * at a time, so lines of equal length are gathered for it, piece by piece.)
 */
final class Base64Body {

  private static final int INVALID = -1;
  private static final int BLANK = -2;
  private static final int PAD = -3;
  private static final int[] VALUE = values();
  private static final int PIECE = 8192;

  private static final Base64.Decoder DECODER = Base64.getDecoder();
  private static final int GATHERED = 1 << 14;
  private static final int LONGEST_LINE = 1000;

  private final Bytes text;
  private final byte[] out;
  private final byte[] piece;
  private byte[] gathered = {};
  private byte[] decoded = {};
  private int filled;
  private int bits;
  private int held;

  private Base64Body(Bytes text) {
    this.text = text;
    this.out = new byte[(int) (text.length() * 3L / 4) + 3];
    this.piece = new byte[Math.min(PIECE, text.length())];
  }

  private static int[] values() {
    int[] values = new int[256];
    Arrays.fill(values, INVALID);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < 64; i++) {
      values[alphabet.charAt(i)] = i;
    }
    for (char c : new char[] {' ', '\t', '\r', '\n'}) {
      values[c] = BLANK;
    }
    values['='] = PAD;
    return values;
  }

  /** In a fresh array that nobody else has, a little longer than what is in it. */
  static Asn1.Octets decode(Bytes text) throws Fault {
    return new Base64Body(text).decode();
  }

  private Asn1.Octets decode() throws Fault {
    int at = 0;
    while (at < text.length()) {
      at = held == 0 ? lines(at) : at;
      int length = Math.min(piece.length, text.length() - at);
      text.copyTo(at, piece, 0, length);
      int read = decode(length);
      at += read;
      if (read < length) {
        break;
      }
    }
    checkTail(text, at, held);
    if (held == 2) {
      out[filled++] = (byte) (bits >> 4);
    } else if (held == 3) {
      out[filled++] = (byte) (bits >> 10);
      out[filled++] = (byte) (bits >> 2);
    }
    return new Asn1.Octets(out, 0, filled);
  }

  /**
   * Decodes lines from {@code from} on, for as long as they are as long as the first and hold
   * nothing but characters of the alphabet, and returns how far it came. Whatever is otherwise is
   * left for the slow road.
   */
  private int lines(int from) {
    int lineFeed = text.indexOf((byte) '\n', from, Math.min(from + LONGEST_LINE, text.length()));
    boolean crlf = lineFeed > from && text.at(lineFeed - 1) == '\r';
    int characters = lineFeed - from - (crlf ? 1 : 0);
    if (characters == 0 || characters % 4 != 0) {
      return from;
    }
    int most = Math.max(1, Math.min(GATHERED, text.length() - from) / characters);
    if (gathered.length != most * characters) {
      gathered = new byte[most * characters];
      decoded = new byte[gathered.length / 4 * 3];
    }
    int at = from;
    int lines = most;
    while (lines == most) {
      int next = at;
      for (lines = 0; lines < most && endsAt(next + characters, crlf); lines++) {
        text.copyTo(next, gathered, lines * characters, characters);
        next += characters + (crlf ? 2 : 1);
      }
      if (!isDecoded(lines * characters)) {
        return at;
      }
      at = next;
    }
    return at;
  }

  private boolean endsAt(int at, boolean crlf) {
    int lineFeed = crlf ? at + 1 : at;
    return lineFeed < text.length() && text.at(lineFeed) == '\n' && (!crlf || text.at(at) == '\r');
  }

  /** Whether the first {@code length} characters gathered were sound, with no padding in them. */
  private boolean isDecoded(int length) {
    try {
      boolean whole = length == gathered.length;
      int bytes = DECODER.decode(whole ? gathered : Arrays.copyOf(gathered, length), decoded);
      if (bytes != length / 4 * 3) {
        return false;
      }
      System.arraycopy(decoded, 0, out, filled, bytes);
      filled += bytes;
      return true;
    } catch (IllegalArgumentException foreign) {
      return false;
    }
  }

  /** Decodes the piece and returns how far it came: to its end, or to what is no base64. */
  private int decode(int length) {
    int i = 0;
    while (i < length) {
      if (held == 0) {
        i = fours(i, length);
        if (i == length) {
          return i;
        }
      }
      int value = VALUE[piece[i] & 0xff];
      if (value >= 0) {
        take(value);
      } else if (value != BLANK) {
        return i;
      }
      i++;
    }
    return i;
  }

  /** The fast road: four characters of the alphabet at a time, up to the end of the line. */
  private int fours(int from, int length) {
    int i = from;
    int at = filled;
    while (i + 4 <= length) {
      int four =
          VALUE[piece[i] & 0xff] << 18
              | VALUE[piece[i + 1] & 0xff] << 12
              | VALUE[piece[i + 2] & 0xff] << 6
              | VALUE[piece[i + 3] & 0xff];
      if (four < 0) {
        break;
      }
      out[at] = (byte) (four >> 16);
      out[at + 1] = (byte) (four >> 8);
      out[at + 2] = (byte) four;
      at += 3;
      i += 4;
    }
    filled = at;
    return i;
  }

  private void take(int value) {
    bits = bits << 6 | value;
    if (++held == 4) {
      out[filled] = (byte) (bits >> 16);
      out[filled + 1] = (byte) (bits >> 8);
      out[filled + 2] = (byte) bits;
      filled += 3;
      held = 0;
    }
  }

  /** What follows the last character must be the right number of '=' and blanks. */
  private static void checkTail(Bytes text, int from, int held) throws Fault {
    int pads = 0;
    for (int i = from; i < text.length(); i++) {
      int value = VALUE[text.at(i) & 0xff];
      if (value == PAD) {
        pads++;
      } else if (value != BLANK) {
        throw Fault.malformed("base64 with foreign characters or text behind its end");
      }
    }
    if (held == 1 || pads != (4 - held) % 4) {
      throw Fault.malformed("base64 cut off");
    }
  }
}
