package nl.wotpoort.mime;

import static org.assertj.core.api.Assertions.assertThat;

import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sentences of this room. */
class MimeTextsTest {

  @Test
  void bothLanguagesHaveTheSameSentences() {
    assertThat(Texts.of("mime", Language.EN).keys())
        .containsExactlyInAnyOrderElementsOf(Texts.of("mime", Language.NL).keys());
  }

  /** A reply repeats the block without quote marks: it must not seem to be the worker's answer. */
  @ParameterizedTest
  @EnumSource(Language.class)
  void noLineAboveAForwardIsALabelButTheCaseNumber(Language language) {
    Texts texts = Texts.of("mime", language);
    for (String key : texts.keys()) {
      if (key.startsWith("forward.") && !key.equals("forward.case")) {
        assertThat(texts.say(key, "a", "b", "c").lines())
            .as(key)
            .noneMatch(line -> LabelLine.of(line).isPresent());
      }
    }
  }
}
