package nl.wotpoort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every error with file and line, days left, and an exit code. */
class CheckTest {

  @TempDir private Path folder;
  private TestHome home;

  @BeforeEach
  void install() throws Exception {
    home = TestHome.in(folder);
  }

  @Test
  void aGoodHome() {
    Typed typed = home.type("check");
    assertThat(typed.exit()).as(typed.all()).isZero();
    assertThat(typed.out())
        .contains(
            "in orde    Sleutel van oost@wotschiedam.nl: nog ",
            "in orde    Certificaat van oost@intern.wotschiedam.nl: nog ",
            "Lijst van ingetrokken certificaten, groep huisartsen",
            "De opslag is er nog niet.",
            "Geen fouten, ");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void sampleKeysAreAnError() {
    Typed typed = Typed.command("--home", folder.toString(), "check");
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.out()).contains("FOUT       De instellingen wijzen naar sleutels");
  }

  @Test
  void severalErrorsAreAllTold() throws Exception {
    home.replace("wotpoort.properties", "store.key = env:WOTPOORT_STORE_KEY", "store.kei = x");
    home.replace("routes/mailboxes.yaml", "team: zuid", "team: zuidd");
    home.replace("routes/policy.yaml", "together: 12", "together: 17");
    Typed typed = home.type("check");
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.out())
        .containsPattern("FOUT +wotpoort.properties:5: ")
        .containsPattern("FOUT +mailboxes.yaml:[0-9]+: ")
        .containsPattern("FOUT +.*policy.yaml")
        .contains("Zo kan de poort niet starten");
  }

  @Test
  void forAMachine() throws Exception {
    home.replace("routes/mailboxes.yaml", "team: zuid", "team: zuidd");
    Typed typed = home.type("check", "--json");
    JsonNode json = typed.json().get(0);
    assertThat(json.path("errors").asInt()).isPositive();
    assertThat(json.path("remarks").findValuesAsText("file")).contains("mailboxes.yaml");
    assertThat(json.path("remarks").findValuesAsText("severity"))
        .contains("ERROR", "WARNING")
        .doesNotContain("FOUT");
  }

  @Test
  void aMissingSecretIsNamedButNothingElse() {
    Typed typed =
        Typed.in(
            Typed.CLOCK,
            Map.of("WOTPOORT_KEY_PASSWORD", "geheim-woord"),
            "",
            "--home",
            folder.toString(),
            "check");
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.out()).contains("WOTPOORT_STORE_KEY").doesNotContain("geheim-woord");
  }

  @Test
  void aWrongPasswordNamesTheFile() {
    Typed typed =
        Typed.in(
            Typed.CLOCK,
            Map.of(
                "WOTPOORT_KEY_PASSWORD", "fout",
                "WOTPOORT_STORE_KEY", Typed.SECRETS.get("WOTPOORT_STORE_KEY"),
                "WOTPOORT_IMAP_PASSWORD", "x"),
            "",
            "--home",
            folder.toString(),
            "check");
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.out()).contains("Het wachtwoord van ", "oost.p12 is niet juist");
  }

  @Test
  void whatIsAlmostOverAndWhatIsOver() {
    assertThat(at("2043-12-15T00:00:00Z").out())
        .contains("LET OP     Sleutel van oost@wotschiedam.nl: nog maar 17 dagen");
    Typed over = at("2044-02-01T00:00:00Z");
    assertThat(over.exit()).isEqualTo(1);
    assertThat(over.out())
        .contains(
            "FOUT       Sleutel van oost@wotschiedam.nl is verlopen op 2044-01-01",
            "Er is geen geldige sleutel om voor poort@wotschiedam.nl te ondertekenen");
  }

  private Typed at(String moment) {
    return Typed.in(
        Clock.fixed(Instant.parse(moment), ZoneOffset.UTC),
        Typed.SECRETS,
        "",
        "--home",
        folder.toString(),
        "--allow-sample-keys",
        "check");
  }

  @Test
  void aSignatureThatNoKeyCanMake() throws Exception {
    home.replace("routes/partners.yaml", "cipher: aes256-cbc", "signature: ed25519");
    Typed typed = home.type("check");
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.out())
        .contains("Praktijk Maasoever een handtekening met ed25519", "poort@wotschiedam.nl");
    home.replace("routes/partners.yaml", "signature: ed25519", "signature: rsa-pss");
    assertThat(home.type("check").exit()).isZero();
  }

  /**
   * The receipt of what was written to zuid@ is signed as zuid@, so the gateway's key is no help.
   */
  @Test
  void aSignatureThatOneMailboxCannotMake() throws Exception {
    Path gateway = TestHome.REPOSITORY.resolve("certs-sample/gateway");
    home.replace("routes/partners.yaml", "cipher: aes256-cbc", "signature: rsa-pss");
    home.replace(
        "wotpoort.properties",
        "keys.zuid.file = " + gateway.resolve("zuid.p12"),
        "keys.zuid.file = " + gateway.resolve("zuid-ec.p12"));
    Typed typed = home.type("check");
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.out())
        .contains("Praktijk Maasoever een handtekening met rsa-pss", ": zuid@wotschiedam.nl.");
  }

  /** A delivery address inside may ask as well. */
  @Test
  void aSignatureThatATeamAsksFor() throws Exception {
    String certificates = "certificates: [certs-sample/team/oost.pem]";
    home.replace(
        "routes/directory.yaml", certificates, certificates + "\n      signature: ed25519");
    Typed typed = home.type("check");
    assertThat(typed.out())
        .contains("routes/ vraagt voor oost@intern.wotschiedam.nl een handtekening met ed25519");
    assertThat(typed.exit()).isEqualTo(1);
  }

  @Test
  void anotherStoreKeyThanTheStoreWasMadeWith() throws Exception {
    home.receive("oost@wotschiedam.nl");
    Typed typed =
        Typed.in(
            Typed.CLOCK,
            Map.of(
                "WOTPOORT_STORE_KEY", "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXowMTIzNDU=",
                "WOTPOORT_KEY_PASSWORD", "wotpoort-sample",
                "WOTPOORT_IMAP_PASSWORD", "x"),
            "",
            "--home",
            folder.toString(),
            "--allow-sample-keys",
            "check");
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.out()).contains("De opslag hoort bij een andere sleutel");
  }

  @Test
  void onlineTellsWhichServerDoesNotAnswer() {
    Typed typed = home.type("check", "--online");
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.out()).contains("FOUT       localhost:1 antwoordt niet");
  }
}
