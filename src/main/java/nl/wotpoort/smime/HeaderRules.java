package nl.wotpoort.smime;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the outer header of a mail with a protected header may say instead of the truth.
 *
 * @param neutralSubjects outer subjects that hide the real one, compared without regard to case;
 *     one that ends in {@code *} stands for all that begin so
 */
public record HeaderRules(List<String> neutralSubjects) {

  /** What this gateway itself writes outside, and what a reply to it makes of that. */
  private static final Pattern CASE_NUMBER_ALONE =
      Pattern.compile(
          "((re|antw|fwd?|doorst|aw|wg): *)*\\[WP-[0-9A-Z]{4}-[0-9A-Z]{4}\\]",
          Pattern.CASE_INSENSITIVE);

  public HeaderRules {
    neutralSubjects = neutralSubjects.stream().map(s -> s.toLowerCase(Locale.ROOT)).toList();
  }

  /** RFC 9788 §3.2.1's "[...]" and the ones mail programs have used before it. */
  public static HeaderRules defaults() {
    return new HeaderRules(
        List.of(
            "[...]",
            "...",
            "…",
            "encrypted message",
            "encrypted e-mail",
            "versleuteld bericht",
            "beveiligd bericht"));
  }

  boolean isNeutral(String subject) {
    String plain = subject.strip().toLowerCase(Locale.ROOT);
    return plain.isEmpty()
        || neutralSubjects.stream().anyMatch(n -> matches(n, plain))
        || CASE_NUMBER_ALONE.matcher(plain).matches();
  }

  private static boolean matches(String neutral, String subject) {
    return neutral.endsWith("*")
        ? subject.startsWith(neutral.substring(0, neutral.length() - 1))
        : subject.equals(neutral);
  }
}
