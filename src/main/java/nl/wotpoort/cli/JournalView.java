package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Supplier;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.JournalLine;
import nl.wotpoort.store.Store;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * A look at the journal from one side. Each look is journalled itself, before anything of it is on
 * the screen (NEN 7513 asks it of a look at the journal too).
 */
abstract class JournalView extends Action {

  @Option(names = "--by", paramLabel = "NAAM")
  private @Nullable String by;

  /** What was found, and the line about having looked. */
  record Seen(JournalEntry look, Supplier<JsonNode> json, Runnable text, int exit) {}

  abstract Seen look(Store store) throws Refusal;

  @Override
  public final Integer call() throws Refusal {
    try (Store store = installation().store()) {
      Seen seen = look(store);
      store.journal().write(seen.look());
      if (screen().isJson()) {
        screen().json(seen.json().get());
      } else {
        seen.text().run();
      }
      return seen.exit();
    }
  }

  /** The line about this look. */
  final JournalEntry looked(String event, String object) {
    return looked(this, event, object, by);
  }

  static JournalEntry looked(Action action, String event, String object, @Nullable String by) {
    return JournalEntry.of(
            action.surroundings().clock().instant(),
            event,
            JournalEntry.Action.READ,
            Actors.of(by, action.surroundings()),
            object)
        .comingFrom("cli");
  }

  final JournalText text() {
    return new JournalText(screen());
  }

  /** Whom the lines name, as the directory calls them; a look needs the configuration for it. */
  final PartyNames names() throws Refusal {
    return new PartyNames(installation().configuration().directory(), screen());
  }

  final void print(List<JournalLine> lines, PartyNames names) {
    if (lines.isEmpty()) {
      screen().say("journal.none", "");
    }
    lines.forEach(line -> screen().line(text().forPeople(line, names)));
  }
}
