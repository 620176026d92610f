package nl.wotpoort.store;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Connections to a file: kept with their prepared statements for as long as nothing fails on them,
 * and thrown away when something does, so that no half-done work can be committed by the next one.
 */
final class KeptConnections implements Connections {

  /** Opens one connection. */
  interface Opener {
    Tx open(Use use) throws SQLException;
  }

  private final Opener opener;
  private final Deque<Tx> idleWriters = new ArrayDeque<>();
  private final Deque<Tx> idleReaders = new ArrayDeque<>();
  private boolean closed;

  KeptConnections(Opener opener) {
    this.opener = opener;
  }

  @Override
  public Tx take(Use use) throws SQLException {
    synchronized (this) {
      Tx idle = idle(use).pollFirst();
      if (idle != null) {
        return idle;
      }
    }
    return opener.open(use);
  }

  @Override
  public void giveBack(Tx tx, Use use) throws SQLException {
    synchronized (this) {
      if (!closed) {
        idle(use).addFirst(tx);
        return;
      }
    }
    tx.connection().close();
  }

  @Override
  public void drop(Tx tx) throws SQLException {
    tx.connection().close();
  }

  private Deque<Tx> idle(Use use) {
    return use == Use.WRITING ? idleWriters : idleReaders;
  }

  @Override
  public synchronized void close() throws SQLException {
    closed = true;
    for (Use use : Use.values()) {
      for (Tx tx : idle(use)) {
        tx.connection().close();
      }
      idle(use).clear();
    }
  }
}
