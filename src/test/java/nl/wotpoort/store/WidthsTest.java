package nl.wotpoort.store;

import static nl.wotpoort.store.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A text that is too long for its column is told before it is written, on every database. */
class WidthsTest {

  @TempDir Path folder;

  @Test
  void whatIsTooLongIsNamedWithoutItsTextAndNothingIsWritten() {
    try (Store store = Sample.open(folder)) {
      Arrival arrival =
          new Arrival(
              new Origin("intake", "k".repeat(301)),
              Sample.OOST,
              Optional.empty(),
              Sample.bytes("mail"),
              NOON);
      assertThatThrownBy(() -> store.queue().received(arrival))
          .isInstanceOf(StoreException.Misuse.class)
          .hasMessageContaining("300 characters for origin_key")
          .hasMessageNotContaining("kkk");
      assertThat(store.health().figures().messages()).isEmpty();
    }
  }

  @Test
  void whatFitsExactlyIsWritten() {
    try (Store store = Sample.open(folder)) {
      // an emoji is one character to a server, and two to Java
      String key = "\uD83D\uDCE7".repeat(300);
      Arrival arrival =
          new Arrival(
              new Origin("intake", key), Sample.OOST, Optional.empty(), Sample.bytes("mail"), NOON);
      assertThat(store.queue().received(arrival).known()).isFalse();
      assertThat(store.queue().received(arrival).known()).isTrue();
    }
  }

  /** The message stays where it was: still claimed, to be held under a detail that fits. */
  @Test
  void aHoldThatDoesNotFitLosesNothing() {
    try (Store store = Sample.open(folder)) {
      store.queue().received(Sample.arrival(1));
      Claimed claimed = Sample.claimOne(store);
      assertThatThrownBy(
              () -> store.queue().hold(claimed, HoldCause.FAULT, "W".repeat(201), List.of(), NOON))
          .isInstanceOf(StoreException.Misuse.class)
          .hasMessageContaining("hold_detail");
      assertThat(store.queue().state(claimed.ref())).contains(MessageState.WORKING);
      store.queue().hold(claimed, HoldCause.FAULT, "WHY", List.of(), NOON);
      assertThat(store.holds().show(claimed.ref())).isPresent();
    }
  }

  @Test
  void anUpdateIsLookedAtAsWell() {
    try (Store store = Sample.open(folder)) {
      store.queue().received(Sample.arrival(1));
      assertThatThrownBy(() -> store.queue().claim(NOON, Duration.ofMinutes(1), "n".repeat(201), 1))
          .isInstanceOf(StoreException.Misuse.class)
          .hasMessageContaining("node");
    }
  }
}
