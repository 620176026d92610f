package nl.wotpoort.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/**
 * SQLite in WAL mode with synchronous=FULL: the one embedded setting that lost no acknowledged
 * commit to kill -9 (docs/queue.md). One writer at a time, also across processes: a transaction
 * takes the write lock when it begins, so that it never has to be tried twice.
 */
final class SqliteDialect implements Dialect {

  /** How many times as long as for a write one waits for another that opens the store. */
  private static final int OPENING = 6;

  static final String PREFIX = "jdbc:sqlite:";

  private static final int WAL_LIMIT = 64 << 20;

  private final Path file;
  private final StoreSettings settings;

  SqliteDialect(StoreSettings settings) {
    this.settings = settings;
    String path = settings.jdbcUrl().substring(PREFIX.length());
    if (path.isBlank() || path.startsWith(":") || path.startsWith("file:") || path.contains("?")) {
      throw new StoreException.Unavailable("not a plain file path behind " + PREFIX, null);
    }
    this.file = Path.of(path).toAbsolutePath();
  }

  @Override
  public void prepare() {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    try {
      // An existing folder keeps its own permissions: an administrator chose them.
      Files.createDirectories(file.getParent(), posix ? owner("rwx------") : none());
      // SQLite gives its -wal and -shm files the permissions of this one.
      Files.createFile(file, posix ? owner("rw-------") : none());
    } catch (FileAlreadyExistsException e) {
      if (!Files.isRegularFile(file)) {
        throw new StoreException.Unavailable("not a file: " + file, e);
      }
    } catch (IOException e) {
      throw new StoreException.Unavailable("cannot create " + file, e);
    }
  }

  private static FileAttribute<?>[] owner(String permissions) {
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }

  private static FileAttribute<?>[] none() {
    return new FileAttribute<?>[0];
  }

  /**
   * The write lock of an empty database beside ours; it ends with the process, whatever happens.
   * Who holds it may be bringing the tables up to date, which takes longer than any write.
   */
  @Override
  public Connection openingLock() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout((int) settings.busyTimeout().multipliedBy(OPENING).toMillis());
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    SQLiteDataSource source = source(config, file + "-opening");
    Connection connection = source.getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  @Override
  public Occupancy occupy() {
    return Occupancy.sole(file);
  }

  @Override
  public DataSource dataSource() {
    // Flyway has two connections open at once: the second may only read.
    return source(SQLiteConfig.TransactionMode.DEFERRED);
  }

  @Override
  public Connections connections(Database.Wrapper wrapper) {
    Widths widths = new Widths();
    return new KeptConnections(
        use -> new Tx(wrapper.around(source(mode(use)).getConnection()), widths));
  }

  /** Without a write-ahead log beside it: when it is closed the one file is the whole store. */
  @Override
  public Connection filling() throws SQLException {
    Connection connection = source(SQLiteConfig.TransactionMode.IMMEDIATE).getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = DELETE");
    }
    return connection;
  }

  /** AUTOINCREMENT has seen the numbers go by. */
  @Override
  public void filled(Tx tx) {}

  /** From here on a store refuses every change, also to a process that has it open already. */
  static void shut(Tx tx) throws SQLException {
    for (String table : List.of("message", "outgoing", "consent", "journal")) {
      for (String change : List.of("INSERT", "UPDATE")) {
        tx.update(
            "CREATE TRIGGER %1$s_moved_%2$s BEFORE %2$s ON %1$s BEGIN SELECT RAISE(ABORT, 'the store was moved'); END"
                .formatted(table, change));
      }
    }
  }

  /** For a file that must not be touched; it may lie on a medium that cannot be written. */
  Connections untouched() {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    SQLiteDataSource source = source(config, file.toString());
    return new KeptConnections(use -> new Tx(source.getConnection()));
  }

  private static SQLiteConfig.TransactionMode mode(Connections.Use use) {
    return use == Connections.Use.WRITING
        ? SQLiteConfig.TransactionMode.IMMEDIATE
        : SQLiteConfig.TransactionMode.DEFERRED;
  }

  /** Never: a writer takes the lock when it begins. */
  @Override
  public boolean mayGoAgain(SQLException fault) {
    return false;
  }

  private SQLiteDataSource source(SQLiteConfig.TransactionMode mode) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(mode);
    config.enforceForeignKeys(true);
    config.setBusyTimeout((int) settings.busyTimeout().toMillis());
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.setJournalSizeLimit(WAL_LIMIT);
    // What is purged is overwritten, not only forgotten.
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    return source(config, file.toString());
  }

  private static SQLiteDataSource source(SQLiteConfig config, String file) {
    SqliteLibrary.load();
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl(PREFIX + file);
    return source;
  }

  /** There is nothing between us and the file. */
  @Override
  public boolean wasCut(SQLException fault) {
    return false;
  }

  @Override
  public String folder() {
    return "sqlite";
  }

  @Override
  public Map<String, String> placeholders() {
    return Map.of("identity", "INTEGER PRIMARY KEY AUTOINCREMENT", "blob", "BLOB");
  }

  @Override
  public String skipLocked() {
    return "";
  }

  @Override
  public OptionalLong freeBytes() {
    try {
      return OptionalLong.of(Files.getFileStore(file).getUsableSpace());
    } catch (IOException e) {
      throw new StoreException.Unavailable("cannot see the disk of " + file, e);
    }
  }

  @Override
  public StoreException explain(String doing, SQLException fault) {
    // Extended result codes keep the primary one in the low byte. SQLite's own text may hold a
    // value; it stays in the cause.
    int primary = fault.getErrorCode() & 0xff;
    String detail = doing + ", SQLite code " + fault.getErrorCode();
    if (primary == SQLiteErrorCode.SQLITE_FULL.code) {
      return new StoreException.DiskFull(detail, fault);
    }
    if (primary == SQLiteErrorCode.SQLITE_CORRUPT.code
        || primary == SQLiteErrorCode.SQLITE_NOTADB.code) {
      return new StoreException.Damaged(detail, fault);
    }
    if (primary == SQLiteErrorCode.SQLITE_CONSTRAINT.code
        || primary == SQLiteErrorCode.SQLITE_ERROR.code
        || primary == SQLiteErrorCode.SQLITE_MISMATCH.code
        || primary == SQLiteErrorCode.SQLITE_TOOBIG.code
        || primary == SQLiteErrorCode.SQLITE_RANGE.code) {
      return new StoreException.Misuse(detail, fault);
    }
    return new StoreException.Unavailable(detail, fault);
  }
}
