package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.junit.jupiter.api.Test;

/** RFC 5280 §6.3, in the order of NIST PKITS sections 4.4, 4.14 and 4.15. */
class RevocationTest {

  private static final String VALID = "valid";
  private static final int COMPROMISE = ReasonFlags.keyCompromise | ReasonFlags.cACompromise;
  private static final int OTHER_REASONS =
      ReasonFlags.affiliationChanged
          | ReasonFlags.superseded
          | ReasonFlags.cessationOfOperation
          | ReasonFlags.certificateHold
          | ReasonFlags.privilegeWithdrawn
          | ReasonFlags.aACompromise;

  private final TestCa root = TestCa.root("Root");
  private final TestCa ca = root.authority("CA");
  private final X509CRL rootCrl = root.crl(1).sign();

  private String check(X509Certificate leaf, X509CRL... crls) {
    return check(List.of(), leaf, crls);
  }

  private String check(List<X509Certificate> others, X509Certificate leaf, X509CRL... crls) {
    List<X509CRL> all = new ArrayList<>(List.of(crls));
    all.add(rootCrl);
    PathRequest request =
        PathRequest.of(List.of(leaf, ca.certificate), List.of(root.certificate), all, SamplePki.NOW)
            .withOthers(others);
    return verdict(new PathValidator().validate(request));
  }

  private static String verdict(PathResult result) {
    return result.finding().map(Finding::code).orElse(VALID);
  }

  private static DistributionPointName at(String name) {
    return new DistributionPointName(new GeneralNames(new GeneralName(TestCa.name("CN=" + name))));
  }

  private static TestCa.Ext points(DistributionPoint... points) {
    return TestCa.ext(Extension.cRLDistributionPoints, false, new CRLDistPoint(points));
  }

  private static IssuingDistributionPoint scope(
      DistributionPointName name, boolean users, boolean cas, int reasons, boolean indirect) {
    ReasonFlags flags = reasons == 0 ? null : new ReasonFlags(reasons);
    return new IssuingDistributionPoint(name, users, cas, flags, indirect, false);
  }

  @Test
  void currentCrlThatDoesNotNameIt() {
    assertThat(check(ca.leaf("a"), ca.crl(1).sign())).isEqualTo(VALID);
  }

  @Test
  void noCrl() {
    assertThat(check(ca.leaf("a"))).isEqualTo("revocation-unknown");
  }

  @Test
  void revoked() {
    X509Certificate leaf = ca.leaf("a");
    assertThat(check(leaf, ca.crl(1).revoking(leaf, CRLReason.keyCompromise).sign()))
        .isEqualTo("signer-revoked");
  }

  @Test
  void intermediateRevoked() {
    X509CRL revoking = root.crl(2).revoking(ca.certificate, CRLReason.cACompromise).sign();
    assertThat(check(ca.leaf("a"), ca.crl(1).sign(), revoking)).isEqualTo("signer-revoked");
  }

  @Test
  void crlOfSomebodyElse() {
    X509CRL forged = ca.crl(1).signBy(TestCa.newKeys());
    assertThat(check(ca.leaf("a"), forged)).isEqualTo("revocation-unknown");
  }

  @Test
  void staleCrl() {
    X509CRL stale = ca.crl(1).until(SamplePki.NOW.minus(Duration.ofHours(1))).sign();
    assertThat(check(ca.leaf("a"), stale)).isEqualTo("revocation-unknown");
  }

  @Test
  void crlWithAnUnknownCriticalExtension() {
    X509CRL odd =
        ca.crl(1).with(new ASN1ObjectIdentifier("1.2.3.4"), true, DERNull.INSTANCE).sign();
    assertThat(check(ca.leaf("a"), odd)).isEqualTo("revocation-unknown");
  }

  @Test
  void crlForUsersOnlyOrAuthoritiesOnly() {
    X509CRL users =
        ca.crl(1)
            .with(Extension.issuingDistributionPoint, true, scope(null, true, false, 0, false))
            .sign();
    X509CRL authorities =
        ca.crl(1)
            .with(Extension.issuingDistributionPoint, true, scope(null, false, true, 0, false))
            .sign();
    assertThat(check(ca.leaf("a"), users)).isEqualTo(VALID);
    assertThat(check(ca.leaf("a"), authorities)).isEqualTo("revocation-unknown");
  }

  @Test
  void distributionPointNamesMustMeet() {
    X509CRL here =
        ca.crl(1)
            .with(
                Extension.issuingDistributionPoint, true, scope(at("here"), false, false, 0, false))
            .sign();
    X509Certificate fits = ca.leaf("a", points(new DistributionPoint(at("here"), null, null)));
    X509Certificate not = ca.leaf("b", points(new DistributionPoint(at("there"), null, null)));
    assertThat(check(fits, here)).isEqualTo(VALID);
    assertThat(check(not, here)).isEqualTo("revocation-unknown");
  }

