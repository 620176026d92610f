package nl.wotpoort.mime;

import java.util.List;
import java.util.Set;
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
 * @param announced SHA-256 (hex) of the files the JSON form lists; empty for the other forms
 */
public record Reading(
    LetterHead head,
    Letter letter,
    Confidential<String> text,
    List<Attachment> attachments,
    List<Missing> missing,
    Form form,
    Set<String> announced) {

  /** Without a list of files. */
  public Reading(
      LetterHead head,
      Letter letter,
      Confidential<String> text,
      List<Attachment> attachments,
      List<Missing> missing,
      Form form) {
    this(head, letter, text, attachments, missing, form, Set.of());
  }

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
    announced = Set.copyOf(announced);
  }
}
