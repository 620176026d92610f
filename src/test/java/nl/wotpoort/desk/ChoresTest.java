package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.Retention;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done now and then is done once in its time, whoever does it. */
class ChoresTest {

  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path folder;
  private final List<Instant> done = new ArrayList<>();

  private Chores chores(House house) {
    return Chores.none(house.store, house.clock).with("count", HOUR, done::add);
  }

  @Test
  void aChoreIsDoneOnceInItsInterval() {
    try (House house = House.in(folder)) {
      Chores chores = chores(house);
      for (int minute = 0; minute < 121; minute++) {
        chores.tick();
        house.clock.move(Duration.ofMinutes(1));
      }
      assertThat(done)
          .containsExactly(House.START, House.START.plus(HOUR), House.START.plus(HOUR).plus(HOUR));
    }
  }

  @Test
  void anotherNodeOrARestartDoesNotDoItAgain() {
    try (House house = House.in(folder)) {
      assertThat(chores(house).tick()).isEqualTo(1);
      assertThat(chores(house).tick()).isZero();
      house.clock.move(HOUR);
      assertThat(chores(house).tick()).isEqualTo(1);
    }
  }

  @Test
  void afterAFaultItIsTriedAgainInAMinuteAndOthersGoOn() {
    try (House house = House.in(folder)) {
      Chores chores =
          Chores.none(house.store, house.clock)
              .with(
                  "broken",
                  HOUR,
                  now -> {
                    done.add(now);
                    throw new IllegalStateException("broken");
                  })
              .with("whole", HOUR, done::add);
      assertThat(chores.tick()).isEqualTo(1);
      assertThat(done).hasSize(2);
      house.clock.move(Duration.ofSeconds(61));
      assertThat(chores.tick()).isZero();
      assertThat(done).hasSize(3);
    }
  }

  /** A clock that ran a year ahead for a moment must not keep the house dirty for a year. */
  @Test
  void aClockThatIsSetBackDoesNotStopIt() {
    try (House house = House.in(folder)) {
      Chores chores = chores(house);
      house.clock.move(Duration.ofDays(365));
      chores.tick();
      house.clock.move(Duration.ofDays(-365));
      assertThat(chores.tick()).isEqualTo(1);
      assertThat(chores.tick()).isZero();
    }
  }

  @Test
  void twoOfOneNameAreAMistake() {
    try (House house = House.in(folder)) {
      Chores chores = chores(house);
      assertThatThrownBy(() -> chores.with("count", HOUR, done::add))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** The sealed original is gone after its days, the case and the journal are not. */
  @Test
  void theFirstChoreIsToPurge() {
    try (House house = House.in(folder)) {
      Chores chores = Chores.of(() -> house.rooms, Retention.ofDays(30));
      MessageRef ref = house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REFERRAL));
      house.work();
      chores.tick();
      house.clock.move(Duration.ofDays(29));
      chores.tick();
      assertThat(house.store.holds().sealed(ref)).isPresent();
      house.clock.move(Duration.ofDays(1).plusSeconds(1));
      chores.tick();
      assertThat(house.store.holds().sealed(ref)).isEmpty();
      assertThat(house.store.cases().newest(9)).hasSize(1);
      assertThat(house.store.journal().about(ref.toString())).isNotEmpty();
    }
  }
}
