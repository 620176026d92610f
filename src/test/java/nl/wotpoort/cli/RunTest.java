package nl.wotpoort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting and stopping; the road of the mail itself has its own tests. */
class RunTest {

  @TempDir private Path folder;
  private TestHome home;

  @BeforeEach
  void install() throws Exception {
    home = TestHome.in(folder);
  }

  /** The mail server is away: that does not keep the gateway from starting. */
  @Test
  void startsSaysWhereAndStops() {
    Typed typed = home.type("run");
    assertThat(typed.exit()).as(typed.all()).isZero();
    assertThat(typed.out())
        .contains(
            "is gestart",
            "Haalt post op: alles, localhost:1 (none), postvak alle adressen, elke 1 s.",
            "Verstuurt post via localhost:1 (none).",
            "De poort draait.");
    assertThat(typed.err()).contains("De poort stopt.", "De poort is gestopt.");
    assertThat(home.type("hold", "list").exit()).isZero();
  }

  @Test
  void saysWhichDomainsHaveAServerOfTheirOwn() throws Exception {
    home.replace(
        "wotpoort.properties",
        "submission.host =",
        "nextHop.teams.domains = intern.wotschiedam.nl\nnextHop.teams.host = localhost\n"
            + "nextHop.teams.port = 2\nnextHop.teams.security = none\nsubmission.host =");
    assertThat(home.type("run").out())
        .contains("Naar intern.wotschiedam.nl: via localhost:2 (none).");
  }

  @Test
  void forAMachine() {
    assertThat(home.type("run", "--json").json().get(0).path("event").asText())
        .isEqualTo("started");
  }

  @Test
  void refusesSampleKeys() {
    Typed typed = Typed.command("--home", folder.toString(), "run");
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.err()).contains("certs-sample");
    assertThat(typed.out()).isEmpty();
  }

  @Test
  void refusesSettingsAtFaultWithTheirLine() throws Exception {
    home.replace("wotpoort.properties", "gateway.address = poort@", "gateway.address = poort");
    Typed typed = home.type("run");
    assertThat(typed.exit()).isEqualTo(2);
    assertThat(typed.err()).contains("wotpoort.properties:3: ", "wotpoort check");
  }

  @Test
  void refusesARouteFileThatIsNone() throws Exception {
    Files.writeString(folder.resolve("routes/20-pass.camel.xml"), "<routes");
    Typed typed = home.type("run");
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.err()).contains("20-pass.camel.xml", "uit de levering");
  }

  @Test
  void aStoreThatCannotBeMadeIsUnavailable() throws Exception {
    Files.writeString(folder.resolve("data"), "in de weg");
    Typed typed = home.type("run");
    assertThat(typed.exit()).isEqualTo(69);
    assertThat(typed.err()).contains("De opslag is niet bereikbaar").doesNotContain("\tat nl.");
  }
}
