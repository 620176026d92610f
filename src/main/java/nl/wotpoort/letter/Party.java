package nl.wotpoort.letter;

/**
 * Who holds or receives information, as a path from group to person: {@code gp:A/d1} is a doctor of
 * practice A, {@code wot:zuid/w1} a worker of team Zuid, {@code wot:*} every WOT, {@code *}
 * everyone. The vocabulary of the consent policy.
 */
public record Party(String path) {

  private static final int LONGEST = 200;

  public Party {
    if (path.isEmpty() || path.length() > LONGEST || path.chars().anyMatch(Party::isBlank)) {
      throw new IllegalArgumentException("not a party: blank or longer than 200 characters");
    }
  }

  private static boolean isBlank(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /**
   * Whether this, as written in a record, reaches {@code other}: equal to it or above it; never
   * below it.
   */
  public boolean covers(Party other) {
    if (path.equals("*") || path.equals(other.path)) {
      return true;
    }
    if (path.endsWith(":*")) {
      return other.path.startsWith(path.substring(0, path.length() - 1));
    }
    int end = path.length();
    return other.path.startsWith(path) && other.path.charAt(end) == '/';
  }

  /** The group before the colon: {@code gp}, {@code wot}; the whole path when there is none. */
  public String kind() {
    int colon = path.indexOf(':');
    return colon < 0 ? path : path.substring(0, colon);
  }

  @Override
  public String toString() {
    return path;
  }
}
