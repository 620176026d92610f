package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LargeMailTest {

  private static final int LARGE = 67_000_000;

  private final LargeMail room = new LargeMail(1);

  @Test
  void whileOneIsAtWorkOthersTakeSmallOnes() {
    long first = room.enter();
    room.entered(first, LARGE);

    long second = room.enter();
    room.entered(second, 10_000);

    assertThat(first).isEqualTo(Long.MAX_VALUE);
    assertThat(second).isEqualTo(LargeMail.SMALL);
    room.leave(10_000);
    assertThat(room.enter()).isEqualTo(LargeMail.SMALL);
  }

  @Test
  void whoIsDoneGivesThePlaceBack() {
    room.entered(room.enter(), LARGE);
    room.leave(LARGE);

    assertThat(room.enter()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whoFoundASmallOneOrNoneGivesThePlaceBackAtOnce() {
    room.entered(room.enter(), 10_000);
    room.entered(room.enter(), 0);

    assertThat(room.enter()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void asManyAsTheHeapHolds() {
    long fit = Math.max(1, Runtime.getRuntime().maxMemory() / (250L * 1024 * 1024));
    LargeMail heap = LargeMail.inThisHeap();
    for (long i = 0; i < fit; i++) {
      assertThat(heap.enter()).isEqualTo(Long.MAX_VALUE);
    }
    assertThat(heap.enter()).isEqualTo(LargeMail.SMALL);
  }

  @Test
  void whatIsJustSmallTakesNoPlace() {
    room.entered(room.enter(), LargeMail.SMALL);
    assertThat(room.enter()).isEqualTo(Long.MAX_VALUE);
    room.leave(LargeMail.SMALL);
    assertThat(room.enter()).isEqualTo(LargeMail.SMALL);
    room.leave(LargeMail.SMALL + 1);
    assertThat(room.enter()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void thereIsAlwaysAPlaceForOne() {
    assertThat(LargeMail.inThisHeap().enter()).isEqualTo(Long.MAX_VALUE);
  }
}
