package nl.wotpoort.desk;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.mime.LetterReader;
import nl.wotpoort.mime.LetterWriter;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.rules.consent.PolicyTables;
import nl.wotpoort.rules.request.PartlyCovered;
import nl.wotpoort.settings.Configuration;
import nl.wotpoort.settings.PolicyFile;
import nl.wotpoort.settings.PolicyFileException;
import nl.wotpoort.settings.Settings;
import nl.wotpoort.smime.AlgorithmPolicy;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.smime.CertificateBook;
import nl.wotpoort.smime.EnvelopeOpener;
import nl.wotpoort.smime.EnvelopeSealer;
import nl.wotpoort.smime.KeyFileFault;
import nl.wotpoort.smime.KeyFiles;
import nl.wotpoort.smime.KeyRing;
import nl.wotpoort.smime.Limits;
import nl.wotpoort.smime.Opened;
import nl.wotpoort.smime.OuterHead;
import nl.wotpoort.smime.PartnerGroup;
import nl.wotpoort.smime.Recipient;
import nl.wotpoort.smime.RevocationLookup;
import nl.wotpoort.smime.RevocationSource;
import nl.wotpoort.smime.Trust;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.Arrival;
import nl.wotpoort.store.Documentation;
import nl.wotpoort.store.FreshStore;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.Origin;
import nl.wotpoort.store.Store;
import nl.wotpoort.store.StoreKey;
import nl.wotpoort.store.StoreSettings;
import nl.wotpoort.texts.Language;

/**
 * A gateway for tests with the sample routes and keys, a store in a folder, a clock to move and a
 * courier to tell what to do. The keys are read once for all tests.
 */
final class House implements AutoCloseable {

  static final Instant START = Instant.parse("2026-06-15T10:00:00Z");
  static final Address GP = Address.of("a.devries@praktijk-delinde.example");
  static final Address OOST = Address.of("oost@wotschiedam.nl");
  static final Address TEAM_OOST = Address.of("oost@intern.wotschiedam.nl");
  static final Address CASES = Address.of("zaak@wotschiedam.nl");

  private static final Path ROOT = Path.of(System.getProperty("project.basedir", "."));
  private static final Path CERTS = ROOT.toAbsolutePath().normalize().resolve("certs-sample");
  private static final char[] PASSWORD = "wotpoort-sample".toCharArray();
  static final Configuration CONFIGURATION = configuration();
  private static final Furnishing.Keys KEYS = keys();
  private static final PolicyTables TABLES = tables();

  final MovableClock clock = new MovableClock(START);
  final Post post = new Post();
  final Store store;
  final Rooms rooms;
  private final StoreKey storeKey;
  private final AtomicLong uid = new AtomicLong();
  private final AtomicInteger consents = new AtomicInteger();

  private House(Path folder, Twist twist) {
    StoreSettings settings = storeSettings(folder);
    this.storeKey = settings.key();
    FreshStore.in(folder.resolve("wotpoort.db"), storeKey);
    this.store = Store.open(settings);
    AtomicLong numbers = new AtomicLong(1000);
    this.rooms =
        twist.of(
            new Rooms(
                Identity.of(CONFIGURATION.settings()),
                CONFIGURATION.directory(),
                TABLES,
                KEYS.ring(),
                KEYS.opener(),
                KEYS.sealer(),
                new LetterReader(),
                new LetterWriter("wotschiedam.nl; WOTpoort"),
                store,
                storeKey.marks("message-id"),
                () -> CaseNumber.ofRandom(numbers.addAndGet(2)),
                clock,
                "node-a"));
  }

  /** Of the store in a folder. */
  static StoreSettings storeSettings(Path folder) {
    byte[] secret = new byte[32];
    for (int i = 0; i < secret.length; i++) {
      secret[i] = (byte) i;
    }
    return StoreSettings.embedded(folder.resolve("wotpoort.db"), StoreKey.of(secret))
        .withMaxAttempts(3);
  }

