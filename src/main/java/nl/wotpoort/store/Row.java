package nl.wotpoort.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import nl.wotpoort.letter.Bytes;

/** The current row of a result, by column name. */
final class Row {

  private final ResultSet result;

  Row(ResultSet result) {
    this.result = result;
  }

  String text(String column) throws SQLException {
    return maybeText(column).orElseThrow(() -> missing(column));
  }

  Optional<String> maybeText(String column) throws SQLException {
    return Optional.ofNullable(result.getString(column));
  }

  long number(String column) throws SQLException {
    return result.getLong(column);
  }

  int count(String column) throws SQLException {
    return result.getInt(column);
  }

  Optional<Long> maybeNumber(String column) throws SQLException {
    long number = result.getLong(column);
    return result.wasNull() ? Optional.empty() : Optional.of(number);
  }

  Instant instant(String column) throws SQLException {
    return Instant.ofEpochMilli(result.getLong(column));
  }

  Optional<Instant> maybeInstant(String column) throws SQLException {
    return maybeNumber(column).map(Instant::ofEpochMilli);
  }

  byte[] box(String column) throws SQLException {
    return maybeBox(column).orElseThrow(() -> missing(column));
  }

  Optional<byte[]> maybeBox(String column) throws SQLException {
    return Optional.ofNullable(result.getBytes(column));
  }

  Bytes bytes(String column) throws SQLException {
    return Bytes.wrap(box(column));
  }

  private static StoreException missing(String column) {
    return new StoreException.Damaged("no value in " + column);
  }
}
