package nl.wotpoort.rules.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts of one to four are not shown, and cannot be had from what is. */
class FigureTableTest {

  private static final List<String> CODES = List.of("a", "b", "c", "d", "e");

  /** The one small practice, and the next smallest with it: else it is total less the others. */
  @Test
  void aSmallCountIsNotHadByDifference() {
    FigureTable table =
        FigureTable.of(
            "practice", Map.of("a", 3, "b", 9, "c", 20, "d", 0), true, mark(List.of("b", "c")));

    assertThat(table.total()).hasValue(32);
    assertThat(table.cells())
        .containsExactly(
            new FigureTable.Cell("c", OptionalInt.of(20)),
            new FigureTable.Cell("d", OptionalInt.of(0)),
            new FigureTable.Cell("a", OptionalInt.empty()),
            new FigureTable.Cell("b", OptionalInt.empty()));
    assertThat(FigureTable.of("x", Map.of("a", 2), true, mark(CODES)).total()).isEmpty();
  }

  /** Five of one each make five, and everybody can count the lines. */
  @Test
  void whatCanOnlyBeAllOnesOrAllFoursIsOneLine() {
    for (int each : List.of(1, 4)) {
      Map<String, Integer> same = new TreeMap<>();
      CODES.forEach(code -> same.put(code, each));
      assertThat(FigureTable.of("x", same, true, mark(CODES)).cells())
          .containsExactly(new FigureTable.Cell(FigureTable.FEW, OptionalInt.empty()));
      same.put("f", 30);
      assertThat(FigureTable.of("x", same, true, mark(CODES)).cells())
          .extracting(FigureTable.Cell::count)
          .containsOnly(OptionalInt.empty());
    }
  }

  /** In that order. */
  private static UnaryOperator<String> mark(List<String> order) {
    return text -> String.valueOf(order.indexOf(text.substring(text.indexOf(' ') + 1)));
  }

  private static List<List<String>> orders(List<String> codes) {
    if (codes.size() < 2) {
      return List.of(codes);
    }
    List<List<String>> all = new ArrayList<>();
    for (String first : codes) {
      List<String> rest = new ArrayList<>(codes);
      rest.remove(first);
      for (List<String> more : orders(rest)) {
        List<String> order = new ArrayList<>(List.of(first));
        order.addAll(more);
        all.add(order);
      }
    }
    return all;
  }

  /**
   * Every table of up to four small and large counts, under every order of the marks, by what
   * somebody who knows these rules and not the marks can read of it: whoever has the page, and the
   * total of all, cannot say of any count that is not shown what it is.
   */
  @ParameterizedTest
  @CsvSource({"1, 10", "2, 10", "3, 10", "4, 7"})
  void noHiddenCountCanBeComputed(int cells, int most) {
    Map<Object, Map<String, Set<Integer>>> possible = new HashMap<>();
    List<UnaryOperator<String>> marks =
        orders(CODES.subList(0, cells)).stream().map(FigureTableTest::mark).toList();
    int[] counts = new int[cells];
    do {
      Map<String, Integer> table = new TreeMap<>();
      for (int i = 0; i < cells; i++) {
        if (counts[i] > 0) { // what did not happen has no line
          table.put(CODES.get(i), counts[i]);
        }
      }
      marks.forEach(mark -> look(table, mark, possible));
    } while (next(counts, most));

    assertThat(possible).isNotEmpty();
    possible.forEach(
        (read, hidden) ->
            hidden.forEach(
                (code, values) ->
                    assertThat(values).as(code + " in " + read).hasSizeGreaterThan(1)));
  }

  private static void look(
      Map<String, Integer> table,
      UnaryOperator<String> mark,
      Map<Object, Map<String, Set<Integer>>> possible) {
    int total = table.values().stream().mapToInt(Integer::intValue).sum();
    FigureTable shown = FigureTable.of("x", table, true, mark);
    // the total of all referrals stands above each table, unless it is small itself
    Object read = List.of(shown, FigureTable.isSmall(total) ? -1 : total);
    Map<String, Set<Integer>> of = possible.computeIfAbsent(read, r -> new HashMap<>());
    for (FigureTable.Cell cell : shown.cells()) {
      if (cell.code().equals(FigureTable.FEW)) {
        continue; // it names no line, nor how many there are
      }
      if (cell.count().isEmpty()) {
        of.computeIfAbsent(cell.code(), c -> new HashSet<>())
            .add(table.getOrDefault(cell.code(), 0));
      } else if (FigureTable.isSmall(cell.count().getAsInt())) {
        throw new AssertionError("shown: " + cell);
      }
    }
  }

  /** Counts on, as an odometer does; false when it is round. */
  private static boolean next(int[] counts, int most) {
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] < most) {
        counts[i]++;
        return true;
      }
      counts[i] = 0;
    }
    return false;
  }
}
