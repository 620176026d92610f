package nl.wotpoort.demo;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Optional;
import java.util.Properties;
import nl.wotpoort.letter.Bytes;

/**
 * What a mail program shows of a mail: header fields of the outside, and subject and first text of
 * what was sealed.
 */
final class Opening {

  private final MimeMessage message;

  private Opening(MimeMessage message) {
    this.message = message;
  }

  static Opening of(Bytes mail) throws MessagingException {
    return new Opening(new MimeMessage(Session.getInstance(new Properties()), mail.open()));
  }

  Optional<String> header(String name) throws MessagingException {
    return Optional.ofNullable(message.getHeader(name, null));
  }

  String subject() throws MessagingException {
    return Optional.ofNullable(message.getSubject()).orElse("");
  }

  /** The first text part, however deep; empty when there is none. */
  String text() throws MessagingException, IOException {
    return text(message.getContent());
  }

  private static String text(Object content) throws MessagingException, IOException {
    if (content instanceof Multipart parts && parts.getCount() > 0) {
      BodyPart first = parts.getBodyPart(0);
      return text(first.getContent());
    }
    return content instanceof String text ? text : "";
  }
}
