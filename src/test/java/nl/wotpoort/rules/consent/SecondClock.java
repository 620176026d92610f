package nl.wotpoort.rules.consent;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** The moment judged, for the second reading: midnights are compared, where the policy has days. */
final class SecondClock {

  private final Instant instant;
  private final ZonedDateTime now;

  SecondClock(Instant instant) {
    this.instant = instant;
    this.now = instant.atZone(ZoneId.of("Europe/Amsterdam"));
  }

  LocalDate today() {
    return now.toLocalDate();
  }

  boolean begun(Moment moment) {
    return moment instanceof Moment.Day day
        ? now.compareTo(day.date().atStartOfDay(now.getZone())) >= 0
        : instant.compareTo(((Moment.At) moment).instant()) >= 0;
  }

  boolean over(Moment moment) {
    if (moment instanceof Moment.Day day) {
      return now.compareTo(day.date().plusDays(1).atStartOfDay(now.getZone())) >= 0;
    }
    Instant end = ((Moment.At) moment).instant();
    return instant.compareTo(Instant.ofEpochSecond(end.getEpochSecond() + 1)) >= 0;
  }
}
