package nl.wotpoort.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.texts.Language;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever bytes a file holds: problems or a value, soon, and never a crash. */
final class HostileFilesTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

  static Loaded<Directory> routes(String file, byte[] bytes) {
    Map<String, byte[]> files = new HashMap<>();
    RoutesCheckTest.town().forEach((k, v) -> files.put(k, v.getBytes(StandardCharsets.UTF_8)));
    files.put(file, bytes);
    return Routes.read(files, Path.of("/certs"), p -> true, TODAY);
  }

  static Loaded<Settings> settings(byte[] bytes) {
    return SettingsReader.read(
        bytes, "wotpoort.properties", Path.of("/nowhere"), name -> Optional.of("x"));
  }

  private static void mustBeToldSoon(byte[] bytes) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (String file : RoutesCheckTest.town().keySet()) {
            Loaded<Directory> loaded = routes(file, bytes);
            assertThat(loaded.errors()).isNotEmpty();
            loaded.problems().forEach(p -> assertThat(p.say(Language.NL)).isNotBlank());
          }
          assertThat(settings(bytes).errors()).isNotEmpty();
        });
  }

  @TestFactory
  Stream<DynamicTest> hostileBytes() {
    Map<String, byte[]> hostile = new HashMap<>();
    hostile.put("nothing at all", new byte[0]);
    hostile.put("one NUL", new byte[] {0});
    hostile.put("a hundred thousand NULs", new byte[100_000]);
    hostile.put("UTF-16", "teams:\n".getBytes(StandardCharsets.UTF_16));
    hostile.put("Latin-1", "teams: é\n".getBytes(StandardCharsets.ISO_8859_1));
    hostile.put("half a character at the end", new byte[] {'a', (byte) 0xC3});
    hostile.put("only comments", text("# niets\n".repeat(1000)));
    hostile.put("only a byte order mark", text("\uFEFF"));
    hostile.put("a lone tab", text("\t"));
    hostile.put("a million brackets", text("[".repeat(1_000_000)));
    hostile.put("a million braces", text("{".repeat(1_000_000)));
    hostile.put("a hundred thousand dashes deep", text("- ".repeat(100_000)));
    hostile.put("a billion laughs", text(laughs()));
    hostile.put("an anchor that holds itself", text("teams: &a [*a]\n"));
    hostile.put("a merge key", text("<<: {teams: []}\n"));
    hostile.put("a tag that names a class", text("teams: !!javax.script.ScriptEngineManager []\n"));
    hostile.put("a custom tag", text("!x teams: 1\n"));
    hostile.put("a mapping as a key", text("? {a: b}\n: c\n"));
    hostile.put("a YAML version of another age", text("%YAML 9.9\n---\nteams: []\n"));
    hostile.put("a hundred thousand unknown keys", text(manyKeys()));
    hostile.put("one key a megabyte long", text("a".repeat(1_000_000) + ": b\n"));
    hostile.put("one text a megabyte long", text("teams: " + "a".repeat(1_000_000) + "\n"));
    hostile.put("a file too large", new byte[FileText.LARGEST + 1]);
    hostile.put("format marks", text("teams: '{0} {1} %s ${x} #{y}'\n"));
    return hostile.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> mustBeToldSoon(e.getValue())));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String laughs() {
    StringBuilder text = new StringBuilder("a0: &a0 [ha, ha]\n");
    for (int i = 1; i < 40; i++) {
      text.append(String.format("a%d: &a%d [*a%d, *a%d]%n", i, i, i - 1, i - 1));
    }
    return text.toString();
  }

  private static String manyKeys() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      text.append("key").append(i).append(": x\n");
    }
    return text.toString();
  }

  @Test
  void aThousandUnknownReferencesAreToldWithinReason() {
    StringBuilder text = new StringBuilder("mailboxes:\n");
    for (int i = 0; i < 20_000; i++) {
      text.append("  - {address: a")
          .append(i)
          .append("@wotschiedam.nl, kind: team, team: t")
          .append(i)
          .append("}\n");
    }
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          Loaded<Directory> loaded = routes(Routes.MAILBOXES, text(text.toString()));
          assertThat(loaded.problems()).hasSizeLessThanOrEqualTo(500);
        });
  }

  /** The sound files with one byte changed, taken out or doubled, at seeded places. */
  @ParameterizedTest
  @ValueSource(strings = {Routes.MAILBOXES, Routes.DIRECTORY, Routes.PARTNERS})
  void oneByteWrongNeverCrashes(String file) {
    byte[] sound = text(RoutesCheckTest.town().getOrDefault(file, ""));
    Random random = new Random(7);
    for (int i = 0; i < 400; i++) {
      byte[] bytes = sound.clone();
      int at = random.nextInt(bytes.length);
      bytes[at] = (byte) random.nextInt(256);
      Loaded<Directory> loaded = routes(file, bytes);
      loaded.problems().forEach(p -> assertThat(p.line()).isPositive());
    }
  }
}
