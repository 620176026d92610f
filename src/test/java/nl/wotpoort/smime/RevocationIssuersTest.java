package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.operator.ContentSigner;
import org.junit.jupiter.api.Test;

/** RFC 5280 §6.3.3 (f), (g): whose signature under a list counts. */
class RevocationIssuersTest {

  private static final String VALID = "valid";
  private static final String UNKNOWN = "revocation-unknown";
  private static final Instant NOW = TestCa.NOW;

  private static final TestCa ROOT = TestCa.root("Root");
  private static final TestCa CA = ROOT.authority("CA");
  private static final X509Certificate LEAF = CA.leaf("a");
  private static final X509CRL ROOT_CRL = ROOT.crl(1).sign();

  private static PathRequest request(List<X509Certificate> path, X509CRL... crls) {
    List<X509CRL> all = new ArrayList<>(List.of(crls));
    all.add(ROOT_CRL);
    return PathRequest.of(path, List.of(ROOT.certificate), all, NOW);
  }

  private static String verdict(PathRequest request) {
    return new PathValidator().validate(request).finding().map(Finding::code).orElse(VALID);
  }

  private static String check(X509CRL... crls) {
    return verdict(request(List.of(LEAF, CA.certificate), crls));
  }

  private static String check(TestCa helper, X509CRL crl) {
    return verdict(
        request(List.of(LEAF, CA.certificate), crl).withOthers(List.of(helper.certificate)));
  }

  private static GeneralNames directory(String name) {
    return new GeneralNames(new GeneralName(TestCa.name("CN=" + name)));
  }

  private static TestCa.Ext point(String name, String crlIssuer) {
    DistributionPointName at = name.isEmpty() ? null : new DistributionPointName(directory(name));
    GeneralNames by = crlIssuer.isEmpty() ? null : directory(crlIssuer);
    return TestCa.ext(
        Extension.cRLDistributionPoints,
        false,
        new CRLDistPoint(new DistributionPoint[] {new DistributionPoint(at, null, by)}));
  }

  private static X509CRL indirect(TestCa named, KeyPair signer) {
    return named
        .crl(1)
        .with(
            Extension.issuingDistributionPoint,
            true,
            new IssuingDistributionPoint(null, false, false, null, true, false))
        .signBy(signer);
  }

  @Test
  void aSignerWithoutAPathToTheSameAnchor() {
    TestCa stranger = TestCa.root("Root").helper("CA", KeyUsage.cRLSign);
    assertThat(check(stranger, CA.crl(1).signBy(stranger.keys))).isEqualTo(UNKNOWN);
  }

  @Test
  void aListWithoutAnEnd() {
    assertThat(check(CA.crl(1).until(null).sign())).isEqualTo(UNKNOWN);
    assertThat(check(CA.crl(1).until(NOW).sign())).isEqualTo(VALID);
  }

  /** The key of an authority of the path under somebody else's name. */
  @Test
  void aListUnderAnotherName() {
    TestCa lister = ROOT.helper("Lister", KeyUsage.cRLSign);
    X509Certificate leaf = CA.leaf("b", point("", "Lister"));
    List<X509Certificate> path = List.of(leaf, CA.certificate);
    assertThat(verdict(request(path, indirect(lister, CA.keys)))).isEqualTo(UNKNOWN);
    List<X509Certificate> others = List.of(lister.certificate);
    assertThat(verdict(request(path, indirect(lister, lister.keys)).withOthers(others)))
        .isEqualTo(VALID);
    assertThat(verdict(request(path, indirect(lister, CA.keys)).withOthers(others)))
        .isEqualTo(UNKNOWN);
  }

  @Test
  void theAnchorListsForAnAuthorityBelow() {
    X509Certificate leaf = CA.leaf("b", point("", "Root"));
    assertThat(verdict(request(List.of(leaf, CA.certificate), indirect(ROOT, ROOT.keys))))
        .isEqualTo(VALID);
  }

  /** Under its issuer's name, by its own key. */
  @Test
  void nobodyClearsHimself() {
    TestCa helper = CA.helper("CA", KeyUsage.cRLSign);
    X509CRL own = CA.crl(1).signBy(helper.keys);
    List<X509Certificate> path = List.of(helper.certificate, CA.certificate);
    assertThat(verdict(request(path, own))).isEqualTo(UNKNOWN);
    assertThat(verdict(request(path, CA.crl(1).sign()))).isEqualTo(VALID);
  }

  @Test
  void anIssuerThatMayNotSignLists() {
    KeyPair keys = TestCa.newKeys();
    TestCa silent = TestCa.of(keys, authority(keys, new KeyUsage(KeyUsage.keyCertSign)));
    List<X509Certificate> path = List.of(silent.leaf("a"), silent.certificate);
    PathRequest request = request(path, silent.crl(1).sign());
    assertThat(verdict(request)).isEqualTo(UNKNOWN);
    TestCa twin = ROOT.vouchingFor(silent);
    assertThat(verdict(request.withOthers(List.of(twin.certificate)))).isEqualTo(UNKNOWN);
    TestCa open = TestCa.of(keys, authority(keys, null));
    List<X509Certificate> other = List.of(open.leaf("a"), open.certificate);
    assertThat(verdict(request(other, open.crl(1).sign()))).isEqualTo(VALID);
  }

  private static X509Certificate authority(KeyPair keys, KeyUsage usage) {
    TestCa.Ext ca = TestCa.ext(Extension.basicConstraints, true, new BasicConstraints(true));
    return usage == null
        ? ROOT.mailLeaf("ca@b.example", keys, ca)
        : ROOT.mailLeaf("ca@b.example", keys, ca, TestCa.ext(Extension.keyUsage, true, usage));
  }

