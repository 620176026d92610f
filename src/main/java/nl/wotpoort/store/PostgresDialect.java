package nl.wotpoort.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL server, for one gateway node or several. Trusts the server to keep what it
 * committed, and looks whether it is set to do so. A node that dies, or whose machine does, loses
 * its locks within half a minute: the server is told to notice.
 */
final class PostgresDialect implements Dialect {

  static final String PREFIX = "jdbc:postgresql:";

  private static final int OLDEST = 14;
  private static final int WRITERS = 2;
  private static final int READERS = 6;

  /** "WOTpoort" as a number: one lock for all who open the same database. */
  private static final long OPENING = 0x574f54706f6f7274L;

  private static final Duration STATEMENT = Duration.ofSeconds(60);

  /**
   * SQLSTATEs that mean "not now, or not for you", besides class 08 (connection) and 57 (operator).
   */
  private static final Set<String> NOT_NOW =
      Set.of("25006", "3D000", "42501", "53200", "53300", "55P03", "40001", "40P01");

  private final StoreSettings settings;
  private final PGSimpleDataSource source;

  PostgresDialect(StoreSettings settings) {
    this.settings = settings;
    this.source = source(settings);
  }

  /** What the address says wins over what we would say. */
  private static PGSimpleDataSource source(StoreSettings settings) {
    Properties usual = new Properties();
    PGProperty.APPLICATION_NAME.set(usual, "wotpoort");
    PGProperty.CONNECT_TIMEOUT.set(usual, 10);
    PGProperty.LOGIN_TIMEOUT.set(usual, 15);
    PGProperty.TCP_KEEP_ALIVE.set(usual, true);
    // DETAIL lines hold values of rows.
    PGProperty.LOG_SERVER_ERROR_DETAIL.set(usual, false);
    Properties asked = Driver.parseURL(settings.jdbcUrl(), usual);
    if (asked == null) {
      throw StoreException.Unavailable.server("not an address as " + PREFIX + "//host/name", null);
    }
    PGSimpleDataSource source = new PGSimpleDataSource();
    try {
      for (String name : asked.stringPropertyNames()) {
        source.setProperty(name, asked.getProperty(name));
      }
    } catch (SQLException e) {
      throw StoreException.Unavailable.server("an unknown option in the address", e);
    }
    settings
        .login()
        .ifPresent(
            login -> {
              source.setUser(login.user());
              source.setPassword(login.password());
            });
    return source;
  }

  /** Looks before anything is made or changed. */
  @Override
  public void prepare() {
    try (Connection connection = source.getConnection()) {
      refuseOlder(Integer.parseInt(show(connection, "server_version_num")));
      refuse(!show(connection, "server_encoding").equals("UTF8"), "its encoding is not UTF8");
      refuse(!show(connection, "fsync").equals("on"), "fsync is off");
      refuse(!show(connection, "full_page_writes").equals("on"), "full_page_writes is off");
      refuse(!show(connection, "transaction_read_only").equals("off"), "it may only be read");
    } catch (SQLException e) {
      throw explain("opening the store", e);
    }
  }

  static void refuseOlder(int version) {
    int major = version / 10_000;
    refuse(major < OLDEST, "PostgreSQL " + major + ", and " + OLDEST + " is the oldest");
  }

  private static void refuse(boolean wrong, String why) {
    if (wrong) {
      throw new StoreException.Unsuitable(why);
    }
  }

  private static String show(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW " + name)) {
      row.next();
      return row.getString(1);
    }
  }

  /** An advisory lock of the session: it ends with the connection, whatever happens. */
  @Override
  public Connection openingLock() throws SQLException {
    Connection connection = source.getConnection();
    boolean locked = false;
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET lock_timeout = " + settings.busyTimeout().toMillis());
      statement.execute("SELECT pg_advisory_lock(" + OPENING + ")");
      locked = true;
      return connection;
    } finally {
      if (!locked) {
        connection.close();
      }
    }
  }

  @Override
  public Occupancy occupy() {
    return Occupancy.shared();
  }

  @Override
  public DataSource dataSource() {
    return source;
  }

  @Override
  public Connections connections(Database.Wrapper wrapper) {
    HikariConfig readers = pool("readers", READERS);
    readers.setReadOnly(true);
    readers.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    return new PooledConnections(
        new HikariDataSource(pool("writers", WRITERS)), new HikariDataSource(readers), wrapper);
  }

  private HikariConfig pool(String name, int size) {
    PGSimpleDataSource impatient = source(settings);
    impatient.setSocketTimeout((int) STATEMENT.plusSeconds(10).toSeconds());
    HikariConfig config = new HikariConfig();
    config.setDataSource(impatient);
    config.setPoolName("wotpoort-store-" + name);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(Math.max(1000, settings.busyTimeout().toMillis()));
    // Opening the store has looked already; what is away later is waited for per transaction.
    config.setInitializationFailTimeout(-1);
    config.setConnectionInitSql(
        "SET synchronous_commit = on; SET lock_timeout = %d; SET statement_timeout = %d;"
                .formatted(settings.busyTimeout().toMillis(), STATEMENT.toMillis())
            + " SET idle_in_transaction_session_timeout = 20000; SET tcp_user_timeout = 20000;"
            + " SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5;"
            + " SET tcp_keepalives_count = 2");
    return config;
  }

  /** Patient: a copy takes as long as it takes. */
  @Override
  public Connection filling() throws SQLException {
    return source.getConnection();
  }

  @Override
  public void filled(Tx tx) throws SQLException {
    for (String table : List.of("message", "outgoing")) {
      tx.list(
          "SELECT setval(pg_get_serial_sequence('%1$s', 'id'), COALESCE(MAX(id), 0) + 1, false) AS n FROM %1$s"
              .formatted(table),
          row -> row.number("n"));
    }
  }

  @Override
  public boolean mayGoAgain(SQLException fault) {
    String state = state(fault);
    return state.equals("40001") || state.equals("40P01");
  }

  @Override
  public boolean wasCut(SQLException fault) {
    return Set.of("08003", "08006", "57P01", "57P02").contains(state(fault));
  }

  @Override
  public String folder() {
    return "postgresql";
  }

  @Override
  public Map<String, String> placeholders() {
    return Map.of(
        "identity", "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY", "blob", "BYTEA");
  }

  /** Not FOR UPDATE: that would wait for, and skip, rows that others only refer to. */
  @Override
  public String skipLocked() {
    return " FOR NO KEY UPDATE SKIP LOCKED";
  }

  @Override
  public OptionalLong freeBytes() {
    return OptionalLong.empty();
  }

  @Override
  public StoreException explain(String doing, SQLException fault) {
    // The server's own text may hold a value; it stays in the cause.
    String state = state(fault);
    String detail = doing + ", SQLSTATE " + (state.isEmpty() ? "none" : state);
    if (state.equals("53100")) {
      return new StoreException.DiskFull(detail, fault);
    }
    if (state.startsWith("XX") && !state.equals("XX000")) {
      return new StoreException.Damaged(detail, fault);
    }
    if (state.matches("(2[0-9B-F]|3B|42|0A|P0|XX).*")
        && !NOT_NOW.contains(state)
        && !state.startsWith("28")) {
      return new StoreException.Misuse(detail, fault);
    }
    return StoreException.Unavailable.server(detail, fault);
  }

  /** The first one in the chain: the pool wraps what the driver said. */
  private static String state(SQLException fault) {
    for (@Nullable Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException said && said.getSQLState() != null) {
        return said.getSQLState();
      }
    }
    return "";
  }
}
