package nl.wotpoort.desk;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
import nl.wotpoort.smime.KeyRing;
import nl.wotpoort.smime.Limits;
import nl.wotpoort.smime.RevocationSource;
import nl.wotpoort.smime.SignedOnly;
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

  private static final KeyRing NO_KEYS = KeyRing.of(Map.of());

  private final Configuration configuration;
  private final RevocationSource source;
  private final KeptFiles files;

  private Furnishing(Configuration configuration, RevocationSource source) {
    this(configuration, source, CertificateBook.EMPTY);
  }

  /**
   * @param inUse certificates that need not be parsed again
   */
  private Furnishing(Configuration configuration, RevocationSource source, CertificateBook inUse) {
    this.configuration = configuration;
    this.source = source;
    this.files = new KeptFiles(inUse);
  }

  private static Furnishing beside(Rooms rooms, Configuration configuration) {
    return new Furnishing(
        configuration, rooms.opener().revocationSource(), rooms.sealer().readers());
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
    return new Furnishing(configuration, kept).keys(NO_KEYS, samples, language);
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
    return beside(rooms, configuration).keysAround(rooms.keys(), samples, language);
  }

  /**
   * The same with the keys read anew as well.
   *
   * @param known keys in tokens among these are not asked for again
   */
  static Keys keysAnew(
      Rooms rooms,
      KeyRing known,
      Configuration configuration,
      SampleKeys samples,
      Language language)
      throws CannotFurnish {
    return beside(rooms, configuration).keys(known, samples, language);
  }

  /**
   * The certificates of everybody we may write to; throws when one cannot be used.
   *
   * @param inUse those that need not be parsed again
   */
  static CertificateBook book(
      Configuration configuration, SampleKeys samples, Language language, CertificateBook inUse)
      throws CannotFurnish {
    Furnishing furnishing = new Furnishing(configuration, RevocationSource.NONE, inUse);
    CertificateBook book = new ReadersCertificates(configuration, furnishing.files).book();
    furnishing.tell(book.hasSample(), samples, language);
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
    Keys keys = new Furnishing(configuration, fetcher).keys(NO_KEYS, samples, settings.language());
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

  private Keys keys(KeyRing known, SampleKeys samples, Language language) throws CannotFurnish {
    return keysAround(
        new OwnKeys(configuration.settings(), files, known).ring(), samples, language);
  }

  private Keys keysAround(KeyRing ring, SampleKeys samples, Language language)
      throws CannotFurnish {
    CertificateBook book = new ReadersCertificates(configuration, files).book();
    AlgorithmPolicy policy = policy(configuration.settings().crypto());
    Limits limits = Limits.defaults().forAttachments(configuration.settings().limits().maxSize());
    Trust trust = new TrustGroups(configuration, files, source).trust(policy, limits);
    tell(!ring.samples().isEmpty() || book.hasSample() || trust.isSample(), samples, language);
    return new Keys(
        ring,
        book,
        trust,
        EnvelopeOpener.of(ring, trust, policy, limits, HeaderRules.defaults())
            .accepting(signedOnly(configuration)),
        EnvelopeSealer.of(ring, book, policy, limits, new SecureRandom()).trusting(trust));
  }

  /** Never a practice, also when the directory changed since the settings were checked. */
  private static SignedOnly signedOnly(Configuration configuration) {
    Settings.SignedOnly named = configuration.settings().signedOnly();
    return new SignedOnly(
        named.senders().stream()
            .filter(
                address ->
                    configuration
                        .directory()
                        .party(address)
                        .filter(party -> party.kind().equals("wot"))
                        .isPresent())
            .collect(Collectors.toUnmodifiableSet()),
        named.server());
  }

  private static AlgorithmPolicy policy(CryptoSettings crypto) {
    return AlgorithmPolicy.allowing(crypto.allowed()).withMinimumRsaBits(crypto.minimumRsaBits());
  }

  private void tell(boolean sample, SampleKeys samples, Language language) throws CannotFurnish {
    List<String> wrong = files.wrong(language);
    if (sample && samples == SampleKeys.REFUSED) {
      wrong.add(Texts.of("desk", language).say("sampleKeys"));
    }
    if (!wrong.isEmpty()) {
      throw new CannotFurnish(wrong);
    }
  }
}
