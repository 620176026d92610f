package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.CertPolicyId;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.bouncycastle.asn1.x509.PolicyMappings;
import org.junit.jupiter.api.Test;

/** RFC 5280 §6.1.3 (d), §6.1.4 (b) and §6.1.5, where PKITS does not tell two readings apart. */
class PolicyRulesTest {

  private static final String ANY = "2.5.29.32.0";
  private static final String ONE = "1.3.6.1.4.1.99999.1";
  private static final String TWO = "1.3.6.1.4.1.99999.2";
  private static final String VALID = "valid";
  private static final String UNTRUSTED = "signer-untrusted";
  private static final TestCa ROOT = TestCa.root("Root");

  private static TestCa.Ext policies(String... oids) {
    PolicyInformation[] all = new PolicyInformation[oids.length];
    for (int i = 0; i < oids.length; i++) {
      all[i] = new PolicyInformation(new ASN1ObjectIdentifier(oids[i]));
    }
    return TestCa.ext(Extension.certificatePolicies, false, new CertificatePolicies(all));
  }

  private static TestCa.Ext mapping(String from, String to) {
    return TestCa.ext(Extension.policyMappings, true, new PolicyMappings(policy(from), policy(to)));
  }

  private static CertPolicyId policy(String oid) {
    return CertPolicyId.getInstance(new ASN1ObjectIdentifier(oid));
  }

  private static TestCa.Ext explicitAfter(int certificates) {
    return TestCa.ext(
        Extension.policyConstraints,
        true,
        new PolicyConstraints(BigInteger.valueOf(certificates), null));
  }

  private static String verdict(Set<String> wanted, boolean explicit, X509Certificate... path) {
    PathRequest request =
        PathRequest.of(List.of(path), List.of(ROOT.certificate), List.of(), TestCa.NOW)
            .withPolicies(wanted, explicit, false, false)
            .withRevocation(PathRequest.Revocation.OFF);
    return new PathValidator().validate(request).finding().map(Finding::code).orElse(VALID);
  }

  private static String wanting(String wanted, TestCa ca, TestCa.Ext... leaf) {
    return verdict(Set.of(wanted), true, ca.leaf("a", leaf), ca.certificate);
  }

  @Test
  void theEndMayAskForAPolicyItself() {
    TestCa bare = ROOT.authority("CA");
    TestCa withOne = ROOT.authority("CA", policies(ONE));
    assertThat(verdict(Set.of(), false, bare.leaf("a", explicitAfter(0)), bare.certificate))
        .isEqualTo(UNTRUSTED);
    assertThat(verdict(Set.of(), false, bare.leaf("a", explicitAfter(1)), bare.certificate))
        .isEqualTo(VALID);
    X509Certificate leaf = withOne.leaf("a", explicitAfter(0), policies(ONE));
    assertThat(verdict(Set.of(), false, leaf, withOne.certificate)).isEqualTo(VALID);
    TestCa inhibiting =
        ROOT.authority(
            "CA",
            TestCa.ext(
                Extension.policyConstraints, true, new PolicyConstraints(null, BigInteger.ZERO)));
    assertThat(verdict(Set.of(), false, inhibiting.leaf("a"), inhibiting.certificate))
        .isEqualTo(VALID);
  }

  @Test
  void whichPolicyIsWanted() {
    TestCa ca = ROOT.authority("CA", policies(ONE));
    TestCa any = ROOT.authority("CA", policies(ANY));
    assertThat(wanting(ANY, ca, policies(ONE))).isEqualTo(VALID);
    assertThat(wanting(ONE, ca, policies(ONE))).isEqualTo(VALID);
    assertThat(wanting(TWO, ca, policies(ONE))).isEqualTo(UNTRUSTED);
    assertThat(wanting(TWO, ca, policies(ANY))).isEqualTo(UNTRUSTED);
    assertThat(wanting(TWO, any, policies(ANY))).isEqualTo(VALID);
    assertThat(wanting(TWO, any, policies(ONE))).isEqualTo(UNTRUSTED);
    assertThat(wanting(ANY, ca, policies(TWO))).isEqualTo(UNTRUSTED);
  }

  @Test
  void mappings() {
    TestCa any = ROOT.authority("CA", policies(ANY), mapping(ONE, TWO));
    assertThat(wanting(ONE, any, policies(TWO))).isEqualTo(VALID);
    assertThat(wanting(TWO, any, policies(TWO))).isEqualTo(UNTRUSTED);
    TestCa another = ROOT.authority("CA", policies(TWO), mapping(ONE, TWO));
    assertThat(wanting(ONE, another, policies(TWO))).isEqualTo(UNTRUSTED);
    assertThat(wanting(TWO, another, policies(TWO))).isEqualTo(VALID);
  }

  @Test
  void howManyCertificatesWithoutAPolicy() {
    TestCa ca = ROOT.authority("CA", explicitAfter(1));
    TestCa later = ROOT.authority("CA", explicitAfter(2));
    TestCa below = ca.authority("Below");
    TestCa belowLater = later.authority("Below");
    assertThat(verdict(Set.of(), false, below.leaf("a"), below.certificate, ca.certificate))
        .isEqualTo(UNTRUSTED);
    assertThat(
            verdict(
                Set.of(), false, belowLater.leaf("a"), belowLater.certificate, later.certificate))
        .isEqualTo(UNTRUSTED);
    TestCa latest = ROOT.authority("CA", explicitAfter(3));
    TestCa belowLatest = latest.authority("Below");
    assertThat(
            verdict(
                Set.of(),
                false,
                belowLatest.leaf("a"),
                belowLatest.certificate,
                latest.certificate))
        .isEqualTo(VALID);
  }
}
