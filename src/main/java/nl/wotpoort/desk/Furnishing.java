package nl.wotpoort.desk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import nl.wotpoort.directory.Delivery;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Mailbox;
import nl.wotpoort.directory.Partner;
import nl.wotpoort.directory.Professional;
import nl.wotpoort.directory.Sealing;
import nl.wotpoort.directory.Worker;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.mime.LetterReader;
import nl.wotpoort.mime.LetterWriter;
import nl.wotpoort.rules.consent.PolicyTables;
import nl.wotpoort.settings.Configuration;
import nl.wotpoort.settings.CryptoSettings;
import nl.wotpoort.settings.RevocationSettings;
import nl.wotpoort.settings.Settings;
import nl.wotpoort.smime.AlgorithmPolicy;
import nl.wotpoort.smime.CertificateBook;
import nl.wotpoort.smime.EnvelopeOpener;
import nl.wotpoort.smime.EnvelopeSealer;
import nl.wotpoort.smime.HeaderRules;
import nl.wotpoort.smime.KeyEntry;
import nl.wotpoort.smime.KeyFileFault;
import nl.wotpoort.smime.KeyFiles;
import nl.wotpoort.smime.KeyRing;
import nl.wotpoort.smime.Limits;
import nl.wotpoort.smime.PartnerGroup;
import nl.wotpoort.smime.RevocationLookup;
import nl.wotpoort.smime.RevocationSource;
import nl.wotpoort.smime.Trust;
import nl.wotpoort.store.Store;
import nl.wotpoort.store.StoreKey;
import nl.wotpoort.store.StoreSettings;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/**
 * Furnishes the rooms from a configuration: reads the key, certificate and CRL files it names and
 * opens the store. Everything that is wrong is told at once; nothing is furnished by half.
 */
public final class Furnishing {

  /** Whether the keys of certs-sample/, which everybody may read, are good enough. */
  public enum SampleKeys {
    REFUSED,
    ALLOWED
  }

  private final Configuration configuration;
  private final List<KeyFileFault> faults = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();

  private final RevocationSource source;

  private Furnishing(Configuration configuration, RevocationSource source) {
    this.configuration = configuration;
    this.source = source;
  }

  /** What cannot be used, a sentence each, in the language asked for. */
  public static final class CannotFurnish extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient List<String> sentences;

    CannotFurnish(List<String> sentences) {
      super(String.join(" ", sentences));
      this.sentences = List.copyOf(sentences);
    }

