package nl.wotpoort.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One caller's work, and whether it is on the disk. Guarded by the lock of the writer. */
final class Turn<T> {

  private final Database.Work<T> work;
  private @Nullable T result;
  private boolean over;

  Turn(Database.Work<T> work) {
    this.work = work;
  }

  /** Does the work; it is over only when somebody says it was committed. */
  void take(Tx tx) throws SQLException {
    result = work.in(tx);
  }

  void committed() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  T result() {
    if (result == null || !over) {
      throw new AssertionError("a turn that was never taken");
    }
    return result;
  }
}
