package nl.wotpoort.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;

/**
 * Runs short transactions. One writer at a time in this process, readers beside it; nothing but SQL
 * and arithmetic happens inside one: no network, no S/MIME. Writers that wait for each other are
 * committed together: one fsync for all of them. Thread-safe.
 */
final class Database implements AutoCloseable {

  /** Changes nothing but the database: it may be run again when its transaction was undone. */
  interface Work<T> {
    T in(Tx tx) throws SQLException;
  }

  /** Puts something between us and the driver; tests cut it off there. */
  interface Wrapper {
    Connection around(Connection connection);
  }

  private static final int TRIES = 4;

  private final Dialect dialect;
  private final Connections connections;
  private final ReentrantLock writing = new ReentrantLock(true);
  private final Queue<Turn<?>> waiting = new ConcurrentLinkedQueue<>();
  private final Queue<Consumer<Onlooker>> news = new ConcurrentLinkedQueue<>();
  private final List<Onlooker> onlookers = new CopyOnWriteArrayList<>();
  private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();
  private volatile boolean closed;

  Database(Dialect dialect, Wrapper wrapper) {
    this(dialect, dialect.connections(wrapper));
  }

  Database(Dialect dialect, Connections connections) {
    this.dialect = dialect;
    this.connections = connections;
  }

  Dialect dialect() {
    return dialect;
  }

  /** Runs {@code work} and commits, or undoes it all; what it returns is on the disk. */
  <T> T write(String doing, Work<T> work) {
    Turn<T> turn = new Turn<>(work);
    waiting.add(turn);
    writing.lock();
    try {
      if (!turn.isOver()) {
        refuseWhenClosed();
        takeTogether();
      }
      if (!turn.isOver()) {
        takeAlone(turn);
      }
      return turn.result();
    } catch (SQLException e) {
      throw dialect.explain(doing, e);
    } finally {
      waiting.remove(turn);
      writing.unlock();
      tellOnlookers();
    }
  }

  /** They hear of what is committed from here on. */
  void show(Onlooker onlooker) {
    onlookers.add(onlooker);
  }

  /** What one thread committed another may tell; each piece of news is told once. */
  private void tellOnlookers() {
    for (Consumer<Onlooker> one = news.poll(); one != null; one = news.poll()) {
      onlookers.forEach(one);
    }
  }

  /**
   * All that wait, in one transaction. When any of them fails, nothing of it has happened: then
   * each takes its turn alone, and its own fault comes to its own caller.
   */
  private void takeTogether() {
    List<Turn<?>> turns = new ArrayList<>();
    for (Turn<?> next = waiting.poll(); next != null; next = waiting.poll()) {
      turns.add(next);
    }
    if (turns.size() < 2) {
      return;
    }
    FutureTask<List<Turn<?>>> together = new FutureTask<>(() -> commit(turns));
    together.run();
    try {
      together.get().forEach(Turn::committed);
    } catch (ExecutionException e) {
      // Whatever it was, it comes again to the one it belongs to.
      return;
    } catch (InterruptedException e) {
      throw new AssertionError("it has run: there was nothing to wait for", e);
    }
  }

  private void takeAlone(Turn<?> turn) throws SQLException {
    for (int attempt = 1; !turn.isOver(); attempt++) {
      try {
        commit(List.<Turn<?>>of(turn));
        turn.committed();
      } catch (SQLException e) {
        if (attempt == TRIES || !dialect.mayGoAgain(e)) {
          throw e;
        }
      }
    }
  }

  private List<Turn<?>> commit(List<Turn<?>> turns) throws SQLException {
    return transaction(
        Connections.Use.WRITING,
        tx -> {
          for (Turn<?> turn : turns) {
            turn.take(tx);
          }
          return turns;
        });
  }

  <T> T read(String doing, Work<T> work) {
    open.readLock().lock();
    try {
      refuseWhenClosed();
      return readAgain(work);
    } catch (SQLException e) {
      throw dialect.explain(doing, e);
    } finally {
      open.readLock().unlock();
    }
  }

  /** Reading twice does no harm, so a connection that was cut is no fault yet. */
  private <T> T readAgain(Work<T> work) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        return transaction(Connections.Use.READING, work);
      } catch (SQLException e) {
        if (attempt == TRIES || !(dialect.mayGoAgain(e) || dialect.wasCut(e))) {
          throw e;
        }
      }
    }
  }

  private <T> T transaction(Connections.Use use, Work<T> work) throws SQLException {
    Tx tx = connections.take(use);
    boolean done = false;
    try {
      tx.takeNews(); // of a transaction that was undone
      tx.connection().setAutoCommit(false);
      T result = work.in(tx);
      // Not commit(): sqlite-jdbc begins the next transaction right behind it, and the idle
      // connection would keep the write lock.
      tx.connection().setAutoCommit(true);
      done = true;
      news.addAll(tx.takeNews());
      connections.giveBack(tx, use);
      return result;
    } finally {
      if (!done) {
        connections.drop(tx);
      }
    }
  }

  private void refuseWhenClosed() {
    if (closed) {
      throw new StoreException.Unavailable("the store is closed", null);
    }
  }

  @Override
  public void close() {
    writing.lock();
    open.writeLock().lock();
    try {
      closed = true;
      connections.close();
    } catch (SQLException e) {
      throw dialect.explain("closing the store", e);
    } finally {
      open.writeLock().unlock();
      writing.unlock();
    }
  }
}