    public List<String> sentences() {
      return sentences;
    }
  }

  /** The part that needs no store: keys, certificates and trust. */
  public record Keys(
      KeyRing ring,
      CertificateBook book,
      Trust trust,
      EnvelopeOpener opener,
      EnvelopeSealer sealer) {}

  /**
   * Reads every key, certificate and CRL file. Throws when one cannot be used, or is a sample where
   * those are refused. Of what is fetched over the network only what a gateway kept is seen.
   */
  public static Keys keys(Configuration configuration, SampleKeys samples, Language language)
      throws CannotFurnish {
    RevocationSettings revocation = configuration.settings().crypto().revocation();
    RevocationSource kept =
        isFetching(revocation)
            ? RevocationFetcher.fromDisk(revocation.folder(), Clock.systemUTC())
            : RevocationSource.NONE;
    return new Furnishing(configuration, kept).keys(samples, language);
  }

  private static boolean isFetching(RevocationSettings revocation) {
    return revocation.fetch() != RevocationSettings.Fetch.OFF;
  }

  private static RevocationSource fetcher(RevocationSettings revocation, Clock clock) {
    return isFetching(revocation)
        ? RevocationFetcher.fetching(
            revocation.folder(),
            revocation.patience(),
            revocation.timeout(),
            revocation.inside(),
            clock)
        : RevocationSource.NONE;
  }

  /**
   * The same for rooms that are in use: certificates and trust are read anew, around the keys and
   * the source of revocation they have.
   */
  static Keys keysAround(
      Rooms rooms, Configuration configuration, SampleKeys samples, Language language)
      throws CannotFurnish {
    return new Furnishing(configuration, rooms.opener().revocationSource())
        .keysAround(rooms.keys(), samples, language);
  }

  /** The certificates of everybody we may write to; throws when one cannot be used. */
  static CertificateBook book(Configuration configuration, SampleKeys samples, Language language)
      throws CannotFurnish {
    Furnishing furnishing = new Furnishing(configuration, RevocationSource.NONE);
    CertificateBook book = CertificateBook.of(furnishing.certificates());
    furnishing.tell(!book.samples().isEmpty(), samples, language);
    return book;
  }

  /**
   * Furnishes all rooms; the caller closes the store.
   *
   * @throws nl.wotpoort.store.StoreException when the store cannot be opened
   */
  public static Rooms rooms(
      Configuration configuration,
      PolicyTables tables,
      SampleKeys samples,
      Clock clock,
      String node)
      throws CannotFurnish {
    Settings settings = configuration.settings();
    RevocationSource fetcher = fetcher(settings.crypto().revocation(), clock);
    Keys keys = new Furnishing(configuration, fetcher).keys(samples, settings.language());
    StoreKey storeKey = storeKey(settings);
    Store store = store(settings, storeKey);
    SecureRandom random = new SecureRandom();
    return new Rooms(
        Identity.of(settings),
        configuration.directory(),
        tables,
        keys.ring(),
        keys.opener(),
        keys.sealer(),
        new LetterReader(),
        new LetterWriter(settings.organisation().domain() + "; WOTpoort"),
        store,
        storeKey.marks("message-id"),
        () -> CaseNumber.ofRandom(random.nextLong()),
        clock,
        node);
  }

  /**
   * The store alone, for what needs no keys or certificates; the caller closes it.
   *
   * @throws nl.wotpoort.store.StoreException when the store cannot be opened
   */
  public static Store store(Settings settings) throws CannotFurnish {
    return store(settings, storeKey(settings));
  }

  private static Store store(Settings settings, StoreKey key) {
    return Store.open(storeSettings(settings, key));
  }

  /** How the store of these settings is opened, for what copies stores. */
  public static StoreSettings storeSettings(Settings settings) throws CannotFurnish {
    return storeSettings(settings, storeKey(settings));
  }

  private static StoreSettings storeSettings(Settings settings, StoreKey key) {
    return StoreSettings.of(settings.store().jdbcUrl(), key)
        .withMaxAttempts(settings.limits().attempts())
        .withLogin(settings.store().login().map(Furnishing::login));
  }

  /** The driver wants the password as a string; it lives as long as the store is open. */
  public static StoreSettings.Login login(Settings.Login login) {
    char[] password = login.password().reveal();
    try {
      return new StoreSettings.Login(login.user(), new String(password));
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private static StoreKey storeKey(Settings settings) throws CannotFurnish {
    char[] secret = settings.store().key().reveal();
    try {
      return StoreKey.parse(new String(secret).strip())
          .orElseThrow(
              () ->
                  new CannotFurnish(
                      List.of(Texts.of("desk", settings.language()).say("storeKey"))));
    } finally {
      Arrays.fill(secret, '\0');
    }
  }

  private Keys keys(SampleKeys samples, Language language) throws CannotFurnish {
    return keysAround(KeyRing.of(keyEntries()), samples, language);
  }

  private Keys keysAround(KeyRing ring, SampleKeys samples, Language language)
      throws CannotFurnish {
    CertificateBook book = CertificateBook.of(certificates());
    AlgorithmPolicy policy = policy(configuration.settings().crypto());
    Limits limits = Limits.defaults().forAttachments(configuration.settings().limits().maxSize());
    Trust trust = Trust.of(groups(), policy, limits, lookups());
    tell(
        !ring.samples().isEmpty() || !book.samples().isEmpty() || trust.isSample(),
        samples,
        language);
    return new Keys(
        ring,
        book,
        trust,
        EnvelopeOpener.of(ring, trust, policy, limits, HeaderRules.defaults()),
        EnvelopeSealer.of(ring, book, policy, limits, new SecureRandom()).trusting(trust));
  }

  private static AlgorithmPolicy policy(CryptoSettings crypto) {
    return AlgorithmPolicy.allowing(crypto.allowed()).withMinimumRsaBits(crypto.minimumRsaBits());
  }

  private void tell(boolean sample, SampleKeys samples, Language language) throws CannotFurnish {
    List<String> wrong = new ArrayList<>();
    faults.forEach(fault -> wrong.add(fault.text(language)));
    unreadable.forEach(file -> wrong.add(Texts.of("desk", language).say("unreadable", file)));
    if (sample && samples == SampleKeys.REFUSED) {
      wrong.add(Texts.of("desk", language).say("sampleKeys"));
    }
    if (!wrong.isEmpty()) {
      throw new CannotFurnish(wrong);
    }
  }

  private Map<Address, List<KeyEntry>> keyEntries() {
    Map<Address, List<KeyEntry>> entries = new LinkedHashMap<>();
    configuration
        .settings()
        .keys()
        .forEach(
            (mailbox, files) -> {
              List<KeyEntry> all = new ArrayList<>();
              files.forEach(file -> all.addAll(read(file.file(), bytes -> keysIn(file, bytes))));
              entries.put(mailbox, all);
            });
    return entries;
  }

  private static List<KeyEntry> keysIn(Settings.KeyFile file, byte[] bytes) throws KeyFileFault {
    char[] password = file.password().reveal();
    try {
      return KeyFiles.keys(file.file().toString(), bytes, password);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private Map<Address, List<X509Certificate>> certificates() {
    Map<Address, List<X509Certificate>> book = new LinkedHashMap<>();
    recipients(configuration.directory())
        .distinct()
        .forEach(
            address -> {
              List<Path> files =
                  configuration
                      .directory()
                      .sealingFor(address)
                      .map(Sealing::certificates)
                      .orElse(List.of());
              List<X509Certificate> all = new ArrayList<>();
              files.forEach(file -> all.addAll(certificates(file)));
              book.put(address, all);
            });
    approved(book);
    return book;
  }

  /** Those that came in by {@code wotpoort cert}, for readers the directory knows. */
  private void approved(Map<Address, List<X509Certificate>> book) {
    Path home = configuration.settings().home();
    try {
      PartnerCertificates.in(home)
          .list(PartnerCertificates.State.APPROVED)
          .forEach(
              entry ->
                  Optional.ofNullable(book.get(entry.address()))
                      .ifPresent(all -> all.add(entry.certificate())));
    } catch (KeyFileFault fault) {
      faults.add(fault);
    } catch (IOException e) {
      unreadable.add(home.resolve("certs").toString());
    }
  }

  /** Everybody we may ever write to. */
  private static Stream<Address> recipients(Directory directory) {
    Stream<Delivery> teams = directory.teams().stream().map(team -> team.delivery());
    Stream<Delivery> workers =
        directory.workers().stream().map(Worker::delivery).flatMap(Optional::stream);
    Stream<Delivery> mailboxes =
        directory.mailboxes().stream()
            .flatMap(
                mailbox ->
                    mailbox instanceof Mailbox.General general
                        ? general.delivery().stream()
                        : mailbox instanceof Mailbox.Desk desk
                            ? desk.delivery().stream()
                            : Stream.empty());
    Stream<Address> practices =
        directory.partners().stream().flatMap(partner -> partner.addresses().stream());
    Stream<Address> people =
        directory.partners().stream()
            .map(Partner::professionals)
            .flatMap(List::stream)
            .map(Professional::addresses)
            .flatMap(List::stream);
    return Stream.of(
            Stream.of(teams, workers, mailboxes).flatMap(s -> s).map(Delivery::address),
            practices,
            people)
        .flatMap(s -> s);
  }

  private List<PartnerGroup> groups() {
    List<PartnerGroup> groups = new ArrayList<>();
    configuration
        .settings()
        .trust()
        .forEach(
            (name, group) ->
                groups.add(
                    new PartnerGroup(
                        name,
                        all(group.anchors()),
                        all(group.intermediates()),
                        crls(group.crls()),
                        group.domains(),
                        organisations(name),
                        subjectEmail(group),
                        group.revocation() == Settings.RevocationUnknown.ACCEPT
                            ? PartnerGroup.WhenUnknown.ACCEPT
                            : PartnerGroup.WhenUnknown.HOLD)));
    return groups;
  }

  private static PartnerGroup.SubjectEmail subjectEmail(Settings.TrustGroup group) {
    return group.subjectEmail() == Settings.SubjectEmail.ACCEPT
        ? PartnerGroup.SubjectEmail.ACCEPTED
        : PartnerGroup.SubjectEmail.IGNORED;
  }

  private Map<String, RevocationLookup> lookups() {
    RevocationSettings revocation = configuration.settings().crypto().revocation();
    Map<String, RevocationLookup> lookups = new LinkedHashMap<>();
    if (isFetching(revocation)) {
      RevocationLookup.Named named =
          revocation.fetch() == RevocationSettings.Fetch.CERTIFICATES
              ? RevocationLookup.Named.FOLLOWED
              : RevocationLookup.Named.IGNORED;
      configuration
          .settings()
          .trust()
          .forEach(
              (name, group) ->
                  lookups.put(
                      name,
                      new RevocationLookup(source, group.crlUrls(), group.responders(), named)));
    }
    return lookups;
  }

  private Set<PartnerGroup.Organisation> organisations(String group) {
    Set<PartnerGroup.Organisation> organisations = new HashSet<>();
    for (Partner partner : configuration.directory().partners()) {
      if (partner.group().equals(group)) {
        for (String domain : partner.organisationDomains()) {
          partner
              .addresses()
              .forEach(
                  address -> organisations.add(new PartnerGroup.Organisation(domain, address)));
        }
      }
    }
    return organisations;
  }

  private List<X509Certificate> all(List<Path> files) {
    return files.stream().flatMap(file -> certificates(file).stream()).toList();
  }

  private List<X509Certificate> certificates(Path file) {
    return read(file, bytes -> KeyFiles.certificates(file.toString(), bytes));
  }

  private List<X509CRL> crls(List<Path> files) {
    return files.stream()
        .flatMap(file -> read(file, bytes -> KeyFiles.crls(file.toString(), bytes)).stream())
        .toList();
  }

  /** How one kind of file is read. */
  private interface Content<T> {
    List<T> in(byte[] bytes) throws KeyFileFault;
  }

  /** Nothing, and a fault noted, when the file is of no use. */
  private <T> List<T> read(Path file, Content<T> content) {
    try {
      return content.in(Files.readAllBytes(file));
    } catch (KeyFileFault fault) {
      faults.add(fault);
    } catch (IOException e) {
      unreadable.add(file.toString());
    }
    return List.of();
  }
}
