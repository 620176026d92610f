package nl.wotpoort.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.OptionalLong;
import javax.sql.DataSource;

/**
 * What differs from one database to another, and nothing else: connections, column types, row
 * locks, and what an error means. Everything in SQL beyond this runs on all of them.
 */
interface Dialect {

  static Dialect of(StoreSettings settings) {
    if (settings.jdbcUrl().startsWith(SqliteDialect.PREFIX)) {
      return new SqliteDialect(settings);
    }
    throw new StoreException.Unavailable("no database of this kind: " + scheme(settings), null);
  }

  private static String scheme(StoreSettings settings) {
    String[] parts = settings.jdbcUrl().split(":", 3);
    return parts.length < 2 ? "no jdbc: address" : parts[0] + ":" + parts[1];
  }

  /** Creates what must be there before the first connection, readable by the owner only. */
  void prepare();

  /**
   * Keeps other processes from opening the same store until it is closed: two that both find it new
   * would both make its tables.
   */
  Connection openingLock() throws SQLException;

  /** For migrations. */
  DataSource dataSource();

  /** A connection whose commits are on the disk when they return; its transactions lock at once. */
  Connection writer() throws SQLException;

  /** A connection whose transactions see one snapshot each. */
  Connection reader() throws SQLException;

  /** Folder of migrations that only this database has. */
  String folder();

  Map<String, String> placeholders();

  /**
   * At the end of a SELECT whose rows are claimed: leave out what another transaction has locked.
   */
  String skipLocked();

  /** Free bytes where the database lives, when that is on this machine. */
  OptionalLong freeBytes();

  StoreException explain(String doing, SQLException fault);
}