  @Test
  void reasonsMustBeCoveredTogether() {
    X509CRL compromise =
        ca.crl(1)
            .with(
                Extension.issuingDistributionPoint,
                true,
                scope(null, false, false, COMPROMISE, false))
            .sign();
    X509CRL others =
        ca.crl(1)
            .with(
                Extension.issuingDistributionPoint,
                true,
                scope(null, false, false, OTHER_REASONS, false))
            .sign();
    X509Certificate leaf = ca.leaf("a");
    assertThat(check(leaf, compromise)).isEqualTo("revocation-unknown");
    assertThat(check(leaf, compromise, others)).isEqualTo(VALID);
  }

  @Test
  void separateKeyForCrls() {
    TestCa crlSigner = root.helper("CA", KeyUsage.cRLSign);
    X509CRL crl = ca.crl(1).signBy(crlSigner.keys);
    X509Certificate leaf = ca.leaf("a");
    assertThat(check(List.of(crlSigner.certificate), leaf, crl)).isEqualTo(VALID);
    assertThat(check(leaf, crl)).isEqualTo("revocation-unknown");
    X509CRL signerRevoked =
        root.crl(2).revoking(crlSigner.certificate, CRLReason.keyCompromise).sign();
    assertThat(check(List.of(crlSigner.certificate), leaf, crl, signerRevoked))
        .isEqualTo("revocation-unknown");
    assertThat(check(List.of(crlSigner.certificate), leaf, crl, ca.crl(2).sign(), signerRevoked))
        .isEqualTo(VALID);
  }

  @Test
  void separateKeyNotMeantForCrls() {
    TestCa other = root.helper("CA", KeyUsage.digitalSignature);
    X509CRL crl = ca.crl(1).signBy(other.keys);
    assertThat(check(List.of(other.certificate), ca.leaf("a"), crl))
        .isEqualTo("revocation-unknown");
  }

  @Test
  void indirectCrlOfAnotherIssuer() throws IOException {
    TestCa lister = root.helper("Lister", KeyUsage.cRLSign);
    GeneralNames listerName = new GeneralNames(new GeneralName(TestCa.name("CN=Lister")));
    X509Certificate leaf = ca.leaf("a", points(new DistributionPoint(null, null, listerName)));
    X509Certificate named = ca.leaf("b", points(new DistributionPoint(null, null, listerName)));
    ExtensionsGenerator entry = new ExtensionsGenerator();
    entry.addExtension(
        Extension.certificateIssuer, true, new GeneralNames(new GeneralName(TestCa.name("CN=CA"))));
    Extensions underCa = entry.generate();
    X509CRL indirect =
        lister
            .crl(1)
            .with(Extension.issuingDistributionPoint, true, scope(null, false, false, 0, true))
            .revoking(named, underCa)
            .sign();
    X509CRL direct = lister.crl(1).sign();
    List<X509Certificate> others = List.of(lister.certificate);
    assertThat(check(others, leaf, indirect)).isEqualTo(VALID);
    assertThat(check(others, named, indirect)).isEqualTo("signer-revoked");
    assertThat(check(others, leaf, direct)).isEqualTo("revocation-unknown");
  }

  @Test
  void deltaNamesOneMoreAndTakesOneAway() {
    X509Certificate added = ca.leaf("a");
    X509Certificate held = ca.leaf("b");
    X509CRL base = ca.crl(5).revoking(held, CRLReason.certificateHold).sign();
    X509CRL delta =
        ca.crl(6)
            .with(Extension.deltaCRLIndicator, true, new CRLNumber(BigInteger.valueOf(5)))
            .revoking(added, CRLReason.keyCompromise)
            .revoking(held, CRLReason.removeFromCRL)
            .sign();
    assertThat(check(held, base)).isEqualTo("signer-revoked");
    assertThat(check(held, base, delta)).isEqualTo(VALID);
    assertThat(check(added, base)).isEqualTo(VALID);
    assertThat(check(added, base, delta)).isEqualTo("signer-revoked");
    assertThat(check(added, delta)).isEqualTo("revocation-unknown");
  }

  @Test
  void deltaOfALaterBaseDoesNotCount() {
    X509Certificate leaf = ca.leaf("a");
    X509CRL delta =
        ca.crl(9)
            .with(Extension.deltaCRLIndicator, true, new CRLNumber(BigInteger.valueOf(7)))
            .revoking(leaf, CRLReason.keyCompromise)
            .sign();
    assertThat(check(leaf, ca.crl(5).sign(), delta)).isEqualTo(VALID);
  }

  @Test
  void newestOfTwoCurrentCrlsCountsInAnyOrder() {
    X509Certificate leaf = ca.leaf("a");
    Instant earlier = SamplePki.NOW.minus(Duration.ofDays(3));
    X509CRL old = ca.crl(1).from(earlier).sign();
    X509CRL revoking = ca.crl(2).revoking(leaf, CRLReason.keyCompromise).sign();
    assertThat(check(leaf, old, revoking)).isEqualTo("signer-revoked");
    assertThat(check(leaf, revoking, old)).isEqualTo("signer-revoked");

    X509CRL holding = ca.crl(1).from(earlier).revoking(leaf, CRLReason.certificateHold).sign();
    X509CRL released = ca.crl(2).sign();
    assertThat(check(leaf, holding, released)).isEqualTo(VALID);
    assertThat(check(leaf, released, holding)).isEqualTo(VALID);
  }

