package nl.wotpoort.mime;

import java.time.Instant;
import java.util.List;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.VerifiedContent;
import nl.wotpoort.texts.Language;

/**
 * What goes on to a team or worker: the original with a block above it. The heading's To is the
 * final recipient and its Reply-To an address of the case at the gateway.
 *
 * @param original what the sender signed; travels along byte for byte
 * @param reading how it read; its text is repeated under the block
 * @param certificate whose certificate signed it
 * @param received when it came in
 * @param route why it came to this recipient, a sentence each
 * @param consent on what its disclosure rests, a sentence each; empty says so
 * @param notes what else the recipient should know, a sentence each
 * @param reader who reads it, and so how he is told to answer
 */
public record ForwardLetter(
    Heading heading,
    CaseNumber caseNumber,
    VerifiedContent original,
    Reading reading,
    Certificate certificate,
    Instant received,
    List<String> route,
    List<String> consent,
    List<String> notes,
    Reader reader,
    Language language) {

  /** A team is asked for a decision; a practice for an answer. */
  public enum Reader {
    TEAM,
    PRACTICE
  }

  /** As much of the signer's certificate as a person can use; {@code sha256} in hex. */
  public record Certificate(String subject, String issuer, String sha256) {}

  public ForwardLetter {
    route = List.copyOf(route);
    consent = List.copyOf(consent);
    notes = List.copyOf(notes);
  }
}
