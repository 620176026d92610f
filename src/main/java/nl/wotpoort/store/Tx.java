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
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  Tx(Connection connection) {
    this.connection = connection;
  }

  /** How many rows it changed. */
  int update(String sql, @Nullable Object... arguments) throws SQLException {
    return bound(sql, arguments).executeUpdate();
  }

  <T> List<T> list(String sql, Reader<T> reader, @Nullable Object... arguments)
      throws SQLException {
    List<T> rows = new ArrayList<>();
    try (ResultSet result = bound(sql, arguments).executeQuery()) {
      Row row = new Row(result);
      while (result.next()) {
        rows.add(reader.read(row));
      }
    }
    return rows;
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
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < arguments.length; i++) {
      bind(statement, i + 1, arguments[i]);
    }
    return statement;
  }

  private static void bind(PreparedStatement statement, int at, @Nullable Object argument)
      throws SQLException {
    if (argument instanceof Optional<?> maybe) {
      bind(statement, at, maybe.orElse(null));
    } else if (argument instanceof Instant instant) {
      statement.setLong(at, instant.toEpochMilli());
    } else if (argument instanceof Bytes bytes) {
      statement.setBytes(at, bytes.toArray());
    } else if (argument instanceof byte[] bytes) {
      statement.setBytes(at, bytes);
    } else if (argument instanceof Long number) {
      statement.setLong(at, number);
    } else if (argument instanceof Integer number) {
      statement.setInt(at, number);
    } else if (argument instanceof Enum<?> constant) {
      statement.setString(at, constant.name());
    } else if (argument instanceof String text) {
      statement.setString(at, text);
    } else if (argument == null) {
      // Without a type: PostgreSQL takes no text NULL for a number.
      statement.setNull(at, Types.NULL);
    } else {
      throw new AssertionError("no column for a " + argument.getClass());
    }
  }
}
