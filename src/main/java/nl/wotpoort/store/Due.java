package nl.wotpoort.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A candidate for a claim, without its bytes. */
record Due(long id, int attempts, long size) {

  static Due read(Row row) throws SQLException {
    return new Due(row.number("id"), row.count("attempts"), row.number("size"));
  }

  /** The first ones that fit in {@code bytes} together; one at least, when there is one. */
  static List<Due> within(long bytes, List<Due> all) {
    List<Due> some = new ArrayList<>();
    long room = bytes;
    for (Due one : all) {
      room -= one.size();
      if (room < 0 && !some.isEmpty()) {
        return some;
      }
      some.add(one);
    }
    return some;
  }
}
