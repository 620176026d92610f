package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.rules.judge.Decision;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.JournalLine;
import nl.wotpoort.store.MessageRef;

/** Lines of the journal, readable. Pseudonyms and the encrypted detail stay where they are. */
final class JournalText {

  /** Events whose own words say that it did not go as asked. */
  private static final Set<String> SAYS_IT =
      Set.of(
          "HELD",
          "REFUSED",
          "STOPPED",
          "FAILED",
          "REJECTED",
          "NOT_VERIFIED",
          "EXPIRED",
          "UNDELIVERABLE",
          "TAKEN_BACK",
          "LOOP",
          "REQUEST_LAPSED",
          "REQUEST_WITHDRAWN");

  private final Screen screen;

  JournalText(Screen screen) {
    this.screen = screen;
  }

  String line(JournalLine line) {
    JournalEntry entry = line.entry();
    List<String> more = new ArrayList<>();
    entry.caseNumber().ifPresent(number -> more.add(screen.text("journal.case", number)));
    if (entry.outcome() != JournalEntry.Outcome.SUCCESS) {
      more.add(screen.text("journal." + entry.outcome().name()));
    }
    entry.purpose().ifPresent(purpose -> more.add(screen.text("journal.purpose", purpose)));
    if (!entry.consentIds().isEmpty()) {
      more.add(
          screen.text(
              "journal.consents",
              String.join(", ", entry.consentIds().stream().sorted().toList())));
    }
    if (!entry.ruleIds().isEmpty()) {
      more.add(screen.text("journal.rules", String.join(", ", entry.ruleIds())));
    }
    if (entry.emergency()) {
      more.add(screen.text("journal.emergency"));
    }
    if (!entry.source().isEmpty()) {
      more.add(screen.text("journal.source", entry.source()));
    }
    String who = entry.actor().id();
    return screen.text(
            "journal.line",
            line.sequence(),
            Times.shown(entry.at()),
            screen.textOr("event." + entry.event(), entry.event()),
            entry.object(),
            who)
        + (more.isEmpty() ? "" : " (" + String.join("; ", more) + ")");
  }

  /** For the client himself: in words, but for the case number, which he can ask about. */
  String forClient(JournalLine line, PartyNames names) {
    return Times.shown(line.entry().at())
        + "  "
        + inWords(line.entry(), names, speaker(line.entry(), names));
  }

  /** For who must account for it: in words, with the numbers of line and message. */
  String forPeople(JournalLine line, PartyNames names) {
    JournalEntry entry = line.entry();
    String about =
        MessageRef.parse(entry.object())
            .map(message -> screen.text("journal.message", message) + ": ")
            .orElse("");
    return line.sequence()
        + "  "
        + Times.shown(entry.at())
        + "  "
        + about
        + inWords(entry, names, who(entry, names));
  }

  private static String speaker(JournalEntry entry, PartyNames names) {
    return names.of(entry.actor().onBehalfOf().orElse(entry.actor().id()));
  }

  /** The person himself as well, when it is one. */
  private String who(JournalEntry entry, PartyNames names) {
    String id = entry.actor().id();
    return entry.actor().onBehalfOf().isPresent() && id.contains("@")
        ? screen.text("journal.for", id, speaker(entry, names))
        : speaker(entry, names);
  }

  private String inWords(JournalEntry entry, PartyNames names, String who) {
    List<String> more = new ArrayList<>();
    recipient(entry).map(to -> screen.text("journal.to", names.of(to))).ifPresent(more::add);
    if (entry.outcome() != JournalEntry.Outcome.SUCCESS && !SAYS_IT.contains(entry.event())) {
      more.add(screen.text("journal." + entry.outcome().name()));
    }
    entry
        .purpose()
        .map(Object::toString)
        .map(purpose -> screen.textOr("purpose." + purpose, purpose))
        .ifPresent(purpose -> more.add(screen.text("journal.purpose", purpose)));
    if (entry.consentIds().contains(Decision.STATEMENT)) {
      more.add(screen.text("journal.onStatement"));
    } else if (!entry.consentIds().isEmpty()) {
      more.add(screen.text("journal.onConsent"));
    }
    if (entry.emergency()) {
      more.add(screen.text("journal.emergency"));
    }
    entry.caseNumber().ifPresent(number -> more.add(screen.text("journal.case", number)));
    return screen.textOr("event." + entry.event(), entry.event())
        + " ("
        + who
        + ")"
        + (more.isEmpty() ? "" : ": " + String.join("; ", more));
  }

  /** Who got it, of a line that tells of a disclosure; a detail of other lines is no recipient. */
  static Optional<String> recipient(JournalEntry entry) {
    return entry
        .detail()
        .filter(detail -> entry.event().equals("FORWARDED"))
        .map(Confidential::reveal);
  }

  ArrayNode json(List<JournalLine> lines) {
    ArrayNode all = Json.list(List.of());
    lines.forEach(line -> all.add(json(line)));
    return all;
  }

  ObjectNode json(JournalLine line) {
    JournalEntry entry = line.entry();
    ObjectNode json = Json.object();
    json.put("sequence", line.sequence());
    json.put("at", entry.at().toString());
    json.put("event", entry.event());
    json.put("action", entry.action().name());
    json.put("outcome", entry.outcome().name());
    json.put("actor", entry.actor().id());
    Json.put(json, "onBehalfOf", entry.actor().onBehalfOf());
    Json.put(json, "role", entry.actor().role());
    Json.put(json, "client", entry.client().map(client -> client.primary().toString()));
    json.put("object", entry.object());
    Json.put(json, "case", entry.caseNumber());
    Json.put(json, "purpose", entry.purpose());
    json.set("consents", Json.list(entry.consentIds().stream().sorted().toList()));
    json.set("rules", Json.list(entry.ruleIds()));
    json.put("emergency", entry.emergency());
    json.put("source", entry.source());
    json.put("correlation", entry.correlation());
    json.put("hash", line.hash());
    Json.put(json, "recipient", recipient(entry));
    return json;
  }
}
