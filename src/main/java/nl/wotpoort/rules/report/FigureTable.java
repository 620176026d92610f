package nl.wotpoort.rules.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Counts by code. A count of one to four is not shown, and as many others with it as it takes that
 * it cannot be had by taking what is shown from the total.
 *
 * @param title a key of the bundle {@code report}
 * @param total of all rows; empty when rows count something twice, so that it would say nothing
 */
public record FigureTable(String title, List<Cell> cells, OptionalInt total) {

  /** The least number that is shown. */
  public static final int LEAST = 5;

  /** {@code count} is empty when it is not shown. */
  public record Cell(String code, OptionalInt count) {}

  public FigureTable {
    cells = List.copyOf(cells);
  }

  /** The largest first. {@code adding} says whether the counts add up to a total worth showing. */
  public static FigureTable of(String title, Map<String, Integer> counts, boolean adding) {
    List<Map.Entry<String, Integer>> all = new ArrayList<>(counts.entrySet());
    all.sort(
        Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
            .thenComparing(Map.Entry.comparingByKey()));
    List<String> hidden = hidden(all, adding);
    int total = all.stream().mapToInt(Map.Entry::getValue).sum();
    boolean small = total > 0 && total < LEAST;
    List<Cell> cells =
        all.stream()
            .map(
                e ->
                    new Cell(
                        e.getKey(),
                        hidden.contains(e.getKey())
                            ? OptionalInt.empty()
                            : OptionalInt.of(e.getValue())))
            .toList();
    return new FigureTable(
        title, cells, adding && !small ? OptionalInt.of(total) : OptionalInt.empty());
  }

  private static List<String> hidden(List<Map.Entry<String, Integer>> all, boolean adding) {
    List<Map.Entry<String, Integer>> hidden =
        all.stream()
            .filter(e -> e.getValue() > 0 && e.getValue() < LEAST)
            .collect(Collectors.toCollection(ArrayList::new));
    List<Map.Entry<String, Integer>> shown = new ArrayList<>(all);
    shown.removeAll(hidden);
    // the smallest stand last
    while (adding && !hidden.isEmpty() && isKnowable(hidden) && !shown.isEmpty()) {
      Optional<Map.Entry<String, Integer>> next =
          shown.stream().filter(e -> e.getValue() > 0).reduce((larger, smaller) -> smaller);
      if (next.isEmpty()) {
        break;
      }
      shown.remove(next.get());
      hidden.add(next.get());
    }
    return hidden.stream().map(Map.Entry::getKey).toList();
  }

  /** Whether total less what is shown tells a small number. */
  private static boolean isKnowable(List<Map.Entry<String, Integer>> hidden) {
    int together = hidden.stream().mapToInt(Map.Entry::getValue).sum();
    return hidden.size() < 2 || together < LEAST;
  }
}
