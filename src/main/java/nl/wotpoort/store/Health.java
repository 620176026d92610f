package nl.wotpoort.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** How the store is doing. Thread-safe. */
public final class Health {

  private final Database database;

  Health(Database database) {
    this.database = database;
  }

  public QueueFigures figures() {
    return database.read(
        "counting the queue",
        tx ->
            new QueueFigures(
                count(
                    tx,
                    MessageState.class,
                    "SELECT state AS k, COUNT(*) AS n FROM message WHERE state <> 'DONE'"
                        + " GROUP BY state"),
                count(
                    tx,
                    HoldCause.class,
                    "SELECT hold_cause AS k, COUNT(*) AS n FROM message"
                        + " WHERE state <> 'DONE' AND state = 'HELD' GROUP BY hold_cause"),
                count(
                    tx,
                    OutgoingState.class,
                    "SELECT state AS k, COUNT(*) AS n FROM outgoing WHERE state <> 'SENT'"
                        + " GROUP BY state"),
                oldest(
                    tx,
                    "SELECT MIN(received_at) AS t FROM message"
                        + " WHERE state <> 'DONE' AND state IN ('RECEIVED', 'WORKING')"),
                oldest(
                    tx,
                    "SELECT MIN(created_at) AS t FROM outgoing"
                        + " WHERE state <> 'SENT' AND state IN ('WAITING', 'QUEUED', 'SENDING')")));
  }

  /** Writes something, so that a read-only or full disk shows; throws {@link StoreException}. */
  public void probe(Instant now) {
    database.write(
        "probing the store",
        tx ->
            tx.update(
                "INSERT INTO fact (name, value) VALUES ('probe', ?)"
                    + " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                now.toString()));
  }

  /** Free bytes where an embedded store lives; empty for a database server. */
  public OptionalLong freeBytes() {
    return database.dialect().freeBytes();
  }

  private static <K extends Enum<K>> Map<K, Long> count(Tx tx, Class<K> keys, String sql)
      throws SQLException {
    Map<K, Long> counts = new EnumMap<>(keys);
    tx.list(sql, row -> counts.put(Enum.valueOf(keys, row.text("k")), row.number("n")));
    return Map.copyOf(counts);
  }

  private static Optional<Instant> oldest(Tx tx, String sql) throws SQLException {
    return tx.first(sql, row -> row.maybeInstant("t")).orElse(Optional.empty());
  }
}
