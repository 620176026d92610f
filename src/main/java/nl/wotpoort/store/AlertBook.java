package nl.wotpoort.store;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What hints at mail that goes to the wrong place, and what was said about it. Thread-safe. */
public final class AlertBook {

  /** Every event of an alert begins with this. */
  public static final String PREFIX = "ALERT_";

  private final Database database;
  private final Journal journal;
  private final Leases leases;

  AlertBook(Database database, Journal journal, Leases leases) {
    this.database = database;
    this.journal = journal;
    this.leases = leases;
  }

  /** How many cases each worker got since {@code from}. */
  public Map<String, Integer> newCases(Instant from) {
    return database.read(
        "counting new cases",
        tx -> {
          Map<String, Integer> counts = new HashMap<>();
          tx.list(
              "SELECT worker, COUNT(*) AS n FROM case_file"
                  + " WHERE created_at >= ? AND worker IS NOT NULL GROUP BY worker",
              row -> counts.put(row.text("worker"), row.count("n")),
              from);
          return Map.copyOf(counts);
        });
  }

  /** When each team last got a case; a team that never did is not in it. */
  public Map<String, Instant> lastCases() {
    return database.read(
        "asking for the last cases",
        tx -> {
          Map<String, Instant> last = new HashMap<>();
          tx.list(
              "SELECT team, MAX(created_at) AS t FROM case_file WHERE team IS NOT NULL"
                  + " GROUP BY team",
              row -> last.put(row.text("team"), row.instant("t")));
          return Map.copyOf(last);
        });
  }

  /**
   * Journals an alert, unless the same was journalled within {@code pause}, by whichever node. True
   * when it was.
   */
  public boolean raise(JournalEntry alert, Duration pause) {
    String what = alert.event() + " " + alert.object();
    if (!leases.isTimeFor(what, alert.at(), pause)) {
      return false;
    }
    journal.write(alert);
    return true;
  }

  /** How many of each were raised since {@code from}, by event. */
  public Map<String, Long> since(Instant from) {
    return database.read(
        "counting alerts",
        tx -> {
          Map<String, Long> counts = new HashMap<>();
          tx.list(
              "SELECT event, COUNT(*) AS n FROM journal WHERE at >= ? AND event >= ? AND event < ?"
                  + " GROUP BY event",
              row -> counts.put(row.text("event"), row.number("n")),
              from,
              PREFIX,
              PREFIX + "~");
          return Map.copyOf(counts);
        });
  }

  /** The newest first, at most {@code max}. */
  public List<JournalLine> newest(int max) {
    return journal.ofEvents(PREFIX, max);
  }
}
