package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import nl.wotpoort.settings.CryptoSettings;
import nl.wotpoort.smime.AlgorithmPolicy;
import org.junit.jupiter.api.Test;

/** settings and smime may not know each other, and must name the same algorithms. */
class CryptoSettingsTest {

  @Test
  void theSettingsNameEveryAlgorithmThatIsSafeAndNoOther() {
    assertThat(CryptoSettings.usual().allowed().stream().map(name -> name.toUpperCase(Locale.ROOT)))
        .containsExactlyInAnyOrderElementsOf(AlgorithmPolicy.names());
  }

  @Test
  void theUsualSettingsAreTheUsualPolicy() {
    CryptoSettings usual = CryptoSettings.usual();
    assertThat(AlgorithmPolicy.allowing(usual.allowed()).withMinimumRsaBits(usual.minimumRsaBits()))
        .isEqualTo(AlgorithmPolicy.defaults());
  }
}
