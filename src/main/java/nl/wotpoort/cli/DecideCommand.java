package nl.wotpoort.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import nl.wotpoort.rules.consent.ConsentPolicy;
import nl.wotpoort.rules.consent.PolicyTables;
import nl.wotpoort.settings.PolicyFile;
import nl.wotpoort.settings.PolicyFileException;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code wotpoort decide}: asks the consent policy, a scenario a line in and a decision a line out.
 * A line that is no scenario gives an error line in its place; the others are still judged. Exit
 * code 0, or 2 when a line, the file or the policy could not be read.
 */
@Command(name = "decide")
final class DecideCommand extends Action {

  /** Characters: tens of thousands of records. */
  private static final int LONGEST = 16 * 1024 * 1024;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "BESTAND.jsonl",
      descriptionKey = "decideFile")
  private @Nullable Path file;

  @Option(names = "--policy", paramLabel = "BESTAND")
  private @Nullable Path policy;

  @Override
  public Integer call() {
    try {
      PolicyTables tables = PolicyFile.read(policyPath());
      try (BufferedReader lines = open()) {
        return decide(lines, tables);
      }
    } catch (PolicyFileException e) {
      return unreadable(e.say(screen().language()));
    } catch (NoSuchFileException e) {
      return unreadable(Texts.of("decide", screen().language()).say("noFile", e.getFile()));
    } catch (IOException e) {
      return unreadable(
          Texts.of("decide", screen().language())
              .say("cannotRead", String.valueOf(e.getMessage())));
    }
  }

  private int unreadable(String sentence) {
    screen().aside(sentence);
    return Exit.USAGE;
  }

  private Path policyPath() {
    return policy != null
        ? policy
        : installation().home().resolve("routes").resolve(Installation.POLICY);
  }

  /** What is not UTF-8 becomes a replacement character, so that one bad line stays one bad line. */
  private BufferedReader open() throws IOException {
    InputStream bytes =
        file == null || file.toString().equals("-")
            ? surroundings().input()
            : Files.newInputStream(file);
    return new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
  }

  private int decide(BufferedReader reader, PolicyTables tables) throws IOException {
    PrintWriter out = surroundings().out();
    BoundedLines lines = new BoundedLines(reader, LONGEST);
    int exit = Exit.FINE;
    int number = 0;
    Optional<BoundedLines.Line> next = lines.next();
    for (; next.isPresent(); next = lines.next()) {
      number++;
      try {
        answer(next.get(), tables).ifPresent(out::println);
      } catch (BadScenarioException e) {
        out.println(ScenarioJson.write(e, number));
        exit = Exit.USAGE;
      }
    }
    out.flush();
    return exit;
  }

  /** Empty for a blank line. */
  private static Optional<String> answer(BoundedLines.Line line, PolicyTables tables)
      throws BadScenarioException {
    if (!line.whole()) {
      throw new BadScenarioException(
          "", Texts.of("decide", Language.NL).say("tooLong", LONGEST / (1024 * 1024)));
    }
    // Some programs begin a UTF-8 file with a mark, which is no part of its first line.
    String text = line.text().startsWith("\ufeff") ? line.text().substring(1) : line.text();
    return text.isBlank()
        ? Optional.empty()
        : Optional.of(ScenarioJson.write(ConsentPolicy.decide(ScenarioJson.read(text), tables)));
  }
}
