package nl.wotpoort.mime;

import java.util.List;
import nl.wotpoort.letter.Bytes;

/**
 * A letter of the gateway itself: a text, and files with it. Nothing of anybody's mail is in it.
 *
 * @param text with line feeds
 */
public record PlainLetter(Heading heading, String subject, String text, List<File> files) {

  /**
   * A file that goes along.
   *
   * @param name ASCII letters, digits, dots and hyphens
   * @param type such as {@code text/csv; charset=utf-8}
   */
  public record File(String name, String type, Bytes content) {
    public File {
      if (!name.matches("[A-Za-z0-9.-]+") || !type.matches("[a-z0-9/;=. -]+")) {
        throw new IllegalArgumentException("no name or type for an attachment");
      }
    }
  }

  public PlainLetter {
    files = List.copyOf(files);
  }
}
