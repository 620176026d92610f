package nl.wotpoort.directory;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Confidential;

/**
 * Somebody at a practice. {@code addresses} holds at least one, the first being the one to write
 * to. A locum has the days between which he is one, both included.
 */
public record Professional(
    String id,
    Confidential<String> name,
    Kind kind,
    Optional<String> agb,
    List<Address> addresses,
    List<Path> certificates,
    Optional<LocalDate> from,
    Optional<LocalDate> until) {

  /** What somebody is at the practice. */
  public enum Kind {
    GP,
    LOCUM,
    ASSISTANT
  }

  public Professional {
    Slug.check(id);
    addresses = List.copyOf(addresses);
    certificates = List.copyOf(certificates);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("a professional without an address");
    }
  }

  public boolean isActiveOn(LocalDate day) {
    return from.map(first -> !day.isBefore(first)).orElse(true)
        && until.map(last -> !day.isAfter(last)).orElse(true);
  }
}
