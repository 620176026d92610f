package nl.wotpoort.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;

/**
 * Connections to a server, from two pools: the pool tries a connection before it lends it, so that
 * a server that was away is found again without anybody's help.
 */
final class PooledConnections implements Connections {

  private final HikariDataSource writers;
  private final HikariDataSource readers;
  private final Database.Wrapper wrapper;
  private final Widths widths = new Widths();

  PooledConnections(HikariDataSource writers, HikariDataSource readers, Database.Wrapper wrapper) {
    this.writers = writers;
    this.readers = readers;
    this.wrapper = wrapper;
  }

  @Override
  public Tx take(Use use) throws SQLException {
    HikariDataSource pool = use == Use.WRITING ? writers : readers;
    return new Tx(wrapper.around(pool.getConnection()), widths);
  }

  @Override
  public void giveBack(Tx tx, Use use) throws SQLException {
    tx.connection().close();
  }

  /** The pool rolls back what it gets back in the middle of a transaction. */
  @Override
  public void drop(Tx tx) throws SQLException {
    tx.connection().close();
  }

  @Override
  public void close() {
    writers.close();
    readers.close();
  }
}
