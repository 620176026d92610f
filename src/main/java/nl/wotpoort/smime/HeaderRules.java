package nl.wotpoort.smime;

import java.util.List;
import java.util.Locale;

/**
 * What the outer header of a mail with a protected header may say instead of the truth.
 *
 * @param neutralSubjects outer subjects that hide the real one, compared without regard to case;
 *     one that ends in {@code *} stands for all that begin so
 */
public record HeaderRules(List<String> neutralSubjects) {

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
    return plain.isEmpty() || neutralSubjects.stream().anyMatch(n -> matches(n, plain));
  }

  private static boolean matches(String neutral, String subject) {
    return neutral.endsWith("*")
        ? subject.startsWith(neutral.substring(0, neutral.length() - 1))
        : subject.equals(neutral);
  }
}
