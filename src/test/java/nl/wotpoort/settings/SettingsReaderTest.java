package nl.wotpoort.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.CaseNumber;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The settings file: what it gives, and every problem with its exact words. */
final class SettingsReaderTest {

  private static final String FILE = "wotpoort.properties";

  static final Function<String, Optional<String>> ENVIRONMENT =
      name ->
          Optional.ofNullable(
              Map.of("STORE_KEY", "geheim-k", "SMTP", "geheim-s", "KEYS", "geheim-p").get(name));

  @TempDir private Path home = Path.of("");

  static Map<String, String> sound() {
    return Map.of(FILE, BrokenFixtures.text("/settings/town/" + FILE));
  }

  @BeforeEach
  void files() throws IOException {
    for (String name : new String[] {"poort.p12", "oost.p12", "oud.p12", "root.pem", "empty.txt"}) {
      Files.createFile(home.resolve(name));
    }
    Files.writeString(home.resolve("secret.txt"), "imap-geheim\n");
  }

  private Loaded<Settings> read(Map<String, String> files) {
    byte[] bytes = Objects.requireNonNull(files.get(FILE)).getBytes(StandardCharsets.UTF_8);
    return SettingsReader.read(bytes, FILE, home, ENVIRONMENT);
  }

  @Test
  void aSoundFileGivesEverything() {
    Settings settings = read(sound()).value().orElseThrow();
    assertThat(settings.organisation().domain()).isEqualTo("wotschiedam.nl");
    assertThat(settings.store().jdbcUrl())
        .isEqualTo("jdbc:sqlite:" + home.resolve("data").resolve("x.db"));
    assertThat(settings.intakes()).hasSize(1);
    Settings.Intake intake = settings.intakes().get(0);
    assertThat(intake.port()).isEqualTo(993);
    assertThat(intake.security()).isEqualTo(Settings.Security.TLS);
    assertThat(intake.password().reveal()).isEqualTo("imap-geheim".toCharArray());
    assertThat(settings.submission().port()).isEqualTo(587);
    assertThat(settings.submission().hostCheck()).isEqualTo(Settings.HostCheck.VERIFY);
    assertThat(settings.keys().get(Address.of("oost@wotschiedam.nl")))
        .extracting(k -> k.<String>fold(f -> String.valueOf(f.file().getFileName()), t -> "token"))
        .containsExactly("oost.p12", "oud.p12");
    assertThat(settings.trust().get("huisartsen").domains())
        .containsExactlyInAnyOrder("linde.example", "maas.example");
    assertThat(settings.limits().maxSize()).isEqualTo(10L * 1024 * 1024);
    assertThat(settings.limits().freeDisk()).isEqualTo(45L * 1024 * 1024);
    assertThat(settings.retry().ladder())
        .containsExactly(Duration.ofMinutes(1), Duration.ofHours(2));
    assertThat(settings.routes()).isEqualTo(home.resolve("routes"));
    assertThat(settings.http()).contains(new Settings.Http("127.0.0.1", 8025));
  }

  @Test
  void noSecretPrints() {
    assertThat(read(sound()).toString()).doesNotContain("geheim");
  }

  @Test
  void aCaseHasItsAddressAndTheAddressItsCase() {
    Settings.CaseAddress address = read(sound()).value().orElseThrow().caseAddress();
    CaseNumber number = CaseNumber.ofRandom(42);
    assertThat(address.caseOf(address.of(number))).contains(number);
    assertThat(address.of(number).toString()).startsWith("zaak+wp-").endsWith("@wotschiedam.nl");
    assertThat(address.caseOf(Address.of("zaak@wotschiedam.nl"))).isEmpty();
    assertThat(address.caseOf(Address.of("zaak+x@wotschiedam.nl"))).isEmpty();
    assertThat(address.caseOf(new Address(address.of(number).localPart(), "elders.example")))
        .isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> everyProblemIsToldWithFileLineAndRemedy() {
    return BrokenFixtures.read("/settings/broken-settings.txt", sound()).stream()
        .map(
            fixture ->
                DynamicTest.dynamicTest(
                    fixture.title(),
                    () -> {
                      Loaded<Settings> loaded = read(fixture.files());
                      assertThat(RoutesCheckTest.said(loaded))
                          .isEqualTo(fixture.expected())
                          .isNotEmpty();
                    }));
  }

  @Test
  void theExampleLacksNothingButItsFilesAndSecrets() throws IOException {
    Path example =
        Path.of(System.getProperty("project.basedir", "."), "docs/wotpoort.properties.example");
    Loaded<Settings> loaded =
        SettingsReader.read(Files.readAllBytes(example), FILE, home, name -> Optional.of("secret"));
    assertThat(loaded.problems().stream().map(Problem::code).distinct())
        .containsExactly("PATH_NOT_THERE");
  }

  @Test
  void aFileThatIsNotThere() {
    assertThat(RoutesCheckTest.said(SettingsReader.read(home.resolve("x.properties"), ENVIRONMENT)))
        .containsExactly(
            "x.properties:1: Het bestand x.properties is er niet. Maak het bestand of verbeter de"
                + " map.");
  }

  @Test
  void bytesThatAreNoTextAreToldAtTheirLine() {
    byte[] bytes = {'a', '=', 'b', '\n', 'c', '=', (byte) 0xE9, '\n'};
    assertThat(RoutesCheckTest.said(SettingsReader.read(bytes, FILE, home, ENVIRONMENT)))
        .containsExactly(
            "wotpoort.properties:2: Deze regel is geen tekst in UTF-8. Bewaar het bestand als UTF-8"
                + " en typ de letters met accenten opnieuw.");
  }
}
