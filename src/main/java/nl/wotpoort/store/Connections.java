package nl.wotpoort.store;

import java.sql.SQLException;

/** Where transactions get their connections from. Thread-safe. */
interface Connections {

  /** What a connection is for: a reader sees one snapshot and changes nothing. */
  enum Use {
    WRITING,
    READING
  }

  Tx take(Use use) throws SQLException;

  /** Its transaction has ended well. */
  void giveBack(Tx tx, Use use) throws SQLException;

  /** Something failed on it: what it had not committed is undone. */
  void drop(Tx tx) throws SQLException;

  void close() throws SQLException;
}
