package nl.wotpoort.settings;

import java.util.Arrays;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/**
 * The policy file cannot be used: where the mistake is and what to do. Permanent until somebody
 * edits the file. The message is Dutch; {@link #say} gives it in either language.
 */
public final class PolicyFileException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String file;
  private final int line;
  private final String key;
  private final String[] arguments;

  PolicyFileException(String file, int line, String key, String... arguments) {
    super(sentence(Language.NL, file, line, key, arguments));
    this.file = file;
    this.line = line;
    this.key = key;
    this.arguments = arguments.clone();
  }

  /** The file as it was named to the reader. */
  public String file() {
    return file;
  }

  /** The line, counted from 1; 0 when it is about the file as a whole. */
  public int line() {
    return line;
  }

  /** One sentence: file, line, what is wrong and the remedy. */
  public String say(Language language) {
    return sentence(language, file, line, key, arguments);
  }

  private static String sentence(
      Language language, String file, int line, String key, String[] arguments) {
    Texts texts = Texts.of("policy", language);
    String problem = texts.say(key, Arrays.copyOf(arguments, arguments.length, Object[].class));
    return line == 0
        ? texts.say("inFile", file, problem)
        : texts.say("atLine", file, Integer.toString(line), problem);
  }
}
