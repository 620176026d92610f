package nl.wotpoort.rules;

import java.util.Arrays;
import java.util.List;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/**
 * What one rule found. {@code room} names the bundle of sentences, {@code code} the sentence in it,
 * {@code arguments} what it mentions: ids, codes and counts, never a client's data and never a
 * person's name, because findings go into the journal and onto screens.
 */
public record Finding(String room, String code, List<String> arguments) {

  public Finding {
    arguments = List.copyOf(arguments);
  }

  public static Finding of(String room, String code, Object... arguments) {
    return new Finding(room, code, Arrays.stream(arguments).map(Object::toString).toList());
  }

  /** The sentence, for people. */
  public String say(Language language) {
    return Texts.of(room, language).say(code, arguments.toArray());
  }
}
