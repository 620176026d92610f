package nl.wotpoort.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every table whose rows belong to the store, to read, count and copy whole. Memory stays flat: one
 * batch of rows at a time. Who does what at the moment (table lease) and the last probe are not
 * copied.
 */
final class Tables {

  /** Table and order: what is referred to goes before what refers to it. */
  private static final Map<String, String> ALL = new LinkedHashMap<>();

  static {
    ALL.put("fact", "WHERE name NOT LIKE 'backup:%' AND name NOT IN ('probe', 'moved')");
    ALL.put("message", "ORDER BY id");
    ALL.put("message_body", "ORDER BY message_id");
    ALL.put("fingerprint", "");
    // a letter waits for one with a lower number
    ALL.put("outgoing", "ORDER BY id");
    ALL.put("outgoing_body", "ORDER BY outgoing_id");
    ALL.put("outgoing_consent", "");
    ALL.put("notice", "");
    ALL.put("case_file", "");
    ALL.put("case_client", "");
    ALL.put("request", "ORDER BY message_id");
    ALL.put("request_consent", "");
    ALL.put("referral", "");
    ALL.put("referral_event", "");
    ALL.put("consent", "ORDER BY id, version");
    ALL.put("consent_client", "");
    ALL.put("journal", "ORDER BY seq");
    ALL.put("journal_client", "");
    ALL.put("journal_actor", "");
    ALL.put("journal_seal", "");
    ALL.put("journal_head", "");
    ALL.put("worker_load", "");
    ALL.put("case_route", "");
    ALL.put("routes_version", "ORDER BY number");
    ALL.put("delivery_address", "");
  }

  private static final int FETCH = 50;

  private Tables() {}

  /** Says how many rows each table has and their digest, by table in a fixed order. */
  static Map<String, String> tally(Connection connection) throws SQLException {
    Map<String, String> tallies = new LinkedHashMap<>();
    for (String table : ALL.keySet()) {
      Tally tally = new Tally();
      read(connection, table, row -> note(row, tally));
      tallies.put(table, tally.toString());
    }
    return Collections.unmodifiableMap(tallies);
  }

  /** Copies every row, and says what it read: to be compared with what then stands there. */
  static Map<String, String> copy(Connection from, Connection to) throws SQLException {
    try (Statement statement = to.createStatement()) {
      // What the migrations and the key check have put there comes with the copy.
      statement.executeUpdate("DELETE FROM fact");
      statement.executeUpdate("DELETE FROM journal_head");
    }
    Map<String, String> tallies = new LinkedHashMap<>();
    for (String table : ALL.keySet()) {
      Tally tally = new Tally();
      try (TableWriter writer = new TableWriter(to, table, columns(from, table))) {
        read(
            from,
            table,
            row -> {
              note(row, tally);
              writer.write(row);
            });
        writer.flush();
      }
      tallies.put(table, tally.toString());
    }
    return Collections.unmodifiableMap(tallies);
  }

  private interface RowUse {
    void use(@Nullable Object[] row) throws SQLException;
  }

  private static void read(Connection from, String table, RowUse use) throws SQLException {
    try (Statement statement = from.createStatement()) {
      // With this, and inside a transaction, pgjdbc does not hold the whole table.
      statement.setFetchSize(FETCH);
      try (ResultSet rows =
          statement.executeQuery("SELECT * FROM " + table + " " + ALL.get(table))) {
        @Nullable Object[] row = new @Nullable Object[rows.getMetaData().getColumnCount()];
        while (rows.next()) {
          for (int i = 0; i < row.length; i++) {
            row[i] = level(rows.getObject(i + 1));
          }
          use.use(row);
        }
      }
    }
  }

  /** One Java type for a kind of value, whatever the driver makes of it. */
  private static @Nullable Object level(@Nullable Object value) {
    return value instanceof Number number ? (Object) number.longValue() : value;
  }

  private static void note(@Nullable Object[] row, Tally tally) {
    for (Object value : row) {
      if (value == null) {
        tally.nothing();
      } else if (value instanceof Long number) {
        tally.number(number);
      } else if (value instanceof byte[] bytes) {
        tally.bytes(bytes);
      } else {
        tally.text(value.toString());
      }
    }
    tally.endOfRow();
  }

  static List<String> columns(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet none = statement.executeQuery("SELECT * FROM " + table + " WHERE 1 = 0")) {
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
        names.add(none.getMetaData().getColumnName(i));
      }
      return names;
    }
  }
}
