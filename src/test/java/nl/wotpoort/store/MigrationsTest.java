package nl.wotpoort.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program knows of its own migrations is what Flyway finds and writes down. */
class MigrationsTest {

  @TempDir Path folder;

  @BeforeEach
  void madeByFlyway() {
    Sample.open(folder).close();
  }

  @Test
  void theFilesAndTheirChecksumsAreThoseFlywayFinds() {
    Map<String, Integer> found = new HashMap<>();
    try (Store store = Sample.open(folder)) {
      store
          .database()
          .read(
              "test",
              tx ->
                  tx.list(
                      "SELECT script, checksum FROM schema_history",
                      row -> found.put(row.text("script"), row.count("checksum"))));
    }

    assertThat(migrations().checksums()).isEqualTo(found).hasSizeGreaterThanOrEqualTo(12);
  }

  @Test
  void aStoreInOrderNeedsNothing() {
    assertThat(areIn()).isTrue();
  }

  @Test
  void whatIsChangedAddedMissingOrFailedIsForFlyway() throws Exception {
    for (String change :
        new String[] {
          "UPDATE schema_history SET checksum = checksum + 1 WHERE version = '3'",
          "UPDATE schema_history SET checksum = checksum - 1, success = NOT success"
              + " WHERE version = '3'",
          "UPDATE schema_history SET success = NOT success, script = 'V3__other.sql'"
              + " WHERE version = '3'",
          "UPDATE schema_history SET script = 'V3__requests.sql' WHERE version = '3'",
          "DELETE FROM schema_history WHERE version = '12'",
          "DROP TABLE schema_history",
        }) {
      Place.raw(folder, change);
      assertThat(areIn()).as(change).isEqualTo(change.contains("'V3__requests.sql'"));
    }
  }

  private boolean areIn() {
    Dialect dialect = Dialect.of(Sample.settings(folder));
    try (Database database = new Database(dialect, connection -> connection)) {
      return migrations().areIn(database);
    }
  }

  private Migrations migrations() {
    return Migrations.of(Dialect.of(Sample.settings(folder)));
  }
}
