package nl.wotpoort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Only what somebody can have meant is made; what is said of mistakes does not change by it. */
class CommandsTest {

  @Test
  void onlyTheCommandThatIsNamedIsMade() {
    assertThat(made("--home", "x", "run")).containsExactly("run");
    assertThat(made("hold", "list")).containsExactly("hold");
    assertThat(made("--home", "run", "check")).containsExactly("run", "check");
  }

  @Test
  void allAreMadeForHelpAndForWhatIsNoCommand() {
    assertThat(made()).hasSizeGreaterThan(15);
    assertThat(made("chek")).hasSizeGreaterThan(15);
    assertThat(made("--help", "run")).hasSizeGreaterThan(15);
    assertThat(made("run", "-h")).hasSizeGreaterThan(15);
  }

  @Test
  void eachBearsTheNameItIsFoundBy() {
    CommandLine all = new CommandLine(CommandLine.Model.CommandSpec.create());
    Commands.all().addTo(all);
    all.getSubcommands()
        .forEach(
            (name, command) ->
                assertThat(command.getCommandSpec().userObject().getClass())
                    .satisfies(
                        type ->
                            assertThat(type.getAnnotation(CommandLine.Command.class).name())
                                .isEqualTo(name)));
  }

  @Test
  void whatIsWrongIsToldAsIfAllWereMade() {
    List<List<String>> wrong =
        List.of(
            List.of("--json", "chek", "run"),
            List.of("run", "--hoem", "x"),
            List.of("run", "check"),
            List.of("--home"),
            List.of("hold", "lst"),
            List.of("hold"));

    List<Typed> byAll = Typed.all(wrong);

    assertThat(wrong.stream().map(words -> Typed.command(words.toArray(String[]::new))))
        .isEqualTo(byAll);
    assertThat(byAll.get(0).err()).contains("check");
  }

  private static Iterable<String> made(String... arguments) {
    CommandLine line = new CommandLine(CommandLine.Model.CommandSpec.create());
    Commands.meantBy(arguments).addTo(line);
    return line.getSubcommands().keySet();
  }
}
