package nl.wotpoort.rules.judge;

/**
 * What a letter lacks. Each has, in bundle {@code judge}, a name for people and the line to fill
 * in.
 */
public enum Lack {
  /**
   * Enough to be one person, by two identifiers: BSN with another, or birth date with a name or an
   * address.
   */
  CLIENT,
  /** Agreement S2. */
  PURPOSE,
  /** Agreement S2: targeted ones. */
  QUESTIONS,
  /** Agreement R2. */
  HELP_REQUEST,
  /** Agreement R1 and R2: factors or at least one of the six grounds. */
  FACTORS,
  /** Agreement S3. */
  CONSENT,
  /** In a letter to a practice: the client, or that there is none. */
  CLIENT_OR_NONE
}
