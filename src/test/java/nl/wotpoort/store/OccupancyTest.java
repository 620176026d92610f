package nl.wotpoort.store;

import static nl.wotpoort.store.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import nl.wotpoort.texts.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** One gateway on an embedded store, and after a crash it goes on at once. */
class OccupancyTest {

  @TempDir Path folder;

  @Test
  @DisabledIf("nl.wotpoort.store.Place#isServer")
  void aSecondGatewayIsRefusedAndChangesNothing() {
    try (Store store = Sample.open(folder);
        Store other = Sample.open(folder)) {
      Occupancy first = store.occupy(NOON);
      store.queue().received(Sample.arrival(1));
      Claimed claimed = Sample.claimOne(store);
      assertThatThrownBy(() -> other.occupy(NOON))
          .isInstanceOfSatisfying(
              StoreException.InUse.class,
              fault -> assertThat(fault.say(Language.NL)).contains("draait al een poort"));
      assertThat(store.queue().state(claimed.ref())).contains(MessageState.WORKING);
      first.close();
      other.occupy(NOON).close();
    }
  }

  /** What a gateway that died had in hand: due at once, with its attempt counted. */
  @Test
  @DisabledIf("nl.wotpoort.store.Place#isServer")
  void whatADeadOneHadClaimedComesBackAtOnce() {
    try (Store dead = Sample.open(folder)) {
      Sample.decided(dead, 1);
      Sample.claimLetter(dead, NOON);
      dead.queue().received(Sample.arrival(2));
      Sample.claimOne(dead);
      dead.leases().hold("intake", "dead", NOON, Duration.ofMinutes(1));
    }
    try (Store store = Sample.open(folder)) {
      assertThat(store.queue().claim(NOON, Sample.LEASE, "b", 9)).isEmpty();
      Occupancy occupancy = store.occupy(NOON);
      assertThat(store.queue().claim(NOON, Sample.LEASE, "b", 9))
          .extracting(Claimed::attempt)
          .containsExactly(2);
      assertThat(store.outbox().claim(NOON, Sample.LEASE, "b", 9))
          .extracting(OutgoingClaim::attempt)
          .containsExactly(2);
      assertThat(store.leases().hold("intake", "b", NOON, Duration.ofMinutes(1))).isTrue();
      occupancy.close();
    }
  }

  /** A mail that takes the process with it each time is held, without anybody's hand. */
  @Test
  @DisabledIf("nl.wotpoort.store.Place#isServer")
  void aMailThatKillsTheProcessIsHeldAfterItsLastAttempt() {
    try (Store store = Sample.open(folder)) {
      store.queue().received(Sample.arrival(1));
    }
    for (int life = 1; life <= 3; life++) {
      try (Store store = Sample.open(folder)) {
        store.occupy(NOON).close();
        assertThat(Sample.claimOne(store).attempt()).isEqualTo(life);
      }
    }
    try (Store store = Sample.open(folder)) {
      store.occupy(NOON).close();
      assertThat(store.queue().claim(NOON, Sample.LEASE, "a", 9)).isEmpty();
      assertThat(store.holds().list(9))
          .extracting(HeldMessage::cause)
          .containsExactly(HoldCause.POISON);
    }
  }

  @Test
  @EnabledIf("nl.wotpoort.store.Place#isServer")
  void aServerHasAnyNumberOfGatewaysAndTheirClaimsStay() {
    try (Store store = Sample.open(folder);
        Store other = Sample.open(folder)) {
      Occupancy first = store.occupy(NOON);
      store.queue().received(Sample.arrival(1));
      Claimed claimed = Sample.claimOne(store);
      Occupancy second = other.occupy(NOON);
      assertThat(store.queue().state(claimed.ref())).contains(MessageState.WORKING);
      first.close();
      second.close();
    }
  }
}
