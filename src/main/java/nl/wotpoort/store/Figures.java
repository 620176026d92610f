package nl.wotpoort.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.spec.SecretKeySpec;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.rules.report.ReferralRow;

/** Reads what the half-year figures are counted from. Thread-safe. */
public final class Figures {

  private static final Set<String> ANSWERS = Set.of("ACCEPT", "DECLINE", "ASK");

  private final Database database;
  private final ReferralBook referrals;
  private final SecretKeySpec markKey;

  Figures(Database database, ReferralBook referrals, StoreKey key) {
    this.database = database;
    this.markKey = key.derive("figures");
    this.referrals = referrals;
  }

  /** A mark that only who has the store key can make, and always the same. */
  public String mark(String text) {
    return HexFormat.of().formatHex(StoreKey.hmac(markKey, text.getBytes(StandardCharsets.UTF_8)));
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

  /**
   * Information requests by why they went back or had to wait: what they lacked, or what the policy
   * said, as the journal has it of the last time. One may lack more than one thing.
   */
  public Map<String, Integer> requestReasons(Instant from, Instant to) {
    return database.read(
        "counting",
        tx -> {
          Map<Long, List<String>> last = new HashMap<>();
          tx.list(
              "SELECT r.message_id AS id, j.rule_ids FROM request r JOIN message m ON m.id ="
                  + " r.message_id JOIN journal j ON j.object = 'M' || r.message_id WHERE"
                  + " m.received_at >= ? AND m.received_at < ? AND j.event IN ('HELD', 'REFUSED')"
                  + " ORDER BY j.seq",
              row -> last.put(row.number("id"), words(row.text("rule_ids"))),
              from,
              to);
          Map<String, Integer> counts = new TreeMap<>();
          last.values()
              .forEach(
                  rules -> reasons(rules).forEach(reason -> counts.merge(reason, 1, Integer::sum)));
          return counts;
        });
  }

  /** Of the rules that were asked, those that say why not. */
  private static Set<String> reasons(List<String> rules) {
    Set<String> reasons = new TreeSet<>();
    for (String rule : rules) {
      if (rule.startsWith("LACKS_")) {
        reasons.add(rule);
      } else if (rule.endsWith(".full")) {
        reasons.add(rule.substring(0, rule.length() - ".full".length()));
      }
    }
    return reasons;
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
