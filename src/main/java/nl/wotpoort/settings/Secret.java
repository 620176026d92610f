package nl.wotpoort.settings;

/**
 * A password or key from the environment or a file. Prints nothing. What is handed out is a copy
 * the caller may wipe; the original stays in memory as long as the settings do.
 */
public final class Secret {

  private final char[] value;

  private Secret(char[] value) {
    this.value = value;
  }

  /** Copies {@code value}. */
  public static Secret of(char[] value) {
    return new Secret(value.clone());
  }

  /** A copy. */
  public char[] reveal() {
    return value.clone();
  }

  @Override
  public String toString() {
    return "•••";
  }
}
