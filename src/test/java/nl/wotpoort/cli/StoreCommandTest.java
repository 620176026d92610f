package nl.wotpoort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Base64;
import nl.wotpoort.store.Occupancy;
import nl.wotpoort.store.Store;
import nl.wotpoort.store.StoreKey;
import nl.wotpoort.store.StoreSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backup, restore and move as an administrator types them; what cannot be says why. */
class StoreCommandTest {

  private static final String MAIL = "accept/openssl-detached-bare-aes-256-cbc.eml";

  @TempDir private Path folder;
  private TestHome home;

  @BeforeEach
  void install() throws Exception {
    home = TestHome.in(folder.resolve("home"));
    home.receive("oost@wotschiedam.nl", MAIL);
  }

  private Path data() {
    return folder.resolve("home/data/wotpoort.db");
  }

  private String backup() {
    return folder.resolve("kopie.db").toString();
  }

  private StoreSettings settings() {
    byte[] key = Base64.getDecoder().decode(Typed.SECRETS.get("WOTPOORT_STORE_KEY"));
    return StoreSettings.embedded(data(), StoreKey.of(key));
  }

  /** In another folder, so that it is a new store. */
  private TestHome elsewhere() throws Exception {
    return TestHome.in(folder.resolve("elsewhere"));
  }

  @Test
  void aBackupIsMadeVerifiedAndRestored() throws Exception {
    Typed made = home.type("store", "backup", backup());
    assertThat(made.exit()).as(made.all()).isZero();
    assertThat(made.out())
        .contains("De reservekopie is gemaakt en gecontroleerd", "Berichten: 1, zaken: 1");
    assertThat(home.type("store", "verify", backup()).out()).contains("De reservekopie klopt");

    TestHome other = elsewhere();
    Typed restored = other.type("store", "restore", backup(), "--by", "p.klaassen");
    assertThat(restored.exit()).as(restored.all()).isZero();
    assertThat(restored.out()).contains("teruggezet", "docs/operations.md");
    assertThat(other.type("case", "list").out()).isEqualTo(home.type("case", "list").out());
    assertThat(other.type("journal", "show").out()).contains("p.klaassen");
    assertThat(other.type("journal", "verify").exit()).isZero();
  }

  @Test
  void forAMachine() {
    var json = home.type("store", "backup", backup(), "--json").json().get(0);
    assertThat(json.path("rows").path("message").asInt()).isEqualTo(1);
    assertThat(json.path("journalLines").asInt()).isPositive();
  }

  /** The gateway works meanwhile: a backup is made, but nothing is put back or moved. */
  @Test
  void whileAGatewayWorksItIsBackedUpButNeverRestoredOrMoved() {
    try (Store store = Store.open(settings());
        Occupancy gateway = store.occupy(Typed.NOW)) {
      assertThat(gateway).isNotNull();
      assertThat(home.type("store", "backup", backup()).exit()).isZero();
      Typed restored = home.type("store", "restore", backup());
      assertThat(restored.exit()).isEqualTo(1);
      assertThat(restored.err()).contains("Er draait al een poort op deze opslag");
      Typed moved = home.type("store", "migrate", "jdbc:postgresql://127.0.0.1:9/none");
      assertThat(moved.exit()).isEqualTo(1);
      assertThat(moved.err()).contains("Er draait al een poort");
      Typed second = home.type("run");
      assertThat(second.exit()).isEqualTo(69);
      assertThat(second.err()).contains("Er draait al een poort");
    }
    assertThat(home.type("case", "list").exit()).isZero();
  }

  @Test
  void whatIsRefusedSaysWhyAndChangesNothing() throws Exception {
    Path notes = Files.writeString(folder.resolve("notes"), "x");
    Typed over = home.type("store", "backup", notes.toString());
    assertThat(over.exit()).isEqualTo(1);
    assertThat(over.err()).contains("Er staat al een bestand op die plek");
    assertThat(notes).hasContent("x");

    assertThat(home.type("store", "backup", backup()).exit()).isZero();
    Typed full = home.type("store", "restore", backup());
    assertThat(full.exit()).isEqualTo(1);
    assertThat(full.err()).contains("Het doel is niet leeg");

    Typed none = elsewhere().type("store", "restore", folder.resolve("none").toString());
    assertThat(none.exit()).isEqualTo(1);
    assertThat(none.err()).contains("De reservekopie is er niet");
    assertThat(folder.resolve("elsewhere/data")).doesNotExist();
  }

