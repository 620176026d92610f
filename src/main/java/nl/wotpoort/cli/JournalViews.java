package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.store.CaseFile;
import nl.wotpoort.store.JournalLine;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.OutgoingFile;
import nl.wotpoort.store.Store;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The journal from one side: a worker, a message, a case that went wrong. */
final class JournalViews {

  private JournalViews() {}

  /** {@code journal worker}. */
  @Command(name = "worker")
  static final class OfWorker extends JournalView {

    @Parameters(index = "0", paramLabel = "WIE", descriptionKey = "journalActor")
    private String who = "";

    @Override
    Seen look(Store store) throws Refusal {
      PartyNames names = names();
      List<JournalLine> lines = store.journal().by(who);
      return new Seen(
          looked("JOURNAL_WORKER_VIEWED", "worker").explaining(who),
          () -> text().json(lines),
          () -> print(lines, names),
          lines.isEmpty() ? Exit.NO : Exit.FINE);
    }
  }

  /** {@code journal message}: who got this, and when. */
  @Command(name = "message")
  static final class OfMessage extends JournalView {

    @Parameters(index = "0", paramLabel = "BERICHT", descriptionKey = "journalMessage")
    private String text = "";

    @Override
    Seen look(Store store) throws Refusal {
      PartyNames names = names();
      MessageRef ref = MessageRef.parse(text).orElseThrow(() -> wrong("journal.notMessage", text));
      List<JournalLine> lines = store.journal().about(ref.toString());
      List<OutgoingFile> letters = store.outbox().of(ref);
      return new Seen(
          looked("JOURNAL_MESSAGE_VIEWED", ref.toString()),
          () -> json(letters, text().json(lines)),
          () -> {
            letters.forEach(letter -> screen().line(Letters.line(letter, screen())));
            print(lines, names);
          },
          lines.isEmpty() ? Exit.NO : Exit.FINE);
    }
  }

  /** {@code journal breach}: what is needed to report a message that went to the wrong one. */
  @Command(name = "breach")
  static final class Breach extends JournalView {

    @Parameters(index = "0", paramLabel = "ZAAKNUMMER", descriptionKey = "caseNumber")
    private String text = "";

    @Override
    Seen look(Store store) throws Refusal {
      PartyNames names = names();
      CaseNumber number = CaseNumber.findIn(text).orElseThrow(() -> wrong("case.notNumber", text));
      CaseFile file =
          store
              .cases()
              .show(number)
              .orElseThrow(() -> new Refusal(Exit.NO, screen().text("case.unknown", number)));
      List<JournalLine> lines = store.journal().about(number);
      List<OutgoingFile> letters = letters(store, file, lines);
      return new Seen(
          looked("JOURNAL_BREACH_VIEWED", number.toString()).inCase(number),
          () -> json(file, letters, lines),
          () -> print(file, letters, lines, names),
          Exit.FINE);
    }

    private ObjectNode json(CaseFile file, List<OutgoingFile> letters, List<JournalLine> lines) {
      ObjectNode json = Json.object();
      json.put("case", file.number().toString());
      json.put("openedAt", file.createdAt().toString());
      json.put("sender", file.sender().toString());
      Json.put(json, "client", file.client().map(c -> c.primary().toString()));
      json.setAll(JournalViews.json(letters, text().json(lines)));
      return json;
    }

    private void print(
        CaseFile file, List<OutgoingFile> letters, List<JournalLine> lines, PartyNames names) {
      screen().say("breach.title", file.number(), Times.shown(file.createdAt()), file.sender());
      screen().say("breach.who");
      letters.forEach(letter -> screen().line("  " + Letters.line(letter, screen())));
      screen().say("breach.what");
      lines.forEach(line -> screen().line("  " + text().forPeople(line, names)));
      screen().text("breach.todo").lines().forEach(screen()::line);
    }

    private static List<OutgoingFile> letters(Store store, CaseFile file, List<JournalLine> lines) {
      Stream<MessageRef> named =
          lines.stream()
              .map(line -> line.entry().object())
              .flatMap(object -> MessageRef.parse(object).stream());
      return Stream.concat(file.message().stream(), named)
          .distinct()
          .flatMap(ref -> store.outbox().of(ref).stream())
          .filter(letter -> letter.caseNumber().equals(Optional.of(file.number())))
          .toList();
    }
  }

  private static ObjectNode json(List<OutgoingFile> letters, ArrayNode journal) {
    ObjectNode json = Json.object();
    ArrayNode all = json.putArray("letters");
    letters.forEach(letter -> all.add(Letters.json(letter)));
    json.set("journal", journal);
    return json;
  }
}