  /** Something other than usual about the rooms. */
  interface Twist {
    Rooms of(Rooms usual);
  }

  static House in(Path folder) {
    return new House(folder, usual -> usual);
  }

  static House in(Path folder, Twist twist) {
    return new House(folder, twist);
  }

  /** With the notices about unverified mail switched on. */
  static Rooms withNotices(Rooms usual) {
    Identity i = usual.identity();
    return with(
        usual,
        new Identity(
            i.organisation(),
            i.domain(),
            i.gateway(),
            i.caseAddress(),
            i.requests(),
            i.phone(),
            i.language(),
            true,
            i.office()),
        usual.sealer());
  }

  /** What is covered of a request goes, and the rest waits. */
  static Rooms withPartlyForwarded(Rooms usual) {
    Identity i = usual.identity();
    return with(
        usual,
        new Identity(
            i.organisation(),
            i.domain(),
            i.gateway(),
            i.caseAddress(),
            new Settings.Requests(PartlyCovered.FORWARD_PERMITTED, i.requests().lapse()),
            i.phone(),
            i.language(),
            i.unverifiedNotices(),
            i.office()),
        usual.sealer());
  }

  /** Without a certificate for anybody but the GP: no team can be sealed for. */
  static Rooms withoutTeamCertificates(Rooms usual) {
    return sealingFor(usual, Map.of(GP, certificates("gp/a.devries.pem")));
  }

  static Rooms sealingFor(Rooms usual, Map<Address, List<X509Certificate>> certificates) {
    return with(
        usual,
        usual.identity(),
        EnvelopeSealer.of(
            usual.keys(),
            CertificateBook.of(certificates),
            AlgorithmPolicy.defaults(),
            Limits.defaults(),
            new SecureRandom()));
  }

  /** No list in a file any more: {@code source} is asked for lists at the address "lists". */
  static Rooms lookingUp(Rooms usual, RevocationSource source) {
    return lookingUp(usual, source, PartnerGroup.WhenUnknown.HOLD);
  }

  /** The same; {@code unknown} says what becomes of mail when it has none. */
  static Rooms lookingUp(Rooms usual, RevocationSource source, PartnerGroup.WhenUnknown unknown) {
    List<PartnerGroup> groups = new ArrayList<>();
    Map<String, RevocationLookup> lookups = new HashMap<>();
    for (PartnerGroup group : KEYS.trust().groups()) {
      groups.add(
          PartnerGroup.of(group.name(), group.anchors(), group.intermediates(), List.of())
              .vouchingFor(group.vouchesFor())
              .with(unknown));
      lookups.put(
          group.name(),
          new RevocationLookup(
              source, List.of("lists"), List.of(), RevocationLookup.Named.IGNORED));
    }
    AlgorithmPolicy policy = AlgorithmPolicy.defaults();
    Trust trust = Trust.of(groups, policy, Limits.defaults(), lookups);
    return new Rooms(
        usual.identity(),
        usual.directory(),
        usual.tables(),
        usual.keys(),
        EnvelopeOpener.of(usual.keys(), trust, policy),
        usual.sealer(),
        usual.reader(),
        usual.writer(),
        usual.store(),
        usual.marks(),
        usual.caseNumbers(),
        usual.clock(),
        usual.node());
  }

  /** With another store, such as one in trouble. */
  static Rooms over(Rooms usual, Store store) {
    return new Rooms(
        usual.identity(),
        usual.directory(),
        usual.tables(),
        usual.keys(),
        usual.opener(),
        usual.sealer(),
        usual.reader(),
        usual.writer(),
        store,
        usual.marks(),
        usual.caseNumbers(),
        usual.clock(),
        usual.node());
  }

  /** Every list of the sample authorities. */
  static List<X509CRL> lists() {
    return KEYS.trust().groups().stream().flatMap(group -> group.crls().stream()).toList();
  }

