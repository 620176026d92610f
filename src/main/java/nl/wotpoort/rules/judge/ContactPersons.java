package nl.wotpoort.rules.judge;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Worker;
import nl.wotpoort.letter.Confidential;

/**
 * Finds the worker somebody wrote down: by name, in full or with an initial, by mail address or by
 * id in the directory.
 */
public final class ContactPersons {

  private static final Pattern AFTER_THE_NAME =
      Pattern.compile(
          "[,(<;|/\\[]|\\s[-–—]\\s|\\s*(?:tel\\b|\\+?[0-9]{2})", Pattern.CASE_INSENSITIVE);

  private static final Pattern TITLE =
      Pattern.compile("^(?:(?:mw|mevr|mevrouw|dhr|hr|de heer|meneer|drs|mr|dr|ms|mrs)\\b\\.? ?)+");

  private ContactPersons() {}

  /**
   * The one worker meant; empty when nobody is, when it could be two, or when he has left. A title
   * before the name, and what follows it behind a comma, a dash, a bracket or as a telephone number
   * ("mw. Sanne Jansen, team Oost"), is not looked at. "Jansen, Sanne" is the same person.
   */
  public static Optional<Worker> named(
      Directory directory, Optional<Confidential<String>> written, LocalDate day) {
    if (written.isEmpty()) {
      return Optional.empty();
    }
    Set<String> names = names(written.get().reveal());
    List<Worker> meant =
        directory.workers().stream()
            .filter(worker -> worker.presenceOn(day) != Worker.Presence.LEFT)
            .filter(worker -> names.stream().anyMatch(name -> isCalled(worker, name)))
            .toList();
    return meant.size() == 1 ? Optional.of(meant.get(0)) : Optional.empty();
  }

  private static Set<String> names(String written) {
    Set<String> names = new LinkedHashSet<>();
    names.add(key(written));
    names.add(bare(written));
    String[] parts = written.split(",", 3);
    if (parts.length > 1) {
      names.add(bare(parts[1]) + " " + bare(parts[0]));
    }
    names.remove("");
    return names;
  }

  private static String bare(String written) {
    String name = AFTER_THE_NAME.split(written, 2)[0];
    return TITLE.matcher(key(name)).replaceFirst("");
  }

  private static boolean isCalled(Worker worker, String text) {
    String name = key(worker.name().reveal());
    return name.equals(text)
        || withInitial(name).equals(text.replaceFirst("^(\\p{L})\\.? ?(?=\\p{L}{2})", "$1. "))
        || worker.id().value().equals(text)
        || worker.address().map(address -> address.toString().equals(text)).orElse(false)
        || worker
            .delivery()
            .map(delivery -> delivery.address().toString().equals(text))
            .orElse(false);
  }

  /** "sanne jansen" as "s. jansen". */
  private static String withInitial(String name) {
    return name.replaceFirst("^(\\p{L})\\S* ", "$1. ");
  }

  /** Without accents, which people leave out, and without the full stop that ends a line. */
  private static String key(String text) {
    String plain =
        Normalizer.normalize(text, Normalizer.Form.NFKD)
            .replaceAll("\\p{M}+", "")
            .replace('\u2019', '\'');
    return plain
        .replaceAll("[\\s\\p{Z}]+", " ")
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceFirst("(?<=\\p{L}{2})[.!]+$", "");
  }
}
