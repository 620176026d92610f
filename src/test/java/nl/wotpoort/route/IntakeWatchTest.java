package nl.wotpoort.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class IntakeWatchTest {

  private static final Instant NOW = Instant.parse("2026-11-22T07:00:00Z");

  private final IntakeWatch watch = new IntakeWatch("alles", Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void nothingSeenIsNotWorking() {
    assertThat(watch.health().isWorking()).isFalse();
  }

  /** At one instant, as after a clock that was set back: the last word counts, not the latest. */
  @Test
  void theLastLookCounts() {
    watch.failed(new IOException("away"));
    assertThat(watch.health().isWorking()).isFalse();
    watch.worked();
    assertThat(watch.health().isWorking()).isTrue();
    watch.failed(new IOException("away"));
    assertThat(watch.health().isWorking()).isFalse();
    watch.elsewhere();
    assertThat(watch.health().isWorking()).isTrue();
    assertThat(watch.health().lastFailure()).contains(NOW);
    assertThat(watch.health().failure()).contains("IOException");
  }
}