  @Test
  void theKeyTheListNames() {
    TestCa named =
        ROOT.authority(
            "Named",
            TestCa.ext(
                Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(new byte[] {7})));
    List<X509Certificate> path = List.of(named.leaf("a"), named.certificate);
    assertThat(verdict(request(path, named.crl(1).sign()))).isEqualTo(VALID);
    assertThat(verdict(request(path, naming(named, 7)))).isEqualTo(VALID);
    assertThat(verdict(request(path, naming(named, 8)))).isEqualTo(UNKNOWN);
    assertThat(check(naming(CA, 8))).isEqualTo(VALID);
  }

  private static X509CRL naming(TestCa by, int key) {
    return by.crl(1)
        .with(
            Extension.authorityKeyIdentifier,
            false,
            new AuthorityKeyIdentifier(new byte[] {(byte) key}))
        .sign();
  }

  @Test
  void weakSignaturesUnderLists() {
    X509CRL weak = CA.crl(1).signWith(TestCa.signer(CA.keys, "SHA1withECDSA"));
    assertThat(check(weak)).isEqualTo(VALID);
    PathRequest request = request(List.of(LEAF, CA.certificate), weak);
    assertThat(verdict(request.withAlgorithms(AlgorithmPolicy.defaults())))
        .isEqualTo("weak-algorithm");
    PathRequest both = request(List.of(LEAF, CA.certificate), weak, CA.crl(1).sign());
    assertThat(verdict(both.withAlgorithms(AlgorithmPolicy.defaults()))).isEqualTo(VALID);
  }

  @Test
  void pssUnderAList() {
    TestCa rsa = ROOT.rsaAuthority();
    ContentSigner signer = TestCa.pssSigner(rsa.keys.getPrivate());
    List<X509Certificate> path = List.of(rsa.leaf("a"), rsa.certificate);
    PathRequest request = request(path, rsa.crl(1).signWith(signer));
    assertThat(verdict(request.withAlgorithms(AlgorithmPolicy.defaults()))).isEqualTo(VALID);
  }

  /** Each signer's own revocation is in a list of the next signer. */
  @Test
  void howManyMayVouchForOneAnother() {
    assertThat(chain(5)).isEqualTo(VALID);
    assertThat(chain(6)).isEqualTo(UNKNOWN);
  }

  private static String chain(int length) {
    List<X509Certificate> others = new ArrayList<>();
    List<X509CRL> crls = new ArrayList<>();
    KeyPair above = ROOT.keys;
    for (int i = length; i > 1; i--) {
      String at = "Point " + i;
      TestCa signer = ROOT.helper("Root", KeyUsage.cRLSign, point(at, ""));
      others.add(signer.certificate);
      crls.add(at(at).signBy(above));
      above = signer.keys;
    }
    TestCa last = ROOT.helper("CA", KeyUsage.cRLSign, point("Point 1", ""));
    others.add(last.certificate);
    crls.add(at("Point 1").signBy(above));
    crls.add(at("Point 0").sign());
    crls.add(CA.crl(1).signBy(last.keys));
    TestCa ca = TestCa.of(CA.keys, ROOT.vouchingFor(CA, point("Point 0", "")).certificate);
    return verdict(
        PathRequest.of(List.of(ca.leaf("a"), ca.certificate), List.of(ROOT.certificate), crls, NOW)
            .withOthers(others));
  }

  private static TestCa.Crl at(String point) {
    return ROOT.crl(1)
        .with(
            Extension.issuingDistributionPoint,
            true,
            new IssuingDistributionPoint(
                new DistributionPointName(directory(point)), false, false, null, false, false));
  }

  @Test
  void deltas() {
    X509CRL base = CA.crl(5).sign();
    Instant soon = NOW.plus(Duration.ofHours(2));
    X509CRL empty = delta(6).until(soon).sign();
    X509CRL forged = delta(6).revoking(LEAF, CRLReason.keyCompromise).signBy(TestCa.newKeys());
    X509CRL same = delta(5).revoking(LEAF, CRLReason.keyCompromise).sign();
    assertThat(check(base, forged)).isEqualTo(VALID);
    assertThat(check(base, same)).isEqualTo(VALID);
    PathResult result =
        new PathValidator().validate(request(List.of(LEAF, CA.certificate), base, empty));
    assertThat(result.isValid()).isTrue();
    assertThat(result.validUntil()).isEqualTo(soon);
    assertThat(result.validFrom()).isEqualTo(NOW.minus(Duration.ofDays(1)));
  }

  /** What a delta does not name stays as it was. */
  @Test
  void aDeltaAboutOthers() {
    X509CRL base = CA.crl(5).revoking(LEAF, CRLReason.keyCompromise).sign();
    assertThat(check(base, delta(6).sign())).isEqualTo("signer-revoked");
  }

  @Test
  void aListThatIsNotAboutIt() {
    X509CRL authorities =
        CA.crl(2)
            .with(
                Extension.issuingDistributionPoint,
                true,
                new IssuingDistributionPoint(null, false, true, null, false, false))
            .revoking(LEAF, CRLReason.keyCompromise)
            .sign();
    assertThat(check(CA.crl(1).sign(), authorities)).isEqualTo(VALID);
  }

  private static TestCa.Crl delta(int number) {
    return CA.crl(number)
        .with(Extension.deltaCRLIndicator, true, new CRLNumber(BigInteger.valueOf(5)));
  }
}
