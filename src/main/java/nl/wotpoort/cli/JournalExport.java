package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
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
                    + "consents,rules,emergency,source,correlation,hash");
      }
      long last = 0;
      List<JournalLine> lines = store.journal().after(last, PAGE);
      while (!lines.isEmpty()) {
        for (JournalLine line : lines) {
          if (form.csv) {
            screen().line(csv(line));
          } else if (form.fhir) {
            screen().json(fhir(line));
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
            line.hash())
        .map(JournalExport::quoted)
        .collect(Collectors.joining(","));
  }

  /** A cell that begins as a formula would be one in a spreadsheet. */
  private static String quoted(String cell) {
    String safe = cell.matches("[=+@-].*") ? "'" + cell : cell;
    return safe.matches("[\\w .:@/+-]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }

  /** https://hl7.org/fhir/R4/auditevent.html */
  static ObjectNode fhir(JournalLine line) {
    JournalEntry e = line.entry();
    ObjectNode json = Json.object();
    json.put("resourceType", "AuditEvent");
    json.put("id", "wotpoort-" + line.sequence());
    json.putObject("type").put("system", "urn:wotpoort:event").put("code", e.event());
    json.put(
        "action",
        switch (e.action()) {
          case CREATE -> "C";
          case READ -> "R";
          case UPDATE -> "U";
          case DELETE -> "D";
          case EXECUTE -> "E";
        });
    json.put("recorded", instant(e.at()));
    json.put(
        "outcome",
        switch (e.outcome()) {
          case SUCCESS -> "0";
          case REFUSED -> "4";
          case FAILED -> "8";
        });
    e.purpose()
        .ifPresent(
            purpose ->
                json.putArray("purposeOfEvent")
                    .addObject()
                    .putArray("coding")
                    .addObject()
                    .put("system", "urn:wotpoort:purpose")
                    .put("code", purpose.code()));
    ObjectNode agent = json.putArray("agent").addObject();
    e.actor().role().ifPresent(role -> agent.putArray("role").addObject().put("text", role));
    agent.putObject("who").putObject("identifier").put("value", e.actor().id());
    agent.put("requestor", true);
    e.actor()
        .onBehalfOf()
        .ifPresent(
            behalf -> {
              ObjectNode second = json.withArray("agent").addObject();
              second.putObject("who").putObject("identifier").put("value", behalf);
              second.put("requestor", false);
            });
    ObjectNode source = json.putObject("source");
    if (!e.source().isEmpty()) {
      source.put("site", e.source()); // FHIR has no empty strings
    }
    source.putObject("observer").put("display", "wotpoort");
    var entities = json.putArray("entity");
    entities.addObject().putObject("what").putObject("identifier").put("value", e.object());
    e.client()
        .ifPresent(
            client -> {
              ObjectNode person = entities.addObject();
              person
                  .putObject("what")
                  .putObject("identifier")
                  .put("value", client.primary().toString());
              person
                  .putObject("role")
                  .put("system", "http://terminology.hl7.org/CodeSystem/object-role")
                  .put("code", "1");
            });
    Stream.concat(
            e.consentIds().stream().sorted().map(id -> "Consent/" + id),
            e.caseNumber().map(n -> "case/" + n).stream())
        .forEach(
            value ->
                entities.addObject().putObject("what").putObject("identifier").put("value", value));
    if (!e.ruleIds().isEmpty() || e.emergency()) {
      ObjectNode basis = entities.addObject();
      var details = basis.putArray("detail");
      e.ruleIds().forEach(rule -> details.addObject().put("type", "rule").put("valueString", rule));
      if (e.emergency()) {
        details.addObject().put("type", "emergency").put("valueString", "true");
      }
    }
    return json;
  }

  private static String instant(Instant at) {
    return at.toString();
  }
}
