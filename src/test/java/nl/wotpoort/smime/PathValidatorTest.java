package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

/** From when until when a path holds, and which signatures in it the list of algorithms judges. */
class PathValidatorTest {

  private static final Instant NOW = TestCa.NOW;
  private static final TestCa ROOT = TestCa.root("Root");
  private static final X509Certificate LEAF = ROOT.leaf("a");

  private static PathRequest request(X509Certificate anchor, X509CRL crl, X509Certificate... path) {
    return PathRequest.of(List.of(path), List.of(anchor), List.of(crl), NOW);
  }

  private static Instant days(int days) {
    return NOW.plus(Duration.ofDays(days));
  }

  /** TestCa's certificates hold from 30 days ago for 300 days to come. */
  @Test
  void holdsAsLongAsAllOfIt() {
    X509CRL usual = ROOT.crl(1).sign();
    PathResult result = new PathValidator().validate(request(ROOT.certificate, usual, LEAF));
    assertThat(result.validFrom()).isEqualTo(days(-1));
    assertThat(result.validUntil()).isEqualTo(days(1));

    X509CRL longer = ROOT.crl(2).from(days(-40)).until(days(400)).sign();
    PathResult bound = new PathValidator().validate(request(ROOT.certificate, longer, LEAF));
    assertThat(bound.validFrom()).isEqualTo(days(-30));
    assertThat(bound.validUntil()).isEqualTo(days(300));

    PathRequest without =
        request(ROOT.certificate, usual, LEAF).withRevocation(PathRequest.Revocation.OFF);
    PathResult alone = new PathValidator().validate(without);
    assertThat(alone.validFrom()).isEqualTo(days(-30));
    assertThat(alone.validUntil()).isEqualTo(days(300));
  }

  /** Nobody relies on an anchor's signature on itself; on all others somebody does. */
  @Test
  void anchorsOwnSignatureIsNobodysConcern() throws Exception {
    KeyPair keys = TestCa.newKeys();
    TestCa old = TestCa.of(keys, issued("CN=Old", keys, "CN=Old", keys));
    assertThat(verdict(old.certificate, old.leaf("a"))).isEqualTo("valid");
    X509Certificate weak = issued("CN=Old", keys, "CN=a", TestCa.newKeys());
    assertThat(verdict(old.certificate, weak)).isEqualTo("weak-algorithm");
  }

  private static String verdict(X509Certificate anchor, X509Certificate leaf) {
    PathRequest request =
        PathRequest.of(List.of(leaf), List.of(anchor), List.of(), NOW)
            .withRevocation(PathRequest.Revocation.OFF)
            .withAlgorithms(AlgorithmPolicy.defaults());
    return new PathValidator().validate(request).finding().map(Finding::code).orElse("valid");
  }

  private static X509Certificate issued(String by, KeyPair byKeys, String name, KeyPair keys)
      throws OperatorCreationException, IOException, GeneralSecurityException {
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            TestCa.name(by),
            BigInteger.TEN,
            Date.from(days(-1)),
            Date.from(days(1)),
            TestCa.name(name),
            SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(by.equals(name)));
    return Certificates.read(
        builder
            .build(new JcaContentSignerBuilder("SHA1withECDSA").build(byKeys.getPrivate()))
            .getEncoded());
  }
}
