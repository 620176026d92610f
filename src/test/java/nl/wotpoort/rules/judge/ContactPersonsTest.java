package nl.wotpoort.rules.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.settings.Routes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContactPersonsTest {

  private static final LocalDate DAY = LocalDate.of(2026, 6, 15);
  private static final Path HOME = Path.of(System.getProperty("project.basedir", ""));
  private static final Directory DIRECTORY =
      Routes.read(HOME.resolve("routes"), HOME, DAY).value().orElseThrow();

  private static Optional<String> meant(String written) {
    return ContactPersons.named(DIRECTORY, Optional.of(Confidential.of(written)), DAY)
        .map(worker -> worker.name().reveal());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sanne Jansen",
        "sanne  jansen",
        "S. Jansen",
        "s jansen",
        "Sanne Jansen, team Oost",
        "S. Jansen (wijkteam Oost)",
        "Sanne Jansen.",
        "SANNE JANSEN",
        "S.Jansen",
        "mw. Sanne Jansen",
        "Mevrouw S. Jansen",
        "Sanne Jansen - team Oost",
        "Sanne Jansen – WOT",
        "Sanne Jansen | 010 754 15 15",
        "Sanne Jansen 06-12345678",
        "Sanne Jansen tel. 010 754 15 15",
        "Sanne\u00a0Jansen",
        "Jansen, Sanne",
        "Jansen, S. (team Oost)",
        "s.jansen@intern.wotschiedam.nl",
        "Sanne Jansen <s.jansen@intern.wotschiedam.nl>"
      })
  void isFoundByNameOrInitial(String written) {
    assertThat(meant(written)).contains("Sanne Jansen");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Jansen",
        "T. Jansen",
        "S. Janssen",
        "Sanne",
        "S.",
        "S. S. Jansen",
        "mevrouw Jansen",
        "Sanne Jansen en Piet Proef",
        "Sanne Jansen of een collega",
        "Jansen, team Oost",
        "mw.",
        "-"
      })
  void isNobodyOtherwise(String written) {
    assertThat(meant(written)).isEmpty();
  }
}
