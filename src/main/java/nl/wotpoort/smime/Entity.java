package nl.wotpoort.smime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.HeaderField;

/**
 * A header block and what follows it, cut out of the bytes without changing them. Reads CRLF and
 * bare LF (a mail from a file), and refuses what two readers could cut differently: NUL or a bare
 * CR in a header, a line that is no field, a fold before the first field.
 *
 * @param whole the entity from its first byte to its last
 */
record Entity(List<HeaderField> fields, Bytes whole, Bytes body) {

  static Entity read(Bytes bytes, Limits limits) throws Fault {
    return new HeaderReader(bytes, limits).read();
  }

  /** The one field of that name, or empty; a second one is a fault. */
  Optional<String> only(String name) throws Fault {
    List<String> values = all(name);
    if (values.size() > 1) {
      throw Fault.malformed("field " + name + " more than once");
    }
    return values.stream().findFirst();
  }

  List<String> all(String name) {
    return fields.stream().filter(f -> f.isNamed(name)).map(f -> f.value().strip()).toList();
  }

  /** RFC 2045 §5.2: text/plain when there is none. */
  ContentType contentType() throws Fault {
    Optional<String> value = only("Content-Type");
    return value.isPresent() ? ContentType.read(value.get()) : ContentType.TEXT;
  }

  /**
   * The file name in Content-Disposition or Content-Type, in lower case; empty when there is none.
   */
  String fileName() throws Fault {
    Optional<String> disposition = only("Content-Disposition");
    if (disposition.isPresent()) {
      try {
        String name = ContentType.disposition(disposition.get()).lower("filename");
        if (!name.isEmpty()) {
          return name;
        }
      } catch (Fault unreadable) {
        return contentType().lower("name");
      }
    }
    return contentType().lower("name");
  }

  /** In lower case, without comments; empty when there is none. */
  Optional<String> transferEncoding() throws Fault {
    Optional<String> value = only("Content-Transfer-Encoding");
    return value.isPresent()
        ? Optional.of(ContentType.disposition(value.get()).type())
        : Optional.empty();
  }

  /** The body without its Content-Transfer-Encoding (RFC 2045 §6), in an array of its own. */
  Asn1.Octets decodedBody() throws Fault {
    return switch (transferEncoding().orElse("7bit")) {
      case "base64" -> Base64Body.decode(body);
      case "quoted-printable" -> QuotedPrintable.decode(body);
      case "7bit", "8bit", "binary" -> new Asn1.Octets(body.toArray(), 0, body.length());
      default -> throw Fault.malformed("S/MIME part in an unknown transfer encoding");
    };
  }

  private static final class HeaderReader {
    private final Bytes bytes;
    private final Limits limits;
    private final List<HeaderField> fields = new ArrayList<>();
    private int at;

    HeaderReader(Bytes bytes, Limits limits) {
      this.bytes = bytes;
      this.limits = limits;
    }

    Entity read() throws Fault {
      while (true) { // behind the last line stands an empty one
        int lineEnd = lineEnd(at);
        if (textEnd(at, lineEnd) == at) {
          return new Entity(List.copyOf(fields), bytes, bytes.slice(lineEnd, bytes.length()));
        }
        fields.add(field());
        if (fields.size() > limits.headerFields()) {
          throw Fault.tooLarge("more than " + limits.headerFields() + " header fields");
        }
      }
    }

    /** Reads the field that begins at {@code at}, with its folds. */
    private HeaderField field() throws Fault {
      int begin = at;
      int colon = colon(begin);
      StringBuilder value = new StringBuilder();
      int lineEnd = lineEnd(begin);
      value.append(text(colon + 1, textEnd(begin, lineEnd)));
      while (lineEnd < bytes.length() && isBlank(bytes.at(lineEnd))) {
        int next = lineEnd(lineEnd);
        int textEnd = textEnd(lineEnd, next);
        value.append(text(lineEnd, textEnd));
        lineEnd = next;
      }
      at = lineEnd;
      String name = bytes.slice(begin, colon).decode(StandardCharsets.US_ASCII);
      return new HeaderField(name, value.toString().strip());
    }

    private int colon(int begin) throws Fault {
      int i = begin;
      while (i < bytes.length() && bytes.at(i) > ' ' && bytes.at(i) < 0x7f && bytes.at(i) != ':') {
        i++;
      }
      if (i == begin || i == bytes.length() || bytes.at(i) != ':') {
        throw Fault.malformed("a header line is not a field");
      }
      return i;
    }

    private String text(int from, int to) throws Fault {
      for (int i = from; i < to; i++) {
        byte b = bytes.at(i);
        if (b == 0 || b == '\r') {
          throw Fault.malformed("NUL or bare CR in a header");
        }
      }
      return bytes.slice(Math.min(from, to), to).decode(StandardCharsets.UTF_8);
    }

    /** Where the line's text ends: before its CRLF or LF. */
    private int textEnd(int from, int lineEnd) {
      int end = lineEnd;
      if (end > from && bytes.at(end - 1) == '\n') {
        end--;
        if (end > from && bytes.at(end - 1) == '\r') {
          end--;
        }
      }
      return end;
    }

    private int lineEnd(int from) throws Fault {
      int i = from;
      while (i < bytes.length() && i <= limits.headerBytes()) {
        if (bytes.at(i++) == '\n') {
          break;
        }
      }
      if (i > limits.headerBytes()) {
        throw Fault.tooLarge("header above " + limits.headerBytes() + " bytes");
      }
      return i;
    }
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }
}
