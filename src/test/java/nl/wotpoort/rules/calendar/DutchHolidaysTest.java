package nl.wotpoort.rules.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Against the dates that rijksoverheid.nl publishes ("Officiële feestdagen"), Good Friday left out.
 */
class DutchHolidaysTest {

  @ParameterizedTest
  @CsvSource({
    "2024, 01-01 03-31 04-01 04-27 05-09 05-19 05-20 12-25 12-26",
    "2025, 01-01 04-20 04-21 04-26 05-05 05-29 06-08 06-09 12-25 12-26",
    "2026, 01-01 04-05 04-06 04-27 05-14 05-24 05-25 12-25 12-26",
    "2027, 01-01 03-28 03-29 04-27 05-06 05-16 05-17 12-25 12-26",
    "2028, 01-01 04-16 04-17 04-27 05-25 06-04 06-05 12-25 12-26",
    "2029, 01-01 04-01 04-02 04-27 05-10 05-20 05-21 12-25 12-26",
    "2030, 01-01 04-21 04-22 04-27 05-05 05-30 06-09 06-10 12-25 12-26"
  })
  void areThoseThatArePublished(int year, String published) {
    LocalDate first = LocalDate.of(year, 1, 1);
    List<LocalDate> found =
        first.datesUntil(first.plusYears(1)).filter(DutchHolidays::isHoliday).toList();

    assertThat(found)
        .containsExactlyElementsOf(
            Stream.of(published.split(" ")).map(d -> LocalDate.parse(year + "-" + d)).toList());
  }
}