  /** With case numbers from elsewhere. */
  static Rooms drawing(Rooms usual, Supplier<CaseNumber> numbers) {
    return with(usual, usual.identity(), usual.sealer(), numbers);
  }

  private static Rooms with(Rooms usual, Identity identity, EnvelopeSealer sealer) {
    return with(usual, identity, sealer, usual.caseNumbers());
  }

  private static Rooms with(
      Rooms usual, Identity identity, EnvelopeSealer sealer, Supplier<CaseNumber> numbers) {
    return new Rooms(
        identity,
        usual.directory(),
        usual.tables(),
        usual.keys(),
        usual.opener(),
        sealer,
        usual.reader(),
        usual.writer(),
        usual.store(),
        usual.marks(),
        numbers,
        usual.clock(),
        usual.node());
  }

  Desk desk() {
    return new Desk(rooms);
  }

  Dispatch dispatch() {
    return new Dispatch(rooms, post, RetryLadder.usual());
  }

  /** The pass and the dispatch, until nothing is due. */
  void work() {
    desk().work();
    dispatch().work();
  }

  MessageRef receive(Address mailbox, Bytes mail) {
    return receive(mailbox, Optional.of(mailbox), mail);
  }

  MessageRef receive(Address mailbox, Optional<Address> written, Bytes mail) {
    return store
        .queue()
        .received(
            new Arrival(
                Origin.imap("test", 1, uid.incrementAndGet()),
                mailbox,
                written,
                mail,
                clock.instant()))
        .ref();
  }

  /** A mail of the GP to oost@. */
  Bytes fromGp(String messageId, String body) {
    return sealed(GP, "gp/a.devries.p12", OOST, "gateway/oost.pem", messageId, body);
  }

  Bytes sealed(Address from, String p12, Address to, String pem, String id, String body) {
    return sealed(from, p12, to, pem, id, body, "");
  }

  /** {@code more} holds header fields with their line ends, inside and protected. */
  Bytes sealed(
      Address from, String p12, Address to, String pem, String id, String body, String more) {
    EnvelopeSealer sealer =
        EnvelopeSealer.of(
            KeyRing.of(Map.of(from, keyEntries(p12))),
            CertificateBook.of(Map.of(to, certificates(pem))),
            AlgorithmPolicy.defaults(),
            Limits.defaults(),
            new SecureRandom());
    String text =
        String.join(
            "\r\n",
            "From: " + from,
            "To: " + to,
            "Subject: Bericht",
            "Date: Mon, 15 Jun 2026 12:00:00 +0200",
            "Message-ID: " + id,
            more + "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: 8bit",
            "",
            body.replace("\n", "\r\n"),
            "");
    try {
      return sealer.seal(
          Bytes.of(text, StandardCharsets.UTF_8),
          OuterHead.of(from, to, START, id, "[...]"),
          from,
          Recipient.of(to),
          clock.instant());
    } catch (CannotSeal e) {
      throw new AssertionError(e);
    }
  }

  static final String REFERRAL =
      """
      Cliënt: J. Voorbeeld
      Geboortedatum: 1980-04-02
      Postcode: 3112 AB
      Huisnummer: 12
      Hulpvraag: hulp bij het ordenen van post
      Factoren: slechtziend
      Toestemming: ja, mondeling gegeven op 2026-06-01 door cliënt
      """;

  static final String REQUEST =
      """
      Doel: Ondersteuning
      Cliënt: J. Voorbeeld
      Geboortedatum: 1980-04-02
      Vraag 1: Is er al een contactpersoon van het wijkteam?
      Categorie 1: status
      """;

  /** J. Voorbeeld agrees that Oost tells practice A about the support; how many go on by it. */
  ConsentClerk.Recorded consent(ConsentRecord.Type type, String holder, String recipient) {
    return consent(type, holder, recipient, "support");
  }

