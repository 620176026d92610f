package nl.wotpoort.rules.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import nl.wotpoort.rules.consent.Moment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkingTimeTest {

  private static final WorkingTime HOURS = WorkingTime.usual();

  private static Instant at(String dutch) {
    return java.time.LocalDateTime.parse(dutch).atZone(Moment.AMSTERDAM).toInstant();
  }

  @ParameterizedTest
  @CsvSource({
    // a Monday in the morning, the usual week
    "2026-06-15T10:00, 0, 2026-06-15",
    "2026-06-15T10:00, 5, 2026-06-22",
    // before opening counts for that day, at closing time for the next
    "2026-06-15T06:00, 1, 2026-06-16",
    "2026-06-15T19:59, 1, 2026-06-16",
    "2026-06-15T20:00, 1, 2026-06-17",
    // Saturday counts as Monday
    "2026-06-13T12:00, 5, 2026-06-22",
    // over Easter Monday; Good Friday is a working day
    "2026-04-01T09:00, 5, 2026-04-09",
    // over Ascension Day, and Whit Monday
    "2026-05-13T09:00, 5, 2026-05-21",
    "2026-05-22T09:00, 1, 2026-05-26",
    // Christmas to the New Year
    "2026-12-23T09:00, 5, 2026-12-31",
    "2026-12-24T21:00, 1, 2026-12-29"
  })
  void countsWorkingDays(String from, int days, LocalDate expected) {
    assertThat(HOURS.workingDay(at(from), days)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-06-15T10:00, 2026-06-15T12:30, 150",
    "2026-06-15T19:00, 2026-06-16T09:00, 120",
    "2026-06-12T19:00, 2026-06-15T08:10, 70",
    "2026-06-13T09:00, 2026-06-14T21:00, 0",
    "2026-06-15T12:00, 2026-06-15T10:00, 0",
    // over the night in which the clock goes back, a Sunday: no hour more
    "2026-10-23T19:00, 2026-10-26T09:00, 120"
  })
  void countsOfficeHours(String from, String to, long minutes) {
    assertThat(HOURS.between(at(from), at(to)).toMinutes()).isEqualTo(minutes);
  }

  @Test
  void daysOfTheOrganisationsOwnCountAsWell() {
    WorkingTime bridge =
        new WorkingTime(
            LocalTime.of(9, 0),
            LocalTime.of(17, 0),
            Set.of(LocalDate.parse("2026-05-15")),
            WorkingTime.GoodFriday.OPEN);

    assertThat(bridge.workingDay(at("2026-05-13T10:00"), 1)).isEqualTo("2026-05-18");
    assertThat(bridge.opening(LocalDate.parse("2026-05-18"))).isEqualTo(at("2026-05-18T09:00"));
  }

  /** In 2026 on 3 April, in 2027 on 26 March, in 2028 on 14 April. */
  @Test
  void goodFridayIsAWorkingDayUnlessTheOrganisationSaysOtherwise() {
    WorkingTime closed =
        new WorkingTime(HOURS.opens(), HOURS.closes(), Set.of(), WorkingTime.GoodFriday.CLOSED);
    for (String day : List.of("2026-04-03", "2027-03-26", "2028-04-14")) {
      assertThat(HOURS.isWorkingDay(LocalDate.parse(day))).as(day).isTrue();
      assertThat(closed.isWorkingDay(LocalDate.parse(day))).as(day).isFalse();
      assertThat(closed.isWorkingDay(LocalDate.parse(day).minusDays(7))).as(day).isTrue();
    }
    // Thursday before Easter: the first working day after it is Tuesday
    assertThat(HOURS.workingDay(at("2026-04-02T10:00"), 1)).isEqualTo("2026-04-03");
    assertThat(closed.workingDay(at("2026-04-02T10:00"), 1)).isEqualTo("2026-04-07");
  }

  @Test
  void remindersComeInOrderWhenTheOfficeOpens() {
    Deadlines usual = Deadlines.usual();
    Instant from = at("2026-06-15T10:00");

    assertThat(usual.answerBy(from, HOURS)).isEqualTo("2026-06-22");
    assertThat(usual.due(Deadlines.Step.WORKER, from, HOURS)).isEqualTo(at("2026-06-19T08:00"));
    assertThat(usual.due(Deadlines.Step.COORDINATOR, from, HOURS))
        .isEqualTo(at("2026-06-22T08:00"));
    assertThat(usual.due(Deadlines.Step.REFERRER, from, HOURS)).isEqualTo(at("2026-06-23T08:00"));
    assertThatThrownBy(() -> new Deadlines(5, 4, 5, 5))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
