package nl.wotpoort.rules.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One referral as it is counted: codes and times, nothing of a client.
 *
 * @param team that had it last; empty when none did
 * @param practice party of the practice
 * @param forwarded when it went to a team, and its receipt out
 * @param answered when the team first said accepted, declined or unclear
 * @param outcome that first answer; empty while there is none
 * @param reasons codes of a decline
 * @param waits whether its referrer waits for the teams now
 */
public record ReferralRow(
    Optional<String> team,
    String practice,
    List<String> grounds,
    List<String> expertise,
    boolean youth,
    Instant opened,
    Optional<Instant> forwarded,
    Optional<Instant> answered,
    Optional<String> outcome,
    List<String> reasons,
    boolean handedOn,
    boolean disputed,
    boolean waits) {

  public ReferralRow {
    grounds = List.copyOf(grounds);
    expertise = List.copyOf(expertise);
    reasons = List.copyOf(reasons);
  }
}
