package nl.wotpoort.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds rows to one table in batches of a limited size. Used by one thread. */
final class TableWriter implements AutoCloseable {

  private static final int ROWS = 200;
  private static final long BYTES = 8L << 20;

  private final PreparedStatement statement;
  private int rows;
  private long bytes;

  TableWriter(Connection to, String table, List<String> columns) throws SQLException {
    this.statement =
        to.prepareStatement(
            "INSERT INTO %s (%s) VALUES (%s)"
                .formatted(
                    table,
                    String.join(", ", columns),
                    String.join(", ", Collections.nCopies(columns.size(), "?"))));
  }

  void write(@Nullable Object[] row) throws SQLException {
    for (int i = 0; i < row.length; i++) {
      bind(i + 1, row[i]);
    }
    statement.addBatch();
    rows++;
    if (rows >= ROWS || bytes >= BYTES) {
      flush();
    }
  }

  private void bind(int at, @Nullable Object value) throws SQLException {
    if (value instanceof Long number) {
      statement.setLong(at, number);
    } else if (value instanceof byte[] content) {
      statement.setBytes(at, content);
      bytes += content.length;
    } else if (value instanceof String text) {
      statement.setString(at, text);
    } else {
      statement.setNull(at, Types.NULL);
    }
  }

  void flush() throws SQLException {
    if (rows > 0) {
      statement.executeBatch();
      rows = 0;
      bytes = 0;
    }
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }
}
