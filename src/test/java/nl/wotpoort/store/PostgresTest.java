package nl.wotpoort.store;

import static nl.wotpoort.store.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import nl.wotpoort.texts.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What only a server can do to a store, and what two nodes do to each other there. */
@EnabledIf("nl.wotpoort.store.Place#isServer")
class PostgresTest {

  @TempDir Path folder;

  @Test
  void aServerThatIsNotThereIsUnavailableInPlainWords() {
    StoreException fault =
        catchThrowableOfType(
            StoreException.Unavailable.class,
            () ->
                Store.open(
                    StoreSettings.of(
                        "jdbc:postgresql://127.0.0.1:9/none?user=u&password=geheim",
                        Sample.key())));

    assertThat(fault.isTemporary()).isTrue();
    assertThat(fault.say(Language.NL))
        .startsWith("De databaseserver is niet bereikbaar")
        .doesNotContain("geheim");
  }

  @Test
  void anAddressThatIsNoneOrADatabaseThatIsNotThereIsUnavailable() {
    String other = Place.url(folder).replaceFirst("/[^/?]+(\\?|$)", "/not_there$1");
    for (String url : new String[] {"jdbc:postgresql://host:port:x/y", other}) {
      assertThatThrownBy(() -> Store.open(StoreSettings.of(url, Sample.key())))
          .isInstanceOf(StoreException.Unavailable.class);
    }
  }

  @Test
  void aServerThatMayOnlyBeReadIsUnsuitable() throws SQLException {
    String name = Place.ask(folder, "SELECT current_database()");
    Place.raw(folder, "ALTER DATABASE " + name + " SET default_transaction_read_only = on");

    assertThatThrownBy(() -> Sample.open(folder)).isInstanceOf(StoreException.Unsuitable.class);
  }

  @Test
  void anotherKeyIsRefused() {
    Sample.open(folder).close();

    assertThatThrownBy(() -> Store.open(StoreSettings.of(Place.url(folder), Sample.key(2))))
        .isInstanceOf(StoreException.WrongKey.class);
  }

  @Test
  void aNewerAHalfFinishedAndAChangedMigrationAreRefused() throws SQLException {
    Sample.open(folder).close();
    Place.raw(folder, "UPDATE schema_history SET success = false WHERE version = '2'");
    assertThatThrownBy(() -> Sample.open(folder)).isInstanceOf(StoreException.SchemaBroken.class);

    Place.raw(folder, "UPDATE schema_history SET success = true, checksum = checksum + 1");
    assertThatThrownBy(() -> Sample.open(folder)).isInstanceOf(StoreException.SchemaBroken.class);

    Place.raw(
        folder,
        "UPDATE schema_history SET checksum = checksum - 1",
        "INSERT INTO schema_history SELECT 99, '99', 'later', type, 'V99__later.sql', checksum,"
            + " installed_by, installed_on, execution_time, true FROM schema_history"
            + " WHERE installed_rank = 1");
    assertThatThrownBy(() -> Sample.open(folder)).isInstanceOf(StoreException.SchemaTooNew.class);
  }

  @Test
  void theStoreGoesOnWhenTheServerHasDroppedItsConnections() throws Exception {
    try (Store store = Sample.open(folder)) {
      store.queue().received(Sample.arrival(1));
      Place.raw(
          folder,
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
      for (int attempt = 0; attempt < 20; attempt++) {
        assertThat(receivedOrNot(store, attempt)).isTrue();
      }
      assertThat(store.journal().verify().isSound()).isTrue();
    }
  }

  /** Unavailable at the first try is an honest answer; the second one succeeds. */
  private static boolean receivedOrNot(Store store, long uid) {
    try {
      return store.queue().received(Sample.arrival(uid)).ref().number() > 0;
    } catch (StoreException.Unavailable e) {
      return store.queue().received(Sample.arrival(uid)).ref().number() > 0;
    }
  }

  @Test
  void aRowThatAnotherNodeHasLockedIsLeftOut() throws Exception {
    try (Store store = Sample.open(folder);
        Connection other = Place.raw(folder);
        Statement statement = other.createStatement()) {
      MessageRef locked = store.queue().received(Sample.arrival(1)).ref();
      MessageRef free = store.queue().received(Sample.arrival(2)).ref();
      other.setAutoCommit(false);
      statement.execute("SELECT id FROM message WHERE id = " + locked.number() + " FOR UPDATE");

      assertThat(store.queue().claim(NOON, Sample.LEASE, "a", 9))
          .extracting(Claimed::ref)
          .containsExactly(free);
    }
  }

  @Test
  void oneConsentIdRecordedByManyAtOnceIsTakenOnce() throws Exception {
    try (Store one = Sample.open(folder);
        Store other = Sample.open(folder)) {
      ClientPseudonyms client = one.pseudonyms().client(Sample.client()).orElseThrow();
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (Store store : List.of(one, other, one, other)) {
        tasks.add(
            () -> {
              store.consents().add(Sample.consent("C-1", client), Actor.gateway(), NOON);
              return true;
            });
      }

      assertThat(faults(tasks)).hasSize(3).allMatch(fault -> fault instanceof ConsentIdTaken);
      assertThat(one.journal().verify().lines()).isEqualTo(1);
    }
  }

  @Test
  void manyWithdrawalsAtOnceMakeOneVersionEach() throws Exception {
    try (Store one = Sample.open(folder);
        Store other = Sample.open(folder)) {
      ClientPseudonyms client = one.pseudonyms().client(Sample.client()).orElseThrow();
      one.consents().add(Sample.consent("C-1", client), Actor.gateway(), NOON);
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Store store = i % 2 == 0 ? one : other;
        ConsentEntry.Withdrawal earlier =
            ConsentEntry.Withdrawal.of(NOON.minusSeconds(i), "x", "y");
        tasks.add(
            () -> store.consents().withdraw("C-1", earlier, Actor.gateway(), NOON).isPresent());
      }

      assertThat(faults(tasks)).isEmpty();
      assertThat(one.consents().show("C-1").orElseThrow().consent().record().withdrawn())
          .contains(NOON.minusSeconds(7));
    }
  }

  @Test
  void duplicatesAtOnceRepeatTheReceiptOnce() throws Exception {
    try (Store one = Sample.open(folder);
        Store other = Sample.open(folder)) {
      MessageRef ref = Sample.decided(one, 1);
      for (int i = 0; i < 2; i++) {
        one.outbox().sent(Sample.claimLetter(one, NOON), NOON, Sample.ok(), List.of());
      }
      OutgoingRef receipt =
          one.duplicates()
              .of(Sample.GP, Sample.digest(1), Sample.OOST)
              .flatMap(Earlier::receipt)
              .orElseThrow();
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (Store store : List.of(one, other, one, other)) {
        tasks.add(
            () -> {
              store.outbox().post(Consequences.none().repeating(receipt), NOON);
              return true;
            });
      }

      assertThat(faults(tasks)).isEmpty();
      assertThat(one.outbox().of(ref)).hasSize(3);
    }
  }

  private static List<Throwable> faults(List<Callable<Boolean>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    List<Throwable> faults = new ArrayList<>();
    try {
      for (Future<Boolean> future : threads.invokeAll(tasks)) {
        try {
          future.get();
        } catch (ExecutionException e) {
          faults.add(e.getCause());
        }
      }
      return faults;
    } finally {
      threads.shutdownNow();
    }
  }
}
