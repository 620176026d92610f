package nl.wotpoort.cli;

import java.time.Instant;
import java.util.Locale;
import java.util.ResourceBundle;
import nl.wotpoort.letter.Address;
import nl.wotpoort.texts.Language;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Puts the help texts of one language, and the kinds of value commands take, on a command line. */
final class Help {

  private static final String BUNDLE = "nl.wotpoort.texts.help";

  private Help() {}

  /** The language asked for, found before anything else is read, because help comes first. */
  static Language language(String... arguments) {
    for (int i = 0; i < arguments.length; i++) {
      boolean next = i > 0 && arguments[i - 1].equals("--lang");
      if ((next && arguments[i].equalsIgnoreCase("en"))
          || arguments[i].equalsIgnoreCase("--lang=en")) {
        return Language.EN;
      }
    }
    return Language.NL;
  }

  static void dress(CommandLine line, Language language) {
    // never the machine's own locale: the bundle without a suffix is Dutch
    Locale locale = language == Language.EN ? Locale.ENGLISH : Locale.ROOT;
    ResourceBundle.Control own =
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    line.setResourceBundle(ResourceBundle.getBundle(BUNDLE, locale, own));
    label(line, language == Language.EN ? "COMMAND" : "OPDRACHT");
    line.registerConverter(Address.class, Help::address);
    line.registerConverter(Instant.class, Times::instant);
  }

  private static void label(CommandLine line, String subcommand) {
    line.getCommandSpec().usageMessage().synopsisSubcommandLabel(subcommand);
    line.getSubcommands().values().forEach(each -> label(each, subcommand));
  }

  private static Address address(String text) {
    return Address.parse(text).orElseThrow(() -> new TypeConversionException("address"));
  }
}
