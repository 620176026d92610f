package nl.wotpoort.rules.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Counts by code. A count of one to four is not shown, and as many others with it as it takes that
 * it cannot be had by taking what is shown from the total.
 *
 * @param title a key of the bundle {@code report}
 * @param total of all rows; empty when rows count something twice, so that it would say nothing
 */
public record FigureTable(String title, List<Cell> cells, OptionalInt total) {

  /** The one line of a table that would tell too much with all of its own. */
  public static final String FEW = "few";

  /** The least number that is shown. */
  public static final int LEAST = 5;

  /** {@code count} is empty when it is not shown. */
  public record Cell(String code, OptionalInt count) {}

  public FigureTable {
    cells = List.copyOf(cells);
  }

  /**
   * The largest first; what is not shown stands last, by name, so that its place tells nothing
   * about its size.
   *
   * @param adding whether the counts add up to a total worth showing
   * @param mark a secret of whoever counts: which count goes with a small one is settled by it and
   *     not by how large it is, for that would tell. The same each time, or two pages would tell
   */
  public static FigureTable of(
      String title, Map<String, Integer> counts, boolean adding, UnaryOperator<String> mark) {
    List<Map.Entry<String, Integer>> all = new ArrayList<>(counts.entrySet());
    all.sort(
        Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
            .thenComparing(Map.Entry.comparingByKey()));
    Optional<List<String>> hidden = hidden(all, code -> mark.apply(title + " " + code));
    int total = all.stream().mapToInt(Map.Entry::getValue).sum();
    if (hidden.isEmpty()) {
      return new FigureTable(
          title, List.of(new Cell(FEW, OptionalInt.empty())), OptionalInt.empty());
    }
    List<Cell> cells = new ArrayList<>();
    all.stream()
        .filter(e -> !hidden.get().contains(e.getKey()))
        .forEach(e -> cells.add(new Cell(e.getKey(), OptionalInt.of(e.getValue()))));
    hidden.get().forEach(code -> cells.add(new Cell(code, OptionalInt.empty())));
    return new FigureTable(title, cells, adding ? OptionalInt.of(total) : OptionalInt.empty());
  }

  /** Whether a count is too small to be shown. */
  public static boolean isSmall(int count) {
    return count > 0 && count < LEAST;
  }

  /**
   * Also of counts that do not add up: the total of all rows stands above every table. A small one
   * goes together with another, however large, until what they make together tells nothing. Empty:
   * there is no such other.
   */
  private static Optional<List<String>> hidden(
      List<Map.Entry<String, Integer>> all, UnaryOperator<String> mark) {
    List<Map.Entry<String, Integer>> hidden =
        all.stream()
            .filter(e -> isSmall(e.getValue()))
            .collect(Collectors.toCollection(ArrayList::new));
    if (!hidden.isEmpty()) {
      all.stream()
          .filter(e -> e.getValue() >= LEAST)
          .sorted(Comparator.comparing(e -> mark.apply(e.getKey())))
          .takeWhile(e -> isKnowable(hidden))
          .forEach(hidden::add);
    }
    return !hidden.isEmpty() && isKnowable(hidden)
        ? Optional.empty()
        : Optional.of(hidden.stream().map(Map.Entry::getKey).sorted().toList());
  }

  /**
   * Whether total less what is shown tells a small number: of one alone, of too few together, and
   * when they can only all be as small, or as large, as small ones can be.
   */
  private static boolean isKnowable(List<Map.Entry<String, Integer>> hidden) {
    int together = hidden.stream().mapToInt(Map.Entry::getValue).sum();
    return hidden.size() < 2
        || together < LEAST
        || together == hidden.size()
        || together == hidden.size() * (LEAST - 1);
  }
}
