package nl.wotpoort.mime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.HeaderField;
import nl.wotpoort.letter.VerifiedContent;
import nl.wotpoort.letter.VerifiedContent.Protection;

/** Verified content made for tests; outside tests only {@code smime} makes it. */
final class Mails {

  static final Address GP = Address.of("jansen@praktijk-dorpsplein.example");

  private static final LetterReader READER = new LetterReader();

  private Mails() {}

  /** A mail with headers and body; LF becomes CRLF. */
  static VerifiedContent content(String mail) {
    return content(
        mail.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  static VerifiedContent content(byte[] mail) {
    Bytes entity = Bytes.wrap(mail);
    return new VerifiedContent(
        entity, List.of(entity), headers(mail), Protection.WRAPPED, MailContents.sha256(entity));
  }

  private static List<HeaderField> headers(byte[] mail) {
    try {
      return HeaderBlock.read(Bytes.wrap(mail), 0, mail.length).fields();
    } catch (Unreadable e) {
      return List.of();
    }
  }

  static Reading read(String mail) {
    return READER.read(content(mail), GP);
  }

  static Reading read(byte[] mail) {
    return READER.read(content(mail), GP);
  }

  /** A plain text mail in UTF-8. */
  static Reading readText(String text) {
    return read(
        "Subject: bericht\nContent-Type: text/plain; charset=utf-8\n"
            + "Content-Transfer-Encoding: 8bit\n\n"
            + text);
  }

  static List<String> told(String text) {
    return Described.of(readText(text));
  }

  /** A file beside the tests. */
  static byte[] file(String name) {
    try (InputStream in = Mails.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new AssertionError("no test file " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
