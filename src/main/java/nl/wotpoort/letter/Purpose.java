package nl.wotpoort.letter;

/**
 * What information is wanted for (agreement S2), dotted: {@code support.finance} lies below {@code
 * support}.
 */
public record Purpose(String code) {

  /**
   * A purpose that was stated in words the gateway does not know. It is in no table of the policy
   * and never may be, so a letter with it is answered UNKNOWN_PURPOSE and not "no purpose".
   */
  public static final Purpose UNRECOGNISED = new Purpose("unrecognised");

  public Purpose {
    Dotted.check(code);
  }

  /** Equal to or above {@code other}. */
  public boolean covers(Purpose other) {
    return Dotted.covers(code, other.code);
  }

  @Override
  public String toString() {
    return code;
  }
}
