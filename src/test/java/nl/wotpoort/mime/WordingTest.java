package nl.wotpoort.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordingTest {

  /** Held to the regular expression that says the same. */
  @Test
  void whiteSpaceOfAnyKindIsOneSpace() {
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      String text = "a" + (char) c + " \t" + (char) c + "b" + (char) c;

      assertThat(Wording.singleSpaced(text))
          .as("U+%04X", c)
          .isEqualTo(text.replaceAll("[\\s\\p{Z}]+", " "));
    }
  }
}
