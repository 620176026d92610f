package nl.wotpoort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody else's PKI, dropped in as docs/open.md says, and the mails of its people: {@code
 * wotpoort open --home DIR --json}. Made by src/test/fixtures/foreign.py, which says how.
 */
class ForeignPkiTest {

  private static final Path FIXTURES = TestHome.FIXTURES.resolve("foreign");

  @TempDir private Path folder;

  @Test
  void everyMailIsJudgedAsItsRowSays() throws IOException {
    unpack();
    Map<String, String> expected = new TreeMap<>();
    for (String line : Files.readAllLines(FIXTURES.resolve("FOREIGN.tsv"))) {
      String[] columns = line.split("\t", -1);
      expected.put(columns[0], columns[1]);
    }
    expected.remove("mail");
    List<String> words = new ArrayList<>(List.of("open", "--home"));
    words.add(folder.resolve("home").toString());
    words.addAll(List.of("--json", "--at", "2026-09-01T12:00:00Z"));
    expected
        .keySet()
        .forEach(name -> words.add(folder.resolve("mails/" + name + ".eml").toString()));

    Typed typed = Typed.command(words.toArray(String[]::new));

    Map<String, String> said = new TreeMap<>();
    for (JsonNode line : typed.json()) {
      String name = Path.of(line.path("file").asText()).getFileName().toString();
      said.put(name.replace(".eml", ""), line.path("finding").asText());
      boolean accepted = line.path("verdict").asText().equals("ACCEPT");
      assertThat(accepted).as(name).isEqualTo(line.path("finding").asText().equals("accept"));
      assertThat(accepted).as(name).isEqualTo(line.path("signer").asText("").startsWith("jan@"));
    }
    assertThat(said).isEqualTo(expected).hasSizeGreaterThan(90);
    assertThat(typed.err()).isEmpty();
    assertThat(typed.exit()).isEqualTo(1);
  }

  private void unpack() throws IOException {
    try (ZipInputStream zip =
        new ZipInputStream(Files.newInputStream(FIXTURES.resolve("foreign.zip")))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.write(file, zip.readAllBytes());
      }
    }
  }
}
