package nl.wotpoort;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No jar comes in of which docs/jars.md does not say what it is for. */
class JarsTest {

  /** {@code name-1.2.jar} and {@code name-1.2-linux.jar}; not the program's own, nor a tool's. */
  private static final Pattern JAR = Pattern.compile("(.+?)-[0-9][^/]*\\.jar");

  /** Jars that run the tests, put in the class path by whatever runs them. */
  private static final Set<String> RUNNERS =
      Set.of("junit-platform-console-standalone", "junit-vintage-engine");

  private final Path root = Path.of(System.getProperty("project.basedir", ""));

  @Test
  void everyJarOfTheClassPathIsNamed() throws IOException {
    Set<String> named = names("`([^` ]+)`", Files.readString(root.resolve("docs/jars.md")));
    Set<String> strangers = classPath();
    assertThat(strangers).contains("bcprov-jdk18on", "camel-api");
    strangers.removeAll(named);
    strangers.removeAll(RUNNERS);
    assertThat(strangers).as("say in docs/jars.md what each is for").isEmpty();
  }

  @Test
  void everyJarNamedIsThere() throws IOException {
    Set<String> gone =
        names("(?m)^\\| `([^`]+)` \\|", Files.readString(root.resolve("docs/jars.md")));
    assertThat(gone).contains("bcprov-jdk18on", "camel-api");
    gone.removeAll(classPath());
    assertThat(gone).as("take out of docs/jars.md").containsExactly("wotpoort");
  }

  private static Set<String> names(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Surefire keeps the real one apart. */
  private static Set<String> classPath() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(all.split(Pattern.quote(File.pathSeparator)))
        .map(entry -> JAR.matcher(Path.of(entry).getFileName().toString()))
        .filter(Matcher::matches)
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
