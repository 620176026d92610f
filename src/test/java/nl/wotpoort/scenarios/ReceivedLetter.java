package nl.wotpoort.scenarios;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Properties;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;

/**
 * A letter of the gateway as its reader sees it: opened and verified by openssl, then shown.
 *
 * @param outside as it came
 * @param inside the message that was sealed
 */
record ReceivedLetter(Bytes outside, MimeMessage inside) {

  /** Throws AssertionError when openssl does not open or does not believe it. */
  static ReceivedLetter open(Bytes mail, Address reader, Openssl openssl, Instant at) {
    Bytes signed = openssl.decrypt(mail, Openssl.sampleOf(reader));
    return new ReceivedLetter(mail, wrapped(openssl.verify(signed, "wot", at)));
  }

  /** The message inside {@code Content-Type: message/rfc822}. */
  static MimeMessage wrapped(Bytes content) {
    String text = content.decode(StandardCharsets.ISO_8859_1);
    int body = text.indexOf("\r\n\r\n") + 4;
    if (!text.startsWith("Content-Type: message/rfc822")) {
      throw new AssertionError("not wrapped: " + text.substring(0, Math.min(200, text.length())));
    }
    return message(content.slice(body, content.length()));
  }

  static MimeMessage message(Bytes bytes) {
    try {
      return new MimeMessage(Session.getInstance(new Properties()), bytes.open());
    } catch (MessagingException e) {
      throw new AssertionError("not a message", e);
    }
  }

  String subject() {
    try {
      return String.valueOf(inside.getSubject());
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }

  /** The first text part, however deep. */
  String text() {
    try {
      return text(inside.getContent()).replace("\r\n", "\n");
    } catch (MessagingException e) {
      throw new AssertionError(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Object content) throws MessagingException, IOException {
    if (content instanceof Multipart parts && parts.getCount() > 0) {
      BodyPart first = parts.getBodyPart(0);
      return text(first.getContent());
    }
    return content instanceof String text ? text : "";
  }
}
