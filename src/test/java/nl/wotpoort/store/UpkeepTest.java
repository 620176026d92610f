package nl.wotpoort.store;

import static nl.wotpoort.store.Sample.NOON;
import static nl.wotpoort.store.Sample.arrival;
import static nl.wotpoort.store.Sample.bytes;
import static nl.wotpoort.store.Sample.claimOne;
import static nl.wotpoort.store.Sample.decided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person or an operator does with the store: holds, leases, figures, purging. */
class UpkeepTest {

  @TempDir Path folder;
  Store store;

  @BeforeEach
  void open() {
    store = Sample.open(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Nested
  class Holding {

    private final Actor admin = Actor.administrator("beheer");

    private MessageRef heldOne(long uid, HoldCause cause) {
      store.queue().received(arrival(uid));
      Claimed claimed = claimOne(store);
      store.queue().hold(claimed, cause, "WHY", List.of(), NOON);
      return claimed.ref();
    }

    @Test
    void aReleasedMessageStartsAfreshAndTheJournalNamesWho() {
      MessageRef ref = heldOne(1, HoldCause.NOT_ROUTABLE);

      assertThat(store.holds().release(ref, admin, NOON)).isTrue();
      assertThat(claimOne(store).attempt()).isEqualTo(1);
      assertThat(store.holds().release(ref, admin, NOON)).isFalse();
      assertThat(store.journal().about(ref.toString()))
          .extracting(line -> line.entry().event() + " by " + line.entry().actor().id())
          .containsExactly("RECEIVED by wotpoort", "HELD by wotpoort", "RELEASED by beheer");
    }

    @Test
    void allOfOneCauseAreReleasedAtALimitedRate() {
      heldOne(1, HoldCause.FAULT);
      heldOne(2, HoldCause.LOOP);
      heldOne(3, HoldCause.FAULT);
      heldOne(4, HoldCause.FAULT);

      assertThat(store.holds().release(Optional.of(HoldCause.FAULT), 2, Duration.ZERO, admin, NOON))
          .isEqualTo(2);
      assertThat(store.holds().release(Optional.of(HoldCause.FAULT), 2, Duration.ZERO, admin, NOON))
          .isEqualTo(1);
      assertThat(store.holds().list(10))
          .extracting(HeldMessage::cause)
          .containsExactly(HoldCause.LOOP);
      assertThat(store.holds().release(Optional.empty(), 9, Duration.ZERO, admin, NOON))
          .isEqualTo(1);
    }

    @Test
    void aBacklogIsReleasedEachAfterTheOneBefore() {
      for (long uid = 1; uid <= 3; uid++) {
        heldOne(uid, HoldCause.FAULT);
      }
      Duration apart = Duration.ofSeconds(20);
      assertThat(store.holds().release(Optional.empty(), 99, apart, admin, NOON)).isEqualTo(3);

      assertThat(store.queue().claim(NOON, Sample.LEASE, "a", 9)).hasSize(1);
      assertThat(store.queue().claim(NOON.plusSeconds(19), Sample.LEASE, "a", 9)).isEmpty();
      assertThat(store.queue().claim(NOON.plusSeconds(20), Sample.LEASE, "a", 9)).hasSize(1);
      assertThat(store.queue().claim(NOON.plusSeconds(40), Sample.LEASE, "a", 9)).hasSize(1);
    }

    @Test
    void aRejectedMessageIsDoneWithItsAnswer() {
      MessageRef ref = heldOne(1, HoldCause.NOT_VERIFIED);

      boolean rejected =
          store
              .holds()
              .reject(ref, "NOT_OURS", Consequences.none().sending(Sample.receipt(1)), admin, NOON);

      assertThat(rejected).isTrue();
      assertThat(store.queue().state(ref)).contains(MessageState.DONE);
      assertThat(store.outbox().of(ref)).hasSize(1);
      assertThat(store.holds().show(ref)).isEmpty();
    }

    @Test
    void aHeldMessageShowsWhereItCameFromAndItsBytes() {
      MessageRef ref = heldOne(1, HoldCause.NOT_READABLE);

      assertThat(store.holds().show(ref))
          .hasValueSatisfying(
              held -> {
                assertThat(held.detail()).isEqualTo("WHY");
                assertThat(held.mailbox()).isEqualTo(Sample.OOST);
                assertThat(held.size()).isEqualTo(6);
              });
      assertThat(store.holds().sealed(ref)).contains(bytes("mail 1"));
    }
  }

  @Nested
  class OnePollerPerMailbox {

    @Test
    void oneNodeHoldsTheLeaseUntilItEndsOrIsReleased() {
      Duration thirty = Duration.ofSeconds(30);
      assertThat(store.leases().hold("intake", "a", NOON, thirty)).isTrue();
      assertThat(store.leases().hold("intake", "b", NOON.plusSeconds(29), thirty)).isFalse();
      assertThat(store.leases().hold("intake", "a", NOON.plusSeconds(20), thirty)).isTrue();
      assertThat(store.leases().hold("intake", "b", NOON.plusSeconds(30), thirty)).isFalse();
      assertThat(store.leases().hold("intake", "b", NOON.plusSeconds(50), thirty)).isTrue();
      store.leases().release("intake", "a");
      assertThat(store.leases().hold("intake", "a", NOON.plusSeconds(51), thirty)).isFalse();
      store.leases().release("intake", "b");
      assertThat(store.leases().hold("intake", "a", NOON.plusSeconds(51), thirty)).isTrue();
    }
  }

  @Nested
  class Duties {

    /** As a poller does: asks every five seconds. */
    private Instant firstOurs(Duty duty, Instant from) {
      Instant now = from;
      while (!duty.isOurs(now)) {
        now = now.plusSeconds(5);
      }
      return now;
    }

    @Test
    void whenANodeDiesAnotherTakesOverWithinThirtySeconds() {
      Duty first = store.leases().duty("poll intake", "a");
      Duty second = store.leases().duty("poll intake", "b");
      Instant died = NOON;
      for (int i = 0; i < 20; i++) {
        died = NOON.plusSeconds(i);
        assertThat(first.isOurs(died)).isTrue();
        assertThat(second.isOurs(died)).isFalse();
      }

      assertThat(Duration.between(died, firstOurs(second, died)))
          .isLessThanOrEqualTo(Duration.ofSeconds(30));
      assertThat(first.isOurs(died.plusSeconds(31))).as("it wakes up again").isFalse();
    }

    @Test
    void whatIsReleasedIsTakenAtOnce() {
      Duty first = store.leases().duty("poll intake", "a");
      assertThat(first.isOurs(NOON)).isTrue();
      first.release();

      assertThat(store.leases().duty("poll intake", "b").isOurs(NOON)).isTrue();
      assertThat(first.isOurs(NOON)).isFalse();
    }
  }

  @Nested
  class LongWork {

    @Test
    void aLeaseThatIsExtendedIsNotTakenOver() {
      store.queue().received(List.of(arrival(1), arrival(2)));
      List<Claimed> both = store.queue().claim(NOON, Sample.LEASE, "a", 2);
      Instant end = NOON.plus(Sample.LEASE);

      assertThat(store.queue().extend(both.subList(0, 1), end.plusSeconds(60)))
          .containsExactly(both.get(0));
      List<Claimed> taken = store.queue().claim(end, Sample.LEASE, "b", 2);
      assertThat(taken).extracting(Claimed::ref).containsExactly(both.get(1).ref());
      assertThat(store.queue().extend(both, end.plusSeconds(60)))
          .as("the other one is lost")
          .containsExactly(both.get(0));
      store.queue().post(both.get(0), Sample.decision(1, both.get(0).ref()), end);
    }

    @Test
    void aLetterCanBeKeptToo() {
      decided(store, 1);
      OutgoingClaim claim = Sample.claimLetter(store, NOON);
      Instant end = NOON.plus(Sample.LEASE);

      assertThat(store.outbox().extend(claim, end.plusSeconds(60))).isTrue();
      assertThat(store.outbox().claim(end, Sample.LEASE, "b", 9)).isEmpty();
      store.outbox().sent(claim, end, Sample.ok(), List.of());
      assertThat(store.outbox().extend(claim, end.plusSeconds(60))).isFalse();
    }
  }

  @Nested
  class Figures {

    @Test
    void theQueueIsCountedByState() {
      decided(store, 1);
      store.queue().received(arrival(2, NOON.plusSeconds(1)));
      store.queue().received(arrival(3, NOON.plusSeconds(2)));
      Claimed claimed = claimOne(store, NOON.plusSeconds(5));
      store.queue().hold(claimed, HoldCause.LOOP, "HOPS", List.of(), NOON);

      QueueFigures figures = store.health().figures();

      assertThat(figures.messages())
          .containsOnly(Map.entry(MessageState.RECEIVED, 1L), Map.entry(MessageState.HELD, 1L));
      assertThat(figures.held()).containsOnlyKeys(HoldCause.LOOP);
      assertThat(figures.letters()).containsOnlyKeys(OutgoingState.QUEUED, OutgoingState.WAITING);
      assertThat(figures.oldestUndecided()).contains(NOON.plusSeconds(2));
      assertThat(figures.oldestUnsent()).contains(NOON);
      assertThat(store.health().freeBytes().isEmpty())
          .as("a server's disk is not ours to see")
          .isEqualTo(Place.isServer());
      store.health().probe(NOON);
    }

    @Test
    void contentStaysADayAtTheLeast() {
      assertThatThrownBy(() -> Retention.ofDays(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void purgingRemovesBytesOfWhatIsDoneOnly() {
      MessageRef done = decided(store, 1);
      MessageRef open = store.queue().received(arrival(2)).ref();

      Retention week = Retention.ofDays(7);
      Instant later = NOON.plus(Duration.ofDays(7)).plusSeconds(1);
      assertThat(week.purge(store, later)).as("its letters are still under way").isZero();
      for (int i = 0; i < 2; i++) {
        store.outbox().sent(Sample.claimLetter(store, NOON), NOON, Sample.ok(), List.of());
      }
      assertThat(week.purge(store, later.minusSeconds(2))).as("not yet").isZero();
      assertThat(week.purge(store, later)).as("the original and two letters").isEqualTo(3);
      assertThat(store.holds().sealed(done)).isEmpty();
      assertThat(store.holds().sealed(open)).isPresent();
      assertThat(store.queue().state(done)).contains(MessageState.DONE);
    }
  }
}
