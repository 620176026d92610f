package nl.wotpoort.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.JournalLine;
import nl.wotpoort.store.Store;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code wotpoort journal export}: the whole journal for another system, a line each: CSV (RFC
 * 4180), JSON, or AuditEvent of HL7 FHIR R4. Clients are pseudonyms, as they are in the store.
 */
@Command(name = "export")
final class JournalExport extends Action {

  private static final int PAGE = 1000;

  /** One of these. */
  static final class Form {
    @Option(names = "--csv", required = true)
    private boolean csv;

    @Option(names = "--fhir", required = true)
    private boolean fhir;

    // the third of three: it is what is neither of the others, so nobody reads it
    @SuppressWarnings("UnusedVariable")
    @Option(names = "--lines", required = true)
    private boolean lines;
  }

  @ArgGroup(multiplicity = "1")
  private Form form = new Form();

  @Option(names = "--by", paramLabel = "NAAM")
  private @Nullable String by;

  @Override
  public Integer call() throws Refusal {
    try (Store store = installation().store()) {
      store.journal().write(JournalView.looked(this, "JOURNAL_EXPORTED", "journal", by));
      JournalText text = new JournalText(screen());
      if (form.csv) {
        screen()
            .line(
                "sequence,at,event,action,outcome,actor,onBehalfOf,role,client,object,case,purpose,"
                    + "consents,rules,emergency,source,correlation,hash,recipient");
      }
      long last = 0;
      List<JournalLine> lines = store.journal().after(last, PAGE);
      while (!lines.isEmpty()) {
        for (JournalLine line : lines) {
          if (form.csv) {
            screen().line(csv(line));
          } else if (form.fhir) {
            screen().json(AuditEvents.of(line));
          } else if (form.lines) {
            screen().json(text.json(line));
          }
          last = line.sequence();
        }
        lines = store.journal().after(last, PAGE);
      }
      return Exit.FINE;
    }
  }

  private static String csv(JournalLine line) {
    JournalEntry e = line.entry();
    return Stream.of(
            String.valueOf(line.sequence()),
            e.at().toString(),
            e.event(),
            e.action().name(),
            e.outcome().name(),
            e.actor().id(),
            e.actor().onBehalfOf().orElse(""),
            e.actor().role().orElse(""),
            e.client().map(c -> c.primary().toString()).orElse(""),
            e.object(),
            e.caseNumber().map(Object::toString).orElse(""),
            e.purpose().map(Object::toString).orElse(""),
            e.consentIds().stream().sorted().collect(Collectors.joining(" ")),
            String.join(" ", e.ruleIds()),
            String.valueOf(e.emergency()),
            e.source(),
            e.correlation(),
            line.hash(),
            JournalText.recipient(e).orElse(""))
        .map(JournalExport::quoted)
        .collect(Collectors.joining(","));
  }

  /** A cell that begins as a formula would be one in a spreadsheet. */
  private static String quoted(String cell) {
    String safe = cell.matches("[=+@-].*") ? "'" + cell : cell;
    return safe.matches("[\\w .:@/+-]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }
}
