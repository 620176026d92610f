package nl.wotpoort.route.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import nl.wotpoort.desk.LargeMail;
import org.junit.jupiter.api.Test;

final class RoomTest {

  private static final int LARGE = 3 * 1024 * 1024;

  private final LargeMail large = new LargeMail(1);
  private final Room room = new Room(100, large);

  private Optional<Room.Share> share(int announced) {
    return room.share(announced, Duration.ZERO);
  }

  @Test
  void whatIsAnnouncedIsTakenAtOnceAndGivenBack() {
    Room.Share three = share(2 * Room.PIECE + 1).orElseThrow();
    assertThat(room.left()).isEqualTo(97);
    assertThat(share(97 * Room.PIECE + 1)).as("one too many").isEmpty();
    assertThat(room.left()).isEqualTo(97);
    three.close();
    assertThat(room.left()).isEqualTo(100);
    three.close();
    assertThat(room.left()).as("closed twice").isEqualTo(100);
  }

  @Test
  void moreThanWasAnnouncedIsTakenWhenItComes() {
    try (Room.Share share = share(10).orElseThrow()) {
      assertThat(share.isEnoughFor(Room.PIECE)).isTrue();
      assertThat(room.left()).isEqualTo(99);
      assertThat(share.isEnoughFor(Room.PIECE + 1)).isTrue();
      assertThat(room.left()).isEqualTo(98);
      try (Room.Share other = share(98 * Room.PIECE).orElseThrow()) {
        assertThat(other.isEnoughFor(98 * Room.PIECE)).isTrue();
        assertThat(share.isEnoughFor(2 * Room.PIECE)).isTrue();
        assertThat(share.isEnoughFor(2 * Room.PIECE + 1)).isFalse();
      }
    }
    assertThat(room.left()).isEqualTo(100);
  }

  @Test
  void whoComesSecondIsServedWhenTheFirstIsDone() {
    Room.Share first = share(60 * Room.PIECE).orElseThrow();
    CompletableFuture<Optional<Room.Share>> second =
        CompletableFuture.supplyAsync(() -> room.share(60 * Room.PIECE, Duration.ofMinutes(1)));
    while (!large.isWaitedFor()) {
      Thread.onSpinWait();
    }
    first.close();
    assertThat(second.join()).isPresent();
  }

  /** Announced or not, there are no more large ones at once than the heap holds. */
  @Test
  void aLargeMailHasAPlaceOfItsOwnInTheHeap() {
    Room.Share first = share(LARGE).orElseThrow();
    assertThat(share(LARGE)).as("announced").isEmpty();
    Room.Share second = share(0).orElseThrow();
    assertThat(second.isEnoughFor(2 * 1024 * 1024)).as("not large yet").isTrue();
    assertThat(second.isEnoughFor(LARGE)).as("not announced").isFalse();
    first.close();
    assertThat(second.isEnoughFor(LARGE)).isTrue();
    assertThat(second.isEnoughFor(LARGE + 1)).as("it has its place").isTrue();
    assertThat(share(LARGE)).isEmpty();
    second.close();
    share(LARGE).orElseThrow().close();
  }

  /** What could not be had whole is given back whole. */
  @Test
  void aPlaceIsNotKeptByWhoFindsNoRoom() {
    try (Room.Share most = share(2 * 1024 * 1024).orElseThrow()) {
      assertThat(most.isEnoughFor(1)).isTrue();
      assertThat(share(99 * Room.PIECE)).isEmpty();
    }
    share(LARGE).orElseThrow().close();
  }

  @Test
  void theLargestMailAlwaysFits() {
    int largest = (int) Math.min(Integer.MAX_VALUE / 2, Runtime.getRuntime().maxMemory());
    assertThat(Room.forMailsOf(largest).left()).isGreaterThanOrEqualTo(largest / Room.PIECE);
  }
}
