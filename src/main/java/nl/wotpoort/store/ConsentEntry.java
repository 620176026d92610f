package nl.wotpoort.store;

import java.time.Instant;
import java.util.Optional;
import nl.wotpoort.letter.Confidential;

/**
 * One version of a consent in the register. A withdrawal makes a new version; the old one stays.
 *
 * @param version counted from 1
 * @param at when this version was written
 */
public record ConsentEntry(
    RegisteredConsent consent, int version, Instant at, Optional<Withdrawal> withdrawal) {

  /** When it was withdrawn, and how: by whom, by phone, by mail. */
  public record Withdrawal(Instant when, Confidential<String> who, Confidential<String> how) {
    public static Withdrawal of(Instant when, String who, String how) {
      return new Withdrawal(when, Confidential.of(who), Confidential.of(how));
    }
  }

  public String id() {
    return consent.record().id();
  }
}
