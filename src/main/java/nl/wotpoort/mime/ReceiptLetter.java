package nl.wotpoort.mime;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.texts.Language;

/**
 * The one receipt a sender gets for a message.
 *
 * @param received when the message came in
 * @param destination where it went, as it reads after "naar": "team Oost"; only when FORWARDED
 * @param answerBy the day by which the sender hears more
 * @param reasons why, a sentence each; when REFUSED or HELD
 * @param advice what the sender can do, a sentence each
 * @param fillIn the block of labels to fill in, when labels lacked
 * @param originalMessageId the identification of the message, if it had one
 * @param finalRecipient the address it was sent to
 * @param contentSha256 SHA-256 of the signed content as received, hex
 */
public record ReceiptLetter(
    Heading heading,
    Outcome outcome,
    Instant received,
    Optional<CaseNumber> caseNumber,
    Optional<String> destination,
    Optional<LocalDate> answerBy,
    List<String> reasons,
    List<String> advice,
    Optional<FillIn> fillIn,
    Optional<String> originalMessageId,
    Address finalRecipient,
    String contentSha256,
    Language language) {

  /** What happened to the message. */
  public enum Outcome {
    FORWARDED,
    REFUSED,
    HELD,
    /** The gateway did itself what was asked. */
    DONE
  }

  /** Which letter the block of labels is for. */
  public enum FillIn {
    REFERRAL,
    INFORMATION_REQUEST,
    FEEDBACK,
    LETTER_TO_PRACTICE
  }

  public ReceiptLetter {
    reasons = List.copyOf(reasons);
    advice = List.copyOf(advice);
  }
}
