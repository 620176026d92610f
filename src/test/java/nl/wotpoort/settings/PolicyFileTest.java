package nl.wotpoort.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Set;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.PolicyTable;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The delivered policy file is right, and each mistake in one is told with line and remedy. */
class PolicyFileTest {

  private static final Path DELIVERED = Path.of("routes/policy.yaml");

  @TempDir private Path folder;

  @Test
  void theDeliveredFileHoldsTheTablesOfThePolicy() throws PolicyFileException {
    PolicyTable table = PolicyFile.read(DELIVERED).on(LocalDate.parse("2026-06-15"));
    assertThat(table.categories()).hasSize(19);
    assertThat(table.restricted()).hasSize(5);
    assertThat(table.purposes()).hasSize(12);
    assertThat(table.grounds()).hasSize(4);
    assertThat(table.ages()).isEqualTo(new PolicyTable.Ages(12, 16, 18));
    assertThat(table.purposes().get(new Purpose("support")))
        .isEqualTo(
            new PolicyTable.NecessarySet(
                Set.of(
                    new Category("contact"),
                    new Category("social"),
                    new Category("medical"),
                    new Category("support"),
                    new Category("youth")),
                Set.of(new Category("medical.sexual"))));
    assertThat(table.representatives())
        .containsEntry("mentor", Set.of())
        .containsEntry("bewindvoerder", Set.of(new Category("social.finance")));
  }

  @ParameterizedTest(name = "{0} → {1}: line {2}, {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "versions:|version:|10|\"version\" kennen wij hier niet",
        "  - from: 1995-04-01|  - from: 1 april 1995|11|\"1 april 1995\" is geen datum",
        "      - contact|      - Contact|15|\"Contact\" is geen geldige code",
        "restricted: [medical.psychiatry|restricted: [medical.psychiatri|36|"
            + "\"medical.psychiatri\" staat niet in de lijst",
        "    ages:|    age:|70|\"age\" kennen wij hier niet",
        "      together: 12|      together: twaalf|71|\"twaalf\" is geen leeftijd",
        "      together: 12|      together: 121|71|\"121\" is geen leeftijd",
        "      together: 12|      together: -1|71|\"-1\" is geen leeftijd",
        "      together: 12|      together: 17|70|de leeftijden lopen niet op",
        "      alone: 16|      alone: 19|70|de leeftijden lopen niet op",
        "      curator: all|      curator: []|77|\"curator\" beslist hier over niets",
        "      curator: all|      curator: some|77|hier hoort een lijst",
        "        purposes: [safety]|        purposes: [safetie]|87|"
            + "\"safetie\" staat niet bij \"purposes\"",
        "      adult: 18|      alone: 18|73|\"alone\" staat hier twee keer",
        "      purposes: [feedback]|      purposes: feedback|101|hier hoort een lijst",
        "        recipients: [gi]|        recipients: [[gi]]|89|hier hoort één woord",
        "        recipients: [gi]|        recipients: ['']|89|hier hoort één woord",
        "        recipients: [gi]|        recipients: [gi|90|geen geldige YAML",
      })
  void aMistakeIsToldWithItsLine(String right, String wrong, int line, String words)
      throws IOException {
    String yaml = Files.readString(DELIVERED);
    assertThat(yaml).contains(right);
    String mistaken = yaml.replaceFirst(java.util.regex.Pattern.quote(right), wrong);
    assertThatExceptionOfType(PolicyFileException.class)
        .isThrownBy(() -> PolicyFile.parse("policy.yaml", mistaken))
        .satisfies(
            e -> {
              assertThat(e.getMessage())
                  .contains(words)
                  .startsWith("policy.yaml, regel " + e.line());
              assertThat(e.line()).isEqualTo(line);
              assertThat(e.file()).isEqualTo("policy.yaml");
              assertThat(e.say(Language.EN)).startsWith("policy.yaml, line " + e.line());
            });
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    String yaml = Files.readString(DELIVERED).replaceFirst("      adult: 18.*", "");
    assertThatExceptionOfType(PolicyFileException.class)
        .isThrownBy(() -> PolicyFile.parse("p", yaml))
        .withMessageContaining("\"adult\" ontbreekt");
  }

  @Test
  void versionsHaveDatesOfTheirOwn() throws IOException, PolicyFileException {
    String yaml = Files.readString(DELIVERED);
    String version = yaml.substring(yaml.indexOf("  - from:"));
    String later = version.replace("1995-04-01", "2027-01-01");
    assertThat(PolicyFile.parse("p", yaml + later).versions()).hasSize(2);
    assertThatExceptionOfType(PolicyFileException.class)
        .isThrownBy(() -> PolicyFile.parse("p", yaml + version))
        .withMessageContaining("al een versie met begindatum 1995-04-01");
    assertThatExceptionOfType(PolicyFileException.class)
        .isThrownBy(() -> PolicyFile.parse("p", "versions: []"))
        .withMessageContaining("geen enkele versie");
  }

  @Test
  void aFileThatIsNoPolicyAtAll() throws IOException {
    assertThatExceptionOfType(PolicyFileException.class)
        .isThrownBy(() -> PolicyFile.read(folder.resolve("none.yaml")))
        .withMessageContaining("dit bestand is er niet")
        .matches(e -> e.line() == 0);
    assertThatExceptionOfType(PolicyFileException.class)
        .isThrownBy(() -> PolicyFile.parse("p", "# niets\n"))
        .withMessageContaining("leeg");
    assertThatExceptionOfType(PolicyFileException.class)
        .isThrownBy(() -> PolicyFile.parse("p", "- a\n- b\n"))
        .withMessageContaining("namen met een waarde");
    Path latin = folder.resolve("latin.yaml");
    Files.write(latin, new byte[] {'#', (byte) 0xe9, '\n'});
    assertThatExceptionOfType(PolicyFileException.class)
        .isThrownBy(() -> PolicyFile.read(latin))
        .withMessageContaining("geen UTF-8");
    assertThatExceptionOfType(PolicyFileException.class)
        .isThrownBy(() -> PolicyFile.read(folder))
        .withMessageContaining("kan niet worden gelezen");
  }

  @Test
  void everySentenceInBothLanguages() {
    for (String room : new String[] {"policy", "decide"}) {
      assertThat(Texts.of(room, Language.EN).keys()).isEqualTo(Texts.of(room, Language.NL).keys());
    }
  }
}
