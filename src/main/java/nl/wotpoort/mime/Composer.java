package nl.wotpoort.mime;

import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import nl.wotpoort.letter.Bytes;

/**
 * Puts entities together, byte by byte: header fields folded and ASCII, CRLF line ends, boundaries
 * derived from the message's own identification. Own code because Jakarta Mail would choose its own
 * boundaries and rewrite what must stay as it is.
 */
final class Composer {

  static final ZoneId AMSTERDAM = ZoneId.of("Europe/Amsterdam");

  private static final String CRLF = "\r\n";
  private static final int MOST_REFERENCES = 20;

  /** Never laid together before the end: an attachment of 25 MB is not copied on the way. */
  private final List<Bytes> pieces = new ArrayList<>();

  Composer header(String name, String value) {
    return line(name + ": " + MimeUtility.fold(name.length() + 2, EncodedWords.encode(value)));
  }

  Composer line(String ascii) {
    return raw(Bytes.of(ascii + CRLF, StandardCharsets.US_ASCII));
  }

  Composer raw(Bytes bytes) {
    pieces.add(bytes);
    return this;
  }

  Composer raw(Composer other) {
    pieces.addAll(other.pieces);
    return this;
  }

  Composer head(Heading heading) {
    header("Date", date(heading.date()));
    line("Message-ID: " + heading.messageId());
    mailbox("From", heading.from());
    mailbox("To", heading.to());
    heading.replyTo().ifPresent(r -> mailbox("Reply-To", r));
    heading.inReplyTo().ifPresent(id -> line("In-Reply-To: " + id));
    List<String> references = shortened(heading.references());
    if (!references.isEmpty()) {
      line("References: " + String.join(CRLF + " ", references));
    }
    return line("MIME-Version: 1.0");
  }

  private void mailbox(String field, Correspondent correspondent) {
    String address = correspondent.address().toString();
    String name = correspondent.name().map(Controls::removeFromLine).orElse("");
    try {
      String written =
          name.isEmpty() ? address : new InternetAddress(address, name, "UTF-8").toString();
      line(field + ": " + MimeUtility.fold(field.length() + 2, written));
    } catch (UnsupportedEncodingException e) {
      throw new AssertionError("UTF-8 is always there", e);
    }
  }

  /** The first and the last ones, as RFC 5322 allows and long threads need. */
  private static List<String> shortened(List<String> references) {
    int size = references.size();
    if (size <= MOST_REFERENCES) {
      return references;
    }
    List<String> kept = new ArrayList<>(List.of(references.get(0)));
    kept.addAll(references.subList(size - MOST_REFERENCES + 1, size));
    return kept;
  }

  static String date(Instant date) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atZone(AMSTERDAM).toOffsetDateTime());
  }

  Bytes bytes() {
    return Bytes.joined(pieces);
  }

  /** The same, not laid together. */
  List<Bytes> pieces() {
    return List.copyOf(pieces);
  }

  /** A text/plain part, or the head and body of a whole text message after its other fields. */
  Composer text(String text) {
    line("Content-Type: text/plain; charset=utf-8");
    line("Content-Transfer-Encoding: quoted-printable");
    line("");
    return raw(QuotedPrintable.of(text));
  }

  static Bytes base64(Bytes content) {
    return Bytes.wrap(Base64.getMimeEncoder(76, new byte[] {'\r', '\n'}).encode(content.toArray()));
  }

  /** {@code typeLine} is the Content-Type without its boundary. */
  Composer multipart(String typeLine, String id, List<Composer> parts) {
    List<Bytes> all = parts.stream().flatMap(p -> p.pieces.stream()).toList();
    String boundary = Boundaries.of(id, all);
    line("Content-Type: " + typeLine + ";" + CRLF + " boundary=\"" + boundary + "\"");
    if (!all.stream().allMatch(Bytes::isAscii)) {
      line("Content-Transfer-Encoding: 8bit");
    }
    line("");
    for (Composer part : parts) {
      line("--" + boundary).raw(part).line("");
    }
    return line("--" + boundary + "--");
  }
}
