package nl.wotpoort.letter;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number of a case, the only thing about it that may stand in a subject, a notice or a log:
 * {@code WP-7K3Q-9M2D}. Eight characters without I, L, O, U and Z, of which the last is a check
 * character, so that a misheard number is no other case.
 */
public record CaseNumber(String value) {

  /**
   * Crockford's base 32 (no I, L, O, U) without Z: 31 is prime, which is what lets one check
   * character see every slip.
   */
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXY";

  private static final Pattern FORM =
      Pattern.compile(
          "(?<![A-Z0-9])WP-?([0-9A-HJKMNP-TV-Y]{4})-?([0-9A-HJKMNP-TV-Y]{4})(?![A-Z0-9])",
          Pattern.CASE_INSENSITIVE);

  public CaseNumber {
    Matcher form = FORM.matcher(value);
    if (!form.matches() || !checks(form.group(1) + form.group(2))) {
      throw new IllegalArgumentException("not a case number");
    }
    value = canonical(form);
  }

  /** A number made of {@code random}; about 27 thousand million different ones. */
  public static CaseNumber ofRandom(long random) {
    StringBuilder seven = new StringBuilder();
    long rest = random >>> 1;
    for (int i = 0; i < 7; i++) {
      seven.append(ALPHABET.charAt((int) (rest % ALPHABET.length())));
      rest /= ALPHABET.length();
    }
    String eight = seven.toString() + ALPHABET.charAt(checkOf(seven));
    return new CaseNumber("WP-" + eight.substring(0, 4) + "-" + eight.substring(4));
  }

  /**
   * The one case number in {@code text}; empty when there is none, or two different ones (never
   * guess).
   */
  public static Optional<CaseNumber> findIn(String text) {
    Optional<CaseNumber> found = Optional.empty();
    Matcher form = FORM.matcher(text);
    while (form.find()) {
      if (!checks((form.group(1) + form.group(2)).toUpperCase(Locale.ROOT))) {
        continue;
      }
      CaseNumber number = new CaseNumber(canonical(form));
      if (found.isPresent() && !found.get().equals(number)) {
        return Optional.empty();
      }
      found = Optional.of(number);
    }
    return found;
  }

  private static String canonical(Matcher form) {
    return ("WP-" + form.group(1) + "-" + form.group(2)).toUpperCase(Locale.ROOT);
  }

  private static boolean checks(String eight) {
    String upper = eight.toUpperCase(Locale.ROOT);
    return ALPHABET.indexOf(upper.charAt(7)) == checkOf(upper.substring(0, 7));
  }

  /**
   * Σ weight·digit modulo 31, weights 1 to 7: any one wrong character and any swap of neighbours
   * changes it.
   */
  private static int checkOf(CharSequence seven) {
    int sum = 0;
    for (int i = 0; i < 7; i++) {
      sum += (i + 1) * ALPHABET.indexOf(seven.charAt(i));
    }
    return sum % 31;
  }

  @Override
  public String toString() {
    return value;
  }
}
