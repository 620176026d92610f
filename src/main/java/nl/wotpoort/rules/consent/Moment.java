package nl.wotpoort.rules.consent;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A point in a consent's period: a date (that whole day in Europe/Amsterdam) or an instant (to the
 * second, inclusive). Immutable; no method throws, whatever the instant.
 */
public sealed interface Moment {

  ZoneId AMSTERDAM = ZoneId.of("Europe/Amsterdam");

  /** Whether something that starts at this moment has started at {@code now}. */
  boolean hasBegun(Instant now);

  /** Whether something that ends at this moment is over at {@code now}. */
  boolean isOver(Instant now);

  /** A whole day in Europe/Amsterdam. Days are compared, not midnights: DST then cannot matter. */
  record Day(LocalDate date) implements Moment {
    @Override
    public boolean hasBegun(Instant now) {
      return !Days.of(now).isBefore(date);
    }

    @Override
    public boolean isOver(Instant now) {
      return Days.of(now).isAfter(date);
    }
  }

  /** An instant, inclusive to that second. */
  record At(Instant instant) implements Moment {
    @Override
    public boolean hasBegun(Instant now) {
      return !now.isBefore(instant);
    }

    @Override
    public boolean isOver(Instant now) {
      return now.getEpochSecond() > instant.getEpochSecond();
    }
  }
}
