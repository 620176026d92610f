package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/**
 * Where a command prints. Names in certificates and headers are strangers' text: characters that
 * steer a terminal or turn the reading direction never reach it.
 */
final class Screen {

  private final PrintWriter out;
  private final PrintWriter err;
  private final Language language;
  private final boolean json;
  private final Texts texts;

  Screen(PrintWriter out, PrintWriter err, Language language, boolean json) {
    this.out = out;
    this.err = err;
    this.language = language;
    this.json = json;
    this.texts = Texts.of("cli", language);
  }

  Language language() {
    return language;
  }

  /** Whether the reader is a machine. */
  boolean isJson() {
    return json;
  }

  /** A sentence of the bundle. */
  String text(String key, Object... arguments) {
    return texts.say(key, arguments);
  }

  /** The sentence under {@code key}, or {@code otherwise} for a code that has none yet. */
  String textOr(String key, String otherwise) {
    return texts.has(key) ? texts.say(key) : otherwise;
  }

  void say(String key, Object... arguments) {
    line(text(key, arguments));
  }

  /** A sentence of the bundle, belonging to the one above it. */
  void below(String key, Object... arguments) {
    line("  " + text(key, arguments));
  }

  void line(String text) {
    out.println(harmless(text));
    out.flush();
  }

  /** Without a line end, for a question. */
  void ask(String text) {
    out.print(harmless(text) + " ");
    out.flush();
  }

  /** Beside the result: what is wrong, or worth knowing. */
  void aside(String text) {
    err.println(harmless(text));
    err.flush();
  }

  void json(JsonNode node) {
    out.println(Json.text(node));
    out.flush();
  }

  /** For {@code --debug}. */
  void trace(Throwable bug) {
    bug.printStackTrace(err);
    err.flush();
  }

  private static String harmless(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().forEach(c -> clean.appendCodePoint(steers(c) ? 0xFFFD : c));
    return clean.toString();
  }

  private static boolean steers(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE;
  }
}
