package nl.wotpoort.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every problem has its sentences in both languages, and no sentence is without its problem. */
final class SentencesTest {

  private static final Pattern CODE = Pattern.compile("\"([A-Z][A-Z0-9]+(?:_[A-Z0-9]+)*)\"");

  /** Made in code of a kind and an ending. */
  private static final List<String> MADE =
      List.of(
          "UNKNOWN_TEAM",
          "UNKNOWN_TEAM_MEANT",
          "UNKNOWN_WORKER",
          "UNKNOWN_WORKER_MEANT",
          "UNKNOWN_EXPERTISE",
          "UNKNOWN_EXPERTISE_MEANT",
          "WRONG_TYPE_TEXT",
          "WRONG_TYPE_LIST",
          "WRONG_TYPE_MAPPING");

  @ParameterizedTest
  @ValueSource(strings = {"settings", "routing"})
  void bothLanguagesHaveTheSameKeys(String room) {
    assertThat(Texts.of(room, Language.EN).keys())
        .containsExactlyInAnyOrderElementsOf(Texts.of(room, Language.NL).keys());
  }

  @Test
  void everyProblemHasAWhatAndARemedy() throws IOException {
    TreeSet<String> codes = new TreeSet<>(MADE);
    Path room =
        Path.of(System.getProperty("project.basedir", "."), "src/main/java/nl/wotpoort/settings");
    try (Stream<Path> files = Files.list(room)) {
      // The policy tables have a bundle of their own.
      for (Path file :
          files.filter(f -> !String.valueOf(f.getFileName()).startsWith("Policy")).toList()) {
        CODE.matcher(Files.readString(file))
            .results()
            .map((MatchResult m) -> m.group(1))
            .filter(c -> !List.of("INBOX", "UTF", "SHA", "FIELD").contains(c))
            .forEach(codes::add);
      }
    }
    TreeSet<String> said =
        Texts.of("settings", Language.NL).keys().stream()
            .map(k -> k.substring(0, k.indexOf('.')))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(said).isEqualTo(codes);
  }
}
