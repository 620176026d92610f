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
import java.util.Objects;
import java.util.concurrent.Callable;
import nl.wotpoort.rules.consent.ConsentPolicy;
import nl.wotpoort.rules.consent.PolicyTables;
import nl.wotpoort.settings.PolicyFile;
import nl.wotpoort.settings.PolicyFileException;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code wotpoort decide}: asks the consent policy, a scenario a line in and a decision a line out.
 * A line that is no scenario gives an error line in its place; the others are still judged. Exit
 * code 0, or 2 when a line, the file or the policy could not be read.
 */
@Command(
    name = "decide",
    description = "Beoordeelt scenario's (JSON, één per regel) volgens het toestemmingsbeleid.",
    mixinStandardHelpOptions = true)
public final class DecideCommand implements Callable<Integer> {

  private static final int OK = 0;
  private static final int UNREADABLE = 2;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "BESTAND.jsonl",
      description = "De scenario's. Zonder bestand, of met -, van standaardinvoer.")
  private @Nullable Path file;

  @Option(
      names = "--policy",
      paramLabel = "BESTAND",
      description = "Het beleid. Anders routes/policy.yaml van deze installatie.")
  private @Nullable Path policy;

  private final InputStream standardInput;

  public DecideCommand() {
    this(System.in);
  }

  DecideCommand(InputStream standardInput) {
    this.standardInput = standardInput;
  }

  @Override
  public Integer call() {
    try {
      PolicyTables tables = PolicyFile.read(policyPath());
      try (BufferedReader lines = open()) {
        return decide(lines, tables);
      }
    } catch (PolicyFileException e) {
      return unreadable(e.say(Language.NL));
    } catch (NoSuchFileException e) {
      return unreadable(Texts.of("decide", Language.NL).say("noFile", e.getFile()));
    } catch (IOException e) {
      return unreadable(
          Texts.of("decide", Language.NL).say("cannotRead", String.valueOf(e.getMessage())));
    }
  }

  private int unreadable(String sentence) {
    commandLine().getErr().println(sentence);
    return UNREADABLE;
  }

  private CommandLine commandLine() {
    return Objects.requireNonNull(spec, "run by picocli").commandLine();
  }

  private Path policyPath() {
    return policy == null ? policyOf(System.getProperty("wotpoort.home")) : policy;
  }

  /** bin/wotpoort names the folder of the installation; without it, the folder we stand in. */
  static Path policyOf(@Nullable String home) {
    return Path.of(home == null ? "" : home, "routes", "policy.yaml");
  }

  /** What is not UTF-8 becomes a replacement character, so that one bad line stays one bad line. */
  private BufferedReader open() throws IOException {
    InputStream bytes =
        file == null || file.toString().equals("-") ? standardInput : Files.newInputStream(file);
    return new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
  }

  private int decide(BufferedReader lines, PolicyTables tables) throws IOException {
    PrintWriter out = commandLine().getOut();
    int exit = OK;
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (!line.isBlank()) {
        try {
          out.println(ScenarioJson.write(ConsentPolicy.decide(ScenarioJson.read(line), tables)));
        } catch (BadScenarioException e) {
          out.println(ScenarioJson.write(e, number));
          exit = UNREADABLE;
        }
      }
    }
    out.flush();
    return exit;
  }
}
