package nl.wotpoort.settings;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/**
 * Something an administrator must mend. {@code file} is the name as he knows it, {@code line}
 * counts from 1; {@code arguments} never hold a secret.
 */
public record Problem(
    Severity severity, String file, int line, String code, List<String> arguments) {

  /** An ERROR stops the start or the change; with a WARNING things go on. */
  public enum Severity {
    ERROR,
    WARNING
  }

  /** In the order a person walks through the files. */
  public static final Comparator<Problem> IN_FILE_ORDER =
      Comparator.comparing(Problem::file)
          .thenComparing(Problem::line)
          .thenComparing(Problem::code)
          .thenComparing(p -> p.arguments().toString());

  public Problem {
    arguments = List.copyOf(arguments);
  }

  static Problem error(String file, int line, String code, Object... arguments) {
    return new Problem(Severity.ERROR, file, line, code, texts(arguments));
  }

  static Problem warning(String file, int line, String code, Object... arguments) {
    return new Problem(Severity.WARNING, file, line, code, texts(arguments));
  }

  private static List<String> texts(Object... arguments) {
    return Arrays.stream(arguments).map(Object::toString).toList();
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** What is wrong. */
  public String what(Language language) {
    return Texts.of("settings", language).say(code + ".what", arguments.toArray());
  }

  /** What to do about it. */
  public String remedy(Language language) {
    return Texts.of("settings", language).say(code + ".remedy", arguments.toArray());
  }

  /** File, line, what and remedy, on one line. */
  public String say(Language language) {
    return file + ":" + line + ": " + what(language) + " " + remedy(language);
  }
}
