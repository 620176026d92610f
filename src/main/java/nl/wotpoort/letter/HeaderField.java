package nl.wotpoort.letter;

/**
 * A header field as it stood, unfolded (RFC 5322 §2.2.3) and not decoded: {@code value} may hold
 * RFC 2047 words.
 */
public record HeaderField(String name, String value) {

  public boolean isNamed(String other) {
    return name.equalsIgnoreCase(other);
  }

  /** Shows the name only: subjects and addresses are personal data. */
  @Override
  public String toString() {
    return name + ": •••";
  }
}
