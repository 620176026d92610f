package nl.wotpoort.cli;

import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/**
 * The lines of a text, none of which fills the memory: of one that is too long the beginning is
 * kept and the rest passed over. A line ends with LF, CR or both. For one thread.
 */
final class BoundedLines {

  private static final int END = -1;

  private final Reader reader;
  private final int longest;
  private boolean afterReturn;

  /** {@code longest} in characters; {@code reader} should be buffered. */
  BoundedLines(Reader reader, int longest) {
    this.reader = reader;
    this.longest = longest;
  }

  /** A line without its end; {@code whole} is false when it was cut off. */
  record Line(String text, boolean whole) {}

  /** Empty at the end of the text. */
  Optional<Line> next() throws IOException {
    int c = reader.read();
    if (c == '\n' && afterReturn) {
      c = reader.read();
    }
    afterReturn = false;
    if (c == END) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    boolean whole = true;
    for (; c != END && c != '\n' && c != '\r'; c = reader.read()) {
      if (text.length() < longest) {
        text.append((char) c);
      } else {
        whole = false;
      }
    }
    afterReturn = c == '\r';
    return Optional.of(new Line(text.toString(), whole));
  }
}
