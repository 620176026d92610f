package nl.wotpoort.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Copies whole stores. A copy is one transaction in an empty store, compared with what was read by
 * count and digest of every table before it is committed: it is all there, or not at all.
 */
public final class StoreCopy {

  private StoreCopy() {}

  /** Something more to write, in the transaction of the copy. */
  interface Addition {
    void to(Tx tx) throws SQLException;
  }

  /**
   * Moves an embedded store to a database server. The gateway must be stopped everywhere; the old
   * store is locked while it is read, and refuses all work afterwards. When this is broken off, the
   * old store is still the store: make the target empty again and repeat. Throws {@link
   * StoreException.CopyRefused} when the store is in use, the target is not empty or the copy does
   * not match, and what {@link Store#open} throws; nothing has changed then.
   */
  public static CopyReport move(StoreSettings from, StoreSettings to, Actor who, Instant now) {
    if (!from.jdbcUrl().startsWith(SqliteDialect.PREFIX)
        || to.jdbcUrl().startsWith(SqliteDialect.PREFIX)) {
      throw new StoreException.CopyRefused("onlyEmbedded", "store.jdbcUrl");
    }
    try (Store source = Store.open(from)) {
      Occupancy alone = source.database().dialect().occupy();
      try (Store target = Store.open(to)) {
        Map<String, String> tallies =
            source
                .database()
                .write("moving the store", tx -> moved(tx, source, target.database(), who, now));
        return CopyReport.of(now, tallies, sound(target.journal()));
      } finally {
        alone.close();
      }
    }
  }

  private static Map<String, String> moved(
      Tx tx, Store source, Database target, Actor who, Instant now) throws SQLException {
    refuseBusy(tx, now);
    source
        .journal()
        .append(
            tx,
            List.of(
                JournalEntry.of(
                    now, "STORE_MOVED", JournalEntry.Action.EXECUTE, who, "the store")));
    Map<String, String> tallies = fill(tx.connection(), target, nothing -> {});
    tx.update("INSERT INTO fact (name, value) VALUES (?, ?)", Store.MOVED, now.toString());
    SqliteDialect.shut(tx);
    return tallies;
  }

  /** A node that stopped as it should has nothing claimed; one that died has, for a while. */
  private static void refuseBusy(Tx tx, Instant now) throws SQLException {
    boolean busy =
        tx.exists("SELECT 1 FROM lease WHERE until_at > ? AND node <> ?", now, Leases.NOBODY)
            || tx.exists("SELECT 1 FROM message WHERE due_at > ? AND state = 'WORKING'", now)
            || tx.exists("SELECT 1 FROM outgoing WHERE due_at > ? AND state = 'SENDING'", now);
    if (busy) {
      throw new StoreException.CopyRefused("copyBusy", "a lease runs");
    }
  }

  /** Copies into an empty store; says what was copied, and found there again. */
  static Map<String, String> fill(Connection from, Database target, Addition addition) {
    Dialect dialect = target.dialect();
    try (Connection to = dialect.filling()) {
      to.setAutoCommit(false);
      Tx tx = new Tx(to);
      refuseFull(tx);
      Map<String, String> read = Tables.copy(from, to);
      refuseDifferent(read, Tables.tally(to), "copyDiffers");
      dialect.filled(tx);
      addition.to(tx);
      to.setAutoCommit(true);
      return read;
    } catch (SQLException e) {
      throw dialect.explain("filling a store", e);
    }
  }

  static boolean refuseFull(Tx tx) throws SQLException {
    for (String table : List.of("message", "journal", "case_file", "consent")) {
      if (tx.exists("SELECT 1 FROM " + table + " LIMIT 1")) {
        throw new StoreException.CopyRefused("targetNotEmpty", table);
      }
    }
    return true;
  }

  static void refuseDifferent(Map<String, String> one, Map<String, String> other, String key) {
    for (Map.Entry<String, String> table : one.entrySet()) {
      if (!table.getValue().equals(other.get(table.getKey()))) {
        throw new StoreException.CopyRefused(key, table.getKey());
      }
    }
    if (one.size() != other.size()) {
      throw new StoreException.CopyRefused(key, "tables");
    }
  }

  static ChainCheck sound(Journal journal) {
    ChainCheck check = journal.verify();
    if (!check.isSound()) {
      throw new StoreException.Damaged("the journal's chain is broken after " + check.lines());
    }
    return check;
  }
}
