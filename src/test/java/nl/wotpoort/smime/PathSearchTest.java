package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A path through what anybody may have put there. */
class PathSearchTest {

  private static final TestCa ROOT = TestCa.root("Root");

  private static String verdict(X509Certificate leaf, X509Certificate... pool) {
    PathRequest request =
        PathRequest.of(List.of(leaf), List.of(ROOT.certificate), List.of(), TestCa.NOW)
            .withRevocation(PathRequest.Revocation.OFF);
    return new PathSearch(List.of(pool), Limits.defaults())
        .best(leaf, request)
        .finding()
        .map(Finding::code)
        .orElse("valid");
  }

  @Test
  void pastACertificateThatOnlyBearsTheName() {
    TestCa ca = ROOT.authority("CA");
    TestCa other = ROOT.authority("CA");
    X509Certificate leaf = ca.leaf("a");
    assertThat(verdict(leaf, other.certificate, ca.certificate)).isEqualTo("valid");
    assertThat(verdict(leaf, ca.certificate, other.certificate)).isEqualTo("valid");
    assertThat(verdict(leaf, other.certificate)).isEqualTo("signer-untrusted");
    assertThat(verdict(leaf)).isEqualTo("signer-untrusted");
  }

  @Test
  void theAnchorItselfSignsNoMail() {
    assertThat(verdict(ROOT.certificate)).isEqualTo("signer-untrusted");
    assertThat(verdict(ROOT.leaf("a"), ROOT.certificate)).isEqualTo("valid");
  }

  /** The end's certificate counts, the anchor's does not. */
  @Test
  void eightCertificatesAtMost() {
    assertThat(chain(8)).isEqualTo("valid");
    assertThat(chain(9)).isEqualTo("signer-untrusted");
  }

  private static String chain(int length) {
    List<X509Certificate> pool = new ArrayList<>();
    TestCa above = ROOT;
    for (int i = 1; i < length; i++) {
      above = above.authority("CA " + i);
      pool.add(above.certificate);
    }
    return verdict(above.leaf("a"), pool.toArray(X509Certificate[]::new));
  }
}
