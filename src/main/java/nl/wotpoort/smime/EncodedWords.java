package nl.wotpoort.smime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** RFC 2047, as far as comparing needs it: what a mail program would show for a field's text. */
final class EncodedWords {

  private static final Pattern WORD =
      Pattern.compile("=\\?([^?*\\s]{1,40})(?:\\*[^?\\s]{0,20})?\\?([bBqQ])\\?([^?]{0,998})\\?=");
  private static final Pattern BETWEEN = Pattern.compile("\\?=\\s+=\\?");

  private EncodedWords() {}

  /** Empty when a word is in a charset or encoding that cannot be read, so nobody knows. */
  static Optional<String> decode(String text) {
    Matcher words = WORD.matcher(BETWEEN.matcher(text).replaceAll("?==?"));
    StringBuilder out = new StringBuilder();
    while (words.find()) {
      Optional<String> word = word(words.group(1), words.group(2), words.group(3));
      if (word.isEmpty()) {
        return Optional.empty();
      }
      words.appendReplacement(out, Matcher.quoteReplacement(word.get()));
    }
    words.appendTail(out);
    return Optional.of(out.toString());
  }

  private static Optional<String> word(String charset, String encoding, String text) {
    try {
      byte[] bytes =
          encoding.equalsIgnoreCase("b") ? Base64.getDecoder().decode(text.strip()) : q(text);
      return Optional.of(new String(bytes, Charset.forName(charset)));
    } catch (IllegalArgumentException e) {
      // bad base64, a name that is no charset, or one this Java does not have
      return Optional.empty();
    }
  }

  private static byte[] q(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '=' && i + 2 < bytes.length) {
        out.write(Character.digit(bytes[i + 1], 16) << 4 | Character.digit(bytes[i + 2], 16));
        i += 2;
      } else {
        out.write(bytes[i] == '_' ? ' ' : bytes[i]);
      }
    }
    return out.toByteArray();
  }
}
