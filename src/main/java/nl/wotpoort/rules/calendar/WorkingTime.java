package nl.wotpoort.rules.calendar;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Set;
import nl.wotpoort.rules.consent.Moment;

/**
 * The hours in which the teams work, in Europe/Amsterdam: on working days from {@code opens} to
 * {@code closes}. What comes in outside those hours counts as come in when the office opens again.
 * Immutable; pure.
 *
 * @param alsoClosed days on which the organisation is closed beside weekends and holidays
 * @param goodFriday the one day on which municipalities differ
 */
public record WorkingTime(
    LocalTime opens, LocalTime closes, Set<LocalDate> alsoClosed, GoodFriday goodFriday) {

  /** Whether people work on Good Friday. */
  public enum GoodFriday {
    OPEN,
    CLOSED
  }

  /** Office hours of the teams: weekdays 08:00–20:00, and Good Friday as any other. */
  public static WorkingTime usual() {
    return new WorkingTime(LocalTime.of(8, 0), LocalTime.of(20, 0), Set.of(), GoodFriday.OPEN);
  }

  public WorkingTime {
    alsoClosed = Set.copyOf(alsoClosed);
    if (!opens.isBefore(closes)) {
      throw new IllegalArgumentException("an office opens before it closes");
    }
  }

  public boolean isWorkingDay(LocalDate day) {
    return day.getDayOfWeek() != DayOfWeek.SATURDAY
        && day.getDayOfWeek() != DayOfWeek.SUNDAY
        && !DutchHolidays.isHoliday(day)
        && !(goodFriday == GoodFriday.CLOSED && DutchHolidays.isGoodFriday(day))
        && !alsoClosed.contains(day);
  }

  /** The working day something that came in at {@code moment} counts for. */
  public LocalDate dayOf(Instant moment) {
    LocalDate day = dateOf(moment);
    boolean inTime = moment.isBefore(closing(day));
    return isWorkingDay(day) && inTime ? day : next(day);
  }

  /** The {@code days}th working day after the one {@code from} counts for; 0 is that day itself. */
  public LocalDate workingDay(Instant from, int days) {
    LocalDate day = dayOf(from);
    for (int left = days; left > 0; left--) {
      day = next(day);
    }
    return day;
  }

  /** When the office opens on a day. */
  public Instant opening(LocalDate day) {
    return day.atTime(opens).atZone(Moment.AMSTERDAM).toInstant();
  }

  /** When it closes. */
  public Instant closing(LocalDate day) {
    return day.atTime(closes).atZone(Moment.AMSTERDAM).toInstant();
  }

  /** How long the office was open between two moments; zero when the second is not later. */
  public Duration between(Instant from, Instant to) {
    Duration open = Duration.ZERO;
    LocalDate last = dateOf(to);
    for (LocalDate day = dateOf(from); !day.isAfter(last); day = day.plusDays(1)) {
      if (isWorkingDay(day)) {
        Instant start = later(from, opening(day));
        Instant end = to.isBefore(closing(day)) ? to : closing(day);
        open = start.isBefore(end) ? open.plus(Duration.between(start, end)) : open;
      }
    }
    return open;
  }

  private LocalDate next(LocalDate after) {
    LocalDate day = after.plusDays(1);
    while (!isWorkingDay(day)) {
      day = day.plusDays(1);
    }
    return day;
  }

  private static LocalDate dateOf(Instant moment) {
    return moment.atZone(Moment.AMSTERDAM).toLocalDate();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
