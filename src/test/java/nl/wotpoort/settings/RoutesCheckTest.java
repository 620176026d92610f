package nl.wotpoort.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.texts.Language;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every check of the routes files, each with a broken fixture and its exact words. */
final class RoutesCheckTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

  static Map<String, String> town() {
    Map<String, String> files = new TreeMap<>();
    Stream.of(Routes.MAILBOXES, Routes.DIRECTORY, Routes.PARTNERS)
        .forEach(f -> files.put(f, BrokenFixtures.text("/settings/town/" + f)));
    return files;
  }

  static Loaded<Directory> read(Map<String, String> files) {
    Map<String, byte[]> bytes =
        files.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, e -> e.getValue().getBytes(StandardCharsets.UTF_8)));
    return Routes.read(bytes, Path.of("/certs"), p -> !p.endsWith("missing.pem"), TODAY);
  }

  static List<String> said(Loaded<?> loaded) {
    return loaded.problems().stream()
        .map(p -> (p.isError() ? "" : "warning ") + p.say(Language.NL))
        .toList();
  }

  @Test
  void theSoundTownIsSound() {
    assertThat(said(read(town()))).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> everyProblemIsToldWithFileLineAndRemedy() {
    return BrokenFixtures.read("/settings/broken-routes.txt", town()).stream()
        .map(
            fixture ->
                DynamicTest.dynamicTest(
                    fixture.title(),
                    () -> {
                      Loaded<Directory> loaded = read(fixture.files());
                      assertThat(said(loaded)).isEqualTo(fixture.expected()).isNotEmpty();
                    }));
  }

  @Test
  void theVersionChangesWithEveryByte() {
    Map<String, String> changed = town();
    changed.merge(Routes.PARTNERS, "# note\n", String::concat);
    String before = read(town()).value().orElseThrow().version();
    assertThat(before).matches("[0-9a-f]{12}");
    assertThat(read(town()).value().orElseThrow().version()).isEqualTo(before);
    assertThat(read(changed).value().orElseThrow().version()).isNotEqualTo(before);
  }

  @Test
  void aMissingFileIsToldOnceAndNothingThatRefersToIt() {
    Map<String, String> files = town();
    files.remove(Routes.DIRECTORY);
    assertThat(said(read(files)))
        .containsExactly(
            "directory.yaml:1: Het bestand directory.yaml is er niet. Maak het bestand of verbeter"
                + " de map.");
  }
}
