package nl.wotpoort.rules.referral;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReferralStatesTest {

  private static final ReferralEvent[] EVENTS = ReferralEvent.values();

  /**
   * Written by hand from docs/referral-states.md: state, event, next or "." (stays) or "-" (held).
   */
  private static final String[] EXPECTED = {
    //            FORWARD ACCEPT DECLINE ASK INFORM COMPLETE HAND_ON SUPPLEMENT DISPUTE CANCEL
    "RECEIVED   f - - - - - f . - x",
    "FORWARDED  . a d u . c . . - x",
    "ACCEPTED   . . - . . c f . p x",
    "DECLINED   . - . - . - f . p x",
    "UNCLEAR    . a d . . c f f p x",
    "DISPUTED   . a d u . c f . . x",
    "COMPLETED  . . - - . . - . p .",
    "CANCELLED  - - . - - . - - - ."
  };

  private static final Map<String, ReferralState> LETTERS =
      Map.of(
          "f", ReferralState.FORWARDED,
          "a", ReferralState.ACCEPTED,
          "d", ReferralState.DECLINED,
          "u", ReferralState.UNCLEAR,
          "p", ReferralState.DISPUTED,
          "c", ReferralState.COMPLETED,
          "x", ReferralState.CANCELLED);

  @Test
  void everyEventInEveryState() {
    for (String line : EXPECTED) {
      String[] cells = line.split(" +");
      ReferralState state = ReferralState.valueOf(cells[0]);
      for (int column = 0; column < EVENTS.length; column++) {
        ReferralEvent event = EVENTS[column];
        String cell = cells[column + 1];
        Optional<ReferralState> expected =
            switch (cell) {
              case "-" -> Optional.empty();
              case "." -> Optional.of(state);
              default -> Optional.of(LETTERS.get(cell));
            };
        assertThat(ReferralStates.after(state, event))
            .as("%s in %s", event, state)
            .isEqualTo(expected);
      }
    }
  }

  /** Every order of up to five events, each of them twice: the second time nothing changes. */
  @Test
  void twiceIsOnce() {
    Map<ReferralState, Set<ReferralState>> reached = new HashMap<>();
    int[] orders = new int[1];
    for (ReferralState start : ReferralState.values()) {
      reached.put(start, EnumSet.noneOf(ReferralState.class));
      walk(start, start, start, 5, orders, reached);
    }

    assertThat(orders[0]).isEqualTo(8 * (10 + 100 + 1_000 + 10_000 + 100_000));
    assertThat(reached.get(ReferralState.RECEIVED)).hasSize(8); // nothing is out of reach
    assertThat(reached.get(ReferralState.CANCELLED)).containsExactly(ReferralState.CANCELLED);
  }

  private static void walk(
      ReferralState start,
      ReferralState once,
      ReferralState twice,
      int left,
      int[] orders,
      Map<ReferralState, Set<ReferralState>> reached) {
    assertThat(twice).isEqualTo(once);
    reached.get(start).add(once);
    if (left == 0) {
      return;
    }
    for (ReferralEvent event : EVENTS) {
      orders[0]++;
      ReferralState single = taken(once, event);
      walk(start, single, taken(taken(twice, event), event), left - 1, orders, reached);
    }
  }

  /** One that has no place is held, and so changes nothing. */
  private static ReferralState taken(ReferralState state, ReferralEvent event) {
    return ReferralStates.after(state, event).orElse(state);
  }

  /** An event that was taken is never one for the coordinator the second time. */
  @Test
  void whatWasTakenIsTakenAgain() {
    for (ReferralState state : ReferralState.values()) {
      for (ReferralEvent event : EVENTS) {
        ReferralStates.after(state, event)
            .ifPresent(next -> assertThat(ReferralStates.after(next, event)).contains(next));
      }
    }
  }

  /** However late an overtaken mail comes, it reopens nothing. */
  @Test
  void theEndStaysTheEnd() {
    for (ReferralEvent event : EVENTS) {
      assertThat(taken(ReferralState.CANCELLED, event)).isEqualTo(ReferralState.CANCELLED);
      if (event != ReferralEvent.DISPUTE) {
        assertThat(taken(ReferralState.COMPLETED, event)).isEqualTo(ReferralState.COMPLETED);
      }
    }
  }

  @Test
  void aPersonMayLetAnythingPass() {
    assertThat(ReferralStates.letPass(ReferralState.ACCEPTED, ReferralEvent.DECLINE))
        .isEqualTo(ReferralState.DECLINED);
    for (ReferralState state : ReferralState.values()) {
      for (ReferralEvent event : EVENTS) {
        ReferralState passed = ReferralStates.letPass(state, event);
        assertThat(ReferralStates.after(state, event).orElse(passed)).isEqualTo(passed);
      }
    }
  }

  @Test
  void thePageShowsThisTable() throws IOException {
    Path page =
        Path.of(System.getProperty("project.basedir", "")).resolve("docs/referral-states.md");

    assertThat(Files.readString(page)).contains(ReferralStates.markdown());
  }
}
