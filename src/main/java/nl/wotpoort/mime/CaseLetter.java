package nl.wotpoort.mime;

import java.util.List;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.texts.Language;

/**
 * A letter in a case with the gateway's own text: feedback to the referrer, a reminder, news of a
 * handing over.
 *
 * @param subject without the case number, which is put before it; nothing about a person
 * @param paragraphs what it says
 */
public record CaseLetter(
    Heading heading,
    CaseNumber caseNumber,
    String subject,
    List<String> paragraphs,
    Language language) {

  public CaseLetter {
    paragraphs = List.copyOf(paragraphs);
  }
}
