package nl.wotpoort.smime;

import java.util.Arrays;
import nl.wotpoort.letter.Bytes;

/**
 * Reads a base64 body (RFC 2045 §6.8) from a slice in one pass into an array of the right size.
 *
 * <p>Stricter than RFC 2045, which lets a reader skip characters outside the alphabet: only line
 * ends and blanks may stand between the characters, and nothing but them behind the padding. What a
 * reader skips can differ from one to the next, and honest software writes none of it.
 * (java.util.Base64's MIME decoder skips; its basic one wants the line ends removed first, a copy
 * of 34 MB.)
 */
final class Base64Body {

  private static final byte INVALID = -1;
  private static final byte BLANK = -2;
  private static final byte PAD = -3;
  private static final byte[] VALUE = values();

  private Base64Body() {}

  private static byte[] values() {
    byte[] values = new byte[256];
    Arrays.fill(values, INVALID);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < 64; i++) {
      values[alphabet.charAt(i)] = (byte) i;
    }
    for (char c : new char[] {' ', '\t', '\r', '\n'}) {
      values[c] = BLANK;
    }
    values['='] = PAD;
    return values;
  }

  static byte[] decode(Bytes text) throws Fault {
    int length = text.length();
    byte[] out = new byte[(int) (length * 3L / 4) + 3];
    int filled = 0;
    int bits = 0;
    int held = 0;
    int i = 0;
    for (; i < length; i++) {
      byte value = VALUE[text.at(i) & 0xff];
      if (value >= 0) {
        bits = bits << 6 | value;
        if (++held == 4) {
          out[filled] = (byte) (bits >> 16);
          out[filled + 1] = (byte) (bits >> 8);
          out[filled + 2] = (byte) bits;
          filled += 3;
          held = 0;
        }
      } else if (value != BLANK) {
        break;
      }
    }
    checkTail(text, i, held);
    if (held == 2) {
      out[filled++] = (byte) (bits >> 4);
    } else if (held == 3) {
      out[filled++] = (byte) (bits >> 10);
      out[filled++] = (byte) (bits >> 2);
    }
    return filled == out.length ? out : Arrays.copyOf(out, filled);
  }

  /** What follows the last character must be the right number of '=' and blanks. */
  private static void checkTail(Bytes text, int from, int held) throws Fault {
    int pads = 0;
    for (int i = from; i < text.length(); i++) {
      byte value = VALUE[text.at(i) & 0xff];
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
