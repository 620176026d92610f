package nl.wotpoort.rules.referral;

import static nl.wotpoort.rules.referral.ReferralState.ACCEPTED;
import static nl.wotpoort.rules.referral.ReferralState.CANCELLED;
import static nl.wotpoort.rules.referral.ReferralState.COMPLETED;
import static nl.wotpoort.rules.referral.ReferralState.DECLINED;
import static nl.wotpoort.rules.referral.ReferralState.DISPUTED;
import static nl.wotpoort.rules.referral.ReferralState.FORWARDED;
import static nl.wotpoort.rules.referral.ReferralState.RECEIVED;
import static nl.wotpoort.rules.referral.ReferralState.UNCLEAR;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The one table of what may happen to a referral; docs/referral-states.md prints it. Pure.
 *
 * <p>An event that came before changes nothing the second time (mail comes twice), and one that is
 * overtaken by a later one is taken without harm where its meaning is already covered (a "kan
 * ondersteunen" that arrives after "afgerond"). What contradicts what was said before, or comes too
 * early or too late, has no place in the table: a coordinator looks.
 */
public final class ReferralStates {

  private static final Map<ReferralState, Map<ReferralEvent, ReferralState>> TABLE = table();

  private ReferralStates() {}

  /**
   * The state after {@code event} in {@code state}, which may be the same one; empty when it does
   * not belong there and a person must look.
   */
  public static Optional<ReferralState> after(ReferralState state, ReferralEvent event) {
    return Optional.ofNullable(TABLE.getOrDefault(state, Map.of()).get(event));
  }

  /**
   * The state after an event that a person let pass although the table has no place for it: what it
   * says is so. A message changes nothing.
   */
  public static ReferralState letPass(ReferralState state, ReferralEvent event) {
    return after(state, event)
        .orElseGet(
            () ->
                switch (event) {
                  case FORWARD, HAND_ON -> FORWARDED;
                  case ACCEPT -> ACCEPTED;
                  case DECLINE -> DECLINED;
                  case ASK -> UNCLEAR;
                  case COMPLETE -> COMPLETED;
                  case DISPUTE -> DISPUTED;
                  case CANCEL -> CANCELLED;
                  case INFORM, SUPPLEMENT -> state;
                });
  }

  private static Map<ReferralState, Map<ReferralEvent, ReferralState>> table() {
    Map<ReferralState, Map<ReferralEvent, ReferralState>> table =
        new EnumMap<>(ReferralState.class);
    row(table, RECEIVED, "FORWARD>FORWARDED HAND_ON>FORWARDED SUPPLEMENT CANCEL>CANCELLED");
    row(
        table,
        FORWARDED,
        "FORWARD ACCEPT>ACCEPTED DECLINE>DECLINED ASK>UNCLEAR INFORM COMPLETE>COMPLETED HAND_ON"
            + " SUPPLEMENT CANCEL>CANCELLED");
    row(
        table,
        ACCEPTED,
        "FORWARD ACCEPT ASK INFORM COMPLETE>COMPLETED HAND_ON>FORWARDED SUPPLEMENT"
            + " DISPUTE>DISPUTED CANCEL>CANCELLED");
    row(
        table,
        DECLINED,
        "FORWARD DECLINE INFORM HAND_ON>FORWARDED SUPPLEMENT DISPUTE>DISPUTED CANCEL>CANCELLED");
    row(
        table,
        UNCLEAR,
        "FORWARD ACCEPT>ACCEPTED DECLINE>DECLINED ASK INFORM COMPLETE>COMPLETED HAND_ON>FORWARDED"
            + " SUPPLEMENT>FORWARDED DISPUTE>DISPUTED CANCEL>CANCELLED");
    row(
        table,
        DISPUTED,
        "FORWARD ACCEPT>ACCEPTED DECLINE>DECLINED ASK>UNCLEAR INFORM COMPLETE>COMPLETED"
            + " HAND_ON>FORWARDED SUPPLEMENT DISPUTE CANCEL>CANCELLED");
    row(table, COMPLETED, "FORWARD ACCEPT INFORM COMPLETE SUPPLEMENT DISPUTE>DISPUTED CANCEL");
    row(table, CANCELLED, "DECLINE COMPLETE CANCEL");
    return table;
  }

  /** {@code EVENT>STATE} goes there; {@code EVENT} alone stays. */
  private static void row(
      Map<ReferralState, Map<ReferralEvent, ReferralState>> table,
      ReferralState state,
      String cells) {
    Map<ReferralEvent, ReferralState> row = new EnumMap<>(ReferralEvent.class);
    for (String cell : cells.split(" ")) {
      int arrow = cell.indexOf('>');
      String event = arrow < 0 ? cell : cell.substring(0, arrow);
      row.put(
          ReferralEvent.valueOf(event),
          arrow < 0 ? state : ReferralState.valueOf(cell.substring(arrow + 1)));
    }
    table.put(state, row);
  }

  /** The table for people: a row a state, "·" stays, "–" a coordinator looks. */
  public static String markdown() {
    List<ReferralEvent> events = List.of(ReferralEvent.values());
    String head = line("", events.stream().map(Enum::name));
    String rule = line("---", events.stream().map(e -> "---"));
    return Stream.concat(
            Stream.of(head, rule),
            Stream.of(ReferralState.values())
                .map(s -> line("**" + s + "**", events.stream().map(e -> cell(s, e)))))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String line(String first, Stream<String> cells) {
    return "| " + first + " | " + cells.collect(Collectors.joining(" | ")) + " |";
  }

  private static String cell(ReferralState state, ReferralEvent event) {
    return after(state, event)
        .map(next -> next == state ? "·" : next.name().toLowerCase(Locale.ROOT))
        .orElse("–");
  }
}
