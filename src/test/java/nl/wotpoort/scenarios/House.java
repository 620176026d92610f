package nl.wotpoort.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import nl.wotpoort.cli.Typed;
import nl.wotpoort.desk.Furnishing;
import nl.wotpoort.desk.Rooms;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.route.IntakeHealth;
import nl.wotpoort.route.Running;
import nl.wotpoort.route.status.EventLog;
import nl.wotpoort.settings.Configuration;
import nl.wotpoort.settings.Loaded;
import nl.wotpoort.settings.PolicyFile;
import nl.wotpoort.settings.PolicyFileException;
import nl.wotpoort.settings.Problem;
import nl.wotpoort.store.FreshStore;
import nl.wotpoort.store.HeldMessage;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.JournalLine;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.MessageState;
import nl.wotpoort.store.OutgoingState;
import nl.wotpoort.store.QueueFigures;
import nl.wotpoort.store.Store;
import nl.wotpoort.store.StoreKey;
import nl.wotpoort.texts.Language;

/**
 * The real gateway in a home of its own, with the project's routes and sample keys: settings file,
 * store, Camel, IMAP and SMTP. Only the clock and the case numbers (1, 2, 3 …) are the test's.
 */
final class House implements AutoCloseable {

  static final Path PROJECT =
      Path.of(System.getProperty("project.basedir", "")).toAbsolutePath().normalize();
  static final Path CERTS = PROJECT.resolve("certs-sample");
  static final Instant NOW = Instant.parse("2026-06-15T08:00:00Z");

  /** Settings of the account that everything is fetched from, unless a plan has none. */
  private static final String FETCHED = "intake.alles.";

  /** Mailbox → sample key. Those without a key of their own borrow the gateway's. */
  private static final Map<String, String> KEYS = keys();

  private final Plan plan;
  private final MovableClock clock;
  private final Running running;

  /** How a house differs from the usual one. Immutable. */
  record Plan(
      Path home,
      int imapPort,
      int smtpPort,
      String imapPassword,
      Instant now,
      List<String> directoryEdits,
      List<String> servers) {

    static Plan of(Path home, PostOffice office) {
      return new Plan(
          home,
          office.imapPort(),
          office.submissionPort(),
          PostOffice.PASSWORD,
          NOW,
          List.of(),
          office.settings());
    }

    Plan at(Instant other) {
      return new Plan(home, imapPort, smtpPort, imapPassword, other, directoryEdits, servers);
    }

    Plan sendingTo(int otherPort) {
      return new Plan(home, imapPort, otherPort, imapPassword, now, directoryEdits, servers);
    }

    Plan fetchingFrom(int otherPort) {
      return new Plan(home, otherPort, smtpPort, imapPassword, now, directoryEdits, servers);
    }

    Plan withImapPassword(String other) {
      return new Plan(home, imapPort, smtpPort, other, now, directoryEdits, servers);
    }

    /** With these lines in wotpoort.properties as well. */
    Plan withSettings(List<String> lines) {
      List<String> more = new ArrayList<>(servers);
      more.addAll(lines);
      return new Plan(home, imapPort, smtpPort, imapPassword, now, directoryEdits, more);
    }

    /** Each {@code w301: endDate: 2026-01-01} puts that line below the worker's id. */
    Plan withDirectory(List<String> edits) {
      return new Plan(home, imapPort, smtpPort, imapPassword, now, edits, servers);
    }

    /** No account to fetch from: an MTA delivers at this port, by smtp or lmtp. */
    Plan deliveredBy(String protocol, int port) {
      List<String> lines = new ArrayList<>(servers);
      lines.removeIf(line -> line.startsWith(FETCHED));
      lines.add("intake.mta.protocol = " + protocol);
      lines.add("intake.mta.port = " + port);
      return new Plan(home, 0, smtpPort, imapPassword, now, directoryEdits, lines);
    }

    /** With more lines in the settings; one that names a key again takes its place. */
    Plan withSettings(String... more) {
      List<String> lines = new ArrayList<>(servers);
      lines.addAll(List.of(more));
      return new Plan(home, imapPort, smtpPort, imapPassword, now, directoryEdits, lines);
    }
  }

  private House(Plan plan, MovableClock clock, Running running) {
    this.plan = plan;
    this.clock = clock;
    this.running = running;
  }

  static House open(Plan plan) {
    return open(plan, 1);
  }