  /** Of that name, born on the day that the letters of this house say. */
  static Client client(String name) {
    Client nobody = Client.unknown();
    return new Client(
        Optional.of(Confidential.of(name)),
        nobody.initials(),
        Optional.of(Confidential.of(LocalDate.of(1980, 4, 2))),
        nobody.postcode(),
        nobody.houseNumber(),
        nobody.phone(),
        nobody.bsn(),
        nobody.language(),
        nobody.guardians(),
        nobody.representative());
  }

  /** The same for another purpose. */
  ConsentClerk.Recorded consent(
      ConsentRecord.Type type, String holder, String recipient, String purpose) {
    Client client = client("J. Voorbeeld");
    ConsentForm form =
        new ConsentForm(
            type,
            client,
            Set.of("client"),
            Set.of(new Party(holder)),
            Set.of(new Party(recipient)),
            Set.of(new Purpose(purpose)),
            Set.of(new Category("support"), new Category("social"), new Category("contact")),
            Optional.empty(),
            Optional.empty(),
            Documentation.of("mondeling", "S. Jansen", "dossier Oost", "wat, met wie, waarvoor"));
    return clerk().record(form, Actor.of("test", "worker")).orElseThrow();
  }

  ConsentClerk clerk() {
    return new ConsentClerk(store, clock, () -> "C-" + consents.incrementAndGet());
  }

  /** The whole letter, opened with somebody's sample key, headers and text parts. */
  String read(Bytes sealed, Address reader, String p12) {
    EnvelopeOpener opener =
        EnvelopeOpener.of(
            KeyRing.of(Map.of(reader, keyEntries(p12))), KEYS.trust(), AlgorithmPolicy.defaults());
    return opener
        .open(sealed, reader, clock.instant())
        .fold(
            trusted -> text(trusted.content().entity()),
            refused -> {
              throw new AssertionError(refused.finding() + " " + refused.detail());
            });
  }

  Opened open(Bytes sealed, Address reader, String p12) {
    return EnvelopeOpener.of(
            KeyRing.of(Map.of(reader, keyEntries(p12))), KEYS.trust(), AlgorithmPolicy.defaults())
        .open(sealed, reader, clock.instant());
  }

  String readByGp(Bytes sealed) {
    return read(sealed, GP, "gp/a.devries.p12");
  }

  String readByTeam(Bytes sealed) {
    return read(sealed, TEAM_OOST, "team/oost.p12");
  }

