package nl.wotpoort.rules.judge;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Worker;
import nl.wotpoort.letter.Confidential;

/**
 * Finds the worker somebody wrote down: by name, in full or with an initial, by mail address or by
 * id in the directory.
 */
public final class ContactPersons {

  private ContactPersons() {}

  /**
   * The one worker meant; empty when nobody is, when it could be two, or when he has left. What
   * stands behind a comma or between brackets ("Sanne Jansen, team Oost") is not looked at.
   */
  public static Optional<Worker> named(
      Directory directory, Optional<Confidential<String>> written, LocalDate day) {
    if (written.isEmpty()) {
      return Optional.empty();
    }
    String text = key(written.get().reveal().split("[,(<;]", 2)[0]);
    List<Worker> meant =
        directory.workers().stream()
            .filter(worker -> worker.presenceOn(day) != Worker.Presence.LEFT)
            .filter(worker -> isCalled(worker, text))
            .toList();
    return meant.size() == 1 ? Optional.of(meant.get(0)) : Optional.empty();
  }

  private static boolean isCalled(Worker worker, String text) {
    String name = key(worker.name().reveal());
    return name.equals(text)
        || withInitial(name).equals(text.replaceFirst("^(\\p{L})\\.? ", "$1. "))
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

  private static String key(String text) {
    return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }
}
