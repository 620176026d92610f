package nl.wotpoort.rules.referral;

/** What may happen to a referral, and who makes it happen. */
public enum ReferralEvent {
  /** The gateway sent it to a team or worker. */
  FORWARD(Side.GATEWAY),
  /** "Kan ondersteunen." */
  ACCEPT(Side.TEAM),
  /** "Kan niet ondersteunen." */
  DECLINE(Side.TEAM),
  /** "Meer informatie nodig." */
  ASK(Side.TEAM),
  /** "Tussenbericht", or a message in the case. */
  INFORM(Side.TEAM),
  /** "Afgerond." */
  COMPLETE(Side.TEAM),
  /** "Overgedragen": to another worker or team. */
  HAND_ON(Side.TEAM),
  /** The referrer tells more. */
  SUPPLEMENT(Side.REFERRER),
  /** "Oneens." */
  DISPUTE(Side.REFERRER),
  /** "Ingetrokken." */
  CANCEL(Side.REFERRER);

  /** From whom an event comes. */
  public enum Side {
    GATEWAY,
    TEAM,
    REFERRER
  }

  private final Side side;

  ReferralEvent(Side side) {
    this.side = side;
  }

  public Side side() {
    return side;
  }
}
