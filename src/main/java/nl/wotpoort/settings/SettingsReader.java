package nl.wotpoort.settings;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import nl.wotpoort.letter.Address;
import nl.wotpoort.settings.Settings.CaseAddress;
import nl.wotpoort.settings.Settings.Organisation;
import nl.wotpoort.settings.Settings.UnverifiedNotices;
import nl.wotpoort.texts.Language;

/**
 * Reads {@code wotpoort.properties}: lines {@code key = value} in UTF-8, comments after {@code #}.
 * Missing or contradictory settings are problems, all of them told. Reads files and the environment
 * it is given, changes nothing, never throws for what a file holds. Thread-safe.
 */
public final class SettingsReader {

  private final PropertyFile file;
  private final PropertyAsker ask;
  private final Path home;
  private final Problems problems;

  private SettingsReader(
      PropertyFile file, Path home, Function<String, Optional<String>> env, Problems problems) {
    this.file = file;
    this.home = home;
    this.problems = problems;
    this.ask = new PropertyAsker(file, home, new SecretSource(env), problems);
  }

  /**
   * Reads a file. {@code environment} answers {@code env:NAME}; on a real start it is {@code name
   * -> Optional.ofNullable(System.getenv(name))}.
   */
  public static Loaded<Settings> read(
      Path properties, Function<String, Optional<String>> environment) {
    Problems problems = new Problems();
    String name = String.valueOf(properties.getFileName());
    Optional<byte[]> bytes = FileText.bytes(properties, name, problems);
    if (bytes.isEmpty()) {
      return Loaded.failed(problems.inOrder());
    }
    Path home =
        Optional.ofNullable(properties.toAbsolutePath().normalize().getParent())
            .orElseGet(() -> Path.of("").toAbsolutePath());
    return read(bytes.get(), name, home, environment);
  }

  /** Reads bytes as if they were the file {@code name} in {@code home}. */
  public static Loaded<Settings> read(
      byte[] bytes, String name, Path home, Function<String, Optional<String>> environment) {
    Problems problems = new Problems();
    Optional<String> text = FileText.decoded(bytes, name, problems);
    if (text.isEmpty()) {
      return Loaded.failed(problems.inOrder());
    }
    PropertyFile file = new PropertyFile(name, text.get(), problems);
    return new SettingsReader(file, home, environment, problems).read();
  }

  /** The line of a key, for what is found out only later; 1 when it is not there. */
  static int lineOf(Path properties, String prefix) {
    Problems unheard = new Problems();
    return FileText.bytes(properties, "", unheard)
        .flatMap(bytes -> FileText.decoded(bytes, "", unheard))
        .map(text -> new PropertyFile("", text, unheard).firstLineOf(prefix))
        .orElse(1);
  }

  /** The folder a key names, whatever else is wrong with the file; empty when it names none. */
  static Optional<Path> folderOf(Path properties, Path home, String key) {
    Problems unheard = new Problems();
    return FileText.bytes(properties, "", unheard)
        .flatMap(bytes -> FileText.decoded(bytes, "", unheard))
        .map(text -> new PropertyFile("", text, unheard))
        .flatMap(
            file ->
                new PropertyAsker(file, home, new SecretSource(name -> Optional.empty()), unheard)
                    .path(key));
  }

