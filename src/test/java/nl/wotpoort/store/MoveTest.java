package nl.wotpoort.store;

import static nl.wotpoort.store.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import nl.wotpoort.texts.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** From the embedded store to a server: all or nothing, and never two stores at once. */
class MoveTest {

  private static final Actor ADMIN = Actor.administrator("beheer");

  @TempDir Path folder;

  private StoreSettings embedded() {
    return StoreSettings.embedded(folder.resolve("old.db"), Sample.key());
  }

  private CopyReport move(Instant now) {
    return StoreCopy.move(embedded(), Sample.settings(folder), ADMIN, now);
  }

  @Test
  void onlyAFileMovesAndOnlyToAServer() {
    assertThatThrownBy(() -> StoreCopy.move(embedded(), embedded(), ADMIN, NOON))
        .isInstanceOf(StoreException.CopyRefused.class);
  }

  @Test
  @EnabledIf("nl.wotpoort.store.Place#isServer")
  void everythingMovesAndTheOldStoreRefusesAllWork() {
    try (Store old = Store.open(embedded())) {
      for (long uid = 1; uid <= 20; uid++) {
        Sample.decided(old, uid);
      }
      old.queue().received(Sample.arrival(21));

      CopyReport report = move(NOON);

      assertThat(report.messages()).isEqualTo(21);
      assertThat(report.journalLines()).isEqualTo(42);
      assertThatThrownBy(() -> old.queue().received(Sample.arrival(22)))
          .as("also to who had it open")
          .isInstanceOf(StoreException.class);
      assertThatThrownBy(() -> Sample.claimOne(old)).isInstanceOf(StoreException.class);
      assertThatThrownBy(() -> Store.open(embedded()))
          .isInstanceOfSatisfying(
              StoreException.NotInUse.class,
              fault -> assertThat(fault.say(Language.NL)).contains("verhuisd"));
    }
    try (Store store = Sample.open(folder)) {
      assertThat(store.queue().received(Sample.arrival(21)).known()).as("known mail").isTrue();
      assertThat(store.queue().received(Sample.arrival(22)).known()).isFalse();
      new Road(store, "a", Sample.LEASE, id -> {}).workToTheEnd(NOON);
      assertThat(store.outbox().unsent(9)).isEmpty();
      assertThat(store.journal().verify().isSound()).isTrue();
    }
  }

  @Test
  @EnabledIf("nl.wotpoort.store.Place#isServer")
  void aStoreInUseStaysWhereItIs() {
    try (Store old = Store.open(embedded())) {
      old.queue().received(List.of(Sample.arrival(1), Sample.arrival(2)));
      Sample.claimOne(old);
      assertThatThrownBy(() -> move(NOON))
          .isInstanceOf(StoreException.CopyRefused.class)
          .hasMessageContaining("lease");
      old.leases().hold("intake", "a", NOON, Duration.ofMinutes(9));
      assertThatThrownBy(() -> move(NOON.plus(Sample.LEASE)))
          .isInstanceOf(StoreException.CopyRefused.class);

      assertThat(Sample.claimOne(old).attempt()).as("nothing has changed").isEqualTo(1);
    }
    try (Store target = Sample.open(folder)) {
      assertThat(target.journal().verify().lines()).isZero();
    }
  }

  @Test
  @EnabledIf("nl.wotpoort.store.Place#isServer")
  void aTargetThatIsNotEmptyIsLeftAlone() {
    try (Store old = Store.open(embedded());
        Store target = Sample.open(folder)) {
      old.queue().received(Sample.arrival(1));
      Sample.decided(target, 9);

      assertThatThrownBy(() -> move(NOON))
          .isInstanceOf(StoreException.CopyRefused.class)
          .hasMessageContaining("message");
      assertThat(target.cases().newest(9)).hasSize(1);
      assertThat(Sample.claimOne(old).attempt()).isEqualTo(1);
    }
  }
}
