package nl.wotpoort.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import nl.wotpoort.letter.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A transaction on one connection. Arguments may be text, numbers, enums, Instants (as
 * milliseconds), byte arrays, Bytes, and Optionals of these; null and empty are NULL. Statements
 * are kept prepared for the life of the connection. Used by one thread at a time.
 */
final class Tx {

  interface Reader<T> {
    T read(Row row) throws SQLException;
  }

  private final Connection connection;
  private final Map<String, Ready> prepared = new HashMap<>();
  private final Widths widths;
  private final List<Consumer<Onlooker>> news = new ArrayList<>();

  /** A prepared statement, and how long its texts may be. */
  private record Ready(PreparedStatement statement, Widths.Limits limits) {}

  Tx(Connection connection) {
    this(connection, new Widths());
  }

  Tx(Connection connection, Widths widths) {
    this.connection = connection;
    this.widths = widths;
  }

  /** For the onlookers, if and when this is committed. */
  void tell(Consumer<Onlooker> what) {
    news.add(what);
  }

  /** What was to be told since this was last asked. */
  List<Consumer<Onlooker>> takeNews() {
    List<Consumer<Onlooker>> taken = List.copyOf(news);
    news.clear();
    return taken;
  }

  /** How many rows it changed. */
  int update(String sql, @Nullable Object... arguments) throws SQLException {
    PreparedStatement statement = bound(sql, arguments);
    int changed = statement.executeUpdate();
    letGo(statement);
    return changed;
  }

  <T> List<T> list(String sql, Reader<T> reader, @Nullable Object... arguments)
      throws SQLException {
    List<T> rows = new ArrayList<>();
    PreparedStatement statement = bound(sql, arguments);
    try (ResultSet result = statement.executeQuery()) {
      Row row = new Row(result);
      while (result.next()) {
        rows.add(reader.read(row));
      }
    }
    letGo(statement);
    return rows;
  }

  /**
   * A prepared statement keeps what was bound to it until the next time, and SQLite's a copy
   * outside the heap: of a large mail 60 MB each, for as long as the connection lives.
   */
  private static void letGo(PreparedStatement statement) throws SQLException {
    statement.clearParameters();
  }

  <T> Optional<T> first(String sql, Reader<T> reader, @Nullable Object... arguments)
      throws SQLException {
    List<T> rows = list(sql, reader, arguments);
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0));
  }

  boolean exists(String sql, @Nullable Object... arguments) throws SQLException {
    return !list(sql, row -> true, arguments).isEmpty();
  }

  Connection connection() {
    return connection;
  }

  private PreparedStatement bound(String sql, @Nullable Object... arguments) throws SQLException {
    @Nullable Ready ready = prepared.get(sql);
    if (ready == null) {
      ready = new Ready(connection.prepareStatement(sql), widths.of(sql, connection));
      prepared.put(sql, ready);
    }
    for (int i = 0; i < arguments.length; i++) {
      bind(ready, i + 1, arguments[i]);
    }
    return ready.statement();
  }

  private static void bind(Ready ready, int at, @Nullable Object argument) throws SQLException {
    PreparedStatement statement = ready.statement();
    if (argument instanceof Optional<?> maybe) {
      bind(ready, at, maybe.orElse(null));
    } else if (argument instanceof Instant instant) {
      statement.setLong(at, instant.toEpochMilli());
    } else if (argument instanceof Bytes bytes) {
      statement.setBytes(at, bytes.readOnlyArray());
    } else if (argument instanceof byte[] bytes) {
      statement.setBytes(at, bytes);
    } else if (argument instanceof Long number) {
      statement.setLong(at, number);
    } else if (argument instanceof Integer number) {
      statement.setInt(at, number);
    } else if (argument instanceof Enum<?> constant) {
      statement.setString(at, constant.name());
    } else if (argument instanceof String text) {
      ready.limits().check(at, text);
      statement.setString(at, text);
    } else if (argument == null) {
      // Without a type: PostgreSQL takes no text NULL for a number.
      statement.setNull(at, Types.NULL);
    } else {
      throw new AssertionError("no column for a " + argument.getClass());
    }
  }
}
