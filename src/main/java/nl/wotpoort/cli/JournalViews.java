package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.store.CaseFile;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.JournalLine;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.OutgoingFile;
import nl.wotpoort.store.Store;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The journal from one side: a worker, a message, a case that went wrong. Each look is journalled.
 */
final class JournalViews {

  private JournalViews() {}

  /** That somebody looked (NEN 7513 asks it of a look at the journal too). */
  static JournalEntry viewed(Action action, String event, String object, @Nullable String by) {
    return JournalEntry.of(
            action.surroundings().clock().instant(),
            event,
            JournalEntry.Action.READ,
            Actors.of(by, action.surroundings()),
            object)
        .comingFrom("cli");
  }

  /** {@code journal worker}. */
  @Command(name = "worker")
  static final class OfWorker extends Action {

    @Parameters(index = "0", paramLabel = "WIE", descriptionKey = "journalActor")
    private String who = "";

    @Option(names = "--by", paramLabel = "NAAM")
    private @Nullable String by;

    @Override
    public Integer call() throws Refusal {
      try (Store store = installation().store()) {
        List<JournalLine> lines = store.journal().by(who);
        store.journal().write(viewed(this, "JOURNAL_WORKER_VIEWED", "worker", by).explaining(who));
        print(this, lines);
        return lines.isEmpty() ? Exit.NO : Exit.FINE;
      }
    }
  }

  /** {@code journal message}: who got this, and when. */
  @Command(name = "message")
  static final class OfMessage extends Action {

    @Parameters(index = "0", paramLabel = "BERICHT", descriptionKey = "journalMessage")
    private String text = "";

    @Option(names = "--by", paramLabel = "NAAM")
    private @Nullable String by;

    @Override
    public Integer call() throws Refusal {
      MessageRef ref = MessageRef.parse(text).orElseThrow(() -> wrong("journal.notMessage", text));
      try (Store store = installation().store()) {
        List<JournalLine> lines = store.journal().about(ref.toString());
        List<OutgoingFile> letters = store.outbox().of(ref);
        store.journal().write(viewed(this, "JOURNAL_MESSAGE_VIEWED", ref.toString(), by));
        if (screen().isJson()) {
          ObjectNode json = Json.object();
          var all = json.putArray("letters");
          letters.forEach(letter -> all.add(Letters.json(letter)));
          json.set("journal", new JournalText(screen()).json(lines));
          screen().json(json);
        } else {
          letters.forEach(letter -> screen().line(Letters.line(letter, screen())));
          print(this, lines);
        }
        return lines.isEmpty() ? Exit.NO : Exit.FINE;
      }
    }
  }

  /** {@code journal breach}: what is needed to report a message that went to the wrong one. */
  @Command(name = "breach")
  static final class Breach extends Action {

    @Parameters(index = "0", paramLabel = "ZAAKNUMMER", descriptionKey = "caseNumber")
    private String text = "";

    @Option(names = "--by", paramLabel = "NAAM")
    private @Nullable String by;

    @Override
    public Integer call() throws Refusal {
      CaseNumber number = CaseNumber.findIn(text).orElseThrow(() -> wrong("case.notNumber", text));
      try (Store store = installation().store()) {
        CaseFile file =
            store
                .cases()
                .show(number)
                .orElseThrow(() -> new Refusal(Exit.NO, screen().text("case.unknown", number)));
        List<JournalLine> lines = store.journal().about(number);
        List<OutgoingFile> letters = letters(store, file, lines);
        store
            .journal()
            .write(viewed(this, "JOURNAL_BREACH_VIEWED", number.toString(), by).inCase(number));
        if (screen().isJson()) {
          ObjectNode json = Json.object();
          json.put("case", number.toString());
          json.put("openedAt", file.createdAt().toString());
          json.put("sender", file.sender().toString());
          Json.put(json, "client", file.client().map(c -> c.primary().toString()));
          var all = json.putArray("letters");
          letters.forEach(letter -> all.add(Letters.json(letter)));
          json.set("journal", new JournalText(screen()).json(lines));
          screen().json(json);
        } else {
          screen().say("breach.title", number, Times.shown(file.createdAt()), file.sender());
          screen().say("breach.who");
          letters.forEach(letter -> screen().line("  " + Letters.line(letter, screen())));
          screen().say("breach.what");
          JournalText journal = new JournalText(screen());
          lines.forEach(line -> screen().line("  " + journal.line(line)));
          screen().say("breach.todo");
        }
        return Exit.FINE;
      }
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

  private static void print(Action action, List<JournalLine> lines) {
    JournalText text = new JournalText(action.screen());
    if (action.screen().isJson()) {
      action.screen().json(text.json(lines));
    } else if (lines.isEmpty()) {
      action.screen().say("journal.none", "");
    } else {
      lines.forEach(line -> action.screen().line(text.line(line)));
    }
  }
}
