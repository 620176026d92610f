package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.store.ChainCheck;
import nl.wotpoort.store.JournalLine;
import nl.wotpoort.store.JournalSeal;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.Store;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wotpoort journal}: what happened, and whether that is still what was written. */
@Command(
    name = "journal",
    subcommands = {
      JournalCommand.Verify.class,
      JournalCommand.Show.class,
      JournalSealCommand.class,
      JournalClient.class,
      JournalViews.OfWorker.class,
      JournalViews.OfMessage.class,
      JournalViews.Breach.class,
      JournalExport.class
    })
final class JournalCommand {

  /** {@code journal verify}. */
  @Command(name = "verify")
  static final class Verify extends Action {

    @Option(names = "--seals", paramLabel = "BESTAND")
    private @Nullable Path seals;

    @Override
    public Integer call() throws Refusal {
      List<JournalSeal> noted = seals == null ? List.of() : noted(seals);
      try (Store store = installation().store()) {
        ChainCheck check = store.journal().verify(noted);
        if (screen().isJson()) {
          ObjectNode json = Json.object();
          json.put("sound", check.isSound());
          json.put("lines", check.lines());
          json.put("head", check.head());
          Json.put(json, "brokenAt", check.brokenAt());
          screen().json(json);
        } else if (check.isSound()) {
          screen().say("journal.sound", check.lines(), check.head());
        } else {
          screen().say("journal.broken", check.brokenAt().orElse(0L), check.lines());
        }
        return check.isSound() ? Exit.FINE : Exit.NO;
      }
    }

    private List<JournalSeal> noted(Path file) throws Refusal {
      try {
        return JournalSeal.in(Files.readString(file, StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        throw wrong("journal.noSeals", file);
      }
    }
  }

  /** {@code journal show}. */
  @Command(name = "show")
  static final class Show extends Action {

    @Parameters(index = "0", arity = "0..1", paramLabel = "WAT", descriptionKey = "journalObject")
    private String what = "";

    @Option(names = "--after", paramLabel = "REGEL")
    private long after;

    @Option(names = "--max", paramLabel = "AANTAL")
    private int max = 100;

    @Override
    public Integer call() throws Refusal {
      try (Store store = installation().store()) {
        List<JournalLine> lines = lines(store);
        String object = what.isEmpty() ? "journal" : what;
        store.journal().write(JournalView.looked(this, "JOURNAL_SHOWN", object, null));
        JournalText text = new JournalText(screen());
        for (JournalLine line : lines) {
          if (screen().isJson()) {
            screen().json(text.json(line));
          } else {
            screen().line(text.line(line));
          }
        }
        if (lines.isEmpty() && !screen().isJson()) {
          screen().say("journal.none", what);
        }
        return lines.isEmpty() && !what.isEmpty() ? Exit.NO : Exit.FINE;
      }
    }

    private List<JournalLine> lines(Store store) {
      if (what.isEmpty()) {
        return store.journal().after(after, max);
      }
      Optional<CaseNumber> number = CaseNumber.findIn(what);
      if (number.isPresent()) {
        return store.journal().about(number.get());
      }
      String object = MessageRef.parse(what).map(MessageRef::toString).orElse(what);
      return store.journal().about(object);
    }
  }
}
