package nl.wotpoort.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.desk.Furnishing;
import nl.wotpoort.desk.Rooms;
import nl.wotpoort.letter.Address;
import nl.wotpoort.rules.consent.PolicyTables;
import nl.wotpoort.settings.Configuration;
import nl.wotpoort.settings.Loaded;
import nl.wotpoort.settings.PolicyFile;
import nl.wotpoort.settings.PolicyFileException;
import nl.wotpoort.settings.Problem;
import nl.wotpoort.settings.Routes;
import nl.wotpoort.settings.Settings;
import nl.wotpoort.settings.SettingsReader;
import nl.wotpoort.store.RoutesVersion;
import nl.wotpoort.store.Store;
import nl.wotpoort.texts.Language;

/** An installed gateway: a home with wotpoort.properties in it, and what it names. */
final class Installation {

  static final String PROPERTIES = "wotpoort.properties";
  static final String POLICY = "policy.yaml";
  private static final String SQLITE = "jdbc:sqlite:";

  private final Path home;
  private final Surroundings surroundings;
  private final Screen screen;
  private final Furnishing.SampleKeys samples;

  Installation(Path home, Surroundings surroundings, Screen screen, Furnishing.SampleKeys samples) {
    this.home = home;
    this.surroundings = surroundings;
    this.screen = screen;
    this.samples = samples;
  }

  Path home() {
    return home;
  }

  Clock clock() {
    return surroundings.clock();
  }

  Furnishing.SampleKeys samples() {
    return samples;
  }

  private Language language() {
    return screen.language();
  }

  Path properties() {
    return home.resolve(PROPERTIES);
  }

  /** Everything, with every problem; throws nothing. */
  Loaded<Configuration> load() {
    return Configuration.load(
        properties(), surroundings.environment(), Times.day(clock().instant()));
  }

  /**
   * The configuration in force: with the routes that were activated, or, where nothing ever was,
   * with the files. That there are warnings, or that the files are others by now, beside the
   * result. Refuses when there is any error.
   */
  Configuration configuration() throws Refusal {
    Optional<Configuration> active = active();
    return active.isPresent() ? active.get() : fromFiles();
  }

  /** With the version of the routes in force; empty when none was ever activated. */
  Optional<Configuration> active() throws Refusal {
    Optional<Settings> settings = settingsIfSound();
    if (settings.isEmpty() || !hasStore(settings.get())) {
      return Optional.empty();
    }
    Optional<RoutesVersion> version;
    Set<Address> awaited;
    try (Store store = store(settings.get())) {
      version = store.routes().active();
      awaited = store.deliveries().addresses();
    }
    if (version.isEmpty()) {
      return Optional.empty();
    }
    if (differs(settings.get(), version.get())) {
      screen.aside(screen.text("routes.differ", version.get().number()));
    }
    Loaded<Configuration> loaded =
        Configuration.activated(
            settings.get(),
            version.get().number(),
            version.get().bytes(),
            Times.day(clock().instant()));
    Configuration active = loaded.value().orElseThrow(() -> atFault(loaded.errors()));
    return Optional.of(new Configuration(active.settings(), active.directory().awaiting(awaited)));
  }

  /** Whether the files in routes/ are others than those in force. */
  static boolean differs(Settings settings, RoutesVersion version) {
    return !Routes.bytes(settings.routes())
        .value()
        .map(Routes::digest)
        .equals(Optional.of(version.digest()));
  }

  private Configuration fromFiles() throws Refusal {
    Loaded<Configuration> loaded = load();
    if (loaded.isUsable() && !loaded.warnings().isEmpty()) {
      screen.aside(screen.text("warnings", loaded.warnings().size()));
    }
    return loaded.value().orElseThrow(() -> atFault(loaded.errors()));
  }

  private Refusal atFault(List<Problem> errors) {
    List<String> sentences = new ArrayList<>(errors.stream().map(e -> e.say(language())).toList());
    sentences.add(screen.text("configurationAtFault", errors.size(), home));
    return new Refusal(Exit.USAGE, sentences);
  }

  /** The settings alone, for what needs no directory. */
  Settings settings() throws Refusal {
    Loaded<Settings> loaded = SettingsReader.read(properties(), surroundings.environment());
    return loaded.value().orElseThrow(() -> atFault(loaded.errors()));
  }

  /** Where routes/ lies: as the settings say, or beside them when there are none. */
  Optional<Settings> settingsIfSound() {
    return SettingsReader.read(properties(), surroundings.environment()).value();
  }

  PolicyTables tables(Path routes) throws Refusal {
    try {
      return PolicyFile.read(routes.resolve(POLICY));
    } catch (PolicyFileException e) {
      throw new Refusal(Exit.USAGE, e.say(language()));
    }
  }

  /** All rooms, in good order; the caller closes the store. */
  Rooms rooms(Configuration configuration) throws Refusal {
    PolicyTables tables = tables(configuration.settings().routes());
    try {
      return Furnishing.rooms(configuration, tables, samples, clock(), "cli");
    } catch (Furnishing.CannotFurnish e) {
      throw cannot(e);
    }
  }

  /**
   * The store alone: held messages must be reachable also when a certificate is not. Refuses when
   * there is none yet, rather than show an empty one that looking made.
   */
  Store store() throws Refusal {
    Settings settings = settings();
    if (!hasStore(settings)) {
      throw new Refusal(Exit.UNAVAILABLE, screen.text("noStore", settings.store().jdbcUrl()));
    }
    return store(settings);
  }

  Store store(Settings settings) throws Refusal {
    try {
      return Furnishing.store(settings);
    } catch (Furnishing.CannotFurnish e) {
      throw cannot(e);
    }
  }

  static Refusal cannot(Furnishing.CannotFurnish e) {
    return new Refusal(Exit.USAGE, e.sentences());
  }

  /** The file of an embedded store; empty for a database server. */
  static Optional<Path> storeFile(Settings settings) {
    String url = settings.store().jdbcUrl();
    return url.startsWith(SQLITE)
        ? Optional.of(Path.of(url.substring(SQLITE.length())))
        : Optional.empty();
  }

  /** Whether there is a store already; looking makes none. */
  static boolean hasStore(Settings settings) {
    return storeFile(settings).map(Files::exists).orElse(true);
  }
}
