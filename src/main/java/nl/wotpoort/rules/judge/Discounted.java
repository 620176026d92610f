package nl.wotpoort.rules.judge;

import java.util.Set;

/**
 * Something that stood in the letter and did not count: left blank, doubtful, or there twice.
 *
 * @param field a code such as {@code purpose}, {@code question.2} or {@code client.birthDate},
 *     never content
 */
public record Discounted(String field, Cause cause) {

  /** Fields that say who gets the letter, or about whom it is. */
  private static final Set<String> STEERING =
      Set.of(
          "urgency",
          "preferredTeam",
          "expertise",
          "situations",
          "client.birthDate",
          "client.postcode",
          "client.address");

  /** Fields of a consent that change nothing about what it covers. */
  private static final Set<String> ABOUT_CONSENT_ONLY =
      Set.of("consent.method", "consent.evidenceRef");

  /** Why it does not count. Each has its sentence in the bundle {@code judge}. */
  public enum Cause {
    EMPTY,
    TWICE,
    UNREADABLE,
    UNKNOWN_WORD,
    NOT_TARGETED,
    DOUBTFUL,
    UNANNOUNCED
  }

  /** The field without the number of the question it belongs to. */
  public String kind() {
    return field.replaceFirst("\\.\\d+$", "");
  }

  /**
   * Whether going on without it would be a guess about who gets the letter, about whom it is or
   * what it reaches. An empty line says nothing and changes nothing.
   */
  boolean steers() {
    return cause != Cause.EMPTY
        && (STEERING.contains(field)
            || kind().equals("category")
            || field.startsWith("legalGround.")
            || (cause == Cause.TWICE && field.startsWith("client")));
  }

  /** Whether a "yes" beside it may be wider than what was meant. */
  boolean spoilsConsent() {
    return cause != Cause.EMPTY
        && (field.equals("consent") || field.startsWith("consent."))
        && !ABOUT_CONSENT_ONLY.contains(field);
  }

  /** Whether it is a question that was asked and cannot be passed on as a targeted one. */
  boolean spoilsQuestions() {
    return cause != Cause.EMPTY && kind().equals("question");
  }
}
