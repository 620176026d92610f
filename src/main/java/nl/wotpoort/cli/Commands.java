package nl.wotpoort.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;

/**
 * The commands of the program, or those of them that somebody can have meant. To make one picocli
 * reads all its options and subcommands by reflection: for all of them a fifth of the time that a
 * start takes.
 */
final class Commands {

  /** By name, in the order of the help. */
  private static final Map<String, Class<?>> ALL = new LinkedHashMap<>();

  static {
    // the road of the mail
    ALL.put("demo", DemoCommand.class);
    ALL.put("run", RunCommand.class);
    ALL.put("check", CheckCommand.class);
    ALL.put("explain", ExplainCommand.class);
    // daily work
    ALL.put("hold", HoldCommand.class);
    ALL.put("consent", ConsentCommand.class);
    ALL.put("case", CaseCommand.class);
    ALL.put("journal", JournalCommand.class);
    ALL.put("report", ReportCommand.class);
    ALL.put("store", StoreCommand.class);
    // looking into one thing
    ALL.put("open", OpenCommand.class);
    ALL.put("cert", CertCommand.class);
    ALL.put("route", RouteCommand.class);
    ALL.put("routes", RoutesCommand.class);
    ALL.put("directory", DirectoryCommand.class);
    ALL.put("smoelenboek", SmoelenboekCommand.class);
    ALL.put("alerts", AlertsCommand.class);
    ALL.put("decide", DecideCommand.class);
  }

  private static final Set<String> ABOUT_THE_WHOLE = Set.of("-h", "--help", "-V", "--version");

  private final List<String> names;

  private Commands(List<String> names) {
    this.names = names;
  }

  static Commands all() {
    return new Commands(List.copyOf(ALL.keySet()));
  }

  /** Those whose name is among {@code arguments}; all when that is none, or help is asked for. */
  static Commands meantBy(String... arguments) {
    List<String> words = Arrays.asList(arguments);
    List<String> named = ALL.keySet().stream().filter(words::contains).toList();
    return named.isEmpty() || words.stream().anyMatch(ABOUT_THE_WHOLE::contains)
        ? all()
        : new Commands(named);
  }

  boolean areAll() {
    return names.size() == ALL.size();
  }

  void addTo(CommandLine line) {
    names.forEach(name -> line.addSubcommand(name, ALL.get(name)));
  }
}
