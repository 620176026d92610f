package nl.wotpoort.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured beside what was wished for. Not for several threads. */
final class Goals {

  private final List<String> lines = new ArrayList<>();

  /** A figure that should be no less than its goal. */
  void atLeast(String measure, double goal, double measured, String unit) {
    add(measure, ">= ", goal, measured, unit, measured >= goal);
  }

  /** A figure that should be no more than its goal. */
  void atMost(String measure, double goal, double measured, String unit) {
    add(measure, "<= ", goal, measured, unit, measured <= goal);
  }

  private void add(
      String measure, String sign, double goal, double measured, String unit, boolean reached) {
    lines.add(
        String.format(
            Locale.ROOT,
            "%-62s %-3s%8s %10s %-9s %s",
            measure,
            sign,
            shown(goal),
            shown(measured),
            unit,
            reached ? "reached" : "MISSED"));
  }

  private static String shown(double value) {
    return value < 10
        ? String.format(Locale.ROOT, "%.2f", value)
        : String.format(Locale.ROOT, "%.0f", value);
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
