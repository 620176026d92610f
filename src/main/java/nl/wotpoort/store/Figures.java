package nl.wotpoort.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.rules.report.ReferralRow;

/** Reads what the half-year figures are counted from. Thread-safe. */
public final class Figures {

  private static final Set<String> ANSWERS = Set.of("ACCEPT", "DECLINE", "ASK");

  private final Database database;
  private final ReferralBook referrals;

  Figures(Database database, ReferralBook referrals) {
    this.database = database;
    this.referrals = referrals;
  }

  /** The referrals that came in from {@code from} until before {@code to}. */
  public List<ReferralRow> referrals(Instant from, Instant to) {
    Map<CaseNumber, List<ReferralBook.Event>> history = new LinkedHashMap<>();
    for (ReferralBook.Event event : referrals.historyOfOpened(from, to)) {
      history.computeIfAbsent(event.number(), n -> new ArrayList<>()).add(event);
    }
    return referrals.opened(from, to).stream()
        .map(one -> row(one, history.getOrDefault(one.file().number(), List.of())))
        .toList();
  }

  private static ReferralRow row(ReferralBook.Counted one, List<ReferralBook.Event> history) {
    Optional<ReferralBook.Event> answer =
        history.stream().filter(e -> ANSWERS.contains(e.event())).findFirst();
    return new ReferralRow(
        history.stream().flatMap(e -> e.team().stream()).reduce((first, last) -> last),
        one.under().practice(),
        words(one.under().grounds()),
        words(one.under().expertise()),
        one.under().youth(),
        one.file().openedAt(),
        history.stream()
            .filter(e -> e.event().equals("FORWARD"))
            .map(ReferralBook.Event::at)
            .findFirst(),
        answer.map(ReferralBook.Event::at),
        answer.map(ReferralBook.Event::event),
        answer.map(e -> words(e.reason())).orElse(List.of()),
        history.stream().anyMatch(e -> e.event().equals("HAND_ON")),
        history.stream().anyMatch(e -> e.event().equals("DISPUTE")),
        one.file().state().awaitsTeam());
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
  }

  /** Information requests by how far they are. */
  public Map<String, Integer> requests(Instant from, Instant to) {
    return counts(
        "SELECT r.state AS code, COUNT(*) AS n FROM request r JOIN message m ON m.id = r.message_id"
            + " WHERE m.received_at >= ? AND m.received_at < ? GROUP BY r.state",
        from,
        to);
  }

  /** Held messages by cause; also those that went on since. */
  public Map<String, Integer> holds(Instant from, Instant to) {
    return counts(
        "SELECT hold_cause AS code, COUNT(*) AS n FROM message WHERE hold_cause IS NOT NULL"
            + " AND received_at >= ? AND received_at < ? GROUP BY hold_cause",
        from,
        to);
  }

  private Map<String, Integer> counts(String sql, Instant from, Instant to) {
    return database.read(
        "counting",
        tx -> {
          Map<String, Integer> counts = new TreeMap<>();
          tx.list(sql, row -> counts.put(row.text("code"), row.count("n")), from, to);
          return counts;
        });
  }
}
