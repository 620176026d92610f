package nl.wotpoort.settings;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import nl.wotpoort.rules.calendar.Deadlines;
import nl.wotpoort.rules.calendar.WorkingTime;

/** Reads when the teams are at work ({@code office.*}) and their norms ({@code deadlines.*}). */
final class OfficeSettings {

  private static final int MOST = 60;

  private static final Map<String, WorkingTime.GoodFriday> GOOD_FRIDAY =
      Map.of("open", WorkingTime.GoodFriday.OPEN, "closed", WorkingTime.GoodFriday.CLOSED);

  private final PropertyAsker ask;

  OfficeSettings(PropertyAsker ask) {
    this.ask = ask;
  }

  Settings.Office office() {
    return new Settings.Office(hours(), deadlines());
  }

  private WorkingTime hours() {
    WorkingTime usual = WorkingTime.usual();
    LocalTime opens = time("office.opens", "08:00").orElse(usual.opens());
    LocalTime closes = time("office.closes", "20:00").orElse(usual.closes());
    Set<LocalDate> closed = days("office.closed");
    WorkingTime.GoodFriday friday =
        ask.choice("office.goodFriday", GOOD_FRIDAY, usual.goodFriday()).orElse(usual.goodFriday());
    if (!opens.isBefore(closes)) {
      ask.wrong("office.opens", "OFFICE_NEVER_OPEN");
      return usual;
    }
    return new WorkingTime(opens, closes, closed, friday);
  }

  private Deadlines deadlines() {
    Deadlines usual =
        Deadlines.within(ask.number("deadlines.firstContact", 1, MOST).orElse(Deadlines.NORM));
    int worker = ask.number("deadlines.remindWorker", 1, MOST).orElse(usual.remindWorker());
    int coordinator =
        ask.number("deadlines.remindCoordinator", 1, MOST).orElse(usual.remindCoordinator());
    int referrer = ask.number("deadlines.tellReferrer", 1, MOST).orElse(usual.tellReferrer());
    try {
      return new Deadlines(usual.firstContact(), worker, coordinator, referrer);
    } catch (IllegalArgumentException e) {
      ask.wrong("deadlines.", "DEADLINES_ORDER");
      return usual;
    }
  }

  private Optional<LocalTime> time(String key, String example) {
    return ask.text(key).flatMap(text -> parsed(key, text, LocalTime::parse, example));
  }

  private Set<LocalDate> days(String key) {
    Set<LocalDate> days = new LinkedHashSet<>();
    for (String part : ask.text(key).orElse("").split(",")) {
      if (!part.isBlank()) {
        parsed(key, part.strip(), LocalDate::parse, "2026-05-15").ifPresent(days::add);
      }
    }
    return days;
  }

  private <T> Optional<T> parsed(
      String key, String text, Function<String, T> parser, String example) {
    try {
      return Optional.of(parser.apply(text));
    } catch (DateTimeParseException e) {
      ask.wrong(key, "VALUE_NOT_TIME", key, example);
      return Optional.empty();
    }
  }
}
