package nl.wotpoort.mime;

/**
 * One slip of the pen: a letter too many, too few or other than meant, or two neighbours that
 * changed places.
 */
final class Slip {

  private Slip() {}

  /** Whether the two are the same, or differ by one slip. */
  static boolean between(String written, String meant) {
    if (Math.abs(written.length() - meant.length()) > 1) {
      return false;
    }
    int from = 0;
    int least = Math.min(written.length(), meant.length());
    while (from < least && written.charAt(from) == meant.charAt(from)) {
      from++;
    }
    String rest = written.substring(from);
    String other = meant.substring(from);
    return rest.equals(other)
        || skipped(rest, 1).equals(other)
        || rest.equals(skipped(other, 1))
        || skipped(rest, 1).equals(skipped(other, 1))
        || swapped(rest).equals(other);
  }

  private static String skipped(String text, int letters) {
    return text.substring(Math.min(letters, text.length()));
  }

  private static String swapped(String text) {
    return text.length() < 2 ? text : "" + text.charAt(1) + text.charAt(0) + text.substring(2);
  }
}
