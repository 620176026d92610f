package nl.wotpoort.rules.report;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import nl.wotpoort.rules.calendar.Deadlines;
import nl.wotpoort.rules.calendar.WorkingTime;

/**
 * The figures of a period (agreement O3: twice a year practices, teams and municipality evaluate).
 * Pure: the same rows give the same figures, whatever their order.
 *
 * @param receipts from arrival to the receipt that says where it went
 * @param feedback from the forward to the team's first answer
 */
public record Evaluation(
    int referrals, Spread receipts, Spread feedback, List<FigureTable> tables) {

  /** A receipt is there within an hour of office time. */
  private static final Duration RECEIPT_NORM = Duration.ofHours(1);

  public Evaluation {
    tables = List.copyOf(tables);
  }

  /**
   * Counts.
   *
   * @param requests information requests by outcome
   * @param why information requests by why they waited or went back
   * @param holds held messages by cause
   * @param mark as of {@link FigureTable#of}
   */
  public static Evaluation of(
      List<ReferralRow> rows,
      Map<String, Integer> requests,
      Map<String, Integer> why,
      Map<String, Integer> holds,
      WorkingTime hours,
      Deadlines deadlines,
      Instant now,
      UnaryOperator<String> mark) {
    Counter count = new Counter(rows, mark);
    List<FigureTable> tables = new ArrayList<>();
    tables.add(count.by("team", row -> List.of(row.team().orElse("none")), true));
    tables.add(count.by("practice", row -> List.of(row.practice()), true));
    tables.add(count.by("ground", ReferralRow::grounds, false));
    tables.add(count.by("expertise", ReferralRow::expertise, false));
    tables.add(count.by("age", row -> List.of(row.youth() ? "youth" : "adult"), true));
    tables.add(count.by("outcome", row -> List.of(row.outcome().orElse("none")), true));
    tables.add(count.by("reason", ReferralRow::reasons, false));
    tables.add(
        count.by(
            "handed",
            row ->
                row.handedOn() || row.disputed()
                    ? row.handedOn() ? List.of("handedOn") : List.of("disputed")
                    : List.of("neither"),
            true));
    tables.add(
        count.by(
            "waiting",
            row ->
                List.of(
                    !row.waits()
                        ? "notWaiting"
                        : isOverdue(row, hours, deadlines, now) ? "overdue" : "inTime"),
            true));
    tables.add(FigureTable.of("requests", requests, true, mark));
    tables.add(FigureTable.of("requestReason", why, false, mark));
    tables.add(FigureTable.of("holds", holds, true, mark));
    return new Evaluation(
        rows.size(), receipts(rows, hours), feedback(rows, hours, deadlines), tables);
  }

  private static boolean isOverdue(
      ReferralRow row, WorkingTime hours, Deadlines deadlines, Instant now) {
    LocalDate last = deadlines.answerBy(row.forwarded().orElse(row.opened()), hours);
    return now.isAfter(hours.closing(last));
  }

  private static Spread receipts(List<ReferralRow> rows, WorkingTime hours) {
    List<Duration> took =
        rows.stream()
            .flatMap(row -> row.forwarded().map(at -> hours.between(row.opened(), at)).stream())
            .toList();
    return Spread.of(took, took.stream().filter(t -> t.compareTo(RECEIPT_NORM) <= 0).count());
  }

  private static Spread feedback(List<ReferralRow> rows, WorkingTime hours, Deadlines deadlines) {
    List<Duration> took = new ArrayList<>();
    long within = 0;
    for (ReferralRow row : rows) {
      if (row.answered().isPresent()) {
        Instant from = row.forwarded().orElse(row.opened());
        took.add(hours.between(from, row.answered().get()));
        LocalDate last = deadlines.answerBy(from, hours);
        within += row.answered().get().isAfter(hours.closing(last)) ? 0 : 1;
      }
    }
    return Spread.of(took, within);
  }

  private record Counter(List<ReferralRow> rows, UnaryOperator<String> mark) {
    FigureTable by(String title, Function<ReferralRow, List<String>> codes, boolean adding) {
      Map<String, Integer> counts = new TreeMap<>();
      for (ReferralRow row : rows) {
        codes.apply(row).forEach(code -> counts.merge(code, 1, Integer::sum));
      }
      return FigureTable.of(title, counts, adding, mark);
    }
  }
}
