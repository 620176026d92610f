package nl.wotpoort.mime;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Words made comparable: case, accents, spacing and a closing full stop make no difference. */
final class Wording {

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern EVERYBODY =
      Pattern.compile(".*\\b(wot|gp|gem|gi):\\*", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  private static final String QUOTES = "\"'“”„‟‘’‚«»";

  private Wording() {}

  static String key(String words) {
    String lower = withoutMarks(words).toLowerCase(Locale.ROOT).replace('’', '\'');
    String single = singleSpaced(lower).strip();
    int end = single.length();
    while (end > 0 && " .;,!".indexOf(single.charAt(end - 1)) >= 0) {
      end--;
    }
    return single.substring(0, end);
  }

  private static String withoutMarks(String words) {
    return EncodedWords.isAscii(words)
        ? words
        : MARKS.matcher(Normalizer.normalize(words, Normalizer.Form.NFKD)).replaceAll("");
  }

  /** White space of any kind and length as one space. */
  static String singleSpaced(String text) {
    StringBuilder single = new StringBuilder(text.length());
    boolean afterSpace = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean space = (c >= '\t' && c <= '\r') || Character.isSpaceChar(c);
      if (!space) {
        single.append(c);
      } else if (!afterSpace) {
        single.append(' ');
      }
      afterSpace = space;
    }
    return single.toString();
  }

  /**
   * Every kind of space as a space, none at the end; bold marks around the whole are dropped. The
   * star of {@code wot:*} is none: nothing before it opened it.
   */
  static String tidy(String value) {
    String spaced = singleSpaced(value).strip();
    int from = 0;
    int to = spaced.length();
    while (from < to && isBoldMark(spaced.charAt(from))) {
      from++;
    }
    boolean everybody = from == 0 && spaced.endsWith(":*") && EVERYBODY.matcher(spaced).matches();
    while (!everybody && to > from && isBoldMark(spaced.charAt(to - 1))) {
      to--;
    }
    return spaced.substring(from, to).strip();
  }

  /** Tidy, and without quotation marks at either end. */
  static String unquoted(String text) {
    String tidy = tidy(text);
    int from = 0;
    int to = tidy.length();
    while (from < to && isQuote(tidy.charAt(from))) {
      from++;
    }
    while (to > from && isQuote(tidy.charAt(to - 1))) {
      to--;
    }
    return tidy.substring(from, to).strip();
  }

  static boolean isQuote(char c) {
    return QUOTES.indexOf(c) >= 0;
  }

  static boolean isBoldMark(char c) {
    return c == '*' || c == '_';
  }
}
