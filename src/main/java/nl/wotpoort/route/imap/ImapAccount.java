package nl.wotpoort.route.imap;

import java.time.Duration;
import java.util.Optional;
import nl.wotpoort.letter.Address;

/**
 * An IMAP account that mail is fetched from.
 *
 * @param name as in the settings; stands in logs and in the origin of each mail
 * @param moveTo the folder a mail goes to once it is stored; made when it is not there
 * @param setAside the folder for mail that cannot be stored at all (larger than {@code maxBytes},
 *     or not to be had from the server)
 * @param mailbox whose mail it holds; empty for a catch-all
 * @param interval between two looks; a server with IDLE says sooner
 * @param maxBytes larger mail is set aside unread
 */
public record ImapAccount(
    String name,
    Security security,
    String host,
    int port,
    boolean verifyHost,
    String user,
    String password,
    String folder,
    String moveTo,
    String setAside,
    Optional<Address> mailbox,
    Duration interval,
    int maxBytes) {

  /**
   * How the connection is protected. NONE is for loopback only; the settings refuse it elsewhere.
   */
  public enum Security {
    TLS,
    STARTTLS,
    NONE
  }

  /** Shows no password. */
  @Override
  public String toString() {
    return name + " (" + host + ":" + port + ")";
  }
}
