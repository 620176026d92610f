package nl.wotpoort.rules.consent;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A point in a consent's period: a date (that whole day in Europe/Amsterdam) or an instant (to the
 * second, inclusive).
 */
public sealed interface Moment {

  ZoneId AMSTERDAM = ZoneId.of("Europe/Amsterdam");

  /** Whether something that starts at this moment has started at {@code now}. */
  boolean hasBegun(Instant now);

  /** Whether something that ends at this moment is over at {@code now}. */
  boolean isOver(Instant now);

  /** A whole day in Europe/Amsterdam. */
  record Day(LocalDate date) implements Moment {
    @Override
    public boolean hasBegun(Instant now) {
      return !now.isBefore(date.atStartOfDay(AMSTERDAM).toInstant());
    }

    @Override
    public boolean isOver(Instant now) {
      return !now.isBefore(date.plusDays(1).atStartOfDay(AMSTERDAM).toInstant());
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
