package nl.wotpoort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.wotpoort.desk.Furnishing;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.settings.Settings;
import nl.wotpoort.settings.SettingsReader;
import nl.wotpoort.store.DeliveryBook;
import nl.wotpoort.store.OutgoingLetter;
import nl.wotpoort.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/operations.md, "The administrator's week": its edits are made and its commands typed as they
 * stand there, in a fresh folder. With {@code -Dweek.program=target/wotpoort/bin/wotpoort} by the
 * packaged program, otherwise in this process.
 */
class AdministratorsWeekTest {

  private static final Pattern BLOCK =
      Pattern.compile("```(diff|sh) ?([^\\n]*)\\n(.*?)```", Pattern.DOTALL);

  /** What IT hands out with a certificate, and the sample it is here. */
  private static final Map<String, String> FILES =
      Map.of(
          "n.vandermeer.pem", "team/s.jansen.pem",
          "b.smit-2027.pem", "gp/b.smit.pem",
          "oost-2027.p12", "gateway/oost.p12",
          "kethel.pem", "team/zuid.pem",
          "coordinator-kethel.pem", "team/coordinator-zuid.pem");

  @TempDir private Path folder;
  private TestHome home;

  private void install() throws IOException {
    home = TestHome.in(folder);
    home.replace("wotpoort.properties", "certificates = " + TestHome.REPOSITORY, "");
    Path samples = TestHome.REPOSITORY.resolve("certs-sample");
    Files.createSymbolicLink(folder.resolve("certs-sample"), samples);
    Files.createDirectories(folder.resolve("certs"));
    Files.createDirectories(folder.resolve("data"));
    for (Map.Entry<String, String> file : FILES.entrySet()) {
      Files.copy(samples.resolve(file.getValue()), folder.resolve("certs/" + file.getKey()));
    }
  }

  @Test
  void everyStepWorksAsItIsWritten() throws Exception {
    install();
    String all = Files.readString(TestHome.REPOSITORY.resolve("docs/operations.md"));
    int from = all.indexOf("## The administrator's week");
    Matcher block = BLOCK.matcher(all.substring(from, all.indexOf("\n## ", from + 1)));
    int steps = 0;
    while (block.find()) {
      if (block.group(1).equals("diff")) {
        edit(folder.resolve(block.group(2).strip()), block.group(3));
      } else {
        commands(block.group(3));
      }
      steps++;
    }
    assertThat(steps).isGreaterThan(20);
  }

  private static void edit(Path file, String diff) throws IOException {
    StringBuilder old = new StringBuilder();
    StringBuilder next = new StringBuilder();
    for (String line : diff.lines().toList()) {
      String text = line.isEmpty() ? "" : line.substring(1);
      if (!line.startsWith("+")) {
        old.append(text).append('\n');
      }
      if (!line.startsWith("-")) {
        next.append(text).append('\n');
      }
    }
    String before = Files.readString(file);
    if (old.length() == 0) {
      Files.writeString(file, before + next);
      return;
    }
    assertThat(before.split(Pattern.quote(old.toString()), -1)).as(old.toString()).hasSize(2);
    Files.writeString(file, before.replace(old, next));
  }

  private void commands(String lines) throws Exception {
    String said = "";
    for (String line : lines.lines().toList()) {
      if (line.startsWith("# ")) {
        assertThat(said).as(line).contains(line.substring(2));
      } else {
        said = type(line);
      }
    }
  }

  private String type(String line) throws Exception {
    assertThat(line).startsWith("wotpoort ");
    List<String> words = new ArrayList<>();
    Matcher word = Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(line.substring(9));
    while (word.find()) {
      String text = Optional.ofNullable(word.group(1)).orElseGet(word::group);
      words.add(
          text.equals("CODE")
              ? code()
              : text.equals("teruggehaald") ? folder.resolve(text).toString() : text);
    }
    Typed typed = run(words);
    // a look that finds something to do says so by 1, as does a letter that would be held
    boolean found = line.matches("wotpoort (alerts|directory addresses|route ).*");
    assertThat(typed.exit()).as(line + "\n" + typed.all()).isIn(0, found ? 1 : 0);
    return typed.out();
  }

  private Typed run(List<String> words) throws Exception {
    String program = System.getProperty("week.program", "");
    if (program.isEmpty()) {
      return home.type(words.toArray(String[]::new));
    }
    List<String> command = new ArrayList<>(List.of(Path.of(program).toAbsolutePath().toString()));
    command.addAll(List.of("--home", folder.toString(), "--allow-sample-keys"));
    command.addAll(words);
    Path out = folder.resolve("out.txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(Typed.SECRETS);
    Process process = builder.redirectOutput(out.toFile()).start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return new Typed(process.exitValue(), Files.readString(out), "");
  }

  /** The running gateway's part: a letter with a code, which its reader reads out. */
  private String code() throws Exception {
    Settings settings =
        SettingsReader.read(
                folder.resolve("wotpoort.properties"),
                name -> Optional.ofNullable(Typed.SECRETS.get(name)))
            .value()
            .orElseThrow();
    try (Store store = Furnishing.store(settings)) {
      DeliveryBook.Awaited first = store.deliveries().awaited().get(0);
      String code = "7KQF-92MD-XW3T";
      OutgoingLetter letter =
          OutgoingLetter.of(
              OutgoingLetter.Kind.NOTICE,
              "<" + first.address() + ">",
              first.address(),
              Bytes.of("x", StandardCharsets.US_ASCII));
      assertThat(store.deliveries().send(first.address(), code, letter, Typed.NOW)).isTrue();
      return code;
    }
  }
}
