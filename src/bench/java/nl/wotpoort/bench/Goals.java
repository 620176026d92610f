package nl.wotpoort.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was measured beside what was wished for: the median of the runs, and the least and the most
 * seen when there were several. Not for several threads.
 */
final class Goals {

  private record Goal(String measure, boolean isLeast, double goal, String unit) {

    boolean isReachedBy(double measured) {
      return isLeast ? measured >= goal : measured <= goal;
    }
  }

  private final Map<Goal, List<Double>> seen = new LinkedHashMap<>();

  /** A figure that should be no less than its goal. */
  void atLeast(String measure, double goal, double measured, String unit) {
    add(new Goal(measure, true, goal, unit), measured);
  }

  /** A figure that should be no more than its goal. */
  void atMost(String measure, double goal, double measured, String unit) {
    add(new Goal(measure, false, goal, unit), measured);
  }

  private void add(Goal goal, double measured) {
    seen.computeIfAbsent(goal, none -> new ArrayList<>()).add(measured);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(String.format("%-62s %11s %10s", "goals, on two idle cores", "goal", "measured"));
    seen.forEach((goal, measured) -> lines.add(line(goal, measured.stream().sorted().toList())));
    return lines;
  }

  private static String line(Goal goal, List<Double> sorted) {
    double median = sorted.get(sorted.size() / 2);
    String spread =
        sorted.size() == 1
            ? ""
            : "  (%s to %s in %d runs)"
                .formatted(
                    shown(sorted.get(0)), shown(sorted.get(sorted.size() - 1)), sorted.size());
    return String.format(
        Locale.ROOT,
        "%-62s %-3s%8s %10s %-9s %s%s",
        goal.measure(),
        goal.isLeast() ? ">= " : "<= ",
        shown(goal.goal()),
        shown(median),
        goal.unit(),
        goal.isReachedBy(median) ? "reached" : "MISSED",
        spread);
  }

  private static String shown(double value) {
    return value < 10
        ? String.format(Locale.ROOT, "%.2f", value)
        : String.format(Locale.ROOT, "%.0f", value);
  }
}
