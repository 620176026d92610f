package nl.wotpoort.route.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a mail that does not come is asked for again, and when it is given up. */
class SuspectsTest {

  private final Suspects suspects = new Suspects(Desk.QUICK);

  private static final long FIRST = Desk.QUICK.firstRetry().toNanos();
  private static final long LONGEST = Duration.ofMinutes(1).toNanos();

  private void dueFrom(long uid, long from) {
    assertThat(suspects.isDue(uid, from - 1)).as("before").isFalse();
    assertThat(suspects.isDue(uid, from)).as("then").isTrue();
  }

  @Test
  void whoWasAskedForWithOthersIsAskedForAtOnce() {
    assertThat(suspects.has(7)).isFalse();
    assertThat(suspects.isDue(7, 100)).isFalse();
    assertThat(suspects.isHopeless(7)).isFalse();
    assertThat(suspects.anyDue(100)).isFalse();
    suspects.suspect(List.of(7L, 8L), 100);
    assertThat(suspects.has(7)).isTrue();
    assertThat(suspects.has(8)).isTrue();
    dueFrom(7, 100);
    assertThat(suspects.anyDue(99)).isFalse();
    assertThat(suspects.anyDue(100)).isTrue();
    suspects.refused(7, 100);
    suspects.suspect(List.of(7L), 100);
    assertThat(suspects.isDue(7, 100)).as("its pause is not over").isFalse();
  }

  /** Twice as long each time, up to a minute; refusals and cuts count together. */
  @Test
  void eachTimeTwiceAsLong() {
    suspects.refused(7, 100);
    dueFrom(7, 100 + FIRST);
    suspects.refused(7, 100);
    dueFrom(7, 100 + 2 * FIRST);
    suspects.cut(7, 100);
    dueFrom(7, 100 + 4 * FIRST);
    suspects.refused(7, 100);
    dueFrom(7, 100 + 8 * FIRST);
    suspects.cut(8, 100);
    dueFrom(8, 100 + FIRST);
    suspects.cut(8, 100);
    dueFrom(8, 100 + 2 * FIRST);
    for (int i = 0; i < 100; i++) {
      suspects.refused(7, 100);
    }
    dueFrom(7, 100 + LONGEST);
  }

  @Test
  void givenUpAfterSoManyRefusalsOrCutsAndForNothingElse() {
    for (int i = 1; i <= Desk.QUICK.refusals(); i++) {
      assertThat(suspects.isHopeless(7)).isFalse();
      suspects.refused(7, 0);
    }
    assertThat(suspects.isHopeless(7)).isTrue();
    for (int i = 1; i <= Desk.QUICK.cuts(); i++) {
      assertThat(suspects.isHopeless(8)).isFalse();
      suspects.cut(8, 0);
    }
    assertThat(suspects.isHopeless(8)).isTrue();
    for (int i = 0; i < 100; i++) {
      suspects.postpone(9, 0);
    }
    assertThat(suspects.isHopeless(9)).as("the store's fault").isFalse();
    dueFrom(9, LONGEST / 6);
    suspects.postpone(7, 0);
    assertThat(suspects.isHopeless(7)).as("what was counted stays").isTrue();
  }

  @Test
  void whatIsGoneIsForgotten() {
    suspects.suspect(List.of(7L, 8L, 9L), 0);
    suspects.clear(7);
    assertThat(suspects.has(7)).isFalse();
    suspects.keepOnly(Set.of(9L));
    assertThat(suspects.has(8)).isFalse();
    assertThat(suspects.has(9)).isTrue();
    suspects.clear();
    assertThat(suspects.has(9)).isFalse();
  }
}
