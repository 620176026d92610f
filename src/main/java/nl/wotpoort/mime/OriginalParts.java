package nl.wotpoort.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.HeaderField;
import nl.wotpoort.letter.VerifiedContent;

/**
 * The parts of a forward that carry the original. A detached signature (multipart/signed) goes
 * along as it is: any mail program shows what is in it, so nothing is doubled. An opaque one
 * (pkcs7-mime) is closed to many programs: its files go along unchanged beside it.
 */
final class OriginalParts {

  static final String SIGNED_NAME = "origineel-ondertekend.p7m";
  static final String WHOLE_NAME = "origineel-bericht.eml";

  private OriginalParts() {}

  static List<Composer> of(VerifiedContent original) {
    List<Bytes> signed = original.signedEntity();
    Bytes first = signed.get(0);
    try {
      HeaderBlock.Read head = HeaderBlock.read(first, 0, first.length());
      List<Bytes> body = new ArrayList<>(signed);
      body.set(0, first.slice(head.bodyStart(), first.length()));
      Optional<String> type = HeaderBlock.first(head.fields(), "Content-Type");
      if (type.isPresent() && MediaType.ofContentType(type.get()).is("multipart/signed")) {
        return List.of(detached(signed, head.fields(), body));
      }
      Bytes whole = Bytes.joined(body);
      Part part = new Part(head.fields(), MediaType.plainText(), whole, whole, List.of());
      List<Composer> parts = new ArrayList<>(files(original.entity()));
      parts.add(signedFile(Decoding.content(part)));
      return parts;
    } catch (Unreadable e) {
      return List.of(file("application/octet-stream", WHOLE_NAME, Bytes.joined(signed)));
    }
  }

  /**
   * Byte for byte; only fields about something else than content (an X-Wotpoort-* among them) are
   * left out, which the signature does not cover.
   */
  private static Composer detached(List<Bytes> entity, List<HeaderField> fields, List<Bytes> body) {
    Composer part = new Composer();
    if (fields.stream().allMatch(HeaderBlock::isContent)) {
      entity.forEach(part::raw);
      return part;
    }
    contentFields(part, fields);
    part.line("");
    body.forEach(part::raw);
    return part;
  }

  private static void contentFields(Composer part, List<HeaderField> fields) {
    fields.stream().filter(HeaderBlock::isContent).forEach(f -> part.header(f.name(), f.value()));
  }

  private static Composer signedFile(Bytes cms) {
    return file("application/pkcs7-mime; smime-type=signed-data", SIGNED_NAME, cms);
  }

  private static Composer file(String type, String name, Bytes content) {
    return new Composer()
        .line("Content-Type: " + type + ";\r\n name=\"" + name + "\"")
        .line("Content-Transfer-Encoding: base64")
        .line("Content-Disposition: attachment;\r\n filename=\"" + name + "\"")
        .line("")
        .raw(Composer.base64(content));
  }

  /** The files of the original; the whole of it as one file where it cannot be taken apart. */
  private static List<Composer> files(Bytes entity) {
    try {
      List<Composer> parts = new ArrayList<>();
      for (MailContents.File file : MailContents.of(PartTree.of(entity)).files()) {
        parts.add(unchanged(file.part()));
      }
      return parts;
    } catch (Unreadable e) {
      return List.of(file("application/octet-stream", WHOLE_NAME, entity));
    }
  }

  /** The part as it came; its content wrapped anew only where 8-bit bytes would not travel. */
  private static Composer unchanged(Part part) throws Unreadable {
    boolean asItIs = travels(part.body()) || part.type().is("message/rfc822");
    Composer written = new Composer();
    if (asItIs) {
      contentFields(written, part.headers());
      return written.line("").raw(part.body());
    }
    contentFields(
        written,
        part.headers().stream().filter(h -> !h.isNamed("Content-Transfer-Encoding")).toList());
    return written
        .line("Content-Transfer-Encoding: base64")
        .line("")
        .raw(Composer.base64(Decoding.content(part)));
  }

  /** 7-bit, no NUL, no line above 998 (RFC 5321 §4.5.3.1.6), every line end a CRLF. */
  private static boolean travels(Bytes body) {
    String text = body.decode(StandardCharsets.ISO_8859_1);
    int line = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean crlf = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      line = c == '\n' ? 0 : line + 1;
      boolean bare = (c == '\r' && !crlf) || (c == '\n' && (i == 0 || text.charAt(i - 1) != '\r'));
      if (c == 0 || c > 126 || line > 998 || bare) {
        return false;
      }
    }
    return true;
  }
}
