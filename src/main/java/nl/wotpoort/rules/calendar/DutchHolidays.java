package nl.wotpoort.rules.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Set;

/**
 * The days on which a Dutch municipality is closed, computed: New Year's Day, Easter Sunday and
 * Monday, King's Day (the 26th of April when the 27th is a Sunday), Liberation Day every fifth
 * year, Ascension Day, Whit Sunday and Monday, both Christmas days (Cao Gemeenten, "feestdagen").
 * Good Friday is none of them, and asked apart. For the years 1900 to 4099. Stateless.
 */
public final class DutchHolidays {

  private static final Set<MonthDay> FIXED =
      Set.of(MonthDay.of(1, 1), MonthDay.of(12, 25), MonthDay.of(12, 26));

  private DutchHolidays() {}

  /** Whether the municipality is closed on that day because of a holiday. */
  public static boolean isHoliday(LocalDate day) {
    if (FIXED.contains(MonthDay.from(day)) || day.equals(kingsDay(day.getYear()))) {
      return true;
    }
    if (day.equals(LocalDate.of(day.getYear(), 5, 5))) {
      return day.getYear() % 5 == 0;
    }
    LocalDate easter = easter(day.getYear());
    return day.equals(easter)
        || day.equals(easter.plusDays(1))
        || day.equals(easter.plusDays(39))
        || day.equals(easter.plusDays(49))
        || day.equals(easter.plusDays(50));
  }

  /** The Friday before Easter. */
  public static boolean isGoodFriday(LocalDate day) {
    return day.equals(easter(day.getYear()).minusDays(2));
  }

  private static LocalDate kingsDay(int year) {
    LocalDate day = LocalDate.of(year, 4, 27);
    return day.getDayOfWeek() == DayOfWeek.SUNDAY ? day.minusDays(1) : day;
  }

  /** The Gregorian computus as in Meeus, Astronomical Algorithms, chapter 8. */
  static LocalDate easter(int year) {
    int a = year % 19;
    int b = year / 100;
    int c = year % 100;
    int d = b / 4;
    int e = b % 4;
    int f = (b + 8) / 25;
    int g = (b - f + 1) / 3;
    int h = (19 * a + b - d - g + 15) % 30;
    int i = c / 4;
    int k = c % 4;
    int l = (32 + 2 * e + 2 * i - h - k) % 7;
    int m = (a + 11 * h + 22 * l) / 451;
    int n = h + l - 7 * m + 114;
    return LocalDate.of(year, n / 31, n % 31 + 1);
  }
}
