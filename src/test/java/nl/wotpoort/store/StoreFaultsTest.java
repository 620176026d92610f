package nl.wotpoort.store;

import static nl.wotpoort.store.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What can be wrong around an embedded store, each with its own type and advice. */
@DisabledIf("nl.wotpoort.store.Place#isServer")
class StoreFaultsTest {

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("wotpoort.db");
  }

  private void raw(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  @Test
  void anotherKeyIsRefusedAndNothingChanges() throws IOException {
    Sample.open(folder).close();
    byte[] before = Files.readAllBytes(file());

    assertThatThrownBy(() -> Store.open(StoreSettings.embedded(file(), Sample.key(2))))
        .isInstanceOf(StoreException.WrongKey.class);
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
    Sample.open(folder).close();
  }

  @Test
  void aNewerSchemaIsRefused() throws SQLException {
    Sample.open(folder).close();
    raw(
        "INSERT INTO schema_history SELECT 99, '99', 'later', type, 'V99__later.sql', checksum,"
            + " installed_by, installed_on, execution_time, 1 FROM schema_history"
            + " WHERE installed_rank = 1");

    assertThatThrownBy(() -> Sample.open(folder)).isInstanceOf(StoreException.SchemaTooNew.class);
  }

  @Test
  void aHalfFinishedMigrationIsRefused() throws SQLException {
    Sample.open(folder).close();
    raw("UPDATE schema_history SET success = 0 WHERE version = '2'");

    assertThatThrownBy(() -> Sample.open(folder)).isInstanceOf(StoreException.SchemaBroken.class);
  }

  @Test
  void aMigrationThatWasChangedIsRefused() throws SQLException {
    Sample.open(folder).close();
    raw("UPDATE schema_history SET checksum = 1 WHERE version = '1'");

    assertThatThrownBy(() -> Sample.open(folder)).isInstanceOf(StoreException.SchemaBroken.class);
  }

  @Test
  void aPlaceThatCannotBeWrittenIsUnavailable() throws IOException {
    Path plainFile = Files.createFile(folder.resolve("plain"));
    Path directory = Files.createDirectory(folder.resolve("directory"));

    assertThatThrownBy(
            () -> Store.open(StoreSettings.embedded(plainFile.resolve("x.db"), Sample.key())))
        .isInstanceOf(StoreException.Unavailable.class);
    assertThatThrownBy(() -> Store.open(StoreSettings.embedded(directory, Sample.key())))
        .isInstanceOf(StoreException.Unavailable.class);
  }

  @Test
  void anUnknownKindOfDatabaseIsUnavailable() {
    for (String url : new String[] {"jdbc:oracle:thin:x", "nonsense", "jdbc:sqlite::memory:"}) {
      assertThatThrownBy(() -> Store.open(StoreSettings.of(url, Sample.key())))
          .isInstanceOf(StoreException.Unavailable.class);
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsDamaged() throws IOException {
    Files.writeString(file(), "this is a letter, not a database".repeat(100));

    assertThatThrownBy(() -> Sample.open(folder)).isInstanceOf(StoreException.Damaged.class);
  }

  @Test
  void aDatabaseWithRubbishInItIsDamaged() throws IOException {
    try (Store store = Sample.open(folder)) {
      for (long uid = 1; uid <= 50; uid++) {
        Sample.decided(store, uid);
      }
    }
    byte[] content = Files.readAllBytes(file());
    Arrays.fill(content, 4096, content.length, (byte) 0x5a);
    Files.write(file(), content);

    assertThatThrownBy(() -> Sample.open(folder)).isInstanceOf(StoreException.Damaged.class);
  }

  @Test
  void aChangedEncryptedValueIsDamaged() throws SQLException {
    try (Store store = Sample.open(folder)) {
      store.queue().received(Sample.arrival(1));
      raw("UPDATE message SET mailbox_box = envelope_box");

      assertThatThrownBy(() -> Sample.claimOne(store)).isInstanceOf(StoreException.Damaged.class);
    }
  }

  @Test
  void aFullDiskLosesNothingAndTheStoreGoesOnWhenThereIsRoom() {
    Sample.open(folder).close();
    Acceptance accepted;
    try (Store full = Store.open(Sample.settings(folder), new FullDisk())) {
      accepted = full.queue().received(Sample.arrival(1));
      Arrival large =
          new Arrival(
              Origin.imap("intake", 7, 2),
              Sample.OOST,
              Optional.empty(),
              Bytes.wrap(new byte[4 << 20]),
              NOON);
      StoreException fault =
          catchThrowableOfType(StoreException.DiskFull.class, () -> full.queue().received(large));
      assertThat(fault).isNotNull();
      assertThat(fault.isTemporary()).isTrue();
      assertThat(full.queue().received(Sample.arrival(3)).known())
          .as("a small one still fits")
          .isFalse();
    }
    try (Store store = Sample.open(folder)) {
      assertThat(store.queue().state(accepted.ref())).contains(MessageState.RECEIVED);
      assertThat(store.health().figures().messages()).containsEntry(MessageState.RECEIVED, 2L);
      assertThat(store.journal().verify().isSound()).isTrue();
    }
  }

  /** As a disk with one free megabyte. */
  private static final class FullDisk implements Database.Wrapper {
    @Override
    public Connection around(Connection connection) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA max_page_count = 256");
        return connection;
      } catch (SQLException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void aLockedStoreIsUnavailableForTheMoment() throws SQLException {
    StoreSettings impatient =
        new StoreSettings(
            Sample.settings(folder).jdbcUrl(),
            Sample.key(),
            3,
            Duration.ofMillis(50),
            1 << 20,
            Optional.empty());
    try (Store store = Store.open(impatient);
        Connection other = DriverManager.getConnection(impatient.jdbcUrl());
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      StoreException fault =
          catchThrowableOfType(
              StoreException.Unavailable.class, () -> store.queue().received(Sample.arrival(1)));
      assertThat(fault.isTemporary()).isTrue();
      assertThat(store.holds().list(9)).as("reading goes on").isEmpty();
      statement.execute("ROLLBACK");
      assertThat(store.queue().received(Sample.arrival(1)).known()).isFalse();
    }
  }

  @Test
  void aClosedStoreSaysSo() {
    Store store = Sample.open(folder);
    store.close();

    assertThatThrownBy(() -> store.queue().received(Sample.arrival(1)))
        .isInstanceOf(StoreException.Unavailable.class);
    assertThatThrownBy(() -> store.holds().list(1)).isInstanceOf(StoreException.Unavailable.class);
    store.close();
  }

  @Test
  void theFilesAreForTheOwnerOnly() throws IOException {
    Path deep = folder.resolve("new/deeper/wotpoort.db");
    try (Store store = Store.open(StoreSettings.embedded(deep, Sample.key()))) {
      store.queue().received(Sample.arrival(1));
      for (String suffix : new String[] {"", "-wal", "-shm"}) {
        Path one = deep.resolveSibling("wotpoort.db" + suffix);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void everyFaultSpeaksBothLanguages() {
    for (String key :
        new String[] {
          "unavailable",
          "storeMoved",
          "storeInUse",
          "storeIsBackup",
          "copyBusy",
          "copyDiffers",
          "targetNotEmpty",
          "onlyEmbedded",
          "backupExists",
          "backupMissing",
          "backupDiffers",
          "backupOtherVersion",
          "unavailableServer",
          "unsuitable",
          "diskFull",
          "wrongKey",
          "schemaTooNew",
          "schemaBroken",
          "damaged",
          "misuse"
        }) {
      for (Language language : Language.values()) {
        assertThat(Texts.of("store", language).say(key, "detail")).isNotBlank();
      }
    }
    StoreException fault =
        catchThrowableOfType(
            StoreException.Unavailable.class,
            () -> Store.open(StoreSettings.of("nonsense", Sample.key())));
    assertThat(fault.say(Language.NL)).startsWith("De opslag is niet bereikbaar");
  }
}
