package nl.wotpoort.mime;

import java.time.Instant;
import java.util.Optional;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.texts.Language;

/**
 * A short notice with a fixed text. UNVERIFIED is the only letter that leaves unsealed: it holds
 * nothing of the mail that caused it, and ignores {@code caseNumber} and {@code received}.
 */
public record NoticeLetter(
    Heading heading,
    Kind kind,
    Optional<CaseNumber> caseNumber,
    Optional<Instant> received,
    Language language) {

  /** What the notice tells. */
  public enum Kind {
    /** A mail in the partner's name could not be verified. */
    UNVERIFIED,
    /** The next hop has not taken the message yet. */
    DELAYED,
    /** The message could not be delivered within its time. */
    EXPIRED,
    /** It was to leave and may not any more. Why is not said. */
    STOPPED,
    /** It waited for consent as long as it may. */
    LAPSED
  }
}
