package nl.wotpoort.store;

/** How far a case is. What exactly happened last is in {@link CaseFile#lastEvent}. */
public enum CaseStatus {
  OPEN,
  FORWARDED,
  ACCEPTED,
  DECLINED,
  CLOSED;

  /** Whether somebody still has work on it. */
  public boolean isOpen() {
    return this == OPEN || this == FORWARDED || this == ACCEPTED;
  }
}
