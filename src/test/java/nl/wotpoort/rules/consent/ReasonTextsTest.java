package nl.wotpoort.rules.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every reason can be told, in full and coarsely, and coarsely tells nothing about the client. */
class ReasonTextsTest {

  @ParameterizedTest
  @EnumSource(Language.class)
  void everyReasonHasBothTextsAndThereAreNoOthers(Language language) {
    Texts texts = Texts.of("consent", language);
    Set<String> keys =
        Arrays.stream(Reason.values())
            .flatMap(reason -> Stream.of(reason + ".full", reason + ".coarse"))
            .collect(Collectors.toSet());
    assertThat(texts.keys()).isEqualTo(keys);
    assertThat(keys).allSatisfy(key -> assertThat(texts.say(key)).isNotBlank());
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void whateverDependsOnTheClientIsToldInTheSameWords(Language language) {
    Texts texts = Texts.of("consent", language);
    assertThat(
            Arrays.stream(Reason.values())
                .filter(reason -> !reason.followsFromRequest())
                .map(reason -> texts.say(reason + ".coarse"))
                .distinct())
        .hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void toldToTheAdministratorEachReasonDiffers(Language language) {
    Texts texts = Texts.of("consent", language);
    assertThat(Arrays.stream(Reason.values()).map(reason -> texts.say(reason + ".full")))
        .doesNotHaveDuplicates()
        .noneMatch(text -> text.contains("''"));
  }
}