  private static String text(Bytes mail) {
    try {
      MimeMessage message = new MimeMessage(Session.getInstance(new Properties()), mail.open());
      List<String> parts = new ArrayList<>();
      parts.add("Subject: " + message.getSubject());
      parts.add("Content-Type: " + message.getContentType().replaceAll("\\s+", " "));
      parts.add("In-Reply-To: " + String.join(" ", headers(message, "In-Reply-To")));
      collect(message, parts);
      return String.join("\n", parts).replace("\r\n", "\n");
    } catch (MessagingException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String[] headers(MimeMessage message, String name) throws MessagingException {
    String[] values = message.getHeader(name);
    return values == null ? new String[0] : values;
  }

  private static void collect(Part part, List<String> parts)
      throws MessagingException, IOException {
    if (part.getContent() instanceof Multipart multipart) {
      for (int i = 0; i < multipart.getCount(); i++) {
        BodyPart one = multipart.getBodyPart(i);
        collect(one, parts);
      }
    } else if (part.getContent() instanceof String text) {
      parts.add(text);
    } else {
      parts.add(new String(part.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** A header field on the outside of a mail, unfolded. */
  static String header(Bytes mail, String name) {
    String head = mail.decode(StandardCharsets.ISO_8859_1).split("\r\n\r\n", 2)[0];
    Matcher field = Pattern.compile("(?mi)^" + name + ":[ \t]*(.*(?:\r\n[ \t].*)*)").matcher(head);
    return field.find() ? field.group(1).replaceAll("\r\n[ \t]+", " ").strip() : "";
  }

  @Override
  public void close() {
    store.close();
  }

  private static Configuration configuration() {
    try {
      Path home = Files.createTempDirectory("wotpoort-house");
      Path properties = home.resolve("wotpoort.properties");
      Files.write(properties, settings(home));
      Map<String, String> secrets =
          Map.of(
              "STORE_KEY",
              Base64.getEncoder().encodeToString(new byte[32]),
              "PASSWORD",
              new String(PASSWORD));
      Configuration configuration =
          Configuration.load(
                  properties,
                  name -> Optional.ofNullable(secrets.get(name)),
                  LocalDate.of(2026, 6, 15))
              .value()
              .orElseThrow(() -> new AssertionError("the samples are at fault"));
      Files.delete(properties);
      Files.delete(home);
      return configuration;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> settings(Path home) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("organisation.domain", "wotschiedam.nl");
    lines.put("organisation.phone", "010 754 15 15");
    lines.put("gateway.address", "poort@wotschiedam.nl");
    lines.put("case.address", "zaak+{case}@wotschiedam.nl");
    lines.put("routes", ROOT.toAbsolutePath().normalize().resolve("routes").toString());
    lines.put("certificates", ROOT.toAbsolutePath().normalize().toString());
    lines.put("store.file", home.resolve("unused.db").toString());
    lines.put("store.key", "env:STORE_KEY");
    lines.put("intake.a.protocol", "imap");
    lines.put("intake.a.security", "none");
    lines.put("intake.a.host", "127.0.0.1");
    lines.put("intake.a.user", "intake");
    lines.put("intake.a.password", "env:PASSWORD");
    lines.put("intake.a.mailbox", "catch-all");
    lines.put("submission.host", "127.0.0.1");
    lines.put("submission.security", "none");
    for (String tree : List.of("zorg", "wot")) {
      String group = "trust." + (tree.equals("zorg") ? "huisartsen" : "wot") + ".";
      lines.put(group + "anchors", CERTS.resolve("ca/" + tree + "-root.pem").toString());
      lines.put(group + "intermediates", CERTS.resolve("ca/" + tree + "-issuing.pem").toString());
      lines.put(
          group + "crls",
          CERTS.resolve("ca/" + tree + "-root.crl.pem")
              + ", "
              + CERTS.resolve("ca/" + tree + "-issuing.crl.pem"));
    }
    lines.put("trust.wot.domains", "wotschiedam.nl, intern.wotschiedam.nl");
    for (String mailbox :
        List.of("info", "oost", "zuid", "poort", "zaak", "post", "toestemming", "f.yilmaz")) {
      lines.put(
          "keys." + mailbox + ".file", CERTS.resolve("gateway/" + mailbox + ".p12").toString());
      lines.put("keys." + mailbox + ".password", "env:PASSWORD");
    }
    return lines.entrySet().stream().map(l -> l.getKey() + " = " + l.getValue()).toList();
  }

  private static Furnishing.Keys keys() {
    try {
      return Furnishing.keys(CONFIGURATION, Furnishing.SampleKeys.ALLOWED, Language.NL);
    } catch (Furnishing.CannotFurnish e) {
      throw new AssertionError(String.join("\n", e.sentences()), e);
    }
  }

  private static PolicyTables tables() {
    try {
      return PolicyFile.read(ROOT.resolve("routes/policy.yaml"));
    } catch (PolicyFileException e) {
      throw new AssertionError(e);
    }
  }

  private static List<nl.wotpoort.smime.KeyEntry> keyEntries(String p12) {
    try {
      return KeyFiles.keys(p12, Files.readAllBytes(CERTS.resolve(p12)), PASSWORD.clone());
    } catch (KeyFileFault | IOException e) {
      throw new AssertionError(e);
    }
  }

  static List<X509Certificate> certificates(String pem) {
    try {
      return KeyFiles.certificates(pem, Files.readAllBytes(CERTS.resolve(pem)));
    } catch (KeyFileFault | IOException e) {
      throw new AssertionError(e);
    }
  }
}
