package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.store.HeldMessage;
import nl.wotpoort.store.HoldCause;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.MessageState;
import nl.wotpoort.store.OutgoingFile;
import nl.wotpoort.store.OutgoingLetter;
import nl.wotpoort.store.OutgoingState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pass as the running gateway does it: several at once, none too long, and it can be stopped.
 */
class PassTest {

  @TempDir Path folder;
  private final AtomicBoolean hangs = new AtomicBoolean();
  private final CountDownLatch hanging = new CountDownLatch(1);

  /** Drawing a case number hangs while it is told to: the work is interrupted there. */
  private Rooms hanging(Rooms usual) {
    Supplier<CaseNumber> numbers = usual.caseNumbers();
    return House.drawing(
        usual,
        () -> {
          if (hangs.get()) {
            hanging.countDown();
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              throw new IllegalStateException("interrupted", e);
            }
          }
          return numbers.get();
        });
  }

  private static MessageRef referral(House house, int number) {
    return house.receive(
        House.OOST,
        house.fromGp("<" + number + "@gp.example>", House.REFERRAL + "\n".repeat(number)));
  }

  @Test
  void whatTakesTooLongIsLeftBehindAndHeldAfterItsLastAttempt() {
    try (House house = House.in(folder, this::hanging)) {
      MessageRef ref = referral(house, 1);
      hangs.set(true);
      Desk desk = new Desk(house.rooms, Duration.ofMillis(300));
      for (int attempt = 1; attempt <= 3; attempt++) {
        assertThat(house.store.queue().state(ref)).contains(MessageState.RECEIVED);
        desk.work();
        house.clock.move(Duration.ofMinutes(1));
      }
      HeldMessage held = house.store.holds().show(ref).orElseThrow();
      assertThat(held.cause()).isEqualTo(HoldCause.TIME);
      assertThat(held.detail()).startsWith("Late@PassTest:");
      assertThat(house.store.outbox().of(ref)).isEmpty();

      hangs.set(false);
      referral(house, 2);
      house.desk().work();
      assertThat(house.store.cases().newest(9)).as("others go on").hasSize(1);
    }
  }

  @Test
  void atAStopWhatDoesNotFinishIsGivenBackAndDoesNotCount() throws InterruptedException {
    try (House house = House.in(folder, this::hanging)) {
      MessageRef ref = referral(house, 1);
      referral(house, 2);
      hangs.set(true);
      Desk desk = house.desk();
      Thread turn = new Thread(desk::work);
      turn.start();
      assertThat(hanging.await(60, TimeUnit.SECONDS)).isTrue();

      desk.rest(Duration.ZERO);
      turn.join(60_000);

      assertThat(turn.isAlive()).isFalse();
      assertThat(house.store.queue().state(ref)).contains(MessageState.RECEIVED);
      hangs.set(false);
      assertThat(house.store.queue().claim(house.clock.instant(), Duration.ofMinutes(1), "test", 9))
          .extracting(claimed -> claimed.attempt())
          .as("both at once, as if nobody had begun")
          .containsExactly(1, 1);
      assertThat(desk.work()).as("it rests").isZero();
    }
  }

  @Test
  void severalTurnsAtOnceDecideEachMessageOnce() throws InterruptedException {
    try (House house = House.in(folder)) {
      List<MessageRef> all = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        all.add(referral(house, i));
        // and a copy of it, which two turns may have in hand at the same moment
        referral(house, i);
      }
      Desk desk = house.desk();
      List<Thread> turns = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        turns.add(new Thread(desk::work));
      }
      turns.forEach(Thread::start);
      for (Thread turn : turns) {
        turn.join(120_000);
      }
      house.desk().work();
      assertThat(house.store.cases().newest(99)).hasSize(16);
      assertThat(house.store.health().figures().messages()).isEmpty();
      assertThat(
              all.stream()
                  .flatMap(ref -> house.store.outbox().of(ref).stream())
                  .filter(letter -> letter.kind() == OutgoingLetter.Kind.FORWARD))
          .hasSizeBetween(0, 16);
      assertThat(house.store.journal().verify().isSound()).isTrue();
    }
  }

  /** A failed first try must not make a later good one a duplicate. */
  @Test
  void theSameMailAfterARefusalIsJudgedAnew() {
    try (House house = House.in(folder)) {
      MessageRef first = referral(house, 1);
      house.desk().work();
      house.post.refuse(House.TEAM_OOST);
      house.dispatch().work();
      assertThat(forwards(house, first))
          .extracting(OutgoingFile::state)
          .containsExactly(OutgoingState.FAILED);

      house.post.refused.remove(House.TEAM_OOST);
      MessageRef second = referral(house, 1);
      house.work();
      assertThat(forwards(house, second))
          .extracting(OutgoingFile::state)
          .containsExactly(OutgoingState.SENT);
      assertThat(house.post.takenFor(House.TEAM_OOST)).hasSize(1);
      assertThat(house.store.cases().newest(9)).hasSize(2);

      MessageRef third = referral(house, 1);
      house.work();
      assertThat(forwards(house, third)).as("now it is a duplicate").isEmpty();
      assertThat(house.post.takenFor(House.TEAM_OOST)).hasSize(1);
    }
  }

  /** While the first is still on its way it is a duplicate, whoever waits. */
  @Test
  void theSameMailWhileTheFirstIsUnderWayIsADuplicate() {
    try (House house = House.in(folder)) {
      house.post.away(House.TEAM_OOST);
      referral(house, 1);
      house.work();
      MessageRef second = referral(house, 1);
      house.work();
      assertThat(forwards(house, second)).isEmpty();
      assertThat(house.store.cases().newest(9)).hasSize(1);
    }
  }

  private static List<OutgoingFile> forwards(House house, MessageRef ref) {
    return house.store.outbox().of(ref).stream()
        .filter(letter -> Set.of(OutgoingLetter.Kind.FORWARD).contains(letter.kind()))
        .toList();
  }
}
