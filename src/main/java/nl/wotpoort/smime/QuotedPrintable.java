package nl.wotpoort.smime;

import nl.wotpoort.letter.Bytes;

/**
 * Reads a quoted-printable body (RFC 2045 §6.7). Unusual for S/MIME, but allowed. As strict as
 * {@link Base64Body}: an equals sign is followed by two hexadecimal digits or the end of the line.
 */
final class QuotedPrintable {

  private QuotedPrintable() {}

  static Asn1.Octets decode(Bytes text) throws Fault {
    byte[] out = new byte[text.length()];
    int filled = 0;
    int i = 0;
    while (i < text.length()) {
      byte b = text.at(i);
      if (b != '=') {
        out[filled++] = b;
        i++;
        continue;
      }
      int lineEnd = softBreak(text, i + 1);
      if (lineEnd > 0) {
        i = lineEnd;
        continue;
      }
      int high = digit(text, i + 1);
      int low = digit(text, i + 2);
      out[filled++] = (byte) (high << 4 | low);
      i += 3;
    }
    return new Asn1.Octets(out, 0, filled);
  }

  /** Where the next line begins when {@code from} is the end of this one, otherwise 0. */
  private static int softBreak(Bytes text, int from) {
    int i = from;
    while (i < text.length() && (text.at(i) == ' ' || text.at(i) == '\t' || text.at(i) == '\r')) {
      i++;
    }
    if (i == text.length()) {
      return i;
    }
    return text.at(i) == '\n' ? i + 1 : 0;
  }

  private static int digit(Bytes text, int at) throws Fault {
    int digit = at < text.length() ? Character.digit(text.at(at), 16) : -1;
    if (digit < 0) {
      throw Fault.malformed("quoted-printable with a stray equals sign");
    }
    return digit;
  }
}
