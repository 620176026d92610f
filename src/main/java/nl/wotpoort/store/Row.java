package nl.wotpoort.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import nl.wotpoort.letter.Bytes;
import org.jspecify.annotations.Nullable;

/** The current row of a result, by column name. Used by one thread. */
final class Row {

  private final ResultSet result;

  /** Where each column stands: drivers look a name up letter by letter, for every row anew. */
  private final Map<String, Integer> columns = new HashMap<>();

  Row(ResultSet result) {
    this.result = result;
  }

  private int at(String column) throws SQLException {
    @Nullable Integer known = columns.get(column);
    if (known != null) {
      return known;
    }
    int found = result.findColumn(column);
    columns.put(column, found);
    return found;
  }

  String text(String column) throws SQLException {
    return maybeText(column).orElseThrow(() -> missing(column));
  }

  Optional<String> maybeText(String column) throws SQLException {
    return Optional.ofNullable(result.getString(at(column)));
  }

  long number(String column) throws SQLException {
    return result.getLong(at(column));
  }

  int count(String column) throws SQLException {
    return result.getInt(at(column));
  }

  Optional<Long> maybeNumber(String column) throws SQLException {
    long number = result.getLong(at(column));
    return result.wasNull() ? Optional.empty() : Optional.of(number);
  }

  Instant instant(String column) throws SQLException {
    return Instant.ofEpochMilli(result.getLong(at(column)));
  }

  Optional<Instant> maybeInstant(String column) throws SQLException {
    return maybeNumber(column).map(Instant::ofEpochMilli);
  }

  byte[] box(String column) throws SQLException {
    return maybeBox(column).orElseThrow(() -> missing(column));
  }

  Optional<byte[]> maybeBox(String column) throws SQLException {
    return Optional.ofNullable(result.getBytes(at(column)));
  }

  Bytes bytes(String column) throws SQLException {
    return Bytes.wrap(box(column));
  }

  private static StoreException missing(String column) {
    return new StoreException.Damaged("no value in " + column);
  }
}
