package nl.wotpoort.settings;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Mailbox;
import nl.wotpoort.directory.Partner;
import nl.wotpoort.directory.Team;
import nl.wotpoort.directory.Worker;
import nl.wotpoort.letter.Address;
import nl.wotpoort.settings.Settings.Intake;

/**
 * The settings together with the directory they point to, each sound by itself and the two agreeing
 * with each other. Immutable.
 */
public record Configuration(Settings settings, Directory directory) {

  private static final String PROPERTIES = "wotpoort.properties";

  /**
   * Reads everything, as {@code wotpoort check} and {@code wotpoort run} do. When the settings
   * themselves are at fault the routes are read too, where they say or beside them, so that all
   * problems are told at once.
   */
  public static Loaded<Configuration> load(
      Path properties, Function<String, Optional<String>> environment, LocalDate today) {
    Loaded<Settings> settings = SettingsReader.read(properties, environment);
    Path home =
        Optional.ofNullable(properties.toAbsolutePath().normalize().getParent())
            .orElseGet(() -> Path.of("").toAbsolutePath());
    // also of settings with a mistake, or one mistake would make every certificate seem missing
    Path routes =
        SettingsReader.folderOf(properties, home, "routes").orElse(home.resolve("routes"));
    Path certificates = SettingsReader.folderOf(properties, home, "certificates").orElse(home);
    Loaded<Directory> directory = Routes.read(routes, certificates, today);
    Problems problems = new Problems();
    if (settings.isUsable() && directory.isUsable()) {
      new Together(
              settings.value().get(),
              directory.value().get(),
              String.valueOf(properties.getFileName()),
              prefix -> SettingsReader.lineOf(properties, prefix),
              problems)
          .check();
    }
    List<Problem> all =
        Stream.of(settings.problems(), directory.problems(), problems.inOrder())
            .flatMap(List::stream)
            .toList();
    return all.stream().anyMatch(Problem::isError)
        ? Loaded.failed(all)
        : Loaded.of(
            new Configuration(settings.value().orElseThrow(), directory.value().orElseThrow()),
            all);
  }

  /**
   * The same settings with version {@code number} of the routes files, whose texts were kept
   * elsewhere; what must hold between the two is checked as in {@link #load}.
   */
  public static Loaded<Configuration> activated(
      Settings settings, int number, Map<String, byte[]> files, LocalDate today) {
    Loaded<Directory> directory = Routes.activated(number, files, settings.certificates(), today);
    if (!directory.isUsable()) {
      return Loaded.failed(directory.problems());
    }
    Path properties = settings.home().resolve(PROPERTIES);
    Problems problems = new Problems();
    new Together(
            settings,
            directory.value().get(),
            PROPERTIES,
            prefix -> SettingsReader.lineOf(properties, prefix),
            problems)
        .check();
    List<Problem> all =
        Stream.of(directory.problems(), problems.inOrder()).flatMap(List::stream).toList();
    return problems.hasErrors()
        ? Loaded.failed(all)
        : Loaded.of(new Configuration(settings, directory.value().get()), all);
  }

  /** What must hold between the two. */
  private record Together(
      Settings settings,
      Directory directory,
      String file,
      Function<String, Integer> lineOf,
      Problems problems) {

    void check() {
      settings.intakes().forEach(this::intakeMustBeServed);
      gatewayMustHaveKey();
      directory.mailboxes().forEach(this::mailboxShouldBeOpenable);
      keysShouldBeUsed();
      directory.partners().forEach(this::groupMustBeTrusted);
      Set<String> accounts =
          settings.intakes().stream()
              .map(i -> i.user().toLowerCase(Locale.ROOT))
              .collect(Collectors.toUnmodifiableSet());
      deliveries().distinct().forEach(d -> deliveryMustNotComeBack(d, accounts));
      settings.signedOnly().senders().forEach(this::signedOnlyMustBeStaff);
    }

    private void intakeMustBeServed(Intake intake) {
      intake
          .mailbox()
          .filter(m -> !isServed(m))
          .ifPresent(
              m -> {
                String key = "intake." + intake.name() + ".mailbox";
                error(key, "INTAKE_MAILBOX_UNKNOWN", m);
              });
    }

    /** Mail of a practice is encrypted, whatever the settings say. */
    private void signedOnlyMustBeStaff(Address sender) {
      if (directory.party(sender).filter(party -> party.kind().equals("wot")).isEmpty()) {
        error("signedOnly.senders", "SIGNED_ONLY_NOT_STAFF", sender);
      }
    }

    private boolean isServed(Address address) {
      return directory.mailbox(address).isPresent() || isOwn(address);
    }

    private boolean isOwn(Address address) {
      return address.equals(settings.gateway()) || caseMailbox().equals(Optional.of(address));
    }

    private Optional<Address> caseMailbox() {
      return settings.caseAddress().mailbox();
    }

    private void gatewayMustHaveKey() {
      if (!settings.keys().containsKey(settings.gateway())) {
        error("gateway.address", "GATEWAY_WITHOUT_KEY", settings.gateway());
      }
    }

    private void mailboxShouldBeOpenable(Mailbox mailbox) {
      if (mailbox instanceof Mailbox.Closed) {
        return;
      }
      Address address = mailbox.address();
      if (!settings.keys().containsKey(address)) {
        warning("keys.", "MAILBOX_WITHOUT_KEY", address);
      }
      boolean fetched =
          !settings.listeners().isEmpty()
              || settings.intakes().stream()
                  .map(Intake::mailbox)
                  .anyMatch(m -> m.isEmpty() || m.equals(Optional.of(address)));
      if (!fetched) {
        warning("intake.", "MAILBOX_WITHOUT_INTAKE", address);
      }
    }

    private void keysShouldBeUsed() {
      settings.keys().keySet().stream()
          .filter(a -> !isServed(a))
          .forEach(a -> warning("keys." + a.localPart(), "KEY_WITHOUT_MAILBOX", a));
    }

    private void groupMustBeTrusted(Partner partner) {
      if (!settings.trust().containsKey(partner.group())) {
        error("trust.", "GROUP_WITHOUT_TRUST", partner.group(), partner.id());
      }
    }

    private Stream<Address> deliveries() {
      Stream<Address> people =
          directory.workers().stream()
              .map(Worker::delivery)
              .flatMap(Optional::stream)
              .map(d -> d.address());
      Stream<Address> teams = directory.teams().stream().map(Team::delivery).map(d -> d.address());
      return Stream.concat(people, teams);
    }

    private void deliveryMustNotComeBack(Address delivery, Set<String> accounts) {
      boolean comesBack =
          isOwn(delivery)
              || settings.caseAddress().caseOf(delivery).isPresent()
              || accounts.contains(delivery.toString());
      if (comesBack) {
        error("intake.", "DELIVERY_INTO_INTAKE", delivery);
      }
    }

    private void error(String key, String code, Object... arguments) {
      problems.error(file, lineOf.apply(key), code, arguments);
    }

    private void warning(String key, String code, Object... arguments) {
      problems.warning(file, lineOf.apply(key), code, arguments);
    }
  }
}
