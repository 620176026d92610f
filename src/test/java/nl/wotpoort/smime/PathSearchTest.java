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

  /** {@link Limits#pathAttempts}: what bears the issuer's name and key of its own counts as one. */
  @Test
  void twentyPathsAtMost() {
    assertThat(behind(19, ROOT, ROOT.certificate)).isEqualTo("valid");
    assertThat(behind(20, ROOT, ROOT.certificate)).isEqualTo("signer-untrusted");
  }

  /** A certificate that leads nowhere is no path, but a step: ten for each path there may be. */
  @Test
  void twoHundredStepsAtMost() {
    TestCa elsewhere = TestCa.root("Elsewhere");
    assertThat(behind(198, elsewhere)).isEqualTo("valid"); // the end, those and the right one
    assertThat(behind(199, elsewhere)).isEqualTo("signer-untrusted");
    // each of them leads to one above it, which leads to itself alone
    assertThat(behind(99, elsewhere, elsewhere.certificate)).isEqualTo("valid");
    assertThat(behind(100, elsewhere, elsewhere.certificate)).isEqualTo("signer-untrusted");
  }

  /** The right authority behind so many of its name, with another key, that {@code by} issued. */
  private static String behind(int others, TestCa by, X509Certificate... before) {
    TestCa ca = ROOT.authority("CA");
    TestCa stranger = ROOT.authority("CA");
    List<X509Certificate> pool = new ArrayList<>(List.of(before));
    for (int i = 0; i < others; i++) {
      pool.add(by.vouchingFor(stranger).certificate);
    }
    pool.add(ca.certificate);
    return verdict(ca.leaf("a"), pool.toArray(X509Certificate[]::new));
  }
}