  @Test
  void aBackupThatDoesNotMatchIsRefusedAndNoStoreIsMade() throws Exception {
    home.type("store", "backup", backup());
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + backup());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE message SET attempts = 4");
    }
    TestHome other = elsewhere();
    Typed restored = other.type("store", "restore", backup());
    assertThat(restored.exit()).isEqualTo(1);
    assertThat(restored.err()).contains("klopt niet met haar eigen inhoudsopgave");
    assertThat(folder.resolve("elsewhere/data")).doesNotExist();
  }

  @Test
  void aServerThatIsAwayIsSaidAndTheOldStoreWorksOn() {
    Typed moved =
        home.type("store", "migrate", "jdbc:postgresql://127.0.0.1:9/none", "--lang", "en");
    assertThat(moved.exit()).isEqualTo(69);
    assertThat(moved.err()).contains("database server");
    assertThat(home.type("case", "list").exit()).isZero();
    assertThat(home.type("store", "migrate", "jdbc:sqlite:elsewhere.db").err())
        .contains("Verhuizen kan alleen van een bestand naar een databaseserver");
  }

  @Test
  void aPasswordIsNeverTyped() {
    String server = "jdbc:postgresql://127.0.0.1:9/none";
    for (String[] wrong :
        new String[][] {
          {"store", "migrate", server + "?password=geheim"},
          {"store", "migrate", server, "--user", "w"},
          {"store", "migrate", server, "--user", "w", "--password", "geheim"},
          {"store", "migrate", server, "--user", "w", "--password", "env:NERGENS"}
        }) {
      Typed typed = home.type(wrong);
      assertThat(typed.exit()).as(String.join(" ", wrong)).isEqualTo(2);
      assertThat(typed.all()).doesNotContain("geheim").contains("--password");
    }
  }

  @Test
  void withoutAStoreThereIsNothingToBackUp() throws Exception {
    Typed typed = elsewhere().type("store", "backup", backup());
    assertThat(typed.exit()).isEqualTo(69);
    assertThat(typed.err()).contains("Er is nog geen opslag");
    assertThat(folder.resolve("elsewhere/data")).doesNotExist();
  }

  @Test
  void anUnreachableServerKeepsTheGatewayFromStarting() throws Exception {
    home.replace(
        "wotpoort.properties",
        "store.key =",
        "store.jdbcUrl = jdbc:postgresql://127.0.0.1:9/none\nstore.key =");
    for (String[] command :
        new String[][] {{"run"}, {"hold", "list"}, {"store", "backup", backup()}}) {
      Typed typed = home.type(command);
      assertThat(typed.exit()).isEqualTo(69);
      assertThat(typed.err()).contains("De databaseserver is niet bereikbaar");
    }
    assertThat(home.type("check").all()).contains("De databaseserver is niet bereikbaar");
    assertThat(Files.exists(Path.of(backup()))).isFalse();
  }

  @Test
  void aStoreOfANewerVersionKeepsTheGatewayFromStarting() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "INSERT INTO schema_history SELECT 99, '99', 'later', type, 'V99__later.sql', checksum,"
              + " installed_by, installed_on, execution_time, 1 FROM schema_history"
              + " WHERE installed_rank = 1");
    }
    byte[] before = Files.readAllBytes(data());
    Typed typed = home.type("run");
    assertThat(typed.exit()).isEqualTo(69);
    assertThat(typed.err()).contains("nieuwere versie van wotpoort");
    assertThat(Files.readAllBytes(data())).isEqualTo(before);
  }

  @Test
  void aHalfFinishedMigrationKeepsTheGatewayFromStarting() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE schema_history SET success = 0 WHERE version = '2'");
    }
    Typed typed = home.type("run");
    assertThat(typed.exit()).isEqualTo(69);
    assertThat(typed.err()).contains("De opslag kon niet worden bijgewerkt", "Er is niets gestart");
  }

  @Test
  void aFileThatIsNoStoreKeepsTheGatewayFromStarting() throws Exception {
    byte[] letter = "dit is een brief".repeat(400).getBytes(StandardCharsets.UTF_8);
    Files.write(data(), letter);
    Typed typed = home.type("run");
    assertThat(typed.exit()).isEqualTo(69);
    assertThat(typed.err()).contains("De opslag is beschadigd");
    assertThat(Files.readAllBytes(data())).isEqualTo(letter);
  }
}
