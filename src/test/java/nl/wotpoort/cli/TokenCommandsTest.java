package nl.wotpoort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nl.wotpoort.smime.SoftHsm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A mailbox whose key is in a PKCS#11 token, seen from the commands. */
@EnabledIf(
    value = "nl.wotpoort.smime.SoftHsm#isThere",
    disabledReason = "SoftHSM is not here (Debian: apt-get install softhsm2)")
class TokenCommandsTest {

  @TempDir private Path folder;
  private TestHome home;

  @BeforeEach
  void settle() throws IOException {
    home = TestHome.in(folder);
    Path gateway = TestHome.REPOSITORY.resolve("certs-sample/gateway");
    home.replace(
        "wotpoort.properties",
        "keys.oost.file = " + gateway.resolve("oost.p12"),
        "keys.oost.token = %s%nkeys.oost.slot = %d%nkeys.oost.pin = env:WOTPOORT_TOKEN_PIN"
            .formatted(SoftHsm.library(), SoftHsm.full()));
    home.replace("wotpoort.properties", "keys.oost.password = env:WOTPOORT_KEY_PASSWORD\n", "");
  }

  private Typed type(String pin, String... arguments) {
    Map<String, String> secrets = new HashMap<>(Typed.SECRETS);
    secrets.put("WOTPOORT_TOKEN_PIN", pin);
    String[] all = new String[arguments.length + 3];
    all[0] = "--home";
    all[1] = folder.toString();
    all[2] = "--allow-sample-keys";
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return Typed.in(Typed.CLOCK, secrets, "", all);
  }

  @Test
  void checkCountsItsDays() {
    Typed typed = type(SoftHsm.PIN, "check");
    assertThat(typed.exit()).as(typed.all()).isZero();
    assertThat(typed.out()).contains("Sleutel van oost@wotschiedam.nl (in een token): nog ");
    assertThat(typed.all()).doesNotContain(SoftHsm.PIN);
  }

  @Test
  void listShowsWhereEachKeyIsAndWhichSigns() {
    List<JsonNode> keys = type(SoftHsm.PIN, "cert", "list", "--keys", "--json").json();
    JsonNode first =
        keys.stream()
            .filter(key -> key.path("mailbox").asText().equals("oost@wotschiedam.nl"))
            .findFirst()
            .orElseThrow();
    assertThat(first.path("token").asBoolean()).isTrue();
    assertThat(first.path("use").asText()).isEqualTo("SIGNS");
    assertThat(first.path("daysLeft").asInt()).isPositive();
    assertThat(keys)
        .anyMatch(key -> key.path("source").asText().contains("zuid.p12"))
        .allMatch(key -> key.path("mailbox").asText().endsWith("wotschiedam.nl"));
    assertThat(type(SoftHsm.PIN, "cert", "list", "--keys").out())
        .contains("in het token " + SoftHsm.library(), "tekent en leest", "verlopen, leest");
  }

  @Test
  void openReadsWithIt() {
    Path mail = TestHome.FIXTURES.resolve("accept/openssl-detached-rfc822-aes-256-gcm.eml");
    Typed typed = type(SoftHsm.PIN, "open", "--json", mail.toString());
    assertThat(typed.json().get(0).path("verdict").asText()).as(typed.all()).isEqualTo("ACCEPT");
  }

  @Test
  void aTokenThatIsNotThereIsSaidWithPlaceAndRemedy() throws IOException {
    home.replace(
        "wotpoort.properties", "keys.oost.slot = " + SoftHsm.full(), "keys.oost.slot = 77");
    Typed typed = type(SoftHsm.PIN, "check");
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.out()).contains("slot 77 antwoordt geen sleuteltoken", "token en slot");
  }

  @Test
  void aWrongPinIsSaidAndNotShown() throws IOException {
    home.replace(
        "wotpoort.properties",
        "keys.oost.slot = " + SoftHsm.full(),
        "keys.oost.slot = " + SoftHsm.locked());
    Typed typed = type("777777", "check");
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.out()).contains("weigert de pincode").doesNotContain("777777");
  }

  @Test
  void settingsAtFaultNameTheirLine() throws IOException {
    home.replace(
        "wotpoort.properties", "keys.oost.slot = " + SoftHsm.full(), "keys.oost.slot = eerste");
    assertThat(type(SoftHsm.PIN, "check").out())
        .containsPattern("FOUT +wotpoort.properties:[0-9]+: .*keys.oost.slot");
  }
}
