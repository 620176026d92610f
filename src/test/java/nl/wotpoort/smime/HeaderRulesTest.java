package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which outer subjects say nothing. */
class HeaderRulesTest {

  private static final HeaderRules RULES = new HeaderRules(List.of("[...]", "Bericht van*"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[...]",
        " [...] ",
        "BERICHT VAN de praktijk",
        "bericht van",
        "[WP-1A2B-3C4D]",
        "Re: [WP-1A2B-3C4D]",
        "antw:fwd: [wp-1a2b-3c4d]",
      })
  void isNeutral(String subject) {
    assertThat(RULES.isNeutral(subject)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[...] x",
        "x [...]",
        "bericht",
        "een bericht van",
        "[WP-1A2B-3C4D] mevrouw X",
        "x [WP-1A2B-3C4D]",
        "[WP-1A2B]",
      })
  void saysSomething(String subject) {
    assertThat(RULES.isNeutral(subject)).isFalse();
  }
}
