package nl.wotpoort.texts;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sentences of one room in one language. Immutable and thread-safe. A key without a sentence is
 * our own bug and throws {@link AssertionError}; a test holds every key of every bundle in both
 * languages.
 */
public final class Texts {

  /**
   * Bundles without a suffix are Dutch: the machine's own locale must never choose what a GP reads.
   */
  private static final ResourceBundle.Control NO_FALLBACK =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  /** Each sentence taken apart once. */
  private static final Map<String, MessageFormat> FORMATS = new ConcurrentHashMap<>();

  private final ResourceBundle bundle;

  private Texts(ResourceBundle bundle) {
    this.bundle = bundle;
  }

  /** The sentences of {@code room}, the name of a bundle file. */
  public static Texts of(String room, Language language) {
    return new Texts(
        ResourceBundle.getBundle("nl.wotpoort.texts." + room, language.locale(), NO_FALLBACK));
  }

  /**
   * The sentence under {@code key} with {@code arguments} filled in at {0}, {1}, … (MessageFormat;
   * a quote is written twice).
   */
  public String say(String key, Object... arguments) {
    Object[] plain = Arrays.stream(arguments).map(Object::toString).toArray();
    MessageFormat format =
        FORMATS.computeIfAbsent(sentence(key), words -> new MessageFormat(words, Locale.ROOT));
    // one thread at a time may use a format, so each takes a copy
    return ((MessageFormat) format.clone()).format(plain);
  }

  public boolean has(String key) {
    return bundle.containsKey(key);
  }

  public Set<String> keys() {
    return bundle.keySet();
  }

  private String sentence(String key) {
    try {
      return bundle.getString(key);
    } catch (MissingResourceException e) {
      throw new AssertionError("no sentence for " + key, e);
    }
  }
}
