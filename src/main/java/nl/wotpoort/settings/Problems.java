package nl.wotpoort.settings;

import java.util.ArrayList;
import java.util.List;

/** Gathers the problems of one reading. Not thread-safe. */
final class Problems {

  /** More than this many help nobody; a hostile file must not fill the memory with complaints. */
  private static final int MOST = 500;

  private final List<Problem> problems = new ArrayList<>();
  private boolean failed;

  void error(String file, int line, String code, Object... arguments) {
    failed = true;
    add(Problem.error(file, line, code, arguments));
  }

  void warning(String file, int line, String code, Object... arguments) {
    add(Problem.warning(file, line, code, arguments));
  }

  private void add(Problem problem) {
    if (problems.size() < MOST) {
      problems.add(problem);
    } else if (problem.isError() && problems.stream().noneMatch(Problem::isError)) {
      problems.set(MOST - 1, problem);
    }
  }

  /** Whether there are so many that another one is not worth the work. */
  boolean isFull() {
    return problems.size() >= MOST;
  }

  boolean hasErrors() {
    return failed;
  }

  List<Problem> inOrder() {
    return problems.stream().distinct().sorted(Problem.IN_FILE_ORDER).toList();
  }
}
