package nl.wotpoort.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.rules.calendar.Deadlines;
import nl.wotpoort.rules.calendar.WorkingTime;
import nl.wotpoort.rules.request.PartlyCovered;
import nl.wotpoort.texts.Language;

/**
 * Everything {@code wotpoort.properties} says. Immutable; a reload makes a new one. Paths are
 * absolute.
 *
 * @param home the directory of the properties file; relative paths count from there
 * @param routes the folder of mailboxes.yaml, directory.yaml and partners.yaml
 * @param certificates where the certificate files named in routes/ are looked for
 * @param keys the gateway's keys by mailbox, several to read with; the newest valid one signs
 * @param trust by name of the group
 * @param crypto which algorithms are allowed, and how revocation is looked up
 */
public record Settings(
    Path home,
    Path routes,
    Path certificates,
    Organisation organisation,
    Address gateway,
    CaseAddress caseAddress,
    StoreSettings store,
    List<Intake> intakes,
    List<Listener> listeners,
    Submission submission,
    Map<Address, List<KeySource>> keys,
    Map<String, TrustGroup> trust,
    CryptoSettings crypto,
    Requests requests,
    Limits limits,
    Retry retry,
    Dispatching dispatching,
    Upkeep upkeep,
    RoutesSettings routesCare,
    Office office,
    UnverifiedNotices unverifiedNotices,
    SignedOnly signedOnly,
    Language language,
    Optional<Http> http) {

  public Settings {
    intakes = List.copyOf(intakes);
    listeners = List.copyOf(listeners);
    keys = Map.copyOf(keys);
    trust = Map.copyOf(trust);
  }

  /** The same, with its store elsewhere. */
  public Settings withStore(StoreSettings other) {
    return new Settings(
        home,
        routes,
        certificates,
        organisation,
        gateway,
        caseAddress,
        other,
        intakes,
        listeners,
        submission,
        keys,
        trust,
        crypto,
        requests,
        limits,
        retry,
        dispatching,
        upkeep,
        routesCare,
        office,
        unverifiedNotices,
        signedOnly,
        language,
        http);
  }

  /**
   * Teams on the organisation's own mail server whose mail may do without encryption.
   *
   * @param senders their delivery addresses; empty: nobody, as usual
   * @param server the name of that server in its Received lines
   */
  public record SignedOnly(Set<Address> senders, String server) {
    public SignedOnly {
      senders = Set.copyOf(senders);
    }
  }

  /** {@code phone} is what receipts tell people to call. */
  public record Organisation(String domain, String phone) {}

  /**
   * The addresses of cases, written {@code zaak+{case}@wotschiedam.nl}; or one address for all of
   * them, written without {@code {case}}, for mail programs that encrypt only to an address that
   * stands in a certificate. A case is then found by what a mail replies to.
   *
   * @param after what stands behind the number; empty when the number is not in the address
   */
  public record CaseAddress(String before, Optional<String> after, String domain) {

    public Address of(CaseNumber number) {
      String local =
          after
              .map(behind -> before + number.value().toLowerCase(Locale.ROOT) + behind)
              .orElse(before);
      return new Address(local, domain);
    }

    /** The mailbox behind all of them: without the number, and without what parts it off. */
    public Optional<Address> mailbox() {
      return Address.parse(before.replaceFirst("[+._-]+$", "") + "@" + domain);
    }

    /** The case an address belongs to; empty when it is no address of a case. */
    public Optional<CaseNumber> caseOf(Address address) {
      String local = address.localPart();
      return after
          .filter(behind -> address.isIn(domain))
          .filter(behind -> local.length() > before.length() + behind.length())
          .filter(behind -> local.startsWith(before) && local.endsWith(behind))
          .flatMap(
              behind ->
                  CaseNumber.findIn(
                      local.substring(before.length(), local.length() - behind.length())));
    }
  }

  /**
   * Where things are remembered.
   *
   * @param key what pseudonyms are made with
   * @param login who we are to a database server; empty when the address or the machine says it
   */
  public record StoreSettings(String jdbcUrl, Secret key, Optional<Login> login) {}

  /** How a connection is kept private. NONE is for this machine alone. */
  public enum Security {
    TLS,
    STARTTLS,
    NONE
  }

  /**
   * An IMAP account to fetch mail from.
   *
   * @param mailbox the one mailbox it is for; empty for a catch-all, whose mail says so itself
   * @param moveTo where mail goes once it is committed; empty to only mark it seen
   */
  public record Intake(
      String name,
      String host,
      int port,
      Security security,
      String user,
      Secret password,
      String folder,
      Optional<String> moveTo,
      Optional<Address> mailbox,
      Duration interval) {}

  /** How a mail server in front hands its mail over. */
  public enum Delivery {
    SMTP,
    LMTP
  }

  /**
   * A port where a mail server in front delivers.
   *
   * @param host the address of this machine to listen on
   * @param certificate for STARTTLS, which is then required; empty for a line that needs none
   * @param from networks that may connect, such as 127.0.0.0/8
   * @param recipients of one mail, at most
   * @param connections at once, at most
   * @param idle how long the other side may be silent
   * @param backlog above so many messages that wait, new mail is refused for now
   */
  public record Listener(
      String name,
      Delivery protocol,
      String host,
      int port,
      Optional<KeyFile> certificate,
      List<Network> from,
      int recipients,
      int connections,
      Duration idle,
      int backlog) {
    public Listener {
      from = List.copyOf(from);
    }
  }

  /** The organisation's own mail server, which takes what we send. */
  public record Submission(
      String host, int port, Security security, Optional<Login> login, HostCheck hostCheck) {}

  /** Who we are to a mail server or a database server. */
  public record Login(String user, Secret password) {}

  /** Whether the server's certificate must name the host we called. */
  public enum HostCheck {
    VERIFY,
    SKIP
  }

  /** Where keys of a mailbox are. */
  public sealed interface KeySource {
    <T> T fold(Function<? super KeyFile, T> file, Function<? super KeyToken, T> token);
  }

  /** A PKCS#12 file, or a folder of them with one password. */
  public record KeyFile(Path file, Secret password) implements KeySource {
    @Override
    public <T> T fold(Function<? super KeyFile, T> file, Function<? super KeyToken, T> token) {
      return file.apply(this);
    }
  }

  /**
   * A PKCS#11 token, of which the keys whose certificate names the mailbox are for it.
   *
   * @param library the token's own library, absolute
   * @param slot as {@code pkcs11-tool --list-slots} numbers it
   */
  public record KeyToken(Path library, long slot, Secret pin) implements KeySource {
    @Override
    public <T> T fold(Function<? super KeyFile, T> file, Function<? super KeyToken, T> token) {
      return token.apply(this);
    }
  }

  /**
   * Whom a group of partners' certificates must chain to.
   *
   * @param crlUrls where its lists are fetched
   * @param responders addresses of its OCSP responders
   * @param subjectEmail whether the emailAddress in a subject counts, where there is no other
   * @param domains for which mail domains the group speaks, lower-case; empty for all
   */
  public record TrustGroup(
      List<Path> anchors,
      List<Path> intermediates,
      List<Path> crls,
      List<String> crlUrls,
      List<String> responders,
      RevocationUnknown revocation,
      SubjectEmail subjectEmail,
      Set<String> domains) {
    public TrustGroup {
      anchors = List.copyOf(anchors);
      intermediates = List.copyOf(intermediates);
      crls = List.copyOf(crls);
      crlUrls = List.copyOf(crlUrls);
      responders = List.copyOf(responders);
      domains = Set.copyOf(domains);
    }
  }

  /** An old form of putting an address in a certificate (RFC 5280 §4.1.2.6). */
  public enum SubjectEmail {
    IGNORE,
    ACCEPT
  }

  /** What to do with mail whose signer's certificate could not be looked up in a current CRL. */
  public enum RevocationUnknown {
    HOLD,
    ACCEPT
  }

  /** Where health and figures can be asked for; {@code host} is the address it listens on. */
  public record Http(String host, int port) {}

  /**
   * What one message may ask of us.
   *
   * @param maxSize in bytes
   * @param attempts after which a message is held
   * @param workers how many messages are worked on at once
   * @param time how long the work on one may take
   * @param freeDisk with less free bytes than this no new mail is taken
   */
  public record Limits(long maxSize, int attempts, int workers, Duration time, long freeDisk) {

    /** What a mail may weigh as it comes. */
    public long maxMail() {
      return mailOf(maxSize);
    }

    /** Base64 and the envelope around it make a mail larger than its content. */
    static long mailOf(long maxSize) {
      return Math.min(maxSize * 3, 200_000_000);
    }
  }

  /**
   * What happens to information requests.
   *
   * @param lapse how long one waits for consent before it lapses
   */
  public record Requests(PartlyCovered partlyCovered, Duration lapse) {
    /** Held as a whole; a month. */
    public static Requests usual() {
      return new Requests(PartlyCovered.HOLD, Duration.ofDays(30));
    }
  }

  /** Waiting times between tries at sending; the last one repeats until {@code expiry}. */
  public record Retry(List<Duration> ladder, Duration delayNotice, Duration expiry) {
    public Retry {
      ladder = List.copyOf(ladder);
    }
  }

  /**
   * How letters leave.
   *
   * @param connections how many letters are under way at once
   * @param perRecipient how many of those to one recipient
   * @param hops other servers than {@link Settings#submission()}, for some domains
   */
  public record Dispatching(
      int connections, int perRecipient, Refusals refusals, List<NextHop> hops) {
    public Dispatching {
      hops = List.copyOf(hops);
    }
  }

  /**
   * A server that takes the letters to some domains.
   *
   * @param domains lower-case; no other hop has any of them
   */
  public record NextHop(String name, Set<String> domains, Submission server) {
    public NextHop {
      domains = Set.copyOf(domains);
    }
  }

  /** What a refusal for good means. */
  public enum Refusals {
    /** The end of that letter. */
    FINAL,
    /** Try again later: an administrator is mending a mistake. */
    SOFT
  }

  /**
   * How the house is kept.
   *
   * @param content how long sealed mail stays after it was dealt with
   * @param releasesAMinute how fast held messages come back when many are released at once
   * @param secondPersons who may release a legal ground beside the workers of the directory
   */
  public record Upkeep(Duration content, int releasesAMinute, Set<String> secondPersons) {
    public Upkeep {
      secondPersons = Set.copyOf(secondPersons);
    }
  }

  /** When the teams are at work, and by when a referrer hears from them. */
  public record Office(WorkingTime hours, Deadlines deadlines) {}

  /** Whether a known partner's address gets a content-free notice of mail that did not verify. */
  public enum UnverifiedNotices {
    ON,
    OFF
  }
}
