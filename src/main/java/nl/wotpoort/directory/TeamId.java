package nl.wotpoort.directory;

/**
 * The identification of a team, such as {@code zuid}: letters, digits, dots and hyphens, 1 to 40.
 */
public record TeamId(String value) implements Comparable<TeamId> {

  public TeamId {
    Slug.check(value);
  }

  /** Whether {@code text} can be such an identification. */
  public static boolean isSound(String text) {
    return Slug.isSound(text);
  }

  @Override
  public int compareTo(TeamId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
