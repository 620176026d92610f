package nl.wotpoort.cli;

import java.util.List;

/** A command cannot go on: the exit code, and for people what is wrong and what to do. */
final class Refusal extends Exception {

  private static final long serialVersionUID = 1L;

  private final int exit;
  private final transient List<String> sentences;

  Refusal(int exit, List<String> sentences) {
    super(String.join(" ", sentences));
    this.exit = exit;
    this.sentences = List.copyOf(sentences);
  }

  Refusal(int exit, String sentence) {
    this(exit, List.of(sentence));
  }

  int exit() {
    return exit;
  }

  List<String> sentences() {
    return sentences;
  }
}
