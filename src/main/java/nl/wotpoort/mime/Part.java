package nl.wotpoort.mime;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.HeaderField;

/**
 * One MIME entity: its header fields, its bytes and, when it is a multipart, its parts. Bytes are
 * slices of the message.
 */
record Part(
    List<HeaderField> headers, MediaType type, Bytes whole, Bytes body, List<Part> children) {

  Part {
    headers = List.copyOf(headers);
    children = List.copyOf(children);
  }

  Optional<String> header(String name) {
    return HeaderBlock.first(headers, name);
  }

  String transferEncoding() {
    return header("Content-Transfer-Encoding").orElse("7bit").strip().toLowerCase(Locale.ROOT);
  }

  Optional<MediaType> disposition() throws Unreadable {
    Optional<String> value = header("Content-Disposition");
    return value.isPresent() ? Optional.of(MediaType.ofDisposition(value.get())) : Optional.empty();
  }

  /**
   * The file name, from disposition or type; encoded words undone, which many programs put there.
   */
  Optional<String> fileName() throws Unreadable {
    Optional<MediaType> disposition = disposition();
    Optional<String> name =
        disposition.isPresent() ? disposition.get().parameter("filename") : Optional.empty();
    return name.or(() -> type.parameter("name")).map(EncodedWords::decode);
  }
}
