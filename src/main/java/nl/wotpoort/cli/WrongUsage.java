package nl.wotpoort.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import nl.wotpoort.letter.Address;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what was typed wrongly, in plain words, and where the help is. */
final class WrongUsage {

  private static final Pattern QUOTED = Pattern.compile("'(-[^']*)'");

  private final Screen screen;

  WrongUsage(Screen screen) {
    this.screen = screen;
  }

  int handle(ParameterException fault) {
    CommandLine command = fault.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    if (isWithoutSubcommand(fault)) {
      command.usage(command.getErr());
      return Exit.USAGE;
    }
    screen.aside(sentence(fault));
    screen.aside(screen.text("usage.help", name));
    return Exit.USAGE;
  }

  private static boolean isWithoutSubcommand(ParameterException fault) {
    return !(fault instanceof UnmatchedArgumentException)
        && !(fault instanceof MissingParameterException)
        && fault.getArgSpec() == null
        && !fault.getCommandLine().getSubcommands().isEmpty();
  }

  private String sentence(ParameterException fault) {
    if (fault instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched);
    }
    if (fault instanceof MissingParameterException missing) {
      List<String> names = missing.getMissing().stream().map(WrongUsage::name).toList();
      return screen.text("usage.missing", String.join(", ", names));
    }
    if (fault instanceof OverwrittenOptionException twice) {
      return screen.text("usage.twice", name(twice.getOverwritten()));
    }
    ArgSpec argument = fault.getArgSpec();
    if (argument == null) {
      return screen.text("usage.other", String.valueOf(fault.getMessage()));
    }
    String value = fault.getValue() == null ? "" : fault.getValue();
    return screen.text("usage.value", name(argument), value, hint(argument));
  }

  private String unmatched(UnmatchedArgumentException fault) {
    String words = String.join(" ", fault.getUnmatched());
    if (words.isEmpty()) {
      // in the place of an option's value; picocli names it in its message alone
      Matcher quoted = QUOTED.matcher(String.valueOf(fault.getMessage()));
      words = quoted.find() ? quoted.group(1) : "";
    }
    List<String> meant = fault.getSuggestions();
    return meant.isEmpty()
        ? screen.text("usage.unknown", words)
        : screen.text("usage.unknownMeant", words, String.join(", ", meant));
  }

  /** What would have been a good value. */
  private String hint(ArgSpec argument) {
    Class<?> type =
        argument.auxiliaryTypes().length == 0 ? argument.type() : argument.auxiliaryTypes()[0];
    if (type.isEnum()) {
      return screen.text(
          "usage.value.choice",
          Arrays.stream(type.getEnumConstants())
              .map(one -> one.toString().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", ")));
    }
    if (type == Instant.class) {
      return screen.text("usage.value.instant");
    }
    if (type == LocalDate.class) {
      return screen.text("usage.value.date");
    }
    if (type == Address.class) {
      return screen.text("usage.value.address");
    }
    if (type == Path.class) {
      return screen.text("usage.value.path");
    }
    return type == int.class || type == Integer.class ? screen.text("usage.value.number") : "";
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }
}
