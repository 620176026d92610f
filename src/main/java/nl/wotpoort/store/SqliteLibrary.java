package nl.wotpoort.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteDataSource;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Loads SQLite's native library out of its jar, once in a process. The driver can do so itself, and
 * does where this cannot; but it compares its copy byte by byte with the original, which takes a
 * Java machine that has just started a tenth of a second, and a process that is killed leaves the
 * copy behind.
 */
final class SqliteLibrary {

  private static final String FOLDER = "org.sqlite.lib.path";
  private static final String NAME = "org.sqlite.lib.name";
  private static final String COPIES = "org.sqlite.tmpdir";

  static {
    if (System.getProperty(FOLDER) == null) {
      String resource =
          LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
      try (@Nullable InputStream packed = SQLiteDataSource.class.getResourceAsStream(resource)) {
        if (packed != null) {
          load(packed);
        }
      } catch (IOException | SQLException e) {
        // The driver tries its own ways when the store is opened, and says what is wrong.
      }
    }
  }

  private SqliteLibrary() {}

  /** Has done it, once this class is there. */
  static void load() {}

  private static void load(InputStream packed) throws IOException, SQLException {
    Path folder = Path.of(System.getProperty(COPIES, System.getProperty("java.io.tmpdir")));
    Path copy = Files.createTempFile(folder, "wotpoort-sqlite", ".so"); // for its owner only
    try {
      Files.copy(packed, copy, StandardCopyOption.REPLACE_EXISTING);
      System.setProperty(FOLDER, folder.toString());
      System.setProperty(NAME, copy.getFileName().toString());
      SQLiteDataSource memory = new SQLiteDataSource();
      memory.setUrl("jdbc:sqlite::memory:");
      memory.getConnection().close();
    } finally {
      System.clearProperty(FOLDER);
      System.clearProperty(NAME);
      Files.deleteIfExists(copy); // a library that was loaded needs its file no more
    }
  }
}
