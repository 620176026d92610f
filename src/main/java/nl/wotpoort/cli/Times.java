package nl.wotpoort.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import nl.wotpoort.rules.consent.Moment;

/** Moments as people write and read them: Dutch time unless an offset is given. */
final class Times {

  private static final int DATE_LENGTH = 10;
  private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("dd-MM-yyyy HH:mm");

  private Times() {}

  /**
   * A date with a time, seconds or none, with an offset or else in Dutch time; a date alone is its
   * first moment. Throws DateTimeException for anything else.
   */
  static Instant instant(String text) {
    if (text.length() <= DATE_LENGTH) {
      return LocalDate.parse(text).atStartOfDay(Moment.AMSTERDAM).toInstant();
    }
    TemporalAccessor time =
        DateTimeFormatter.ISO_DATE_TIME.parseBest(text, ZonedDateTime::from, LocalDateTime::from);
    return time instanceof LocalDateTime local
        ? local.atZone(Moment.AMSTERDAM).toInstant()
        : ((ZonedDateTime) time).toInstant();
  }

  static LocalDate day(Instant moment) {
    return moment.atZone(Moment.AMSTERDAM).toLocalDate();
  }

  static String shown(Instant moment) {
    return SHOWN.format(moment.atZone(Moment.AMSTERDAM));
  }
}
