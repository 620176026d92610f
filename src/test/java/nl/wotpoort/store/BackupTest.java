package nl.wotpoort.store;

import static nl.wotpoort.store.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import nl.wotpoort.texts.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups are whole and verified, come back as they were, and are refused when they do not fit. */
class BackupTest {

  private static final Actor ADMIN = Actor.administrator("beheer");

  @TempDir Path folder;

  private Path live() throws IOException {
    return Files.createDirectories(folder.resolve("live"));
  }

  private Path fresh() throws IOException {
    return Files.createDirectories(folder.resolve("fresh"));
  }

  private Path file() {
    return folder.resolve("backup.db");
  }

  private CopyReport backup() throws IOException {
    return Backup.make(Sample.settings(live()), file(), NOON);
  }

  private void restore() throws IOException {
    Backup.restore(file(), Sample.settings(fresh()), ADMIN, NOON);
  }

  private void someLife() throws IOException {
    try (Store store = Sample.open(live())) {
      for (long uid = 1; uid <= 5; uid++) {
        Sample.decided(store, uid);
      }
      store.queue().received(Sample.arrival(6));
      store.outbox().sent(Sample.claimLetter(store, NOON), NOON, Sample.ok(), List.of());
      ClientPseudonyms client = store.pseudonyms().client(Sample.client()).orElseThrow();
      store.consents().add(Sample.consent("C-1", client), ADMIN, NOON);
    }
  }

  @Test
  void whatIsRestoredIsWhatWasThereAndTheJournalSaysSo() throws IOException {
    someLife();
    CopyReport report = backup();
    assertThat(report.messages()).isEqualTo(6);
    assertThat(report.cases()).isEqualTo(5);
    assertThat(report.at()).isEqualTo(NOON);
    assertThat(Backup.verify(file(), Sample.key())).isEqualTo(report);

    restore();

    try (Store store = Sample.open(fresh());
        Store old = Sample.open(live())) {
      assertThat(store.outbox().unsent(99)).isEqualTo(old.outbox().unsent(99));
      assertThat(store.cases().newest(99)).isEqualTo(old.cases().newest(99));
      assertThat(store.health().figures()).isEqualTo(old.health().figures());
      assertThat(store.consents().show("C-1")).isPresent();
      List<JournalLine> journal = store.journal().after(0, 999);
      assertThat(journal).startsWith(old.journal().after(0, 999).toArray(new JournalLine[0]));
      assertThat(journal.get(journal.size() - 1).entry().event()).isEqualTo("STORE_RESTORED");
      assertThat(store.journal().verify().isSound()).isTrue();
      Claimed claimed = Sample.claimOne(store);
      store.queue().post(claimed, Sample.decision(6, claimed.ref()), NOON);
      assertThat(store.queue().received(Sample.arrival(7)).known()).isFalse();
    }
  }

  @Test
  void aBackupIsOneMomentHoweverBusyTheStoreIs() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    try (Store store = Sample.open(live())) {
      Sample.decided(store, 1);
      Thread busy =
          new Thread(
              () -> {
                for (long uid = 2; !stop.get(); uid++) {
                  Sample.decided(store, uid);
                }
              });
      busy.start();
      CopyReport report = backup();
      stop.set(true);
      busy.join();
      assertThat(report.cases()).isLessThanOrEqualTo(report.messages());
      assertThat(store.cases().newest(100_000).size()).isGreaterThanOrEqualTo((int) report.cases());
    }
    restore();
  }

  @Test
  void aBackupIsOneFileForItsOwnerOnly() throws IOException {
    someLife();
    backup();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("live", "backup.db");
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    someLife();
    Files.writeString(file(), "something else");
    assertThatThrownBy(this::backup).isInstanceOf(StoreException.CopyRefused.class);
    assertThat(file()).hasContent("something else");
    Files.delete(file());

    backup();
    assertThatThrownBy(() -> Backup.restore(file(), Sample.settings(live()), ADMIN, NOON))
        .isInstanceOf(StoreException.CopyRefused.class)
        .hasMessageContaining("message");
    try (Store store = Sample.open(live())) {
      assertThat(store.cases().newest(9)).hasSize(5);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE message SET attempts = 9 WHERE id = 1",
        "DELETE FROM outgoing_body WHERE outgoing_id = 2",
        "UPDATE message_body SET sealed = x'00' WHERE message_id = 3",
        "INSERT INTO notice VALUES ('a', 'b', 'c')",
        "UPDATE fact SET value = '2026-11-20T00:00:00Z' WHERE name = 'backup:taken'",
        "UPDATE fact SET value = '0 00' WHERE name = 'backup:table:notice'",
        "DELETE FROM fact WHERE name = 'backup:seal'"
      })
  void aBackupThatDoesNotMatchIsRefusedAndNothingChanges(String damage) throws Exception {
    someLife();
    backup();
    rawBackup(damage);

    assertThatThrownBy(this::restore).isInstanceOf(StoreException.CopyRefused.class);
    try (Store store = Sample.open(fresh())) {
      assertThat(store.journal().verify().lines()).isZero();
    }
  }

  private void rawBackup(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
  }

  @Test
  void aBackupOfAnotherVersionIsRefused() throws Exception {
    someLife();
    backup();
    rawBackup(
        "UPDATE schema_history SET version = '0.5' WHERE installed_rank ="
            + " (SELECT MAX(installed_rank) FROM schema_history)");

    assertThatThrownBy(this::restore)
        .isInstanceOfSatisfying(
            StoreException.CopyRefused.class,
            fault -> assertThat(fault.say(Language.NL)).contains("andere versie"));
  }

  @Test
  void anotherKeyOpensNoBackup() throws IOException {
    someLife();
    backup();

    assertThatThrownBy(() -> Backup.verify(file(), Sample.key(2)))
        .isInstanceOf(StoreException.WrongKey.class);
  }

  @Test
  void whatIsNoBackupIsRefused() throws IOException {
    assertThatThrownBy(() -> Backup.verify(file(), Sample.key()))
        .isInstanceOf(StoreException.CopyRefused.class);
    Files.writeString(file(), "this is a letter, not a database".repeat(100));
    assertThatThrownBy(() -> Backup.verify(file(), Sample.key()))
        .isInstanceOf(StoreException.CopyRefused.class);
    Files.write(file(), new byte[0]);
    assertThatThrownBy(() -> Backup.verify(file(), Sample.key()))
        .isInstanceOf(StoreException.CopyRefused.class);
  }

  @Test
  void nobodyWorksOnABackup() throws IOException {
    someLife();
    backup();

    assertThatThrownBy(() -> Store.open(StoreSettings.embedded(file(), Sample.key())))
        .isInstanceOf(StoreException.NotInUse.class);
  }
}
