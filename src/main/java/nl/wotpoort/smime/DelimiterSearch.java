package nl.wotpoort.smime;

import java.util.Arrays;
import nl.wotpoort.letter.Bytes;

/**
 * Finds the next line that begins with a delimiter (Horspool's search: of 25 MB it looks at one
 * byte in as many as the delimiter is long).
 */
final class DelimiterSearch {

  private final Bytes body;
  private final byte[] delimiter;
  private final int[] steps = new int[256];

  DelimiterSearch(Bytes body, byte[] delimiter) {
    this.body = body;
    this.delimiter = delimiter;
    Arrays.fill(steps, delimiter.length);
    for (int i = 0; i + 1 < delimiter.length; i++) {
      steps[delimiter[i] & 0xff] = delimiter.length - 1 - i;
    }
  }

  /** Where that line begins, from {@code from} on; the length of the body when there is none. */
  int next(int from) {
    int last = delimiter.length - 1;
    int at = from;
    while (at + last < body.length()) {
      byte end = body.at(at + last);
      if (end == delimiter[last] && isDelimiter(at) && isLineStart(at)) {
        return at;
      }
      at += steps[end & 0xff];
    }
    return body.length();
  }

  private boolean isDelimiter(int at) {
    for (int i = 0; i < delimiter.length; i++) {
      if (body.at(at + i) != delimiter[i]) {
        return false;
      }
    }
    return true;
  }

  private boolean isLineStart(int at) {
    return at == 0 || body.at(at - 1) == '\n';
  }
}
