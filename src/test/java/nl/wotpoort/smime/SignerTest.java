package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people read about who signed. */
class SignerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CN=Proef CA,O=Proef,C=NL | Proef CA",
        "O=Proef,cn=Zorg\\, Wonen en Werk | Zorg, Wonen en Werk",
        "O=Proef,C=NL | O=Proef,C=NL",
        "OU=XCN=y,O=Proef | OU=XCN=y,O=Proef",
      })
  void issuerByItsCommonName(String issuer, String name) {
    Signer signer =
        new Signer(
            SamplePki.GP,
            "A. de Vries",
            "00",
            issuer,
            SamplePki.NOW,
            "huisartsen",
            false,
            List.of(),
            Optional.empty(),
            SamplePki.certificate("gp/a.devries"));
    assertThat(signer.issuerName()).isEqualTo(name);
  }
}
