package nl.wotpoort.smime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import nl.wotpoort.letter.Bytes;

/**
 * Cuts a multipart body at its delimiter lines (RFC 2046 §5.1.1), leaving the parts byte for byte
 * as they are: the line end before a delimiter belongs to the delimiter. A missing last delimiter
 * is a fault, for a mail cut short must not pass as a whole one.
 */
final class Multipart {

  private Multipart() {}

  static List<Bytes> parts(Bytes body, String boundary, Limits limits) throws Fault {
    if (boundary.isEmpty() || boundary.length() > 70 || boundary.endsWith(" ")) {
      throw Fault.malformed("boundary not between 1 and 70 characters");
    }
    if (boundary.chars().anyMatch(c -> c < ' ')) {
      throw Fault.malformed("a boundary over a line's end"); // RFC 2231 can write one
    }
    byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    List<Bytes> parts = new ArrayList<>();
    int partStart = -1;
    int line = 0;
    DelimiterSearch search = new DelimiterSearch(body, delimiter);
    while ((line = search.next(line)) < body.length()) {
      int next = nextLine(body, line);
      Kind kind = kind(body, line + delimiter.length, next);
      if (kind != Kind.TEXT) {
        if (partStart != -1) {
          parts.add(body.slice(partStart, Math.max(partStart, withoutLineEnd(body, line))));
          if (parts.size() > limits.parts()) {
            throw Fault.tooLarge("more than " + limits.parts() + " parts");
          }
        }
        if (kind == Kind.LAST) {
          return parts;
        }
        partStart = next;
      }
      line = next;
    }
    throw Fault.malformed("multipart without its last delimiter");
  }

  private enum Kind {
    TEXT,
    DELIMITER,
    LAST
  }

  /** {@code from}: behind the delimiter, which stands at the line's start. */
  private static Kind kind(Bytes body, int from, int next) {
    int at = from;
    Kind kind = Kind.DELIMITER;
    if (at + 1 < next && body.at(at) == '-' && body.at(at + 1) == '-') {
      kind = Kind.LAST;
      at += 2;
    }
    for (; at < next; at++) {
      byte b = body.at(at);
      if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
        return Kind.TEXT;
      }
    }
    return kind;
  }

  private static int nextLine(Bytes body, int from) {
    int i = from;
    while (i < body.length()) {
      if (body.at(i++) == '\n') {
        return i;
      }
    }
    return i;
  }

  /** A part has a delimiter's line before it, so there is a line end. */
  private static int withoutLineEnd(Bytes body, int line) {
    return body.at(line - 2) == '\r' ? line - 2 : line - 1;
  }
}
