package nl.wotpoort.cli;

import java.util.Optional;

/** A line that is no scenario: which one, as far as can be told, and what is wrong with it. */
final class BadScenarioException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String id;

  BadScenarioException(String id, String problem) {
    super(problem);
    this.id = id;
  }

  /** Empty when the line does not even tell its id. */
  Optional<String> id() {
    return id.isEmpty() ? Optional.empty() : Optional.of(id);
  }

  String problem() {
    return String.valueOf(getMessage());
  }
}
