package nl.wotpoort.mime;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import java.util.Locale;
import nl.wotpoort.letter.Bytes;

/** Undoes transfer encodings (RFC 2045 §6) and character sets. */
final class Decoding {

  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private Decoding() {}

  static Bytes content(Part part) throws Unreadable {
    return switch (part.transferEncoding()) {
      case "7bit", "8bit", "binary", "" -> part.body();
      case "base64" -> base64(part.body());
      case "quoted-printable", "x-uuencode", "uuencode" ->
          byJakarta(part.body(), part.transferEncoding());
      default -> throw Unreadable.message("transfer-encoding");
    };
  }

  /** java.util's decoder is five times as fast as Jakarta Mail's. */
  private static Bytes base64(Bytes body) throws Unreadable {
    try {
      return Bytes.wrap(Base64.getMimeDecoder().decode(body.toArray()));
    } catch (IllegalArgumentException e) {
      throw Unreadable.message("base64");
    }
  }

  private static Bytes byJakarta(Bytes body, String encoding) throws Unreadable {
    try (InputStream decoded = MimeUtility.decode(body.open(), encoding)) {
      return Bytes.wrap(decoded.readAllBytes());
    } catch (IOException | MessagingException e) {
      throw Unreadable.message("transfer-encoding");
    }
  }

  /** The text of a text part, control characters out, line ends as line feeds. */
  static String text(Part part) throws Unreadable {
    Bytes content = content(part);
    String label = part.type().parameter("charset").orElse("us-ascii").strip();
    return Controls.removeFromText(text(content, label.toLowerCase(Locale.ROOT)));
  }

  private static String text(Bytes content, String label) throws Unreadable {
    return switch (label) {
      case "us-ascii", "ascii", "utf-8", "utf8", "" -> utf8OrWindows(content);
      // what says Latin-1 and uses the 0x80-0x9F range means windows-1252, as all browsers know
      case "iso-8859-1", "latin1" -> content.decode(WINDOWS_1252);
      default -> content.decode(charset(content, label));
    };
  }

  private static String utf8OrWindows(Bytes content) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(content.toArray()))
          .toString();
    } catch (CharacterCodingException e) {
      return content.decode(WINDOWS_1252);
    }
  }

  private static Charset charset(Bytes content, String label) throws Unreadable {
    try {
      return Charset.forName(label);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      if (content.isAscii() && !label.contains("utf-7") && !label.contains("2022")) {
        return StandardCharsets.US_ASCII;
      }
      throw Unreadable.message("charset");
    }
  }
}
