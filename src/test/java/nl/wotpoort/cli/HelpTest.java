package nl.wotpoort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** Help explains every command and every option, in both languages. */
class HelpTest {

  @ParameterizedTest
  @EnumSource(Language.class)
  void everythingIsExplained(Language language) {
    CommandLine line = new CommandLine(new Wotpoort(Surroundings.ofMachine()));
    Help.dress(line, language);
    List<String> silent = new ArrayList<>();
    collectSilent(line, silent);
    assertThat(silent).isEmpty();
  }

  private static void collectSilent(CommandLine command, List<String> silent) {
    var spec = command.getCommandSpec();
    if (spec.usageMessage().description().length == 0) {
      silent.add(spec.qualifiedName());
    }
    spec.args().stream()
        .filter(argument -> argument.description().length == 0)
        .forEach(argument -> silent.add(spec.qualifiedName() + " " + argument));
    command.getSubcommands().values().forEach(each -> collectSilent(each, silent));
  }

  @Test
  void bothLanguagesHaveTheSameSentences() {
    assertThat(Texts.of("cli", Language.EN).keys()).isEqualTo(Texts.of("cli", Language.NL).keys());
    assertThat(keysOfHelp(Locale.ENGLISH)).isEqualTo(keysOfHelp(Locale.ROOT));
  }

  private static java.util.Set<String> keysOfHelp(Locale locale) {
    return ResourceBundle.getBundle(
            "nl.wotpoort.texts.help",
            locale,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
        .keySet();
  }

  @Test
  void dutchUnlessAskedOtherwise() {
    assertThat(Typed.command("--help").out())
        .startsWith("Gebruik: wotpoort ")
        .contains("Het toestemmingsregister.", "69   iets om ons heen is er niet")
        .doesNotContain("Usage", "Commands:", "allow-sample-keys");
    assertThat(Typed.command("hold", "--help", "--lang", "en").out())
        .startsWith("Usage: wotpoort hold ")
        .contains("Messages that wait for a person.");
  }

  @Test
  void withoutACommandItShowsHelpAndFails() {
    Typed typed = Typed.command();
    assertThat(typed.exit()).isEqualTo(2);
    assertThat(typed.err()).startsWith("Gebruik: wotpoort ");
  }

  @Test
  void tellsItsVersion() {
    Typed typed = Typed.command("--version");
    assertThat(typed.exit()).isZero();
    assertThat(typed.out()).contains("wotpoort ", "Java ");
  }
}
