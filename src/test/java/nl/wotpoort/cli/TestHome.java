package nl.wotpoort.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nl.wotpoort.desk.Desk;
import nl.wotpoort.desk.Furnishing;
import nl.wotpoort.desk.Rooms;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.settings.Configuration;
import nl.wotpoort.settings.PolicyFile;
import nl.wotpoort.store.Arrival;
import nl.wotpoort.store.Origin;
import nl.wotpoort.store.Store;

/** A home as an administrator would have it, with the repository's routes and the sample keys. */
final class TestHome {

  static final Path REPOSITORY = Path.of("").toAbsolutePath();
  static final Path FIXTURES = REPOSITORY.resolve("src/test/resources/fixtures");

  private static final List<String> MAILBOXES =
      List.of("poort", "zaak", "info", "oost", "zuid", "noordrand", "toestemming");

  private final Path folder;

  private TestHome(Path folder) {
    this.folder = folder;
  }

  static TestHome in(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("routes"));
    try (Stream<Path> routes = Files.list(REPOSITORY.resolve("routes"))) {
      for (Path file : routes.toList()) {
        Files.copy(file, folder.resolve("routes").resolve(file.getFileName()));
      }
    }
    Files.writeString(folder.resolve("wotpoort.properties"), properties());
    return new TestHome(folder);
  }

  private static String properties() {
    StringBuilder text =
        new StringBuilder(
            """
            organisation.domain = wotschiedam.nl
            organisation.phone = 010 754 15 15
            gateway.address = poort@wotschiedam.nl
            case.address = zaak+{case}@wotschiedam.nl
            store.key = env:WOTPOORT_STORE_KEY
            intake.alles.protocol = imap
            intake.alles.security = none
            intake.alles.host = localhost
            intake.alles.port = 1
            intake.alles.user = wotpoort
            intake.alles.password = env:WOTPOORT_IMAP_PASSWORD
            intake.alles.mailbox = catch-all
            submission.host = localhost
            submission.port = 1
            submission.security = none
            """);
    text.append("certificates = ").append(REPOSITORY).append('\n');
    Path certificates = REPOSITORY.resolve("certs-sample");
    for (String mailbox : MAILBOXES) {
      key(text, mailbox, certificates.resolve("gateway/" + mailbox + ".p12"));
    }
    key(text, "oost.2", certificates.resolve("gateway/oost-oud.p12"));
    key(text, "zuid.2", certificates.resolve("gateway/zuid-ec.p12"));
    trust(text, "huisartsen", "zorg", certificates.resolve("ca"));
    trust(text, "wot", "wot", certificates.resolve("ca"));
    return text.toString();
  }

  private static void key(StringBuilder text, String name, Path file) {
    text.append("keys.%s.file = %s%n".formatted(name, file));
    text.append("keys.%s.password = env:WOTPOORT_KEY_PASSWORD%n".formatted(name));
  }

  private static void trust(StringBuilder text, String group, String name, Path ca) {
    text.append("trust.%s.anchors = %s/%s-root.pem%n".formatted(group, ca, name));
    text.append("trust.%s.intermediates = %s/%s-issuing.pem%n".formatted(group, ca, name));
    text.append(
        "trust.%s.crls = %s/%s-issuing.crl.pem, %s/%s-root.crl.pem%n"
            .formatted(group, ca, name, ca, name));
  }

  Path folder() {
    return folder;
  }

  void replace(String file, String what, String by) throws IOException {
    Path path = folder.resolve(file);
    String before = Files.readString(path);
    if (!before.contains(what)) {
      throw new AssertionError(file + " has no " + what);
    }
    Files.writeString(path, before.replace(what, by));
  }

  /** Types a command with this home; sample keys allowed. */
  Typed type(String... arguments) {
    return with("", arguments);
  }

  Typed with(String keyboard, String... arguments) {
    return Typed.with(
        keyboard,
        Stream.concat(
                Stream.of("--home", folder.toString(), "--allow-sample-keys"), Stream.of(arguments))
            .toArray(String[]::new));
  }

  /** Takes these fixtures in at their mailbox and walks them through the desk. */
  void receive(String mailbox, String... fixtures) throws Exception {
    List<Bytes> mails = new ArrayList<>();
    for (String fixture : fixtures) {
      mails.add(Bytes.wrap(Files.readAllBytes(FIXTURES.resolve(fixture))));
    }
    receive(mailbox, mails);
  }

  /** The same for mails at hand; without any, the desk takes what is due. */
  void receive(String mailbox, List<Bytes> mails) throws Exception {
    Configuration configuration =
        Configuration.load(
                folder.resolve("wotpoort.properties"),
                name -> Optional.ofNullable(Typed.SECRETS.get(name)),
                Times.day(Typed.NOW))
            .value()
            .orElseThrow();
    Rooms rooms =
        Furnishing.rooms(
            configuration,
            PolicyFile.read(folder.resolve("routes/policy.yaml")),
            Furnishing.SampleKeys.ALLOWED,
            Typed.CLOCK,
            "test");
    try (Store store = rooms.store()) {
      for (Bytes mail : mails) {
        store
            .queue()
            .received(
                List.of(
                    new Arrival(
                        new Origin("test", String.valueOf(mail.hashCode())),
                        Address.of(mailbox),
                        Optional.empty(),
                        mail,
                        Typed.NOW)));
      }
      new Desk(rooms).work();
    }
  }
}
