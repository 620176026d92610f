package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertPolicyId;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.PolicyMappings;
import org.junit.jupiter.api.Test;

/** RFC 5280 §6.1, one rule a test, in the order of NIST PKITS. */
class PathRulesTest {

  private static final ASN1ObjectIdentifier ONE = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1");
  private static final ASN1ObjectIdentifier TWO = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.2");

  private final TestCa root = TestCa.root("Root");

  private static String verdict(PathRequest request) {
    PathResult result =
        new PathValidator().validate(request.withRevocation(PathRequest.Revocation.OFF));
    return result.finding().map(Finding::code).orElse("valid");
  }

  private PathRequest path(X509Certificate... path) {
    return PathRequest.of(List.of(path), List.of(root.certificate), List.of(), SamplePki.NOW);
  }

  private static TestCa.Ext policies(ASN1ObjectIdentifier... oids) {
    PolicyInformation[] all = new PolicyInformation[oids.length];
    for (int i = 0; i < oids.length; i++) {
      all[i] = new PolicyInformation(oids[i]);
    }
    return TestCa.ext(Extension.certificatePolicies, false, new CertificatePolicies(all));
  }

  private static TestCa.Ext mail(String address) {
    return TestCa.ext(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.rfc822Name, address)));
  }

  private static TestCa.Ext permitted(int kind, String name) {
    GeneralSubtree[] subtrees = {new GeneralSubtree(new GeneralName(kind, name))};
    return TestCa.ext(Extension.nameConstraints, true, new NameConstraints(subtrees, null));
  }

  private static TestCa.Ext excluded(int kind, String name) {
    GeneralSubtree[] subtrees = {new GeneralSubtree(new GeneralName(kind, name))};
    return TestCa.ext(Extension.nameConstraints, true, new NameConstraints(null, subtrees));
  }

  @Test
  void goodPath() {
    TestCa ca = root.authority("CA");
    assertThat(verdict(path(ca.leaf("a"), ca.certificate))).isEqualTo("valid");
  }

  @Test
  void signedByAnotherKeyOfTheSameName() {
    TestCa real = root.authority("CA");
    TestCa twin = TestCa.root("Root").authority("CA");
    assertThat(verdict(path(twin.leaf("a"), real.certificate))).isEqualTo("signer-untrusted");
  }

  @Test
  void namesThatDoNotChain() {
    TestCa ca = root.authority("CA");
    TestCa other = root.authority("Other");
    assertThat(verdict(path(ca.leaf("a"), other.certificate))).isEqualTo("signer-untrusted");
  }

  @Test
  void outsideItsValidity() {
    TestCa ca = root.authority("CA");
    X509Certificate leaf = ca.leaf("a");
    for (Instant at :
        List.of(
            SamplePki.NOW.plus(Duration.ofDays(400)), SamplePki.NOW.minus(Duration.ofDays(40)))) {
      PathRequest request =
          PathRequest.of(List.of(leaf, ca.certificate), List.of(root.certificate), List.of(), at);
      assertThat(verdict(request)).isEqualTo("signer-expired");
    }
  }

  @Test
  void leafThatIssues() {
    TestCa notAnAuthority = root.helper("Leaf", KeyUsage.digitalSignature);
    X509Certificate leaf = notAnAuthority.leaf("a");
    assertThat(verdict(path(leaf, notAnAuthority.certificate))).isEqualTo("signer-untrusted");
  }

  @Test
  void authorityWithoutKeyCertSign() {
    TestCa.Ext basic = TestCa.ext(Extension.basicConstraints, true, new BasicConstraints(true));
    TestCa ca = root.helper("CA", KeyUsage.cRLSign, basic);
    assertThat(verdict(path(ca.leaf("a"), ca.certificate))).isEqualTo("signer-untrusted");
  }

  @Test
  void longerThanPathLengthAllows() {
    TestCa.Ext basic = TestCa.ext(Extension.basicConstraints, true, new BasicConstraints(0));
    TestCa ca = root.helper("CA", KeyUsage.keyCertSign, basic);
    TestCa sub = ca.authority("Sub");
    assertThat(verdict(path(ca.leaf("a"), ca.certificate))).isEqualTo("valid");
    assertThat(verdict(path(sub.leaf("a"), sub.certificate, ca.certificate)))
        .isEqualTo("signer-untrusted");
  }

  @Test
  void unknownCriticalExtension() {
    TestCa.Ext odd = TestCa.ext(new ASN1ObjectIdentifier("1.2.3.4"), true, DERNull.INSTANCE);
    TestCa ca = root.authority("CA");
    assertThat(verdict(path(ca.leaf("a", odd), ca.certificate))).isEqualTo("signer-untrusted");
  }

  @Test
  void mailNameConstraints() {
    TestCa only = root.authority("CA", permitted(GeneralName.rfc822Name, "praktijk.example"));
    TestCa not = root.authority("CB", excluded(GeneralName.rfc822Name, "praktijk.example"));
    TestCa.Ext inside = mail("a@praktijk.example");
    TestCa.Ext outside = mail("a@sub.praktijk.example");
    assertThat(verdict(path(only.leaf("a", inside), only.certificate))).isEqualTo("valid");
    assertThat(verdict(path(only.leaf("a", outside), only.certificate)))
        .isEqualTo("signer-untrusted");
    assertThat(verdict(path(not.leaf("a", inside), not.certificate))).isEqualTo("signer-untrusted");
    assertThat(verdict(path(not.leaf("a", outside), not.certificate))).isEqualTo("valid");
  }

  @Test
  void directoryNameConstraints() {
    GeneralSubtree[] subtrees = {new GeneralSubtree(new GeneralName(TestCa.name("O=Zorg")))};
    TestCa ca =
        root.authority(
            "CA", TestCa.ext(Extension.nameConstraints, true, new NameConstraints(subtrees, null)));
    assertThat(verdict(path(ca.leaf("a, O=Zorg"), ca.certificate))).isEqualTo("valid");
    assertThat(verdict(path(ca.leaf("a, O=Anders"), ca.certificate))).isEqualTo("signer-untrusted");
  }

  @Test
  void explicitPolicy() {
    TestCa ca = root.authority("CA", policies(ONE));
    PathRequest good = path(ca.leaf("a", policies(ONE)), ca.certificate);
    PathRequest other = path(ca.leaf("a", policies(TWO)), ca.certificate);
    assertThat(verdict(good.withPolicies(Set.of(ONE.getId()), true, false, false)))
        .isEqualTo("valid");
    assertThat(verdict(good.withPolicies(Set.of(TWO.getId()), true, false, false)))
        .isEqualTo("signer-untrusted");
    assertThat(verdict(other.withPolicies(Set.of(), true, false, false)))
        .isEqualTo("signer-untrusted");
    assertThat(verdict(other)).isEqualTo("valid");
  }

  @Test
  void policyMapping() {
    TestCa.Ext mapping =
        TestCa.ext(
            Extension.policyMappings,
            true,
            new PolicyMappings(CertPolicyId.getInstance(ONE), CertPolicyId.getInstance(TWO)));
    TestCa ca = root.authority("CA", policies(ONE), mapping);
    PathRequest request = path(ca.leaf("a", policies(TWO)), ca.certificate);
    assertThat(verdict(request.withPolicies(Set.of(ONE.getId()), true, false, false)))
        .isEqualTo("valid");
    assertThat(verdict(request.withPolicies(Set.of(ONE.getId()), true, true, false)))
        .isEqualTo("signer-untrusted");
  }

  @Test
  void anyPolicyInhibited() {
    ASN1ObjectIdentifier any = new ASN1ObjectIdentifier("2.5.29.32.0");
    TestCa ca = root.authority("CA", policies(any));
    PathRequest request = path(ca.leaf("a", policies(ONE)), ca.certificate);
    assertThat(verdict(request.withPolicies(Set.of(), true, false, false))).isEqualTo("valid");
    assertThat(verdict(request.withPolicies(Set.of(), true, false, true)))
        .isEqualTo("signer-untrusted");
  }

  @Test
  void hostileHeapOfCrossCertificatesEndsSoon() {
    List<X509Certificate> heap = new ArrayList<>();
    TestCa ca = TestCa.root("Loop");
    for (int i = 0; i < 45; i++) {
      heap.add(ca.authority("Loop").certificate);
    }
    X509Certificate leaf = ca.leaf("a");
    PathRequest request = path(leaf).withRevocation(PathRequest.Revocation.OFF).withOthers(heap);
    PathResult result = new PathSearch(heap, Limits.defaults()).best(leaf, request);
    assertThat(result.finding()).contains(Finding.SIGNER_UNTRUSTED);
  }

  @Test
  void emptyAndForeignInput() {
    assertThat(verdict(path())).isEqualTo("signer-untrusted");
    assertThat(verdict(path(root.certificate))).isEqualTo("signer-untrusted");
    PathRequest noAnchors =
        PathRequest.of(
            Collections.singletonList(root.leaf("a")), List.of(), List.of(), SamplePki.NOW);
    assertThat(verdict(noAnchors)).isEqualTo("signer-untrusted");
  }

  @Test
  void weakAlgorithmsOnlyWithAPolicy() {
    X509Certificate leaf = root.leaf("a");
    AlgorithmPolicy rsaOnly =
        AlgorithmPolicy.defaults().refusing(List.of("P-256", "ECDSA-SHA-256"));
    assertThat(verdict(path(leaf))).isEqualTo("valid");
    assertThat(verdict(path(leaf).withAlgorithms(rsaOnly))).isEqualTo("weak-algorithm");
  }
}
