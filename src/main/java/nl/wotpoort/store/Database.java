package nl.wotpoort.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs short transactions. One writer at a time on one connection, readers beside it on their own;
 * nothing but SQL and arithmetic happens inside one: no network, no S/MIME. A connection on which
 * something failed is thrown away, so that no half-done work can be committed by the next one.
 * Thread-safe.
 */
final class Database implements AutoCloseable {

  interface Work<T> {
    T in(Tx tx) throws SQLException;
  }

  /** Puts something between us and the driver; tests cut it off there. */
  interface Wrapper {
    Connection around(Connection connection);
  }

  private final Dialect dialect;
  private final Wrapper wrapper;
  private final ReentrantLock writing = new ReentrantLock(true);
  private final Deque<Tx> idleReaders = new ArrayDeque<>();
  private @Nullable Tx writer;
  private volatile boolean closed;

  Database(Dialect dialect, Wrapper wrapper) {
    this.dialect = dialect;
    this.wrapper = wrapper;
  }

  Dialect dialect() {
    return dialect;
  }

  /** Runs {@code work} and commits, or undoes it all; what it returns is on the disk. */
  <T> T write(String doing, Work<T> work) {
    writing.lock();
    try {
      Tx tx = writer();
      writer = null;
      T result = committed(tx, work);
      writer = tx;
      return result;
    } catch (SQLException e) {
      throw dialect.explain(doing, e);
    } finally {
      writing.unlock();
    }
  }

  <T> T read(String doing, Work<T> work) {
    try {
      Tx tx = idleReader();
      T result = committed(tx, work);
      giveBack(tx);
      return result;
    } catch (SQLException e) {
      throw dialect.explain(doing, e);
    }
  }

  private static <T> T committed(Tx tx, Work<T> work) throws SQLException {
    boolean done = false;
    try {
      tx.connection().setAutoCommit(false);
      T result = work.in(tx);
      // Not commit(): sqlite-jdbc begins the next transaction right behind it, and the idle
      // connection would keep the write lock.
      tx.connection().setAutoCommit(true);
      done = true;
      return result;
    } finally {
      if (!done) {
        // Closing rolls back; the next one opens afresh.
        tx.connection().close();
      }
    }
  }

  private Tx writer() throws SQLException {
    refuseWhenClosed();
    return writer != null ? writer : new Tx(wrapper.around(dialect.writer()));
  }

  private void refuseWhenClosed() {
    if (closed) {
      throw new StoreException.Unavailable("the store is closed", null);
    }
  }

  private Tx idleReader() throws SQLException {
    refuseWhenClosed();
    synchronized (idleReaders) {
      Tx idle = idleReaders.pollFirst();
      if (idle != null) {
        return idle;
      }
    }
    return new Tx(wrapper.around(dialect.reader()));
  }

  private void giveBack(Tx tx) throws SQLException {
    synchronized (idleReaders) {
      if (!closed) {
        idleReaders.addFirst(tx);
        return;
      }
    }
    tx.connection().close();
  }

  @Override
  public void close() {
    writing.lock();
    try {
      closed = true;
      synchronized (idleReaders) {
        for (Tx tx : idleReaders) {
          tx.connection().close();
        }
        idleReaders.clear();
      }
      if (writer != null) {
        writer.connection().close();
        writer = null;
      }
    } catch (SQLException e) {
      throw dialect.explain("closing the store", e);
    } finally {
      writing.unlock();
    }
  }
}
