package nl.wotpoort.route.smtp;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import nl.wotpoort.settings.Network;

/**
 * A port that a mail server delivers to.
 *
 * @param name as in the settings; stands in logs and in the origin of each mail
 * @param host the address of ours to listen on
 * @param port 0 for any free one
 * @param tls for STARTTLS, which is then required; empty for a line that is private by other means
 * @param from who may connect
 * @param greeting what we call ourselves
 * @param maxBytes of one mail
 * @param maxRecipients of one mail
 * @param maxConnections at once
 * @param idle how long the other side may be silent
 * @param backlog above so many messages that wait for work new mail is refused for now
 * @param freeDisk with less free bytes than this, too
 */
public record SmtpDoor(
    String name,
    Protocol protocol,
    String host,
    int port,
    Optional<SSLContext> tls,
    List<Network> from,
    String greeting,
    int maxBytes,
    int maxRecipients,
    int maxConnections,
    Duration idle,
    int backlog,
    long freeDisk) {

  /** Both for a mail server in front; LMTP answers for each recipient (RFC 2033). */
  public enum Protocol {
    SMTP,
    LMTP
  }

  public SmtpDoor {
    from = List.copyOf(from);
  }
}
