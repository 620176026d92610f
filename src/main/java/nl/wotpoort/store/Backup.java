package nl.wotpoort.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Backups: the whole store as it was at one moment, in one SQLite file for the owner only, from an
 * embedded store or a server, and back into either. The gateway goes on meanwhile. What is
 * encrypted in the store is so in the backup: without the store key it is of no use, so keep the
 * key in another place.
 */
public final class Backup {

  private Backup() {}

  /**
   * Writes a backup to {@code file}, which must not be there yet; it appears when it is complete,
   * verified and on the disk. Throws {@link StoreException}; what was begun is removed then.
   */
  public static CopyReport make(StoreSettings settings, Path file, Instant now) {
    Path place = file.toAbsolutePath();
    if (Files.exists(place)) {
      throw new StoreException.CopyRefused("backupExists", place.toString());
    }
    Path part = place.resolveSibling(place.getFileName() + ".part");
    try {
      removePart(part);
      write(settings, part, now);
      CopyReport report = verify(part, settings.key());
      keep(part, place);
      return report;
    } catch (IOException e) {
      throw new StoreException.Unavailable("cannot write " + place, e);
    } finally {
      removeQuietly(part);
    }
  }

  private static void write(StoreSettings settings, Path part, Instant now) {
    StoreSettings there = StoreSettings.embedded(part, settings.key());
    try (Store source = Store.open(settings);
        Store target = Store.open(there)) {
      // Nobody may have it open while it is filled.
      target.close();
      source
          .database()
          .read(
              "reading for a backup",
              tx -> {
                Map<String, String> tallies =
                    StoreCopy.fill(tx.connection(), target.database(), nothing -> {});
                seal(target.database(), new Manifest(now, tallies), settings.key());
                return tallies;
              });
    }
  }

  private static void seal(Database target, Manifest manifest, StoreKey key) throws SQLException {
    try (Connection connection = target.dialect().filling()) {
      manifest.write(new Tx(connection), key);
    }
  }

  /**
   * Reads a backup as a whole and compares it with its own list of contents; walks the journal's
   * chain. Throws {@link StoreException.CopyRefused} when it is none or does not match, {@link
   * StoreException.WrongKey}, {@link StoreException.Damaged}.
   */
  public static CopyReport verify(Path file, StoreKey key) {
    try (Database backup = open(file, key)) {
      return verified(backup, key);
    }
  }

  private static Database open(Path file, StoreKey key) {
    if (!Files.isRegularFile(file)) {
      throw new StoreException.CopyRefused("backupMissing", file.toString());
    }
    SqliteDialect dialect = new SqliteDialect(StoreSettings.embedded(file, key));
    return new Database(dialect, dialect.untouched());
  }

  private static CopyReport verified(Database backup, StoreKey key) {
    refuseOther(backup);
    Store.checkKey(backup, key);
    Manifest manifest =
        backup
            .read("reading a backup", tx -> Manifest.read(tx, key))
            .orElseThrow(() -> new StoreException.CopyRefused("backupDiffers", "seal"));
    Map<String, String> there =
        backup.read("reading a backup", tx -> Tables.tally(tx.connection()));
    StoreCopy.refuseDifferent(manifest.tallies(), there, "backupDiffers");
    Journal journal = new Journal(backup, new Strongbox(key), key);
    return CopyReport.of(manifest.taken(), there, StoreCopy.sound(journal));
  }

  /** Empty for another program's file. A file that is no database at all is nobody's backup. */
  private static Optional<String> version(Database backup) {
    try {
      return backup.read(
          "reading a backup",
          tx ->
              tx.exists("SELECT 1 FROM sqlite_master WHERE name = 'schema_history'")
                  ? tx.first(
                      "SELECT version FROM schema_history ORDER BY installed_rank DESC LIMIT 1",
                      row -> row.text("version"))
                  : Optional.empty());
    } catch (StoreException.Damaged e) {
      throw new StoreException.CopyRefused("backupMissing", "not a database");
    }
  }

  /** Before anything else of it is believed. */
  private static void refuseOther(Database backup) {
    Optional<String> version = version(backup);
    if (version.isEmpty()) {
      throw new StoreException.CopyRefused("backupMissing", "no tables of wotpoort");
    }
    if (!version.get().equals(Schema.NEWEST)) {
      throw new StoreException.CopyRefused("backupOtherVersion", version.get());
    }
  }

  /**
   * Fills a new or empty store from a backup, and notes it in the journal. What came in or went out
   * after the backup was made is not in it: docs/operations.md tells what to do about that. Throws
   * what {@link #verify} throws, and {@link StoreException.CopyRefused} when the store is not
   * empty; nothing has changed then.
   */
  public static CopyReport restore(Path file, StoreSettings settings, Actor who, Instant now) {
    try (Database backup = open(file, settings.key())) {
      CopyReport report = verified(backup, settings.key());
      try (Store target = Store.open(settings)) {
        Occupancy alone = target.database().dialect().occupy();
        try {
          refill(backup, report, target, who, now);
        } finally {
          alone.close();
        }
      }
      return report;
    }
  }

  private static void refill(
      Database backup, CopyReport report, Store target, Actor who, Instant now) {
    JournalEntry entry =
        JournalEntry.of(now, "STORE_RESTORED", JournalEntry.Action.EXECUTE, who, "the store")
            .explaining("backup of " + report.at());
    target.database().read("looking at the target", StoreCopy::refuseFull);
    // Nobody may have it open while it is filled.
    target.close();
    backup.read(
        "reading a backup",
        tx ->
            StoreCopy.fill(
                tx.connection(),
                target.database(),
                filled -> target.journal().append(filled, List.of(entry))));
  }

  private static void keep(Path part, Path place) throws IOException {
    sync(part, StandardOpenOption.WRITE);
    Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
    if (Files.getFileStore(place).supportsFileAttributeView("posix")) {
      sync(place.resolveSibling(""), StandardOpenOption.READ);
    }
  }

  private static void sync(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  private static void removePart(Path part) throws IOException {
    for (String suffix : List.of("", "-journal", "-wal", "-shm", "-opening")) {
      Files.deleteIfExists(part.resolveSibling(part.getFileName() + suffix));
    }
  }

  private static void removeQuietly(Path part) {
    try {
      removePart(part);
    } catch (IOException e) {
      // The next backup to the same place removes it, or says what is in the way.
      return;
    }
  }
}
