package nl.wotpoort.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import nl.wotpoort.desk.Furnishing.CannotFurnish;
import nl.wotpoort.desk.Furnishing.SampleKeys;
import nl.wotpoort.route.Ahead;
import nl.wotpoort.store.StoreException;
import nl.wotpoort.texts.Language;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The program. Its commands print, and nobody else does. Exit codes: 0 fine, 1 the answer is no or
 * problems were found, 2 wrong usage or unreadable input, 69 something around us is not available,
 * 70 our own bug.
 *
 * <p>Here stands one of the two broad catches of the program (the other is in Camel's fault route):
 * what nobody expected is called a bug, without a stack trace unless {@code --debug} asks for it.
 */
@Command(
    name = "wotpoort",
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true)
public final class Wotpoort {

  private static final String HOME_VARIABLE = "WOTPOORT_HOME";
  static final String HOME_PROPERTY = "wotpoort.home";
  private static final String LOG_PROPERTY = "wotpoort.log";

  private final Surroundings surroundings;

  @Option(names = "--home", paramLabel = "DIR", scope = ScopeType.INHERIT)
  private @Nullable Path home;

  @Option(names = "--lang", paramLabel = "nl|en", scope = ScopeType.INHERIT)
  private Language language = Language.NL;

  @Option(names = "--json", scope = ScopeType.INHERIT)
  private boolean json;

  @Option(names = "--debug", scope = ScopeType.INHERIT)
  private boolean debug;

  @Option(names = "--allow-sample-keys", scope = ScopeType.INHERIT, hidden = true)
  private boolean allowSampleKeys;

  Wotpoort(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Runs one command and ends the Java machine with its exit code. */
  public static void main(String[] arguments) {
    if (Arrays.asList(arguments).contains("run")) {
      if (System.getProperty(LOG_PROPERTY) == null) {
        // the gateway tells what it does; the other commands only what goes wrong
        System.setProperty(LOG_PROPERTY, "INFO");
      }
      Ahead.begin();
    }
    int exit = execute(Surroundings.ofMachine(), arguments);
    try {
      Ahead.awaitEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it ends here anyway
    }
    System.exit(exit);
  }

  static int execute(Surroundings surroundings, String... arguments) {
    return execute(Commands.meantBy(arguments), surroundings, arguments);
  }

  private static int execute(Commands commands, Surroundings surroundings, String... arguments) {
    Wotpoort program = new Wotpoort(surroundings);
    program.language = Help.language(arguments);
    try {
      CommandLine line = program.commandLine(commands);
      if (!commands.areAll()) {
        // what is wrong with it, and what was meant instead, only the whole program can say
        line.setParameterExceptionHandler(
            (fault, same) -> execute(Commands.all(), surroundings, arguments));
      }
      return line.execute(arguments);
    } catch (Throwable bug) {
      return program.internalFault(bug);
    }
  }

  /** With every command. */
  CommandLine commandLine() {
    return commandLine(Commands.all());
  }

  private CommandLine commandLine(Commands commands) {
    CommandLine line = new CommandLine(this);
    commands.addTo(line);
    Help.dress(line, language);
    return line.setOut(surroundings.out())
        .setErr(surroundings.err())
        .setCaseInsensitiveEnumValuesAllowed(true)
        // a mistyped option is no file of the option before it
        .setUnmatchedOptionsAllowedAsOptionParameters(false)
        .setParameterExceptionHandler((fault, arguments) -> new WrongUsage(screen()).handle(fault))
        .setExecutionExceptionHandler((fault, command, parsed) -> fault(fault));
  }

  /** What went wrong in a command, as a sentence and an exit code. */
  private int fault(Exception fault) {
    if (fault instanceof Refusal refusal) {
      refusal.sentences().forEach(screen()::aside);
      return refusal.exit();
    }
    if (fault instanceof CannotFurnish cannot) {
      cannot.sentences().forEach(screen()::aside);
      return Exit.USAGE;
    }
    if (fault instanceof StoreException store && !(fault instanceof StoreException.Misuse)) {
      screen().aside(store.say(language));
      return Exit.UNAVAILABLE;
    }
    return internalFault(fault);
  }

  private int internalFault(Throwable bug) {
    screen().aside(screen().text("internalFault", bug.getClass().getSimpleName()));
    if (debug) {
      screen().trace(bug);
    } else {
      screen().aside(screen().text("internalFault.todo"));
    }
    return Exit.BUG;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  Screen screen() {
    return new Screen(surroundings.out(), surroundings.err(), language, json);
  }

  Installation installation() {
    return new Installation(
        home(), surroundings, screen(), allowSampleKeys ? SampleKeys.ALLOWED : SampleKeys.REFUSED);
  }

  /** As asked; else the environment's; else where the program was started from; else here. */
  private Path home() {
    return Objects.requireNonNullElseGet(
            home,
            () ->
                Path.of(
                    surroundings
                        .environment()
                        .apply(HOME_VARIABLE)
                        .filter(text -> !text.isBlank())
                        .or(() -> surroundings.property().apply(HOME_PROPERTY))
                        .orElse("")))
        .toAbsolutePath()
        .normalize();
  }
}
