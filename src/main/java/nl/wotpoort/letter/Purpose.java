package nl.wotpoort.letter;

/**
 * What information is wanted for (agreement S2), dotted: {@code support.finance} lies below {@code
 * support}.
 */
public record Purpose(String code) {

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