  /** One of several on a database: its first case has this number, so that no two have the same. */
  static House open(Plan plan, int firstCase) {
    try {
      if (!Files.exists(plan.home().resolve("routes"))) {
        furnish(plan);
      }
      MovableClock clock = new MovableClock(plan.now());
      Configuration configuration = configuration(plan);
      Path routes = plan.home().resolve("routes");
      withFreshStore(plan, configuration);
      Rooms rooms =
          Furnishing.rooms(
              configuration,
              PolicyFile.read(routes.resolve("policy.yaml")),
              Furnishing.SampleKeys.ALLOWED,
              clock,
              "test " + plan.home().getFileName());
      return new House(
          plan,
          clock,
          Running.start(configuration, numbered(rooms, firstCase), routes, new EventLog()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (PolicyFileException | Furnishing.CannotFurnish e) {
      throw new IllegalStateException(e);
    }
  }

  /** An embedded store that is not there yet is one that was made before. */
  private static void withFreshStore(Plan plan, Configuration configuration) {
    Path file = plan.home().resolve("wotpoort.db");
    if (configuration.settings().store().jdbcUrl().equals("jdbc:sqlite:" + file)) {
      String key = secrets(plan).getOrDefault("STORE_KEY", "");
      FreshStore.in(file, StoreKey.parse(key).orElseThrow());
    }
  }

  /** Routes and settings, as an administrator would leave them; nothing is opened. */
  static void furnish(Plan plan) throws IOException {
    copyRoutes(plan);
    Files.write(plan.home().resolve("wotpoort.properties"), settings(plan));
  }

  /** The store of a house that nobody lives in; the caller closes it. */
  static Store store(Plan plan) {
    try {
      return Furnishing.store(configuration(plan).settings());
    } catch (Furnishing.CannotFurnish e) {
      throw new IllegalStateException(e);
    }
  }

  /** The {@code n}th case this house opens. */
  static CaseNumber caseNumber(int n) {
    return CaseNumber.ofRandom(2L * n);
  }

  private static Rooms numbered(Rooms r, int first) {
    AtomicLong next = new AtomicLong(first - 1L);
    return new Rooms(
        r.identity(),
        r.directory(),
        r.tables(),
        r.keys(),
        r.opener(),
        r.sealer(),
        r.reader(),
        r.writer(),
        r.store(),
        r.marks(),
        () -> caseNumber((int) next.incrementAndGet()),
        r.clock(),
        r.node());
  }

  private static Map<String, String> keys() {
    Map<String, String> keys = new LinkedHashMap<>();
    for (String name :
        "poort zaak toestemming post info oost zuid centrum-west groenoord nieuwland noordrand f.yilmaz"
            .split(" ")) {
      keys.put(name, name);
    }
    keys.put("oost.2", "oost-oud");
    keys.put("zuid.2", "zuid-ec");
    for (String borrowed : "jeugdteam wvggz klachten s.jansen m.bakker".split(" ")) {
      keys.put(borrowed, "poort");
    }
    return keys;
  }

  private static void copyRoutes(Plan plan) throws IOException {
    Path routes = Files.createDirectories(plan.home().resolve("routes"));
    try (Stream<Path> files = Files.list(PROJECT.resolve("routes"))) {
      for (Path file : files.toList()) {
        Files.copy(file, routes.resolve(file.getFileName().toString()));
      }
    }
    Path directory = routes.resolve("directory.yaml");
    String text = Files.readString(directory);
    for (String edit : plan.directoryEdits()) {
      String[] parts = edit.split(": ", 2);
      String id = "  - id: " + parts[0] + "\n";
      if (!text.contains(id)) {
        throw new IllegalArgumentException("nobody is called " + parts[0]);
      }
      text = text.replace(id, id + "    " + parts[1] + "\n");
    }
    Files.writeString(directory, text);
  }

  private static List<String> settings(Plan plan) {
    Path ca = CERTS.resolve("ca");
    List<String> lines =
        new ArrayList<>(
            List.of(
                "organisation.domain = wotschiedam.nl",
                "organisation.phone = 010 754 15 15",
                "gateway.address = poort@wotschiedam.nl",
                "case.address = zaak+{case}@wotschiedam.nl",
                "routes = " + plan.home().resolve("routes"),
                "certificates = " + PROJECT,
                "store.file = " + plan.home().resolve("wotpoort.db"),
                "store.key = env:STORE_KEY",
                "intake.alles.protocol = imap",
                "intake.alles.port = " + plan.imapPort(),
                "intake.alles.password = env:IMAP_PASSWORD",
                "intake.alles.mailbox = catch-all",
                "intake.alles.interval = 20ms",
                "submission.port = " + plan.smtpPort()));
    lines.removeIf(line -> plan.imapPort() == 0 && line.startsWith(FETCHED));
    for (String more : plan.servers()) {
      // a database server instead of a file: only one of the two may be named
      String key = more.startsWith("store.") ? "store.file" : more.replaceFirst("=.*", "");
      lines.removeIf(line -> line.startsWith(key));
      lines.add(more);
    }
    for (String group : List.of("huisartsen:zorg", "wot:wot")) {
      String name = "trust." + group.split(":")[0];
      String tree = group.split(":")[1];
      lines.add(name + ".anchors = " + ca.resolve(tree + "-root.pem"));
      lines.add(name + ".intermediates = " + ca.resolve(tree + "-issuing.pem"));
      lines.add(
          name
              + ".crls = "
              + ca.resolve(tree + "-root.crl.pem")
              + ", "
              + ca.resolve(tree + "-issuing.crl.pem"));
    }
    lines.add("trust.wot.domains = wotschiedam.nl, intern.wotschiedam.nl");
    KEYS.forEach(
        (mailbox, sample) -> {
          Path file = CERTS.resolve("gateway/" + sample + ".p12");
          lines.add("keys." + mailbox + ".file = " + file);
          lines.add("keys." + mailbox + ".password = env:KEY_PASSWORD");
        });
    return lines;
  }

  /** What the settings look for in the environment. */
  static Map<String, String> secrets(Plan plan) {
    byte[] storeKey = new byte[32];
    new Random(7).nextBytes(storeKey); // the same every time, so that Message-IDs are
    return Map.of(
        "STORE_KEY",
        Base64.getEncoder().encodeToString(storeKey),
        "IMAP_PASSWORD",
        plan.imapPassword(),
        "SUBMISSION_PASSWORD",
        PostOffice.PASSWORD,
        "KEY_PASSWORD",
        Openssl.SAMPLE_PASSWORD,
        "TLS_PASSWORD",
        "test");
  }

  private static Configuration configuration(Plan plan) {
    Map<String, String> secrets = secrets(plan);
    Loaded<Configuration> loaded =
        Configuration.load(
            plan.home().resolve("wotpoort.properties"),
            name -> Optional.ofNullable(secrets.get(name)),
            LocalDate.ofInstant(plan.now(), ZoneId.of("Europe/Amsterdam")));
    return loaded
        .value()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    String.join(
                        "\n",
                        loaded.errors().stream().map((Problem p) -> p.say(Language.NL)).toList())));
  }

  MovableClock clock() {
    return clock;
  }

  Rooms rooms() {
    return running.rooms();
  }

  Store store() {
    return running.rooms().store();
  }

  /**
   * Everything fetched, every message decided or held, no letter on its way out (one that waits for
   * a later time is not on its way).
   */
  void settle(PostOffice office) {
    Await.until(
        "everything settled",
        // and once more: what the gateway sent may still be on its way through the servers
        () -> office.inIntake() == 0 && isIdle() && office.inIntake() == 0,
        () ->
            "intake "
                + office.inIntake()
                + ", "
                + store().health().figures()
                + ", faults "
                + journal(0).stream()
                    .map(JournalLine::entry)
                    .filter(entry -> entry.event().equals("FAULT"))
                    .flatMap(entry -> entry.detail().stream())
                    .map(detail -> detail.reveal())
                    .toList());
  }

  private boolean isIdle() {
    QueueFigures figures = store().health().figures();
    return Stream.of(MessageState.RECEIVED, MessageState.WORKING)
            .allMatch(state -> figures.messages().getOrDefault(state, 0L) == 0)
        && Stream.of(OutgoingState.WAITING, OutgoingState.QUEUED, OutgoingState.SENDING)
            .allMatch(state -> figures.letters().getOrDefault(state, 0L) == 0);
  }

  /** What an administrator is told who types a command in this home. */
  Typed type(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--home", plan.home().toString()));
    all.add("--allow-sample-keys");
    all.addAll(List.of(arguments));
    return Typed.in(clock, secrets(plan), "", all.toArray(String[]::new));
  }

  String metrics() {
    return running.metrics();
  }

  /** What {@code /health/ready} says; the plan must name an {@code http.port}. */
  String ready() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + statusPort() + "/health/ready"))
            .build();
    try {
      return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  int statusPort() {
    return running.statusPort();
  }

  List<IntakeHealth> health() {
    return running.health();
  }

  /**
   * Every message of the store, in the order they came. Their numbers may have gaps: a mail that is
   * fetched twice (its move failed) is known by its UID, and the second look burns a number.
   */
  List<MessageRef> messages() {
    List<MessageRef> found = new ArrayList<>();
    int missing = 0;
    for (long number = 1; missing < 200; number++) {
      MessageRef ref = new MessageRef(number);
      if (store().queue().state(ref).isPresent()) {
        found.add(ref);
        missing = 0;
      } else {
        missing++;
      }
    }
    return found;
  }

  List<HeldMessage> held() {
    return store().holds().list(10_000);
  }

  /** The journal's lines after {@code sequence}. */
  List<JournalLine> journal(long sequence) {
    return store().journal().after(sequence, 100_000);
  }

  List<String> events(long sequence) {
    return journal(sequence).stream().map(JournalLine::entry).map(JournalEntry::event).toList();
  }

  @Override
  public void close() {
    running.close();
  }
}
