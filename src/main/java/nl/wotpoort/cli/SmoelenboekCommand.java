package nl.wotpoort.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import nl.wotpoort.desk.Furnishing;
import nl.wotpoort.desk.Smoelenboek;
import nl.wotpoort.settings.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code wotpoort smoelenboek}: the current one, on the screen or as files. */
@Command(name = "smoelenboek")
final class SmoelenboekCommand extends Action {

  @Option(names = "--html", paramLabel = "BESTAND")
  private @Nullable Path html;

  @Option(names = "--csv", paramLabel = "BESTAND")
  private @Nullable Path csv;

  @Override
  public Integer call() throws Refusal {
    Configuration configuration = installation().configuration();
    Smoelenboek book;
    try {
      Furnishing.Keys keys =
          Furnishing.keys(configuration, installation().samples(), screen().language());
      book =
          Smoelenboek.of(
              configuration.directory(),
              keys.ring(),
              surroundings().clock().instant(),
              screen().language());
    } catch (Furnishing.CannotFurnish e) {
      throw Installation.cannot(e);
    }
    if (html == null && csv == null) {
      book.text().lines().forEach(screen()::line);
    }
    write(html, book.html());
    write(csv, book.csv());
    return Exit.FINE;
  }

  private void write(@Nullable Path file, String text) throws Refusal {
    if (file == null) {
      return;
    }
    try {
      Files.writeString(file, text, StandardCharsets.UTF_8);
      screen().say("smoelenboek.written", file);
    } catch (IOException e) {
      throw new Refusal(
          Exit.USAGE, screen().text("notWritten", file, String.valueOf(e.getMessage())));
    }
  }
}
