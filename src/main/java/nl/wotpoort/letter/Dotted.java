package nl.wotpoort.letter;

/** Codes whose dots say what lies below what. */
final class Dotted {

  private Dotted() {}

  static void check(String code) {
    if (code.isBlank() || code.length() > 100) {
      throw new IllegalArgumentException("a code is 1 to 100 characters");
    }
  }

  static boolean covers(String upper, String lower) {
    if (upper.equals("*")) {
      return true;
    }
    int end = upper.length();
    return lower.startsWith(upper) && (lower.length() == end || lower.charAt(end) == '.');
  }
}
