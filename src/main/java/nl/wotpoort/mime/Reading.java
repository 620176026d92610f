package nl.wotpoort.mime;

import java.util.List;
import nl.wotpoort.letter.Attachment;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.LetterHead;

/**
 * What was read from one message.
 *
 * @param text the best plain text of the message, quoted parts and signature included, with line
 *     feeds; empty when there was none or the message could not be read
 * @param attachments the files that came along, in order (a JSON part that is one of them included)
 * @param missing what stood there and did not count
 * @param form which way of reading gave the letter
 */
public record Reading(
    LetterHead head,
    Letter letter,
    Confidential<String> text,
    List<Attachment> attachments,
    List<Missing> missing,
    Form form) {

  /** The ways of reading, in the order they are tried; UNREADABLE when the message broke off. */
  public enum Form {
    AUTOMATIC,
    JSON,
    LABELS,
    FREE_TEXT,
    UNREADABLE
  }

  public Reading {
    attachments = List.copyOf(attachments);
    missing = List.copyOf(missing);
  }
}
