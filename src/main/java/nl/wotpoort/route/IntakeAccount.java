package nl.wotpoort.route;

import java.time.Duration;
import java.util.Optional;
import nl.wotpoort.letter.Address;

/**
 * An IMAP account that is polled.
 *
 * @param name as in the settings; stands in logs and in the origin of each mail
 * @param mailbox whose mail it holds; empty for a catch-all
 * @param moveTo the folder a mail goes to once it is stored
 * @param setAside the folder for mail that cannot be stored at all (larger than {@code maxBytes})
 * @param interval between two looks
 * @param maxBytes larger mail is set aside unread
 */
public record IntakeAccount(
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

  /**
   * The camel-mail endpoint, with the options that lose and double nothing: one mail at a turn (it
   * counts in sequence numbers), peeked, unmapped, and every mail in the folder counts as new, for
   * what was stored is moved away. The store knows a mail by its UID, so one that was stored and
   * not moved is taken again without harm.
   */
  String endpoint() {
    String protocol = security == Security.TLS ? "imaps" : "imap";
    String p = "mail." + protocol + ".";
    return protocol
        + "://"
        + host
        + ":"
        + port
        + "?authenticator=#"
        + authenticator()
        + "&folderName=RAW("
        + folder
        + ")"
        + "&moveTo=RAW("
        + moveTo
        + ")"
        + "&mapMailMessage=false&fetchSize=1&greedy=true&peek=true&unseen=false&delete=false"
        + "&pollStrategy=#"
        + watch()
        + "&exceptionHandler=#"
        + watch()
        + "&mailUidGenerator=#uids"
        + "&delay="
        + interval.toMillis()
        + "&initialDelay=0&backoffErrorThreshold=1&backoffMultiplier=10"
        + "&"
        + p
        + "partialfetch=false&"
        + p
        + "connectiontimeout=15000&"
        + p
        + "timeout=60000&"
        + p
        + "writetimeout=30000"
        + "&"
        + p
        + "ssl.checkserveridentity="
        + verifyHost
        + "&"
        + p
        + "ssl.protocols=RAW(TLSv1.3 TLSv1.2)"
        + (security == Security.STARTTLS
            ? "&" + p + "starttls.enable=true&" + p + "starttls.required=true"
            : "");
  }

  /**
   * The name of the bean that knows the password: it must not stand in an address that may be
   * logged.
   */
  String authenticator() {
    return "login-" + name;
  }

  /** The name of the bean that watches how polling goes. */
  String watch() {
    return "watch-" + name;
  }

  /** Shows no password. */
  @Override
  public String toString() {
    return name + " (" + host + ":" + port + ")";
  }
}
