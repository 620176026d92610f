package nl.wotpoort.rules.consent;

import java.time.Instant;
import java.time.LocalDate;

/** The calendar of the policy: days in Europe/Amsterdam and ages in whole years. */
final class Days {

  private static final long SECONDS = 86_400;
  private static final long FIRST = (LocalDate.MIN.toEpochDay() + 1) * SECONDS;
  private static final long LAST = (LocalDate.MAX.toEpochDay() - 1) * SECONDS;

  private Days() {}

  /**
   * The day in Amsterdam on which {@code now} falls. Instants reach further than dates do; what
   * lies outside is brought to the edge, so that the policy never throws.
   */
  static LocalDate of(Instant now) {
    long second = Math.max(FIRST, Math.min(LAST, now.getEpochSecond()));
    return LocalDate.ofInstant(Instant.ofEpochSecond(second), Moment.AMSTERDAM);
  }

  /**
   * Whole years on {@code day}. Somebody born on 29 February turns a year older on 1 March when the
   * year has no such day; LocalDate.plusYears would say 28 February.
   */
  static int age(LocalDate born, LocalDate day) {
    boolean birthdayToCome =
        day.getMonthValue() < born.getMonthValue()
            || (day.getMonthValue() == born.getMonthValue()
                && day.getDayOfMonth() < born.getDayOfMonth());
    return day.getYear() - born.getYear() - (birthdayToCome ? 1 : 0);
  }
}
