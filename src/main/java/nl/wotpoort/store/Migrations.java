package nl.wotpoort.store;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The migrations this program brings along, told from what a store says was done to it: where both
 * are the same there is nothing for Flyway to do, and it need not be started (a third of a second,
 * each time a store is opened). Anything else, a fault among it, is for {@link Schema} to judge.
 */
final class Migrations {

  /** The files under migration/common; {@code MigrationsTest} holds that none is missing. */
  private static final List<String> COMMON =
      List.of(
          "V1__the_store.sql",
          "V3__requests.sql",
          "V4__destinations.sql",
          "V5__referrals.sql",
          "V6__journal_seals.sql",
          "V7__routes_versions.sql",
          "V8__worker_load.sql",
          "V9__delivery_addresses.sql",
          "V11__seals_indexes.sql",
          "V12__worker_load_entries.sql");

  /** Those of the folder that each database has of its own. */
  private static final List<String> OWN =
      List.of("V2__append_only.sql", "V10__seals_append_only.sql");

  private final Map<String, Integer> checksums;

  private Migrations(Map<String, Integer> checksums) {
    this.checksums = checksums;
  }

  static Migrations of(Dialect dialect) {
    Map<String, Integer> checksums = new HashMap<>();
    Stream.concat(
            COMMON.stream().map(name -> "common/" + name),
            OWN.stream().map(name -> dialect.folder() + "/" + name))
        .forEach(file -> checksums.put(file.substring(file.indexOf('/') + 1), checksum(file)));
    return new Migrations(checksums);
  }

  /** The checksum of each file, as Flyway counts it. */
  Map<String, Integer> checksums() {
    return checksums;
  }

  /**
   * Whether these were done, all of them and no other, without a fault; looks only. Throws what
   * {@link Schema#isCurrent} throws of a database that cannot be asked.
   */
  boolean areIn(Database database) {
    try {
      return database.read(
          "looking at the schema", tx -> isClean(tx) && done(tx).equals(checksums));
    } catch (StoreException.Misuse e) {
      return false; // no such table
    }
  }

  private static boolean isClean(Tx tx) throws SQLException {
    return !tx.exists("SELECT 1 FROM " + Schema.HISTORY + " WHERE NOT success");
  }

  private static Map<String, Integer> done(Tx tx) throws SQLException {
    Map<String, Integer> done = new HashMap<>();
    tx.list(
            "SELECT script, checksum FROM " + Schema.HISTORY,
            row -> Map.entry(row.text("script"), row.count("checksum")))
        .forEach(each -> done.put(each.getKey(), each.getValue()));
    return done;
  }

  /** CRC-32 of the lines without their ends. */
  private static int checksum(String file) {
    CRC32 sum = new CRC32();
    try (InputStream in = Migrations.class.getResourceAsStream("migration/" + file)) {
      if (in == null) {
        throw new FileNotFoundException(file);
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        sum.update(line.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("migration/" + file, e);
    }
    return (int) sum.getValue();
  }
}
