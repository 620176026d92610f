package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wotpoort case}: cases, without clients: the store knows no names. */
@Command(
    name = "case",
    subcommands = {CaseCommand.ListAll.class, CaseCommand.Show.class})
final class CaseCommand {

  /** What both show of a case. */
  abstract static class OnCases extends Action {

    final ObjectNode json(CaseFile file) {
      ObjectNode json = Json.object();
      json.put("number", file.number().toString());
      json.put("status", file.status().name());
      json.put("createdAt", file.createdAt().toString());
      json.put("sender", file.sender().toString());
      Json.put(json, "message", file.message());
      Json.put(json, "team", file.team());
      Json.put(json, "worker", file.worker());
      json.put("lastEvent", file.lastEvent());
      json.put("lastEventAt", file.lastEventAt().toString());
      return json;
    }

    final String with(CaseFile file) {
      return file.worker()
          .map(worker -> screen().text("case.worker", worker))
          .or(() -> file.team().map(team -> screen().text("case.team", team)))
          .orElseGet(() -> screen().text("none"));
    }

    final String event(CaseFile file) {
      return screen().textOr("event." + file.lastEvent(), file.lastEvent());
    }
  }

  /** {@code case list}. */
  @Command(name = "list")
  static final class ListAll extends OnCases {

    @Option(names = "--open")
    private boolean open;

    @Option(names = "--max", paramLabel = "AANTAL")
    private int max = 100;

    @Override
    public Integer call() throws Refusal {
      try (Store store = installation().store()) {
        List<CaseFile> files =
            store.cases().newest(max).stream()
                .filter(file -> !open || file.status().isOpen())
                .toList();
        if (screen().isJson()) {
          files.forEach(file -> screen().json(json(file)));
        } else if (files.isEmpty()) {
          screen().say("case.none");
        } else {
          files.forEach(
              file ->
                  screen()
                      .say(
                          "case.line",
                          file.number(),
                          Times.shown(file.createdAt()),
                          screen().text("case.status." + file.status().name()),
                          with(file),
                          event(file)));
        }
        return Exit.FINE;
      }
    }
  }

  /** {@code case show}. */
  @Command(name = "show")
  static final class Show extends OnCases {

    @Parameters(index = "0", paramLabel = "ZAAKNUMMER", descriptionKey = "caseNumber")
    private String text = "";

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
        List<OutgoingFile> letters = letters(file, lines, store);
        if (screen().isJson()) {
          ObjectNode json = json(file);
          ArrayNode all = json.putArray("letters");
          letters.forEach(letter -> all.add(Letters.json(letter)));
          json.set("journal", new JournalText(screen()).json(lines));
          screen().json(json);
        } else {
          print(file, letters, lines);
        }
        return Exit.FINE;
      }
    }

    /** Of every message that had to do with the case, what went out in this case. */
    private static List<OutgoingFile> letters(CaseFile file, List<JournalLine> lines, Store store) {
      return Stream.concat(
              file.message().stream(),
              lines.stream()
                  .map(JournalLine::entry)
                  .map(JournalEntry::object)
                  .filter(object -> object.startsWith("M"))
                  .flatMap(object -> MessageRef.parse(object).stream()))
          .distinct()
          .flatMap(ref -> store.outbox().of(ref).stream())
          .filter(letter -> letter.caseNumber().equals(Optional.of(file.number())))
          .toList();
    }

    private void print(CaseFile file, List<OutgoingFile> letters, List<JournalLine> lines) {
      screen()
          .say(
              "case.show",
              file.number(),
              screen().text("case.status." + file.status().name()),
              Times.shown(file.createdAt()));
      screen().say("case.sender", file.sender());
      screen().say("case.with", with(file));
      screen().say("case.last", event(file), Times.shown(file.lastEventAt()));
      letters.forEach(letter -> screen().line("  " + Letters.line(letter, screen())));
      JournalText journal = new JournalText(screen());
      lines.forEach(line -> screen().line("  " + journal.line(line)));
    }
  }
}
