package nl.wotpoort.mime;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates as people write them: 2026-06-01, 1-6-2026, 01-06-2026, 1 juni 2026 (and with points,
 * slashes, short and English months). Day before month, always. A year of two digits is not a date:
 * 1-6-26 may be a birth date or not.
 */
final class Dates {

  private static final List<String> MONTHS =
      List.of(
          "jan|januari|january",
          "feb|febr|februari|february",
          "mrt|maart|mar|march",
          "apr|april",
          "mei|may",
          "jun|juni|june",
          "jul|juli|july",
          "aug|augustus|august",
          "sep|sept|september",
          "okt|oktober|oct|october",
          "nov|november",
          "dec|december");

  private static final String WORDS = String.join("|", MONTHS);

  static final Pattern FORM =
      Pattern.compile(
          "(?<![0-9])(?:(?<y1>[0-9]{4})-(?<m1>[0-9]{1,2})-(?<d1>[0-9]{1,2})"
              + "|(?<d2>[0-9]{1,2})\\s?[-/.]\\s?(?<m2>[0-9]{1,2})\\s?[-/.]\\s?(?<y2>[0-9]{4})"
              + "|(?<d3>[0-9]{1,2})[ -](?<m3>"
              + WORDS
              + ")\\.?[ -](?<y3>[0-9]{4}))(?![0-9])",
          Pattern.CASE_INSENSITIVE);

  private Dates() {}

  /** The date that {@code text} is, nothing before or after it but space and a closing point. */
  static Optional<LocalDate> of(String text) {
    Matcher form = FORM.matcher(Wording.key(text));
    return form.matches() ? dateOf(form) : Optional.empty();
  }

  /** The date a match of {@link #FORM} stands for; empty for the 31st of June. */
  static Optional<LocalDate> dateOf(Matcher form) {
    for (String n : List.of("1", "2", "3")) {
      if (form.group("y" + n) != null) {
        return date(form.group("y" + n), month(form.group("m" + n)), form.group("d" + n));
      }
    }
    return Optional.empty();
  }

  private static int month(String text) {
    if (Character.isDigit(text.charAt(0))) {
      return Integer.parseInt(text);
    }
    String word = Wording.key(text);
    for (int i = 0; i < MONTHS.size(); i++) {
      if (List.of(MONTHS.get(i).split("\\|")).contains(word)) {
        return i + 1;
      }
    }
    return 0;
  }

  private static Optional<LocalDate> date(String year, int month, String day) {
    try {
      return Optional.of(LocalDate.of(Integer.parseInt(year), month, Integer.parseInt(day)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
