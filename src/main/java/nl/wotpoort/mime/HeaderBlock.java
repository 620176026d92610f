package nl.wotpoort.mime;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.HeaderField;

/** The header fields at the head of an entity, read line by line (RFC 5322 §2.2). */
final class HeaderBlock {

  private static final int LONGEST = 256 * 1024;
  private static final int MOST = 1000;

  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private HeaderBlock() {}

  /** Header fields and where the body starts. */
  record Read(List<HeaderField> fields, int bodyStart) {}

  /** Reads from {@code from}; a line that is no header field is passed over. */
  static Read read(Bytes bytes, int from, int to) throws Unreadable {
    List<StringBuilder> lines = new ArrayList<>();
    int at = from;
    while (at < to) {
      int end = endOfLine(bytes, at, to);
      int next = Math.min(end + 1, to);
      int visible = end > at && bytes.at(end - 1) == '\r' ? end - 1 : end;
      if (visible == at) {
        return new Read(fields(lines), next);
      }
      if (next - from > LONGEST || lines.size() > 10 * MOST) {
        throw Unreadable.message("header");
      }
      boolean folded = bytes.at(at) == ' ' || bytes.at(at) == '\t';
      String line = decode(bytes.slice(at, visible));
      if (folded && !lines.isEmpty()) {
        lines.get(lines.size() - 1).append(line);
      } else {
        lines.add(new StringBuilder(line));
      }
      at = next;
    }
    return new Read(fields(lines), to);
  }

  private static List<HeaderField> fields(List<StringBuilder> lines) throws Unreadable {
    if (lines.size() > MOST) {
      throw Unreadable.message("header");
    }
    List<HeaderField> fields = new ArrayList<>();
    for (StringBuilder folded : lines) {
      String line = folded.toString();
      int colon = line.indexOf(':');
      if (colon > 0 && isName(line, colon)) {
        fields.add(
            new HeaderField(
                line.substring(0, colon).stripTrailing(), line.substring(colon + 1).strip()));
      }
    }
    return fields;
  }

  private static boolean isName(String line, int colon) {
    return line.substring(0, colon).stripTrailing().chars().allMatch(c -> c > 32 && c < 127);
  }

  static int endOfLine(Bytes bytes, int from, int to) {
    return bytes.indexOf((byte) '\n', from, to);
  }

  /** Header fields are ASCII or UTF-8 (RFC 6532); what is neither was mostly written on Windows. */
  private static String decode(Bytes line) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line.toArray())).toString();
    } catch (CharacterCodingException e) {
      return line.decode(WINDOWS_1252);
    }
  }

  /** The first field of that name. */
  static Optional<String> first(List<HeaderField> fields, String name) {
    return fields.stream().filter(f -> f.isNamed(name)).map(HeaderField::value).findFirst();
  }

  /** The one value of that name; empty when it is absent or stands there with two values. */
  static Optional<String> only(List<HeaderField> fields, String name) {
    List<String> values =
        fields.stream().filter(f -> f.isNamed(name)).map(HeaderField::value).distinct().toList();
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }

  static boolean isContent(HeaderField field) {
    return field.name().toLowerCase(Locale.ROOT).startsWith("content-");
  }
}
