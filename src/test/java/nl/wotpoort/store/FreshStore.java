package nl.wotpoort.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The file of an embedded store in which nothing was ever written. Its tables are made once in this
 * JVM for each key, and copied: that is a tenth of a second less for each of a thousand tests. How
 * tables are made is shown by the tests of the schema and by whoever starts a program.
 */
public final class FreshStore {

  private static final Map<String, byte[]> MADE = new ConcurrentHashMap<>();

  private FreshStore() {}

  /** A file that is there already stays as it is. */
  public static void in(Path file, StoreKey key) {
    if (Files.exists(file)) {
      return;
    }
    byte[] bytes =
        MADE.computeIfAbsent(
            HexFormat.of().formatHex(key.derive("fresh store").getEncoded()), k -> made(key));
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] made(StoreKey key) {
    try {
      Path folder = Files.createTempDirectory("wotpoort-fresh");
      Path file = folder.resolve("fresh.db");
      Store.open(StoreSettings.embedded(file, key)).close();
      byte[] bytes = Files.readAllBytes(file);
      if (Files.exists(folder.resolve("fresh.db-wal"))) {
        throw new IllegalStateException("a closed store is one file");
      }
      try (var rest = Files.list(folder)) {
        for (Path one : rest.toList()) {
          Files.delete(one);
        }
      }
      Files.delete(folder);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
