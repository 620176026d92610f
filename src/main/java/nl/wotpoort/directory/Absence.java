package nl.wotpoort.directory;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Days away, the first and the last one included; without {@code until} no end is known. {@code
 * substitute} takes the mail meanwhile.
 */
public record Absence(LocalDate from, Optional<LocalDate> until, Optional<WorkerId> substitute) {

  public Absence {
    if (until.isPresent() && until.get().isBefore(from)) {
      throw new IllegalArgumentException("an absence ends before it begins");
    }
  }

  public boolean covers(LocalDate day) {
    return !day.isBefore(from) && until.map(last -> !day.isAfter(last)).orElse(true);
  }
}
