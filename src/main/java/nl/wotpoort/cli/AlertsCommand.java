package nl.wotpoort.cli;

import java.util.List;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.store.JournalLine;
import nl.wotpoort.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code wotpoort alerts}: what hinted at mail going to the wrong place. */
@Command(name = "alerts")
final class AlertsCommand extends Action {

  @Option(names = "--max", paramLabel = "AANTAL", descriptionKey = "max")
  private int max = 50;

  @Override
  public Integer call() throws Refusal {
    try (Store store = installation().store()) {
      List<JournalLine> lines = store.alerts().newest(max);
      JournalText text = new JournalText(screen());
      if (screen().isJson()) {
        lines.forEach(line -> screen().json(text.json(line)));
      } else if (lines.isEmpty()) {
        screen().say("alerts.none");
      } else {
        for (JournalLine line : lines) {
          screen().line(text.line(line));
          line.entry()
              .detail()
              .map(Confidential::reveal)
              .ifPresent(detail -> screen().line("    " + detail));
        }
      }
      return lines.isEmpty() ? Exit.FINE : Exit.NO;
    }
  }
}
