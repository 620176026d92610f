package nl.wotpoort.rules.report;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How long something took in office hours. Empty where fewer than {@link FigureTable#LEAST} were
 * counted.
 *
 * @param withinNorm percentage within the norm; empty also where it would tell that one to four
 *     were not, or were
 */
public record Spread(
    int count, Optional<Duration> median, Optional<Duration> p90, OptionalInt withinNorm) {

  static Spread of(List<Duration> took, long within) {
    List<Duration> sorted = took.stream().sorted().toList();
    if (sorted.size() < FigureTable.LEAST) {
      return new Spread(sorted.size(), Optional.empty(), Optional.empty(), OptionalInt.empty());
    }
    return new Spread(
        sorted.size(),
        Optional.of(at(sorted, 50)),
        Optional.of(at(sorted, 90)),
        FigureTable.isSmall((int) within) || FigureTable.isSmall((int) (sorted.size() - within))
            ? OptionalInt.empty()
            : OptionalInt.of((int) Math.round(100.0 * within / sorted.size())));
  }

  /** The nearest rank: the least value that at least {@code percent} of all do not exceed. */
  private static Duration at(List<Duration> sorted, int percent) {
    return sorted.get((sorted.size() * percent + 99) / 100 - 1);
  }
}
