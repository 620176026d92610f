package nl.wotpoort.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.letter.Bytes;

/**
 * Splits a message into its parts (RFC 2046 §5.1), by slices. Own code and not Jakarta Mail's,
 * because the caps on depth and number have to hold while splitting, attachments travel as the
 * bytes they came as, and it is the fast way. A message/rfc822 part is one part here: what is in it
 * is another letter.
 */
final class PartTree {

  static final int DEEPEST = 30;
  static final int MOST_PARTS = 1000;

  private final Bytes entity;
  private int parts;

  private PartTree(Bytes entity) {
    this.entity = entity;
  }

  static Part of(Bytes entity) throws Unreadable {
    PartTree tree = new PartTree(entity);
    return tree.part(0, entity.length(), 1, MediaType.plainText());
  }

  private Part part(int from, int to, int depth, MediaType unstated) throws Unreadable {
    if (depth > DEEPEST) {
      throw Unreadable.message("nesting");
    }
    if (++parts > MOST_PARTS) {
      throw Unreadable.message("number of parts");
    }
    HeaderBlock.Read head = HeaderBlock.read(entity, from, to);
    Optional<String> stated = HeaderBlock.first(head.fields(), "Content-Type");
    MediaType type = stated.isPresent() ? MediaType.ofContentType(stated.get()) : unstated;
    List<Part> children =
        type.isMultipart() ? children(head.bodyStart(), to, depth, type) : List.of();
    return new Part(
        head.fields(), type, entity.slice(from, to), entity.slice(head.bodyStart(), to), children);
  }

  private List<Part> children(int from, int to, int depth, MediaType type) throws Unreadable {
    String boundary = type.parameter("boundary").orElse("");
    if (boundary.isEmpty() || boundary.length() > 200) {
      throw Unreadable.message("boundary");
    }
    byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.UTF_8);
    MediaType unstated = type.is("multipart/digest") ? MediaType.message() : MediaType.plainText();
    List<Part> children = new ArrayList<>();
    int start = -1;
    int at = from;
    while (at < to) {
      int end = HeaderBlock.endOfLine(entity, at, to);
      int next = Math.min(end + 1, to);
      Delimiter found = delimiterAt(at, end, delimiter);
      if (found != Delimiter.NONE) {
        if (start >= 0) {
          children.add(part(start, beforeLineBreak(start, at), depth + 1, unstated));
        }
        start = next;
        if (found == Delimiter.CLOSING) {
          return children;
        }
      }
      at = next;
    }
    if (start < 0) {
      throw Unreadable.message("boundary");
    }
    children.add(part(start, to, depth + 1, unstated));
    return children;
  }

  private enum Delimiter {
    NONE,
    OPENING,
    CLOSING
  }

  private Delimiter delimiterAt(int from, int end, byte[] delimiter) {
    if (end - from < delimiter.length || entity.at(from) != '-' || entity.at(from + 1) != '-') {
      return Delimiter.NONE;
    }
    for (int i = 2; i < delimiter.length; i++) {
      if (entity.at(from + i) != delimiter[i]) {
        return Delimiter.NONE;
      }
    }
    int at = from + delimiter.length;
    boolean closing = at + 1 < end && entity.at(at) == '-' && entity.at(at + 1) == '-';
    for (int i = closing ? at + 2 : at; i < end; i++) {
      if (entity.at(i) != ' ' && entity.at(i) != '\t' && entity.at(i) != '\r') {
        return Delimiter.NONE;
      }
    }
    return closing ? Delimiter.CLOSING : Delimiter.OPENING;
  }

  /** The line break before a delimiter belongs to the delimiter (RFC 2046 §5.1.1). */
  private int beforeLineBreak(int start, int delimiterLine) {
    int end = delimiterLine;
    if (end > start && entity.at(end - 1) == '\n') {
      end--;
      if (end > start && entity.at(end - 1) == '\r') {
        end--;
      }
    }
    return end;
  }
}
