package nl.wotpoort.settings;

import java.util.List;
import java.util.Optional;

/**
 * What came of reading: a value, which may come with warnings, or no value and at least one error.
 */
public record Loaded<T>(Optional<T> value, List<Problem> problems) {

  public Loaded {
    problems = List.copyOf(problems);
    boolean failed = problems.stream().anyMatch(Problem::isError);
    if (failed == value.isPresent()) {
      throw new AssertionError("a value and errors exclude each other");
    }
  }

  static <T> Loaded<T> of(T value, List<Problem> warnings) {
    return new Loaded<>(Optional.of(value), warnings);
  }

  static <T> Loaded<T> failed(List<Problem> problems) {
    return new Loaded<>(Optional.empty(), problems);
  }

  public boolean isUsable() {
    return value.isPresent();
  }

  public List<Problem> errors() {
    return problems.stream().filter(Problem::isError).toList();
  }

  public List<Problem> warnings() {
    return problems.stream().filter(p -> !p.isError()).toList();
  }
}
