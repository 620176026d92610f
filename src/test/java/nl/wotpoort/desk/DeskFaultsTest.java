package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.store.Claimed;
import nl.wotpoort.store.HoldCause;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.MessageState;
import nl.wotpoort.store.Store;
import nl.wotpoort.store.StoreTrouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a fault becomes: a pause that counts nothing, or an attempt, and after the last a hold. */
class DeskFaultsTest {

  private static final Duration LEASE = Duration.ofMinutes(1);

  @TempDir Path folder;

  /** Happens each time a case number is drawn, half-way a pass. */
  private final AtomicReference<Runnable> trouble = new AtomicReference<>(() -> {});

  private House house() {
    return house(folder);
  }

  private House house(Path place) {
    return House.in(
        place,
        usual -> {
          Supplier<CaseNumber> numbers = usual.caseNumbers();
          return House.drawing(
              usual,
              () -> {
                trouble.get().run();
                return numbers.get();
              });
        });
  }

  private static MessageRef referral(House house, int number) {
    return house.receive(
        House.OOST,
        house.fromGp("<" + number + "@gp.example>", House.REFERRAL + "\n".repeat(number)));
  }

  /** What may be claimed now, and which attempt that is. */
  private static List<String> due(House house) {
    return house.store.queue().claim(house.clock.instant(), LEASE, "test", 9).stream()
        .map(claimed -> claimed.ref() + " " + claimed.attempt())
        .toList();
  }

  private static List<JournalEntry> faults(House house, MessageRef ref) {
    return house.store.journal().about(ref.toString()).stream()
        .map(line -> line.entry())
        .filter(entry -> entry.event().equals("FAULT"))
        .toList();
  }

  @Test
  void whenTheStoreIsAwayTheTurnEndsAndNothingIsCounted() {
    try (House house = house()) {
      referral(house, 1);
      MessageRef second = referral(house, 2);
      MessageRef third = referral(house, 3);
      AtomicBoolean first = new AtomicBoolean(true);
      trouble.set(
          () -> {
            if (!first.getAndSet(false)) {
              throw StoreTrouble.away();
            }
          });
      assertThat(house.desk().work()).as("those before it").isEqualTo(1);
      assertThat(due(house)).as("nobody touched it").containsExactly(third + " 1");
      house.clock.move(Desk.PAUSE.minusMillis(1));
      assertThat(due(house)).isEmpty();
      house.clock.move(Duration.ofMillis(1));
      assertThat(due(house)).containsExactly(second + " 1");
      assertThat(faults(house, second)).isEmpty();
    }
  }

  /**
   * It was waiting for the store when its time was up. On a machine that has much to do it was not
   * there yet; then once more with more time.
   */
  @Test
  void whatIsLateBecauseOfTheStoreIsNotCounted() {
    trouble.set(StoreTrouble::hang);
    boolean waited = false;
    for (int seconds = 1; seconds < 60 && !waited; seconds *= 4) {
      try (House house = house(folder.resolve("" + seconds))) {
        MessageRef ref = referral(house, 1);
        waited = new Desk(house.rooms, Duration.ofSeconds(seconds)).work() == 0;
        if (waited) {
          assertThat(due(house)).isEmpty();
          house.clock.move(Desk.PAUSE);
          assertThat(due(house)).containsExactly(ref + " 1");
          assertThat(faults(house, ref)).isEmpty();
        }
      }
    }
    assertThat(waited).isTrue();
  }

  /** Somebody else has it, and does with it what is right. */
  @Test
  void whoLostHisLeaseDoesNothingMore() {
    try (House house = house()) {
      MessageRef ref = referral(house, 1);
      MessageRef second = referral(house, 2);
      AtomicBoolean first = new AtomicBoolean(true);
      trouble.set(
          () -> {
            if (first.getAndSet(false)) {
              throw StoreTrouble.leaseLost();
            }
          });
      assertThat(house.desk().work()).as("it goes on").isEqualTo(2);
      assertThat(house.store.queue().state(second)).contains(MessageState.DONE);
      assertThat(faults(house, ref)).isEmpty();
      house.clock.move(Desk.PAUSE);
      assertThat(due(house)).as("not given back").isEmpty();
      house.clock.move(Desk.leaseOf(Duration.ofMinutes(1)));
      assertThat(due(house)).containsExactly(ref + " 2");
    }
  }

