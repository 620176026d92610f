package nl.wotpoort.letter;

/**
 * A kind of information about a client, dotted: {@code medical.summary} lies below {@code medical}.
 */
public record Category(String code) {

  public Category {
    Dotted.check(code);
  }

  /** Equal to or above {@code other}. */
  public boolean covers(Category other) {
    return Dotted.covers(code, other.code);
  }

  @Override
  public String toString() {
    return code;
  }
}
