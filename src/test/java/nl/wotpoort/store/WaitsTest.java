package nl.wotpoort.store;

import static nl.wotpoort.store.Sample.LEASE;
import static nl.wotpoort.store.Sample.NOON;
import static nl.wotpoort.store.Sample.arrival;
import static nl.wotpoort.store.Sample.bytes;
import static nl.wotpoort.store.Sample.claimLetter;
import static nl.wotpoort.store.Sample.claimOne;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The clock is set back an hour: nothing waits longer than it was told to, give or take a minute.
 */
class WaitsTest {

  private static final Duration SHORT = Duration.ofMinutes(1);
  private static final Duration LONG = Duration.ofHours(2);
  private static final Instant EARLIER = NOON.minus(Duration.ofHours(1));
  private static final Duration PAUSE = Duration.ofSeconds(20);
  private static final Waits.Longest LONGEST =
      new Waits.Longest(List.of(SHORT, LONG), LEASE, PAUSE, LEASE);

  @TempDir Path folder;
  private Store store;

  @BeforeEach
  void open() {
    store = Sample.open(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private int shorten(Instant now) {
    return store.waits().shorten(now, LONGEST);
  }

  private void letter() {
    store
        .outbox()
        .post(
            Consequences.none()
                .sending(
                    OutgoingLetter.of(
                        OutgoingLetter.Kind.NOTICE, "<1@poort.example>", Sample.GP, bytes("x"))),
            NOON);
  }

  private Instant dueOfTheLetter() {
    return store.outbox().unsent(1).get(0).dueAt().orElseThrow();
  }

  /** Each rung has its own measure: an hour and a half is right after the second attempt only. */
  @Test
  void aLetterWaitsNoLongerThanItsRung() {
    letter();
    Reply later = new Reply(451, "4.3.0 later");
    store.outbox().deferred(claimLetter(store, NOON), NOON.plus(SHORT), later);
    assertThat(shorten(NOON)).as("as it should be").isZero();
    assertThat(shorten(NOON.minusSeconds(50))).as("clocks differ a little").isZero();

    assertThat(shorten(EARLIER)).isEqualTo(1);
    assertThat(dueOfTheLetter()).isEqualTo(EARLIER);

    OutgoingClaim second = claimLetter(store, EARLIER);
    store.outbox().deferred(second, EARLIER.plus(Duration.ofMinutes(90)), later);
    assertThat(shorten(EARLIER)).as("the second rung is two hours").isZero();
    assertThat(shorten(EARLIER.minus(Duration.ofHours(1)))).isEqualTo(1);
  }

  /** Posted, and never tried yet. */
  @Test
  void aNewLetterGoesAtOnce() {
    letter();
    assertThat(shorten(EARLIER)).isEqualTo(1);
    assertThat(claimLetter(store, EARLIER).attempt()).isEqualTo(1);
  }

  /** Whoever is alive prolongs it; whoever is dead is waited for as long as ever. */
  @Test
  void aLeaseIsNoLongerThanALease() {
    letter();
    OutgoingClaim claim = claimLetter(store, NOON);
    store.queue().received(arrival(1));
    Claimed message = claimOne(store);

    assertThat(shorten(NOON)).isZero();
    assertThat(shorten(EARLIER)).isEqualTo(2);
    assertThat(dueOfTheLetter()).isEqualTo(EARLIER.plus(LEASE));
    assertThat(store.outbox().claim(EARLIER, LEASE, "b", 1)).as("not taken from it").isEmpty();
    assertThat(store.outbox().extend(claim, EARLIER.plus(LEASE))).isTrue();
    assertThat(store.queue().extend(List.of(message), EARLIER.plus(LEASE))).hasSize(1);
    assertThat(store.queue().claim(EARLIER.plus(LEASE), LEASE, "b", 1)).hasSize(1);
  }

  @Test
  void aMessageIsWorkedOnAtOnce() {
    store.queue().received(arrival(1));
    assertThat(shorten(NOON)).isZero();
    assertThat(shorten(EARLIER)).as("received in what is now the future").isEqualTo(1);

    Claimed claimed = claimOne(store, EARLIER);
    store.queue().tryAgain(claimed, NOON.plus(PAUSE));
    assertThat(shorten(NOON)).isZero();
    assertThat(shorten(EARLIER)).isEqualTo(1);
    assertThat(claimOne(store, EARLIER).attempt()).isEqualTo(2);
  }

  /** The times somebody asked for. */
  @Test
  void whatIsReleasedAtARateKeepsItsTimes() {
    for (long uid = 1; uid <= 3; uid++) {
      store.queue().received(arrival(uid));
      store.queue().hold(claimOne(store), HoldCause.POISON, "X", List.of(), NOON);
    }
    store.holds().release(Optional.empty(), 3, Duration.ofHours(1), Actor.administrator("x"), NOON);
    assertThat(shorten(NOON)).isZero();
  }

  @Test
  void aDutyOfBeforeIsNotBelieved() {
    Duty dead = store.leases().duty("poll intake", "a");
    assertThat(dead.isOurs(NOON)).isTrue();
    assertThat(store.leases().duty("poll intake", "b").isOurs(NOON.minusSeconds(30))).isFalse();
    assertThat(store.leases().duty("poll intake", "b").isOurs(EARLIER)).isTrue();
    assertThat(dead.isOurs(EARLIER)).as("it asks again, whatever it remembers").isFalse();
  }
}
