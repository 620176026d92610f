package nl.wotpoort.mime;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** RFC 2047 words in header fields, undone and made. */
final class EncodedWords {

  private static final String BEGIN = "=?UTF-8?Q?";
  private static final String END = "?=";

  /** Of what stands between them: a word is at most 75 characters. */
  private static final int LONGEST = 75 - BEGIN.length() - END.length();

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

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

  /**
   * One header value, ASCII, in words where it must be; control characters dropped, not folded.
   * {@link MimeUtility} does the same, but looks through the class path for its codec at each word.
   */
  static String encode(String text) {
    String line = Controls.removeFromLine(text);
    return isAscii(line) ? line : String.join(" ", words(line));
  }

  static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 128) {
        return false;
      }
    }
    return true;
  }

  /** A character is never divided over two words (RFC 2047 §5). */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    line.codePoints()
        .mapToObj(EncodedWords::quoted)
        .forEach(
            character -> {
              if (word.length() + character.length() > LONGEST) {
                words.add(BEGIN + word + END);
                word.setLength(0);
              }
              word.append(character);
            });
    words.add(BEGIN + word + END);
    return words;
  }

  /** As in a Q word (RFC 2047 §4.2) that may also stand in a phrase (§5, rule 3). */
  private static String quoted(int character) {
    if (character == ' ') {
      return "_";
    }
    if (character < 128
        && (Character.isLetterOrDigit(character) || "!*+-/".indexOf(character) >= 0)) {
      return Character.toString(character);
    }
    StringBuilder quoted = new StringBuilder();
    for (byte b : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
      quoted.append('=').append(HEX.toHexDigits(b));
    }
    return quoted.toString();
  }
}
