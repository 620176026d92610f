package nl.wotpoort.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a text may be in each column, as the schema says, looked at before a statement goes to
 * the database. A server would refuse the statement without saying which column; an embedded
 * database would take the text, and the store could then never be moved to a server. One for all
 * connections to a database; thread-safe.
 */
final class Widths {

  private static final Pattern INSERT =
      Pattern.compile("\\s*INSERT INTO (\\w+) \\(([^)]*)\\) VALUES \\(([^)]*)\\).*");
  private static final Pattern UPDATE = Pattern.compile("\\s*UPDATE (\\w+) SET .*");
  private static final Pattern COMPARED = Pattern.compile("(\\w+)\\s*(?:=|<=|>=|<>|<|>)\\s*\\?");

  /** What one statement asks of its texts: by the place of the argument. */
  static final class Limits {

    private final Map<Integer, String> columns;
    private final Map<String, Integer> widths;

    Limits(Map<Integer, String> columns, Map<String, Integer> widths) {
      this.columns = columns;
      this.widths = widths;
    }

    /** Throws {@link StoreException.Misuse} that names the column and never the text. */
    void check(int place, String text) {
      @Nullable String column = columns.get(place);
      @Nullable Integer width = column == null ? null : widths.get(column);
      if (width != null && text.codePointCount(0, text.length()) > width) {
        throw new StoreException.Misuse(
            "a text of more than %d characters for %s".formatted(width, column), null);
      }
    }
  }

  private final Map<String, Map<String, Integer>> byTable = new ConcurrentHashMap<>();
  private final Map<String, Limits> bySql = new ConcurrentHashMap<>();

  Limits of(String sql, Connection connection) throws SQLException {
    @Nullable Limits known = bySql.get(sql);
    if (known == null) {
      known = read(sql, connection);
      bySql.put(sql, known);
    }
    return known;
  }

  private Limits read(String sql, Connection connection) throws SQLException {
    Matcher insert = INSERT.matcher(sql);
    if (insert.matches()) {
      return new Limits(
          inserted(insert.group(2), insert.group(3)), widths(insert.group(1), connection));
    }
    Matcher update = UPDATE.matcher(sql);
    return update.matches()
        ? new Limits(changed(sql), widths(update.group(1), connection))
        : new Limits(Map.of(), Map.of());
  }

  private static Map<Integer, String> inserted(String columns, String values) {
    String[] names = columns.split(",");
    String[] given = values.split(",");
    Map<Integer, String> places = new HashMap<>();
    int place = 0;
    for (int i = 0; i < Math.min(names.length, given.length); i++) {
      if (given[i].strip().equals("?")) {
        place++;
        places.put(place, names[i].strip());
      }
    }
    return places;
  }

  /** Every question mark counts; those that stand beside a column of the table are looked at. */
  private static Map<Integer, String> changed(String sql) {
    Map<Integer, String> atMark = new HashMap<>();
    Matcher compared = COMPARED.matcher(sql);
    while (compared.find()) {
      atMark.put(compared.end() - 1, compared.group(1));
    }
    Map<Integer, String> places = new HashMap<>();
    int place = 0;
    for (int at = sql.indexOf('?'); at >= 0; at = sql.indexOf('?', at + 1)) {
      place++;
      @Nullable String column = atMark.get(at);
      if (column != null) {
        places.put(place, column);
      }
    }
    return places;
  }

  private Map<String, Integer> widths(String table, Connection connection) throws SQLException {
    @Nullable Map<String, Integer> known = byTable.get(table);
    if (known == null) {
      known = columns(table, connection);
      byTable.put(table, known);
    }
    return known;
  }

  private static Map<String, Integer> columns(String table, Connection connection)
      throws SQLException {
    Map<String, Integer> widths = new HashMap<>();
    try (ResultSet columns =
        connection.getMetaData().getColumns(null, connection.getSchema(), table, null)) {
      while (columns.next()) {
        int type = columns.getInt("DATA_TYPE");
        if (type == Types.VARCHAR || type == Types.CHAR) {
          widths.put(
              columns.getString("COLUMN_NAME").toLowerCase(Locale.ROOT),
              columns.getInt("COLUMN_SIZE"));
        }
      }
    }
    return Map.copyOf(widths);
  }
}
