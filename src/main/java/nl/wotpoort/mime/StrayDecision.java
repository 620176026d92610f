package nl.wotpoort.mime;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A decision that stands where the gateway does not look: filled in between the quoted lines, or
 * below the closing, with next to nothing written above it. Whether it was meant nobody can tell,
 * so it is asked.
 */
final class StrayDecision {

  /** With more than this somebody wrote a message of his own. */
  private static final int MOST_LETTERS = 30;

  private static final Pattern NO_LETTER = Pattern.compile("\\P{L}+");

  private StrayDecision() {}

  static boolean in(String text) {
    List<String> others = OwnLines.others(text);
    return NO_LETTER.matcher(String.join("", OwnLines.belowGreeting(text))).replaceAll("").length()
            <= MOST_LETTERS
        && others.stream().anyMatch(StrayDecision::decides);
  }

  private static boolean decides(String line) {
    Optional<LabelLine> label = LabelLine.of(line).filter(found -> found.label() == Label.DECISION);
    return label.flatMap(found -> DecisionWords.of(found.value())).isPresent();
  }
}