  /** Waiting does not help against it: it counts as any other fault. */
  @Test
  void aFaultIsJournalledAndTriedAgainUntilTheLastAttempt() {
    try (House house = house()) {
      MessageRef ref = referral(house, 1);
      trouble.set(
          () -> {
            throw StoreTrouble.misuse();
          });
      for (int attempt = 1; attempt <= 3; attempt++) {
        assertThat(house.desk().work()).isEqualTo(1);
        assertThat(faults(house, ref)).hasSize(attempt);
        assertThat(house.store.holds().show(ref).isPresent()).isEqualTo(attempt == 3);
        house.clock.move(Desk.PAUSE.minusMillis(1));
        assertThat(house.desk().work()).as("not yet").isZero();
        house.clock.move(Duration.ofMillis(1));
      }
      assertThat(house.store.holds().show(ref).orElseThrow())
          .satisfies(
              held -> {
                assertThat(held.cause()).isEqualTo(HoldCause.POISON);
                assertThat(held.detail()).startsWith("Misuse@StoreTrouble:");
              });
      assertThat(faults(house, ref))
          .allSatisfy(
              entry -> {
                assertThat(entry.outcome()).isEqualTo(JournalEntry.Outcome.FAILED);
                assertThat(entry.detail().map(Confidential::reveal).orElse(""))
                    .startsWith("Misuse@StoreTrouble:");
              });
    }
  }

  /** Not even the fault can be written down: another node has the message by then. */
  @Test
  void whenTheFaultCannotBeWrittenTheLeaseEndsAndOthersGoOn() {
    try (House house = house()) {
      MessageRef ref = referral(house, 1);
      AtomicReference<MessageRef> second = new AtomicReference<>(ref);
      trouble.set(
          () -> {
            if (second.get().equals(ref)) {
              house.clock.move(Desk.leaseOf(Duration.ofMinutes(1)));
              List<Claimed> other =
                  house.store.queue().claim(house.clock.instant(), LEASE, "other", 1);
              assertThat(other).extracting(Claimed::ref).containsExactly(ref);
              second.set(referral(house, 2));
              throw new IllegalStateException("after that");
            }
          });
      assertThat(house.desk().work()).isEqualTo(2);
      assertThat(house.store.queue().state(second.get())).contains(MessageState.DONE);
      assertThat(house.store.queue().state(ref)).contains(MessageState.WORKING);
    }
  }

  @Test
  void whoIsAskedToRestClaimsNothing() {
    try (House house = house()) {
      MessageRef ref = referral(house, 1);
      Desk asked = house.desk();
      asked.askToRest();
      Desk rested = house.desk();
      rested.rest(Duration.ZERO);
      assertThat(asked.work()).isZero();
      assertThat(rested.work()).isZero();
      assertThat(due(house)).containsExactly(ref + " 1");
    }
  }

  /** However many small ones went before: those leave the places for large ones free. */
  @Test
  void largeMailFindsAPlaceAgainAndAgain() {
    int more = (int) (Runtime.getRuntime().maxMemory() / (250L << 20)) + 2;
    byte[] large = new byte[LargeMail.SMALL + 1];
    try (House house = house()) {
      for (int i = 0; i < more; i++) {
        house.receive(House.OOST, Bytes.wrap(new byte[] {'x'}));
      }
      for (int i = 0; i < more; i++) {
        house.receive(House.OOST, Bytes.wrap(large));
      }
      assertThat(house.desk().work()).isEqualTo(2 * more);
    }
  }

  /** Whatever a turn came to, a stop does not wait for it any longer. */
  @Test
  void afterEachTurnTheDeskIsQuiet() throws InterruptedException {
    House house = house();
    Desk done = house.desk();
    assertThat(done.work()).isZero();
    Desk broken = house.desk();
    referral(house, 1);
    trouble.set(
        () -> {
          throw StoreTrouble.away();
        });
    assertThat(broken.work()).isZero();
    Desk away = house.desk();
    house.close();
    assertThat(away.work()).as("nothing to claim from").isZero();
    for (Desk desk : List.of(done, broken, away)) {
      Thread rest = new Thread(() -> desk.rest(Duration.ofDays(1)));
      rest.setDaemon(true);
      rest.start();
      rest.join(60_000);
      assertThat(rest.isAlive()).isFalse();
    }
  }

  /** The same question gets an answer when the register is back: nobody has to look. */
  @Test
  void whenTheRegisterIsAwayTheMessageWaitsAndNobodyHears() {
    AtomicBoolean away = new AtomicBoolean(true);
    try (House usual = House.in(folder);
        Store store = StoreTrouble.withoutRegister(House.storeSettings(folder), away::get);
        House house = House.in(folder, rooms -> House.over(rooms, store))) {
      usual.consent(ConsentRecord.Type.CONSENT, "wot:oost", "gp:A");
      MessageRef ref = house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REQUEST));
      for (int turn = 0; turn < 5; turn++) {
        assertThat(house.desk().work()).isEqualTo(1);
        assertThat(house.desk().work()).as("not before the pause is over").isZero();
        house.clock.move(Desk.PAUSE);
      }
      assertThat(usual.store.queue().state(ref)).contains(MessageState.RECEIVED);
      assertThat(usual.store.outbox().of(ref)).isEmpty();
      assertThat(usual.store.journal().about(ref.toString()))
          .extracting(line -> line.entry().event())
          .containsExactly("RECEIVED");

      away.set(false);
      house.work();
      assertThat(usual.store.queue().state(ref)).contains(MessageState.DONE);
      assertThat(house.post.takenFor(House.TEAM_OOST)).hasSize(1);
    }
  }
}
