package nl.wotpoort.rules.consent;

/**
 * Why a decision is what it is. The codes are those of the consent policy. The order of the
 * constants is the order of the policy: of two reasons to refuse, the earlier one is reported
 * (checks 1 to 5 in their order, then rule 11's order over categories and over records).
 */
public enum Reason {
  CONSENT(Kind.PERMITS),
  IMPLIED_FEEDBACK(Kind.PERMITS),
  LEGAL_GROUND(Kind.PERMITS),
  NOT_PERSONAL(Kind.PERMITS),

  REQUESTER_NOT_AUTHENTICATED(Kind.ASKER),
  CLIENT_NOT_IDENTIFIED(Kind.CLIENT),
  INDETERMINATE(Kind.CLIENT),
  CLIENT_DECEASED(Kind.CLIENT),
  INCOMPLETE_PURPOSE(Kind.ASKER),
  UNKNOWN_PURPOSE(Kind.ASKER),
  INCOMPLETE_QUESTIONS(Kind.ASKER),
  GROUND_NOT_APPLICABLE(Kind.ASKER),
  GROUND_UNSUPPORTED(Kind.ASKER),

  OBJECTION(Kind.CLIENT),
  NOT_NECESSARY(Kind.CLIENT),
  WITHDRAWN(Kind.CLIENT),
  EXPIRED(Kind.CLIENT),
  NOT_YET_VALID(Kind.CLIENT),
  NOT_ACTIVE(Kind.CLIENT),
  ASSERTION_NOT_RECORDED(Kind.CLIENT),
  MISSING_CO_CONSENT(Kind.CLIENT),
  GIVER_NOT_COMPETENT(Kind.CLIENT),
  CATEGORY_NOT_COVERED(Kind.CLIENT),
  OTHER_PURPOSE(Kind.CLIENT),
  OTHER_RECIPIENT(Kind.CLIENT),
  OTHER_HOLDER(Kind.CLIENT),
  OTHER_CLIENT(Kind.CLIENT),
  NO_CONSENT(Kind.CLIENT);

  private enum Kind {
    PERMITS,
    ASKER,
    CLIENT
  }

  private final Kind kind;

  Reason(Kind kind) {
    this.kind = kind;
  }

  /** Whether this reason lets something through. */
  public boolean permits() {
    return kind == Kind.PERMITS;
  }

  /**
   * Whether this reason may be told to the requester as it is, because it follows from the request
   * alone. The others depend on the client, so they are all told in the same words (rule 12).
   */
  public boolean followsFromRequest() {
    return kind != Kind.CLIENT;
  }
}
