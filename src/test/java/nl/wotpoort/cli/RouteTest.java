package nl.wotpoort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wotpoort route} prints every rule's finding and the outcome. */
class RouteTest {

  @TempDir private Path folder;
  private TestHome home;

  @BeforeEach
  void install() throws Exception {
    home = TestHome.in(folder);
  }

  @Test
  void theExampleOfTheAgreement() {
    Typed typed =
        home.type("route", "--postcode", "3121AB", "--age", "40", "--expertise", "schulden");
    assertThat(typed.exit()).isZero();
    assertThat(typed.out())
        .contains(
            "Gericht aan info@wotschiedam.nl",
            "  - Regel 1: ",
            "  - Regel 2: ",
            "  - Regel 3: ",
            "  - Regel 4: ",
            "  - Regel 5: ",
            "  - Regel 6: gezocht is deskundigheid schulden.",
            "Uitkomst: naar medewerker w301 van team groenoord.")
        .doesNotContain("Yılmaz");
  }

  @Test
  void aChildGoesToYouthHelp() {
    Typed typed = home.type("route", "--postcode", "3121AB", "--age", "17", "--json");
    JsonNode json = typed.json().get(0);
    assertThat(json.path("outcome").asText()).isEqualTo("DESK");
    assertThat(json.path("party").asText()).isEqualTo("mevis");
    assertThat(json.path("findings").findValuesAsText("code")).contains("AGE_MINOR");
  }

  @Test
  void aPostcodeOfNobodyIsHeld() {
    Typed typed =
        home.type(
            "route", "--postcode", "9999ZZ", "--age", "40", "--to", "onbekend@wotschiedam.nl");
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.out()).contains("Uitkomst: vasthouden", "onbekend adres");
  }

  @Test
  void onADayWhenTheWorkerIsAway() {
    assertThat(
            home.type(
                    "route", "--to", "s.jansen@wotschiedam.nl", "--age", "40", "--at", "2026-12-24")
                .out())
        .contains("Medewerker w401 is afwezig. Medewerker w101 neemt waar.", "Let op: ");
  }

  @Test
  void openCasesCount() throws Exception {
    home.receive("oost@wotschiedam.nl");
    assertThat(home.type("route", "--age", "40").err()).doesNotContain("niemand bezet");
    assertThat(home.type("route", "--age", "40").exit()).isZero();
  }

  @Test
  void wrongFacts() {
    assertThat(home.type("route", "--postcode", "Schiedam").err()).contains("is geen postcode");
    assertThat(home.type("route", "--age", "200").err()).contains("is geen leeftijd");
    assertThat(home.type("route", "--situation", "anders").err()).contains("is geen grond");
  }

  @Test
  void brokenRoutesAreToldWithTheirLine() throws Exception {
    home.replace("routes/directory.yaml", "capacity: 12", "capacity: veel");
    Typed typed = home.type("route", "--age", "40");
    assertThat(typed.exit()).isEqualTo(2);
    assertThat(typed.err()).containsPattern("directory.yaml:[0-9]+: ");
  }
}
