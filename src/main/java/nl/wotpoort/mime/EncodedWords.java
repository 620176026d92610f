package nl.wotpoort.mime;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;

/** RFC 2047 words in header fields, undone and made. */
final class EncodedWords {

  private EncodedWords() {}

  /** The text meant; the text as it stands where a word is broken or its charset unknown. */
  static String decode(String value) {
    String text = value;
    if (value.contains("=?")) {
      try {
        text = MimeUtility.decodeText(value);
      } catch (UnsupportedEncodingException e) {
        text = value;
      }
    }
    return Controls.removeFromLine(text);
  }

  /** One header value, ASCII, in words where it must be; control characters dropped, not folded. */
  static String encode(String text) {
    try {
      return MimeUtility.encodeText(Controls.removeFromLine(text), "UTF-8", "Q");
    } catch (UnsupportedEncodingException e) {
      throw new AssertionError("UTF-8 is always there", e);
    }
  }
}
