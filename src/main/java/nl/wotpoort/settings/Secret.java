package nl.wotpoort.settings;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

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

  /**
   * One that is named on a command line as in the settings, {@code env:NAME} or {@code file:PATH};
   * a relative path counts from {@code home}. Empty when there is none, or the secret itself was
   * written.
   */
  public static Optional<Secret> named(
      String text, Path home, Function<String, Optional<String>> environment) {
    return new SecretSource(environment).find(text, home).secret();
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
