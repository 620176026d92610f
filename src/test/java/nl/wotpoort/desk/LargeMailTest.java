package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LargeMailTest {

  private static final int MIB = 1024 * 1024;

  /** Each needs more than half of the room, so never two of them are at work. */
  @Test
  void largeOnesWaitForEachOther() throws Exception {
    LargeMail room = new LargeMail(100L * MIB);
    AtomicInteger together = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int i = 0; i < 40; i++) {
        threads.execute(
            () ->
                room.carry(
                    15 * MIB,
                    () -> {
                      most.accumulateAndGet(together.incrementAndGet(), Math::max);
                      Thread.yield();
                      together.decrementAndGet();
                    }));
      }
    } finally {
      threads.shutdown();
    }

    assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(most).hasValue(1);
  }

  @Test
  void oneThatNeedsMoreThanThereIsHasItAll() {
    LargeMail room = new LargeMail(10L * MIB);
    AtomicInteger done = new AtomicInteger();

    room.carry(67 * MIB, done::incrementAndGet);
    room.carry(67 * MIB, done::incrementAndGet);

    assertThat(done).hasValue(2);
  }

  @Test
  void smallOnesPassBesideALargeOne() throws Exception {
    LargeMail room = new LargeMail(100L * MIB);
    CountDownLatch smallIsDone = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(1);
    try {
      Future<?> large = threads.submit(() -> room.carry(20 * MIB, () -> awaited(smallIsDone)));
      room.carry(20_000, smallIsDone::countDown);
      large.get(60, TimeUnit.SECONDS);
    } finally {
      threads.shutdownNow();
    }

    assertThat(smallIsDone.getCount()).isZero();
  }

  @Test
  void roomIsGivenBackWhenTheWorkFails() {
    LargeMail room = new LargeMail(MIB);
    for (int i = 0; i < 3; i++) {
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () ->
                  room.carry(
                      MIB,
                      () -> {
                        throw new IllegalStateException("x");
                      }))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private static void awaited(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