  @Test
  void crlsThatDoNotAgreeWhichIsNewerBothCount() {
    X509Certificate leaf = ca.leaf("a");
    X509CRL one = ca.crl(1).revoking(leaf, CRLReason.keyCompromise).sign();
    X509CRL other = ca.crl(2).from(SamplePki.NOW.minus(Duration.ofDays(3))).sign();
    assertThat(check(leaf, one, other)).isEqualTo("signer-revoked");
    assertThat(check(leaf, other, one)).isEqualTo("signer-revoked");
  }

  @Test
  void crlOfAnotherScopeDoesNotHideARevocation() {
    X509Certificate leaf = ca.leaf("a");
    X509CRL users =
        ca.crl(7)
            .with(Extension.issuingDistributionPoint, true, scope(null, true, false, 0, false))
            .sign();
    X509CRL revoking = ca.crl(6).revoking(leaf, CRLReason.keyCompromise).sign();
    assertThat(check(leaf, users, revoking)).isEqualTo("signer-revoked");
    assertThat(check(leaf, revoking, users)).isEqualTo("signer-revoked");
  }

  @Test
  void ofSeveralDeltasTheNewestSpeaksLast() {
    X509Certificate leaf = ca.leaf("a");
    X509CRL base = ca.crl(5).revoking(leaf, CRLReason.certificateHold).sign();
    X509CRL released = delta(6, leaf, CRLReason.removeFromCRL);
    X509CRL revoked = delta(7, leaf, CRLReason.keyCompromise);
    assertThat(check(leaf, base, released)).isEqualTo(VALID);
    assertThat(check(leaf, base, released, revoked)).isEqualTo("signer-revoked");
    assertThat(check(leaf, base, revoked, released)).isEqualTo("signer-revoked");
  }

  private X509CRL delta(int number, X509Certificate leaf, int reason) {
    return ca.crl(number)
        .with(Extension.deltaCRLIndicator, true, new CRLNumber(BigInteger.valueOf(5)))
        .revoking(leaf, reason)
        .sign();
  }

  @Test
  void crlOfTomorrowEndsTheResultTomorrow() {
    X509Certificate leaf = ca.leaf("a");
    Instant start = SamplePki.NOW.plus(Duration.ofHours(2));
    X509CRL coming = ca.crl(2).from(start).revoking(leaf, CRLReason.keyCompromise).sign();
    PathRequest request =
        PathRequest.of(
            List.of(leaf, ca.certificate),
            List.of(root.certificate),
            List.of(rootCrl, ca.crl(1).sign(), coming),
            SamplePki.NOW);
    PathResult result = new PathValidator().validate(request);
    assertThat(result.isValid()).isTrue();
    assertThat(result.validUntil()).isBefore(start);
  }

  @Test
  void distributionPointThatIsNoName() {
    DistributionPointName notAName =
        new DistributionPointName(
            DistributionPointName.NAME_RELATIVE_TO_CRL_ISSUER, new DERSet(new ASN1Integer(1)));
    X509Certificate leaf = ca.leaf("a", points(new DistributionPoint(notAName, null, null)));
    X509CRL here =
        ca.crl(1)
            .with(
                Extension.issuingDistributionPoint, true, scope(at("here"), false, false, 0, false))
            .sign();
    assertThat(check(leaf, here)).isEqualTo("revocation-unknown");
    assertThat(check(leaf, here, ca.crl(1).sign())).isEqualTo(VALID);
  }

  @Test
  void noCrlAtAll() {
    PathRequest request =
        PathRequest.of(
            List.of(ca.leaf("a"), ca.certificate),
            List.of(root.certificate),
            List.of(),
            SamplePki.NOW);
    assertThat(verdict(new PathValidator().validate(request))).isEqualTo("revocation-unknown");
    PathRequest off = request.withRevocation(PathRequest.Revocation.OFF);
    assertThat(verdict(new PathValidator().validate(off))).isEqualTo(VALID);
  }

  @Test
  void theOrderOfThePathDoesNotMatter() {
    X509Certificate leaf = ca.leaf("a");
    TestCa crlSigner = root.helper("CA", KeyUsage.cRLSign);
    for (List<X509Certificate> path :
        List.of(
            List.of(leaf, ca.certificate),
            List.of(ca.certificate, leaf),
            List.of(root.certificate, ca.certificate, leaf),
            List.of(crlSigner.certificate, leaf, ca.certificate))) {
      PathRequest request =
          PathRequest.of(
              path,
              List.of(root.certificate),
              List.of(rootCrl, ca.crl(1).signBy(crlSigner.keys), ca.crl(1).sign()),
              SamplePki.NOW);
      assertThat(verdict(new PathValidator().validate(request))).isEqualTo(VALID);
    }
  }
}
