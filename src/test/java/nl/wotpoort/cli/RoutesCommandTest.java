package nl.wotpoort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wotpoort routes}: what an administrator types to change the routes. */
class RoutesCommandTest {

  @TempDir private Path folder;
  private TestHome home;

  @BeforeEach
  void install() throws Exception {
    home = TestHome.in(folder);
  }

  @Test
  void aChangeFromTheFileToTheHistoryAndBack() throws Exception {
    assertThat(home.type("routes", "activate", "--by", "M. Beheer").out())
        .contains("Versie 1 (", "is in gebruik");
    assertThat(home.type("routes", "activate").out()).contains("Er is niets veranderd");

    home.replace("routes/directory.yaml", "capacity: 12", "capacity: 3");
    Typed check = home.type("routes", "check");
    assertThat(check.exit()).isZero();
    assertThat(check.out()).contains("1 wijziging(en)", "~ worker w301: capacity", "Geen fouten");
    assertThat(home.type("check").out()).contains("zijn anders dan versie 1");

    Typed active = home.type("routes", "activate");
    assertThat(active.exit()).as(active.all()).isZero();
    assertThat(active.out()).contains("~ worker w301: capacity", "Versie 2 (");
    assertThat(home.type("check").out()).contains("De bestanden in routes/ zijn versie 2");

    Typed back = home.type("routes", "rollback", "1");
    assertThat(back.out()).contains("Versie 3 (", "wotpoort routes export 1");
    assertThat(home.type("routes", "history").out())
        .containsSubsequence(
            "Versie 3 (", "door beheer: in gebruik", "Versie 2 (", "Versie 1 (", "M. Beheer");
    assertThat(home.type("routes", "history", "--json", "--max", "1").json().get(0).path("version"))
        .hasToString("3");

    Path out = folder.resolve("oud");
    assertThat(home.type("routes", "export", "2", out.toString()).exit()).isZero();
    assertThat(out.resolve("directory.yaml"))
        .hasSameBinaryContentAs(folder.resolve("routes/directory.yaml"));
  }

  @Test
  void anErrorLeavesTheOldVersionInForce() throws Exception {
    home.type("routes", "activate");
    home.replace("routes/directory.yaml", "capacity: 12", "capacity: veel");
    Typed typed = home.type("routes", "activate");
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.out()).contains("directory.yaml:", "De oude versie blijft gelden");
    assertThat(home.type("routes", "history").out())
        .contains("Versie 1")
        .doesNotContain("Versie 2");
    assertThat(home.type("run").exit()).as("a start with a broken file").isZero();
    assertThat(home.type("routes", "check").exit()).isEqualTo(1);
  }

  /** The same decision as the running gateway's, unless a folder is to be tried. */
  @Test
  void routeUsesTheVersionInForce() throws Exception {
    home.type("routes", "activate");
    home.replace("routes/directory.yaml", "    capacity: 12", "    capacity: 0");
    Typed live =
        home.type("route", "--postcode", "3121AB", "--age", "40", "--expertise", "schulden");
    assertThat(live.out()).contains("naar medewerker w301");
    assertThat(live.err()).contains("anders dan versie 1");
    assertThat(
            home.type(
                    "route",
                    "--postcode",
                    "3121AB",
                    "--age",
                    "40",
                    "--expertise",
                    "schulden",
                    "--routes",
                    folder.resolve("routes").toString())
                .out())
        .doesNotContain("naar medewerker w301");
  }

  /** Before there is a gateway: the files alone, wherever they are. */
  @Test
  void filesAreCheckedWithoutSettings() throws Exception {
    Typed sample =
        Typed.command(
            "--home",
            folder.resolve("leeg").toString(),
            "routes",
            "check",
            TestHome.REPOSITORY.resolve("routes").toString());
    assertThat(sample.exit()).as(sample.all()).isZero();
    assertThat(sample.out()).contains("alleen de drie bestanden", "Geen fouten");
    home.replace("routes/directory.yaml", "team: groenoord", "team: groenord");
    Files.delete(folder.resolve("wotpoort.properties"));
    Typed wrong = home.type("routes", "check");
    assertThat(wrong.exit()).isEqualTo(1);
    assertThat(wrong.out()).contains("directory.yaml:", "Bedoelde u groenoord");
  }

  /** On a store with a case in it: what would go elsewhere, and nothing of the client. */
  @Test
  void changedFilesAreTriedOnTheCasesThatWere() throws Exception {
    home.type("routes", "activate");
    home.receive("oost@wotschiedam.nl", "accept/openssl-detached-bare-aes-256-cbc.eml");
    Path changed = folder.resolve("nieuw");
    Files.createDirectories(changed);
    for (String file : List.of("mailboxes.yaml", "directory.yaml", "partners.yaml")) {
      Files.copy(folder.resolve("routes").resolve(file), changed.resolve(file));
    }
    Typed same = home.type("routes", "diff", changed.toString());
    assertThat(same.exit()).as(same.all()).isZero();
    assertThat(same.out()).contains("0 van de laatste 1 zaken");

    Path mailboxes = changed.resolve("mailboxes.yaml");
    Files.writeString(
        mailboxes,
        Files.readString(mailboxes)
            .replace(
                "address: oost@wotschiedam.nl\n    kind: team\n    team: oost",
                "address: oost@wotschiedam.nl\n    kind: team\n    team: zuid"));
    Typed differs = home.type("routes", "diff", changed.toString());
    assertThat(differs.exit()).as(differs.all()).isEqualTo(1);
    assertThat(differs.out())
        .contains(
            "1 van de laatste 1 zaken", "gericht aan oost@wotschiedam.nl", "team Oost", "team Zuid")
        .doesNotContain("Voorbeeld", "1980");
    assertThat(
            home.type("routes", "diff", changed.toString(), "--json")
                .json()
                .get(0)
                .path("elsewhere"))
        .hasToString("1");
    Files.writeString(mailboxes, "mailboxes: 3\n");
    assertThat(home.type("routes", "diff", changed.toString()).err()).contains("mailboxes.yaml:1");
  }

  @Test
  void whatIsNotThereIsSaid() throws Exception {
    assertThat(home.type("routes", "activate", folder.resolve("nergens").toString()).exit())
        .isEqualTo(2);
    home.type("routes", "activate");
    assertThat(home.type("routes", "rollback", "9").err()).contains("Er is geen versie 9");
    assertThat(home.type("routes", "activate", "--json").json().get(0).path("refused").asBoolean())
        .isFalse();
    Files.delete(folder.resolve("routes/partners.yaml"));
    assertThat(home.type("routes", "check").err()).contains("partners.yaml");
  }
}
