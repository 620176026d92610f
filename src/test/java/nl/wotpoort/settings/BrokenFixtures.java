package nl.wotpoort.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The fixtures of settings/broken-*.txt: sound files with one thing changed, and what is told. */
final class BrokenFixtures {

  private BrokenFixtures() {}

  /** One fixture. {@code schema} is empty when the file does not say. */
  record Fixture(String title, Map<String, String> files, List<String> expected, String schema) {}

  static List<Fixture> read(String resource, Map<String, String> sound) {
    List<Fixture> fixtures = new ArrayList<>();
    for (String block : text(resource).split("\n=== ")) {
      if (!block.startsWith("#")) {
        fixtures.add(fixture(block.lines().toList(), sound));
      }
    }
    return fixtures;
  }

  private static Fixture fixture(List<String> lines, Map<String, String> sound) {
    Map<String, String> files = new TreeMap<>(sound);
    List<String> expected = new ArrayList<>();
    String schema = "";
    for (String line : lines.subList(1, lines.size())) {
      if (line.startsWith("in ")) {
        change(files, line.substring(3));
      } else if (line.startsWith("schema: ")) {
        schema = line.substring(8);
      } else if (!line.isBlank()) {
        expected.add(line);
      }
    }
    return new Fixture(lines.get(0), files, expected, schema);
  }

  private static void change(Map<String, String> files, String line) {
    String file = line.substring(0, line.indexOf(':'));
    String[] change = line.substring(line.indexOf(':') + 2).split(" => ?", 2);
    String before = Objects.requireNonNull(files.get(file), file);
    String old = unescaped(change[0]);
    int at = before.indexOf(old);
    if (at < 0) {
      throw new AssertionError("not in " + file + ": " + change[0]);
    }
    files.put(
        file, before.substring(0, at) + unescaped(change[1]) + before.substring(at + old.length()));
  }

  private static String unescaped(String text) {
    return text.replace("\\n", "\n").replace("\\t", "\t").replace("\\u0007", "\u0007");
  }

  static String text(String resource) {
    try (InputStream in =
        Objects.requireNonNull(BrokenFixtures.class.getResourceAsStream(resource), resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
