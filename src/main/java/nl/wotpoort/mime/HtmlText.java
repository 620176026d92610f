package nl.wotpoort.mime;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes the text out of HTML, for labels and for a reader without HTML. Never renders, never
 * follows a link, knows no styles: an element that a browser would hide is shown here, which is the
 * safe side. Quoted blocks get {@code >} marks, table cells a tab between them. One pass, linear.
 */
final class HtmlText {

  private static final Set<String> BLOCKS =
      Set.of(
          "p",
          "div",
          "tr",
          "table",
          "ul",
          "ol",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "hr",
          "pre",
          "blockquote",
          "section",
          "article",
          "header",
          "footer",
          "dl",
          "dt",
          "dd",
          "form",
          "li");

  /** Elements with an empty line around them in every mail program. */
  private static final Set<String> PARAGRAPHS =
      Set.of("p", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote");

  /** What somebody crossed out stays legible as such: "kan ~~niet~~ ondersteunen". */
  private static final Set<String> STRUCK = Set.of("s", "strike", "del");

  private static final Pattern STRUCK_TAG =
      Pattern.compile("<(s|strike|del)(\\s[^>]{0,500})?>", Pattern.CASE_INSENSITIVE);

  private static final Set<String> UNREAD = Set.of("script", "style", "head", "title", "template");

  private static final Map<String, String> ENTITIES =
      Map.ofEntries(
          Map.entry("amp", "&"),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("quot", "\""),
          Map.entry("apos", "'"),
          Map.entry("nbsp", " "),
          Map.entry("euml", "ë"),
          Map.entry("iuml", "ï"),
          Map.entry("eacute", "é"),
          Map.entry("egrave", "è"),
          Map.entry("euro", "€"),
          Map.entry("uuml", "ü"),
          Map.entry("ouml", "ö"),
          Map.entry("auml", "ä"),
          Map.entry("ccedil", "ç"),
          Map.entry("rsquo", "’"),
          Map.entry("lsquo", "‘"),
          Map.entry("ndash", "–"),
          Map.entry("mdash", "—"),
          Map.entry("bull", "•"),
          Map.entry("middot", "·"));

  private static final int DEEPEST_QUOTE = 20;
  private static final int LONGEST_ENTITY = 10;

  private final String html;
  private final StringBuilder text = new StringBuilder();
  private int at;
  private int quotes;
  private boolean lineOpen;
  private boolean spaceDue;

  private HtmlText(String html) {
    this.html = html;
  }

  static String of(String html) {
    return new HtmlText(html).read();
  }

  /** Whether something in it is crossed out, which plain text cannot show. */
  static boolean hasStruck(String html) {
    return STRUCK_TAG.matcher(html).find();
  }

  private String read() {
    while (at < html.length()) {
      char c = html.charAt(at);
      if (c == '<' && isMarkup()) {
        markup();
      } else if (c == '&') {
        entity();
      } else {
        character(c);
        at++;
      }
    }
    return text.toString().strip();
  }

  private boolean isMarkup() {
    char next = at + 1 < html.length() ? html.charAt(at + 1) : ' ';
    return Character.isLetter(next) || next == '/' || next == '!' || next == '?';
  }

  private void markup() {
    if (html.startsWith("<!--", at)) {
      int end = html.indexOf("-->", at + 4);
      at = end < 0 ? html.length() : end + 3;
      return;
    }
    int end = endOfTag();
    boolean closing = html.charAt(at + 1) == '/';
    String name = nameFrom(closing ? at + 2 : at + 1);
    at = end;
    if (!closing && UNREAD.contains(name)) {
      passOver(name);
    } else {
      tag(name, closing);
    }
  }

  /** Quotes around attribute values may hold a {@code >}. */
  private int endOfTag() {
    char quote = 0;
    for (int i = at + 1; i < html.length(); i++) {
      char c = html.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if ((c == '"' || c == '\'') && html.charAt(i - 1) == '=') {
        quote = c;
      } else if (c == '>') {
        return i + 1;
      }
    }
    return html.length();
  }

  private String nameFrom(int start) {
    int end = start;
    while (end < html.length() && end - start < 20 && Character.isLetterOrDigit(html.charAt(end))) {
      end++;
    }
    return html.substring(start, end).toLowerCase(Locale.ROOT);
  }

  private void passOver(String name) {
    String closing = "</" + name;
    int from = at;
    while (from < html.length()) {
      int tag = html.indexOf('<', from);
      if (tag < 0) {
        break;
      }
      if (html.regionMatches(true, tag, closing, 0, closing.length())) {
        at = tag;
        at = endOfTag();
        return;
      }
      from = tag + 1;
    }
    at = html.length();
  }

  private void tag(String name, boolean closing) {
    if (name.equals("br")) {
      newLine();
    } else if (STRUCK.contains(name)) {
      append("~~");
    } else if (name.equals("td") || name.equals("th")) {
      if (!closing && lineOpen) {
        text.append('\t');
        spaceDue = false;
      }
    } else if (BLOCKS.contains(name)) {
      block(name, closing);
    }
  }

  private void block(String name, boolean closing) {
    if (lineOpen) {
      newLine();
    }
    if (PARAGRAPHS.contains(name) && !endsInEmptyLine()) {
      text.append('\n');
    }
    if (name.equals("blockquote")) {
      quotes = closing ? Math.max(0, quotes - 1) : Math.min(DEEPEST_QUOTE, quotes + 1);
    }
    if (name.equals("li") && !closing) {
      append("-");
      spaceDue = true;
    }
  }

  private boolean endsInEmptyLine() {
    return text.length() < 2 || text.charAt(text.length() - 2) == '\n';
  }

  private void newLine() {
    text.append('\n');
    lineOpen = false;
    spaceDue = false;
  }

  private void entity() {
    int end = at + 1;
    while (end < html.length() && end - at < LONGEST_ENTITY && html.charAt(end) != ';') {
      end++;
    }
    if (end < html.length() && html.charAt(end) == ';') {
      String meant = meaning(html.substring(at + 1, end));
      if (!meant.isEmpty()) {
        meant.chars().forEach(c -> character((char) c));
        at = end + 1;
        return;
      }
    }
    character('&');
    at++;
  }

  private static String meaning(String name) {
    if (!name.startsWith("#")) {
      return ENTITIES.getOrDefault(name, "");
    }
    boolean hex = name.length() > 1 && (name.charAt(1) == 'x' || name.charAt(1) == 'X');
    String digits = name.substring(hex ? 2 : 1);
    if (!digits.matches(hex ? "[0-9A-Fa-f]{1,6}" : "[0-9]{1,7}")) {
      return "";
    }
    int code = Integer.parseInt(digits, hex ? 16 : 10);
    boolean meaningful =
        Character.isValidCodePoint(code) && (code < 0xd800 || code > 0xdfff) && code != 0;
    return meaningful ? Controls.removeFromText(Character.toString(code)) : "";
  }

  private void character(char c) {
    if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
      spaceDue = lineOpen;
    } else {
      append(String.valueOf(c));
    }
  }

  private void append(String visible) {
    if (!lineOpen) {
      text.append(">".repeat(quotes)).append(quotes > 0 ? " " : "");
      lineOpen = true;
    } else if (spaceDue) {
      text.append(' ');
    }
    spaceDue = false;
    text.append(visible);
  }
}
