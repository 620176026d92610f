package nl.wotpoort.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TxTest {

  /**
   * The driver of SQLite keeps what is bound to a prepared statement until the next time: 60 MB of
   * the last large mail, for as long as the connection lives.
   */
  @Test
  void whatWasWrittenIsNotHeldByItsStatement() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      Tx tx = new Tx(connection);
      tx.update("CREATE TABLE body (sealed BLOB)");

      WeakReference<byte[]> written = written(tx);
      WeakReference<byte[]> lookedFor = lookedFor(tx);

      assertThat(isLetGo(written)).isTrue();
      assertThat(isLetGo(lookedFor)).isTrue();
      assertThat(tx.exists("SELECT 1 FROM body WHERE length(sealed) = ?", 1000)).isTrue();
    }
  }

  private static WeakReference<byte[]> written(Tx tx) throws SQLException {
    byte[] bytes = new byte[1000];
    tx.update("INSERT INTO body (sealed) VALUES (?)", bytes);
    return new WeakReference<>(bytes);
  }

  private static WeakReference<byte[]> lookedFor(Tx tx) throws SQLException {
    byte[] bytes = new byte[2000];
    tx.exists("SELECT 1 FROM body WHERE sealed = ?", bytes);
    return new WeakReference<>(bytes);
  }

  private static boolean isLetGo(WeakReference<byte[]> reference) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (reference.get() != null && System.nanoTime() < end) {
      System.gc();
    }
    return reference.get() == null;
  }
}
