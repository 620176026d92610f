package nl.wotpoort.store;

import java.time.Instant;
import java.util.Optional;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.rules.calendar.Deadlines;
import nl.wotpoort.rules.referral.ReferralState;

/**
 * How far a referral is.
 *
 * @param version counts its changes, from 1
 * @param clockFrom since when the referrer waits for the teams; empty while he does not
 * @param nextStep who hears about it next when nothing happens, and when
 */
public record ReferralFile(
    CaseNumber number,
    int version,
    ReferralState state,
    Instant openedAt,
    Optional<Instant> clockFrom,
    Optional<Deadlines.Step> nextStep,
    Optional<Instant> nextAt) {}
