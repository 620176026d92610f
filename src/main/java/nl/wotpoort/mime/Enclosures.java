package nl.wotpoort.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nl.wotpoort.letter.Attachment;

/**
 * The files that came with a letter and that its text does not name: a file nobody speaks of may
 * have come along by mistake. A name counts where the sender wrote it himself, not in what he
 * quotes. Stateless and thread-safe.
 */
public final class Enclosures {

  private static final List<String> OUR_OWN =
      List.of("application/json", "application/vnd.wotpoort+json");

  private Enclosures() {}

  /**
   * Their places in the letter, from 1. The JSON form is the letter itself; what it lists it names.
   */
  public static List<Integer> unannounced(Reading reading) {
    String own = String.join("\n", OwnLines.of(reading.text().reveal())).toLowerCase(Locale.ROOT);
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < reading.attachments().size(); i++) {
      Attachment file = reading.attachments().get(i);
      String name = file.name().reveal().strip().toLowerCase(Locale.ROOT);
      boolean named = !name.isEmpty() && own.contains(name);
      boolean listed = reading.announced().contains(file.sha256());
      if (!named && !listed && !OUR_OWN.contains(file.mediaType())) {
        places.add(i + 1);
      }
    }
    return List.copyOf(places);
  }
}
