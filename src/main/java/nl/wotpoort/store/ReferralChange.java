package nl.wotpoort.store;

import java.time.Instant;
import java.util.Optional;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.rules.calendar.Deadlines;
import nl.wotpoort.rules.referral.ReferralState;

/**
 * A change of a referral, made from what was read: when it has changed since, {@link CaseMoved} is
 * thrown and nothing is written.
 *
 * @param version that was read; 0 opens it
 * @param event a code, for the history and the figures
 * @param team directory id, when the change gives it to one
 * @param reason codes, separated by blanks; may be empty
 * @param opened what it is counted under; only when it is opened
 */
public record ReferralChange(
    CaseNumber number,
    int version,
    Instant at,
    String event,
    ReferralState state,
    Optional<Instant> clockFrom,
    Optional<Deadlines.Step> nextStep,
    Optional<Instant> nextAt,
    Optional<String> team,
    String reason,
    Optional<Opened> opened) {

  /**
   * What the half-year figures count a referral under: codes only.
   *
   * @param practice party of the practice, as {@code gp:A}
   * @param grounds of the agreement, separated by blanks
   * @param expertise asked for, separated by blanks
   */
  public record Opened(String practice, String grounds, String expertise, boolean youth) {}
}
