package nl.wotpoort.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.rules.report.Evaluation;
import nl.wotpoort.settings.Settings;
import nl.wotpoort.store.Figures;
import nl.wotpoort.store.Store;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code wotpoort report}: the figures for the half-year evaluation. No persons. */
@Command(name = "report")
final class ReportCommand extends Action {

  @Option(names = "--from", required = true, paramLabel = "DATUM")
  private String from = "";

  @Option(names = "--to", required = true, paramLabel = "DATUM")
  private String to = "";

  @Option(names = "--html", paramLabel = "BESTAND")
  private @Nullable Path html;

  @Option(names = "--csv", paramLabel = "BESTAND")
  private @Nullable Path csv;

  @Override
  public Integer call() throws Refusal {
    LocalDate first = day(from);
    LocalDate last = day(to);
    Settings.Office office = installation().settings().office();
    try (Store store = installation().store()) {
      Instant start = first.atStartOfDay(Moment.AMSTERDAM).toInstant();
      Instant end = last.plusDays(1).atStartOfDay(Moment.AMSTERDAM).toInstant();
      Figures figures = store.figures();
      Evaluation evaluation =
          Evaluation.of(
              figures.referrals(start, end),
              figures.requests(start, end),
              figures.requestReasons(start, end),
              figures.holds(start, end),
              office.hours(),
              office.deadlines(),
              surroundings().clock().instant(),
              figures::mark);
      ReportPages pages =
          new ReportPages(
              evaluation,
              first,
              last,
              installation().configuration().directory(),
              screen().language());
      pages.lines().forEach(screen()::line);
      if (html != null) {
        write(html, pages.html());
      }
      if (csv != null) {
        write(csv, pages.csv());
      }
      return Exit.FINE;
    }
  }

  private LocalDate day(String text) throws Refusal {
    try {
      return LocalDate.parse(text.strip());
    } catch (DateTimeException e) {
      throw wrong("consent.date");
    }
  }

  private void write(Path file, String text) throws Refusal {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw wrong("report.notWritten", file);
    }
  }
}
