package nl.wotpoort.directory;

/**
 * The identification of a worker, such as {@code w1}: letters, digits, dots and hyphens, 1 to 40.
 */
public record WorkerId(String value) implements Comparable<WorkerId> {

  public WorkerId {
    Slug.check(value);
  }

  /** Whether {@code text} can be such an identification. */
  public static boolean isSound(String text) {
    return Slug.isSound(text);
  }

  @Override
  public int compareTo(WorkerId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
