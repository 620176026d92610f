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
    if (settings.jdbcUrl().startsWith(PostgresDialect.PREFIX)) {
      return new PostgresDialect(settings);
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

  /** Throws {@link StoreException.InUse} when there can be one gateway only, and there is one. */
  Occupancy occupy();

  /** For migrations. */
  DataSource dataSource();

  /** What writers commit is on the disk when it returns; readers see one snapshot each. */
  Connections connections(Database.Wrapper wrapper);

  /**
   * A connection to fill an empty store with, in one large transaction; nobody else has it open.
   */
  Connection filling() throws SQLException;

  /** Inside that transaction, at its end: numbers given out from now on are new ones. */
  void filled(Tx tx) throws SQLException;

  /**
   * Whether a transaction failed only because of another one at the same moment, and is undone as a
   * whole: the same again may succeed at once.
   */
  boolean mayGoAgain(SQLException fault);

  /** Whether a connection that had been good was cut, by the server or on the way. */
  boolean wasCut(SQLException fault);

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
