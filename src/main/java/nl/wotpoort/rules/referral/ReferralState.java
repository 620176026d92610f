package nl.wotpoort.rules.referral;

/** How far a referral is. */
public enum ReferralState {
  /** Taken in, and with nobody yet: held, or given back to be completed. */
  RECEIVED,
  /** With a team or worker, and not answered yet. */
  FORWARDED,
  /** The team supports, and named the contact person. */
  ACCEPTED,
  /** The team cannot support, and said so. */
  DECLINED,
  /** The team asked the referrer for more. */
  UNCLEAR,
  /** The referrer does not agree; the coordinator decides anew. */
  DISPUTED,
  /** The support has ended. */
  COMPLETED,
  /** The referrer took it back. */
  CANCELLED;

  /** Whether somebody still has work on it. */
  public boolean isOpen() {
    return this != DECLINED && this != COMPLETED && this != CANCELLED;
  }

  /** Whether the referrer waits for the teams to decide. */
  public boolean awaitsTeam() {
    return this == FORWARDED || this == DISPUTED;
  }
}