  private Loaded<Settings> read() {
    Optional<String> domain = ask.domain("organisation.domain", "wotschiedam.nl");
    Optional<String> phone = ask.required("organisation.phone", "010 754 15 15");
    Optional<Address> gateway = ask.address("gateway.address", "poort@wotschiedam.nl");
    Optional<CaseAddress> caseAddress = caseAddress();
    MailSettings mail = new MailSettings(file, ask, problems);
    KeySettings keys = new KeySettings(file, ask, domain);
    HouseSettings house = new HouseSettings(file, ask, home);
    Optional<Settings.StoreSettings> store = house.store();
    MailSettings.Intakes intakes = mail.intakes();
    Optional<Settings.Submission> submission = mail.submission();
    Map<Address, List<Settings.KeySource>> keyFiles = keys.keys();
    Map<String, Settings.TrustGroup> trust = keys.trust();
    CryptoSettings crypto = CryptoSettings.read(ask, RevocationSettings.read(ask, home));
    Settings.Requests requests = house.requests();
    Settings.Limits limits = house.limits();
    Settings.Retry retry = house.retry();
    Settings.Dispatching dispatching = house.dispatching(mail.hops());
    Settings.Upkeep upkeep = house.upkeep();
    RoutesSettings routesCare = RoutesSettings.read(ask);
    Settings.Office office = new OfficeSettings(ask).office();
    Optional<UnverifiedNotices> notices =
        ask.choice(
            "notices.unverified",
            Map.of("on", UnverifiedNotices.ON, "off", UnverifiedNotices.OFF),
            UnverifiedNotices.OFF);
    Settings.SignedOnly signedOnly = signedOnly();
    Optional<Language> language =
        ask.choice("language", Map.of("nl", Language.NL, "en", Language.EN), Language.NL);
    Optional<Settings.Http> http = http();
    Path routes = ask.path("routes").orElseGet(() -> home.resolve("routes"));
    Path certificates = ask.path("certificates").orElse(home);
    file.tellUnknownKeys();
    if (problems.hasErrors()) {
      return Loaded.failed(problems.inOrder());
    }
    Settings settings =
        new Settings(
            home,
            routes,
            certificates,
            new Organisation(domain.orElseThrow(), phone.orElseThrow()),
            gateway.orElseThrow(),
            caseAddress.orElseThrow(),
            store.orElseThrow(),
            intakes.accounts(),
            intakes.listeners(),
            submission.orElseThrow(),
            keyFiles,
            trust,
            crypto,
            requests,
            limits,
            retry,
            dispatching,
            upkeep,
            routesCare,
            office,
            notices.orElseThrow(),
            signedOnly,
            language.orElseThrow(),
            http);
    return Loaded.of(settings, problems.inOrder());
  }

  /** Nobody without {@code signedOnly.senders}; with it the server must be named. */
  private Settings.SignedOnly signedOnly() {
    Set<Address> senders = new LinkedHashSet<>();
    for (String text : ask.listed("signedOnly.senders")) {
      Optional<Address> address = Address.parse(text);
      if (address.isEmpty()) {
        ask.wrong(
            "signedOnly.senders",
            "VALUE_NOT_ADDRESS",
            "signedOnly.senders",
            "oost@intern.wotschiedam.nl");
      }
      address.ifPresent(senders::add);
    }
    Optional<String> server = ask.text("signedOnly.server");
    if (!senders.isEmpty() && server.isEmpty()) {
      ask.wrong("signedOnly.senders", "SIGNED_ONLY_WITHOUT_SERVER");
    }
    return new Settings.SignedOnly(senders, server.orElse(""));
  }

  /** Off without a port. Another host than this machine is allowed, and warned of. */
  private Optional<Settings.Http> http() {
    String host = ask.text("http.host").orElse("127.0.0.1");
    if (!host.matches("127\\.0\\.0\\.1|::1|localhost")) {
      problems.warning(
          file.name(), ask.lineOf("http.host"), "HTTP_SEEN_BY_OTHERS", "http.host", host);
    }
    return ask.port("http.port").map(port -> new Settings.Http(host, port));
  }

  private Optional<CaseAddress> caseAddress() {
    String key = "case.address";
    String example = "zaak+{case}@wotschiedam.nl";
    Optional<String> text = ask.required(key, example);
    Optional<CaseAddress> address = text.flatMap(SettingsReader::parsedCaseAddress);
    if (text.isPresent() && address.isEmpty()) {
      ask.wrong(key, "CASE_ADDRESS_FORM", key, example);
    }
    return address;
  }

  private static Optional<CaseAddress> parsedCaseAddress(String text) {
    int mark = text.indexOf("{case}");
    if (mark < 0) {
      return Address.parse(text)
          .map(one -> new CaseAddress(one.localPart(), Optional.empty(), one.domain()));
    }
    if (text.indexOf("{case}", mark + 1) >= 0) {
      return Optional.empty();
    }
    return Address.parse(text.replace("{case}", "WP-0000-0000"))
        .map(
            sample -> {
              String local = sample.localPart();
              int at = local.indexOf("wp-0000-0000");
              return new CaseAddress(
                  local.substring(0, at), Optional.of(local.substring(at + 12)), sample.domain());
            })
        .filter(c -> !(c.before() + c.after().orElse("")).isEmpty());
  }
}
