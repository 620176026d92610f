package nl.wotpoort.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Rows of the rules for labelled lines: a sentence, the text of a mail (| is a line end), and the
 * lines its reading must have. "no x" says that no line of the reading begins with x.
 */
final class LabelRows {

  private LabelRows() {}

  static Arguments row(String sentence, String mail, String... expected) {
    return Arguments.of(sentence, mail.replace("|", "\n"), List.of(expected));
  }

  static void check(String sentence, List<String> told, List<String> expected) {
    for (String line : expected) {
      if (line.startsWith("no ")) {
        assertThat(told).as(sentence).noneMatch(t -> t.startsWith(line.substring(3)));
      } else {
        assertThat(told).as(sentence).contains(line);
      }
    }
  }
}
