package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What becomes of work in a thread of its own, and of work in this one. */
class HourglassTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch interrupted = new CountDownLatch(1);

  private String hang() {
    begun.countDown();
    try {
      new CountDownLatch(1).await();
      return "never";
    } catch (InterruptedException e) {
      interrupted.countDown();
      return "interrupted";
    }
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whatItGaveOrThrewStaysWithIt() {
    try (Hourglass glass = new Hourglass("t", LONG)) {
      IOException fault = new IOException("x");
      StackOverflowError error = new StackOverflowError();
      assertThat(glass.at(() -> "done").value()).contains("done");
      assertThat(glass.at(() -> "done").fault()).isEmpty();
      assertThat(
              glass
                  .<String>at(
                      () -> {
                        throw fault;
                      })
                  .fault())
          .containsSame(fault);
      assertThat(
              glass
                  .<String>at(
                      () -> {
                        throw error;
                      })
                  .fault())
          .containsSame(error);
      assertThat(glass.at(() -> Thread.currentThread().getName()).value().orElseThrow())
          .matches("t-\\d+");
      assertThat(glass.at(() -> Thread.currentThread().isDaemon()).value()).contains(true);
      assertThat(glass.isIdle()).isTrue();
      assertThat(Attempt.at(() -> "done").value()).contains("done");
      assertThat(
              Attempt.<String>at(
                      () -> {
                        throw error;
                      })
                  .fault())
          .containsSame(error);
    }
  }

  @Test
  void whatTakesTooLongIsInterruptedAndSaysWhereItWas() throws InterruptedException {
    try (Hourglass glass = new Hourglass("t", Duration.ofMillis(200))) {
      Throwable late = glass.at(this::hang).fault().orElseThrow();
      assertThat(late).isInstanceOf(Hourglass.Late.class);
      await(interrupted);
      assertThat(((Hourglass.Late) late).isWaitingForStore()).isFalse();
      assertThat(glass.isIdle()).isTrue();
    }
    StackTraceElement place = new StackTraceElement("nl.wotpoort.store.Database", "x", "", 1);
    assertThat(new Hourglass.Late(new StackTraceElement[] {place}).isWaitingForStore()).isTrue();
  }

  @Test
  void whatIsBrokenOffIsSaidToWhoeverWaits() throws InterruptedException {
    try (Hourglass glass = new Hourglass("t", LONG)) {
      AtomicReference<Attempt<String>> came = new AtomicReference<>();
      Thread waiting = new Thread(() -> came.set(glass.at(this::hang)));
      waiting.start();
      await(begun);
      assertThat(glass.isIdle()).isFalse();
      glass.breakOff();
      waiting.join(60_000);
      assertThat(came.get().fault()).containsInstanceOf(Hourglass.BrokenOff.class);
      await(interrupted);
    }
  }

  @Test
  void whoIsInterruptedWhileHeWaitsStaysSoAndBreaksItOff() throws InterruptedException {
    try (Hourglass glass = new Hourglass("t", LONG)) {
      AtomicReference<Boolean> still = new AtomicReference<>();
      AtomicReference<Attempt<String>> came = new AtomicReference<>();
      Thread waiting =
          new Thread(
              () -> {
                came.set(glass.at(this::hang));
                still.set(Thread.currentThread().isInterrupted());
              });
      waiting.start();
      await(begun);
      waiting.interrupt();
      waiting.join(60_000);
      assertThat(came.get().fault()).containsInstanceOf(Hourglass.BrokenOff.class);
      assertThat(still.get()).isTrue();
      await(interrupted);
    }
  }

  @Test
  void whenItClosesWhatIsLeftBehindIsInterruptedToo() throws InterruptedException {
    Hourglass glass = new Hourglass("t", LONG);
    Thread waiting = new Thread(() -> glass.at(this::hang));
    waiting.start();
    await(begun);
    glass.close();
    await(interrupted);
    waiting.join(60_000);
    assertThat(waiting.isAlive()).isFalse();
  }

  /** Never what it says, for that may quote a mail. */
  @Test
  void aFaultAsACode() {
    IllegalStateException ours = new IllegalStateException("Kanarie");
    ours.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("java.util.List", "x", "List.java", 3),
          new StackTraceElement("nl.wotpoort.desk.Walk", "x", "Walk.java", 7),
          new StackTraceElement("nl.wotpoort.desk.Desk", "x", "Desk.java", 9)
        });
    assertThat(Attempt.code(ours)).isEqualTo("IllegalStateException@Walk:7");
    ours.setStackTrace(new StackTraceElement[0]);
    assertThat(Attempt.code(ours)).isEqualTo("IllegalStateException");
  }
}
