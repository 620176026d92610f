package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.Test;

/** Extensions that are there, that are not, and that cannot be read (RFC 5280 §4.2 and §5.2). */
class ExtensionsTest {

  private static final TestCa ROOT = TestCa.root("Root");

  private static X509Certificate with(ASN1ObjectIdentifier oid, ASN1Encodable value) {
    return ROOT.leaf("a", TestCa.ext(oid, false, value));
  }

  private static GeneralName uri(String uri) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, uri);
  }

  private static DistributionPoint point(GeneralName... names) {
    return new DistributionPoint(new DistributionPointName(new GeneralNames(names)), null, null);
  }

  private static List<String> lists(DistributionPoint... points) {
    return Extensions.crlAddresses(with(Extension.cRLDistributionPoints, new CRLDistPoint(points)));
  }

  @Test
  void whereListsAre() {
    String longest = "http://" + "a".repeat(2000);
    GeneralName elsewhere = new GeneralName(TestCa.name("CN=x"));
    assertThat(
            lists(
                point(uri("http://a/1"), uri("ldap://a/2"), elsewhere, uri("HTTPS://a/3")),
                point(uri("ftp://a/4"), uri("http://a/5 6"), uri("http://"), uri(" http://a")),
                new DistributionPoint(null, null, new GeneralNames(elsewhere)),
                new DistributionPoint(
                    new DistributionPointName(
                        DistributionPointName.NAME_RELATIVE_TO_CRL_ISSUER, new DERSet()),
                    null,
                    null),
                point(uri(longest), uri(longest + "a")),
                point(new GeneralName(GeneralName.dNSName, "http://a/7"))))
        .containsExactly("http://a/1", "HTTPS://a/3", longest);
    assertThat(Extensions.crlAddresses(ROOT.leaf("a"))).isEmpty();
    assertThat(Extensions.crlAddresses(with(Extension.cRLDistributionPoints, DERNull.INSTANCE)))
        .isEmpty();
  }

  private static DERSequence access(ASN1ObjectIdentifier method, GeneralName where) {
    return new DERSequence(new ASN1Encodable[] {method, where});
  }

  @Test
  void whereAnswersAre() {
    ASN1ObjectIdentifier ocsp = AccessDescription.id_ad_ocsp;
    DERSequence all =
        new DERSequence(
            new ASN1Encodable[] {
              access(AccessDescription.id_ad_caIssuers, uri("http://a/1")),
              access(ocsp, uri("http://a/2")),
              access(ocsp, new GeneralName(GeneralName.dNSName, "a")),
              access(ocsp, uri("https://a/3"))
            });
    assertThat(Extensions.ocspAddresses(with(Extension.authorityInfoAccess, all)))
        .containsExactly("http://a/2", "https://a/3");
    assertThat(Extensions.ocspAddresses(ROOT.leaf("a"))).isEmpty();
    assertThat(Extensions.ocspAddresses(with(Extension.authorityInfoAccess, DERNull.INSTANCE)))
        .isEmpty();
  }

  @Test
  void theIssuersKey() {
    byte[] key = {1, 2};
    DERTaggedObject field = new DERTaggedObject(false, 0, new DEROctetString(key));
    ASN1ObjectIdentifier oid = Extension.authorityKeyIdentifier;
    assertThat(Extensions.authorityKeyIdentifier(with(oid, new DERSequence(field)))).isEqualTo(key);
    assertThat(Extensions.authorityKeyIdentifier(with(oid, new DERSequence()))).isNull();
    assertThat(Extensions.authorityKeyIdentifier(with(oid, DERNull.INSTANCE))).isNull();
    assertThat(Extensions.authorityKeyIdentifier(ROOT.leaf("a"))).isNull();
  }

  @Test
  void numbersOfLists() throws Fault {
    String number = Extension.cRLNumber.getId();
    assertThat(Extensions.number(ROOT.crl(7).sign(), number)).isEqualTo(BigInteger.valueOf(7));
    assertThat(Extensions.number(ROOT.crl(0).sign(), number)).isNull();
    ASN1ObjectIdentifier any = new ASN1ObjectIdentifier("1.2.3.4"); // the JDK reads it not
    X509CRL odd = ROOT.crl(0).with(any, false, DERNull.INSTANCE).sign();
    assertFault(Finding.REVOCATION_UNKNOWN, () -> Extensions.number(odd, any.getId()));
    assertThat(Extensions.issuingDistributionPoint(ROOT.crl(1).sign())).isNull();
  }

  private static void assertFault(Finding finding, ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(Fault.class, f -> assertThat(f.finding()).isEqualTo(finding));
  }

  private static DERSequence policies(String... oids) {
    ASN1Encodable[] all = new ASN1Encodable[oids.length];
    for (int i = 0; i < oids.length; i++) {
      all[i] = new ASN1ObjectIdentifier(oids[i]);
    }
    return new DERSequence(all);
  }

  @Test
  void policies() throws Fault {
    DERSequence two = new DERSequence(new ASN1Encodable[] {policies("1.2.3"), policies("1.2.4")});
    assertThat(Extensions.policies(with(Extension.certificatePolicies, two)))
        .containsExactly("1.2.3", "1.2.4");
    assertThat(Extensions.policies(ROOT.leaf("a"))).isEmpty();
    DERSequence mapped =
        new DERSequence(
            new ASN1Encodable[] {
              policies("1.2.3", "1.2.4"), policies("1.2.5", "1.2.6"), policies("1.2.3", "1.2.7")
            });
    assertThat(Extensions.policyMappings(with(Extension.policyMappings, mapped)))
        .isEqualTo(Map.of("1.2.3", Set.of("1.2.4", "1.2.7"), "1.2.5", Set.of("1.2.6")));
    assertThat(Extensions.policyMappings(ROOT.leaf("a"))).isEmpty();
    assertThat(Extensions.policyConstraints(ROOT.leaf("a"))).isNull();
    assertThat(Extensions.inhibitAnyPolicy(ROOT.leaf("a"))).isNull();
    ASN1Integer skip = new ASN1Integer(2);
    assertThat(Extensions.inhibitAnyPolicy(with(Extension.inhibitAnyPolicy, skip)))
        .isEqualTo(BigInteger.TWO);
  }

  /** Not to be read is not to be trusted. */
  @Test
  void whatCannotBeRead() {
    Finding untrusted = Finding.SIGNER_UNTRUSTED;
    assertFault(
        untrusted,
        () -> Extensions.policies(with(Extension.certificatePolicies, DERNull.INSTANCE)));
    DERSequence half = new DERSequence(policies("1.2.3"));
    assertFault(untrusted, () -> Extensions.policyMappings(with(Extension.policyMappings, half)));
    assertFault(
        untrusted,
        () -> Extensions.nameConstraints(with(Extension.nameConstraints, DERNull.INSTANCE)));
    assertFault(
        untrusted,
        () -> Extensions.inhibitAnyPolicy(with(Extension.inhibitAnyPolicy, DERNull.INSTANCE)));
    ASN1Encodable deep = DERNull.INSTANCE;
    for (int i = 0; i < 40; i++) {
      deep = new DERSequence(deep);
    }
    ASN1Encodable deepest = deep;
    assertFault(
        untrusted, () -> Extensions.policyMappings(with(Extension.policyMappings, deepest)));
    assertThat(Extensions.crlAddresses(with(Extension.cRLDistributionPoints, deepest))).isEmpty();
    assertFault(
        Finding.REVOCATION_UNKNOWN,
        () ->
            Extensions.distributionPoints(with(Extension.cRLDistributionPoints, DERNull.INSTANCE)));
  }
}
