package nl.wotpoort.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings and routes together, as {@code wotpoort check} reads them. */
final class ConfigurationTest {

  @TempDir private Path home = Path.of("");

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(home.resolve("routes"));
    for (Map.Entry<String, String> file : RoutesCheckTest.town().entrySet()) {
      Files.writeString(home.resolve("routes").resolve(file.getKey()), file.getValue());
    }
    String[] touched = {
      "poort.p12", "oost.p12", "oud.p12", "root.pem", "centraal.pem", "jeugd.pem", "oost.pem",
      "zuid.pem", "c1.pem", "c2.pem", "w1.pem", "praktijk.pem", "a.pem", "c.pem"
    };
    for (String name : touched) {
      Files.createFile(home.resolve(name));
    }
    Files.writeString(home.resolve("secret.txt"), "x\n");
    write(BrokenFixtures.text("/settings/town/wotpoort.properties"));
  }

  private void write(String properties) throws IOException {
    Files.writeString(home.resolve("wotpoort.properties"), properties);
  }

  private void change(String old, String replacement) throws IOException {
    String before = BrokenFixtures.text("/settings/town/wotpoort.properties");
    assertThat(before).contains(old);
    write(before.replace(old, replacement));
  }

  private Loaded<Configuration> load() {
    return Configuration.load(
        home.resolve("wotpoort.properties"),
        name -> Optional.of("secret"),
        LocalDate.of(2026, 11, 21));
  }

  @Test
  void aSoundHomeLoadsAndTellsWhatIsNotServedYet() {
    Loaded<Configuration> loaded = load();
    assertThat(loaded.isUsable()).isTrue();
    assertThat(RoutesCheckTest.said(loaded))
        .contains(
            "warning wotpoort.properties:7: Niemand haalt de post van zuid@wotschiedam.nl op. Voeg"
                + " een intake toe voor dit adres, of een met mailbox = catch-all.",
            "warning wotpoort.properties:17: Er is geen sleutel voor zuid@wotschiedam.nl."
                + " Versleutelde post aan dit adres is niet te openen. Voeg keys. toe met file en"
                + " password voor dit adres.");
  }

  @Test
  void anIntakeForAnAddressThatIsNotOurs() throws IOException {
    change("mailbox = oost@wotschiedam.nl", "mailbox = west@wotschiedam.nl");
    assertThat(RoutesCheckTest.said(load()))
        .contains(
            "wotpoort.properties:11: Het adres west@wotschiedam.nl staat niet in mailboxes.yaml en"
                + " hoort bij geen medewerker. Verbeter het adres of voeg het toe aan"
                + " mailboxes.yaml.");
  }

  @Test
  void aCatchAllFetchesForEverybody() throws IOException {
    change("mailbox = oost@wotschiedam.nl", "mailbox = catch-all");
    assertThat(load().problems()).noneMatch(p -> p.code().equals("MAILBOX_WITHOUT_INTAKE"));
  }

  @Test
  void theGatewayCannotDoWithoutItsKey() throws IOException {
    change("gateway.address = poort@", "gateway.address = post@");
    assertThat(RoutesCheckTest.said(load()))
        .contains(
            "wotpoort.properties:3: Er is geen sleutel voor het adres van WOTpoort zelf"
                + " (post@wotschiedam.nl). Vul keys.poort.file en keys.poort.password in, met de"
                + " naam van dit adres.",
            "warning wotpoort.properties:17: Er is een sleutel voor poort@wotschiedam.nl, maar dat"
                + " adres is niet van ons. Voeg het adres toe aan mailboxes.yaml of haal de sleutel"
                + " weg.");
  }

  @Test
  void aPartnersGroupMustBeTrusted() throws IOException {
    change("trust.huisartsen.", "trust.artsen.");
    assertThat(RoutesCheckTest.said(load()))
        .contains(
            "wotpoort.properties:23: Partner A hoort bij groep huisartsen, maar die groep heeft"
                + " geen vertrouwde certificaten. Vul trust.huisartsen.anchors in of verbeter group"
                + " in partners.yaml.");
  }

  @Test
  void aDeliveryIntoOurOwnAccountWouldGoRound() throws IOException {
    change("user = wotpoort", "user = oost@intern.wotschiedam.nl");
    assertThat(RoutesCheckTest.said(load()))
        .contains(
            "wotpoort.properties:7: Het bezorgadres oost@intern.wotschiedam.nl is een postvak waar"
                + " WOTpoort zelf post ophaalt. De post zou rondgaan. Geef in routes/ een ander"
                + " bezorgadres op.");
  }

  @Test
  void faultsOfBothAreToldTogether() throws IOException {
    change("language = nl", "language = fr");
    Files.writeString(home.resolve("routes/partners.yaml"), "partner: []\n");
    assertThat(load().errors().stream().map(Problem::file).distinct())
        .containsExactlyInAnyOrder("wotpoort.properties", "partners.yaml");
  }

  /** The folders count, whatever else is wrong: no certificate is missing because of a number. */
  @Test
  void oneMistakeIsOneError() throws IOException {
    Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));
    try (Stream<Path> files = Files.list(home)) {
      for (Path file : files.filter(f -> f.toString().matches(".*(\\.pem|/routes)")).toList()) {
        Files.move(file, elsewhere.resolve(file.getFileName()));
      }
    }
    Files.copy(elsewhere.resolve("root.pem"), home.resolve("root.pem"));
    change("limits.maxSize = 10MB", "limits.maxSize = veel");
    String broken = Files.readString(home.resolve("wotpoort.properties"));
    write(broken + "\nroutes = elsewhere/routes\ncertificates = elsewhere\n");
    assertThat(load().errors()).extracting(Problem::code).containsExactly("VALUE_NOT_SIZE");
  }

  @Test
  void noFilesAtAll() throws IOException {
    try (var files = Files.list(home.resolve("routes"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(home.resolve("wotpoort.properties"));
    assertThat(load().errors()).hasSize(4).allMatch(p -> p.code().equals("FILE_MISSING"));
  }
}
