package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5280 §6.3.3 (b), (d) and (e): which list is about which certificate, and for what. */
class CrlScopeTest {

  private static final TestCa CA = TestCa.root("CA");
  private static final TestCa LISTER = TestCa.root("Lister");
  private static final X509Certificate LEAF = CA.leaf("a");
  private static final X509Certificate LOWEST = lowest();

  private static final GeneralName LISTED_BY = directory("CN=Lister");

  private static X509Certificate lowest() {
    return CA.mailLeaf(
        "ca@b.example",
        TestCa.newKeys(),
        TestCa.ext(Extension.basicConstraints, true, new BasicConstraints(0)));
  }

  private static CrlScope scope(X509CRL crl) {
    return CrlScope.of(crl).orElseThrow();
  }

  private static CrlScope scope(TestCa by, IssuingDistributionPoint point) {
    return scope(by.crl(1).with(Extension.issuingDistributionPoint, true, point).sign());
  }

  private static IssuingDistributionPoint only(boolean users, boolean authorities, boolean others) {
    return new IssuingDistributionPoint(null, users, authorities, null, false, others);
  }

  private static IssuingDistributionPoint at(boolean indirect, GeneralName... names) {
    return new IssuingDistributionPoint(full(names), false, false, null, indirect, false);
  }

  private static DistributionPointName full(GeneralName... names) {
    return new DistributionPointName(new GeneralNames(names));
  }

  private static DistributionPointName relative(String name) {
    RDN rdn = new RDN(BCStyle.OU, new DERUTF8String(name));
    return new DistributionPointName(
        DistributionPointName.NAME_RELATIVE_TO_CRL_ISSUER, new DERSet(rdn.getFirst()));
  }

  private static GeneralName directory(String name) {
    return new GeneralName(TestCa.name(name));
  }

  private static GeneralName uri(String uri) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, uri);
  }

  private static String covers(CrlScope scope, DistributionPoint point, X509Certificate one) {
    int reasons = scope.reasonsFor(point, one);
    return reasons == CrlScope.ALL_REASONS ? "all" : Integer.toBinaryString(reasons);
  }

  private static String covers(CrlScope scope, X509Certificate one) {
    return covers(scope, CrlScope.impliedPoint(one), one);
  }

  @Test
  void usersAuthoritiesAttributes() {
    assertThat(covers(scope(CA, only(true, false, false)), LEAF)).isEqualTo("all");
    assertThat(covers(scope(CA, only(true, false, false)), LOWEST)).isEqualTo("0");
    assertThat(covers(scope(CA, only(false, true, false)), LEAF)).isEqualTo("0");
    assertThat(covers(scope(CA, only(false, true, false)), LOWEST)).isEqualTo("all");
    assertThat(covers(scope(CA, only(false, false, true)), LEAF)).isEqualTo("0");
    assertThat(covers(scope(CA, only(false, false, false)), LEAF)).isEqualTo("all");
    assertThat(covers(scope(LISTER.crl(1).sign()), LEAF)).isEqualTo("0");
  }

  @Test
  void anotherIssuersListMustSayThatItIsIndirect() {
    GeneralNames lister = new GeneralNames(directory("CN=Lister"));
    DistributionPoint point = new DistributionPoint(null, null, lister);
    assertThat(covers(scope(LISTER, at(true, directory("CN=Lister"))), point, LEAF))
        .isEqualTo("all");
    assertThat(covers(scope(LISTER, at(false, directory("CN=Lister"))), point, LEAF))
        .isEqualTo("0");
    assertThat(covers(scope(LISTER, only(false, false, false)), point, LEAF)).isEqualTo("0");
    assertThat(covers(scope(CA, at(true, directory("CN=Lister"))), point, LEAF)).isEqualTo("0");
  }

  @Test
  void aPointWithoutANameLendsTheOneOfWhoLists() {
    IssuingDistributionPoint there = at(true, directory("CN=There"));
    DistributionPoint point =
        new DistributionPoint(null, null, new GeneralNames(directory("CN=Lister")));
    assertThat(covers(scope(LISTER, there), point, LEAF)).isEqualTo("0");
    DistributionPoint nothing = new DistributionPoint(null, null, null);
    assertThat(covers(scope(CA, there), nothing, LEAF)).isEqualTo("0");
    assertThat(covers(scope(CA.crl(1).sign()), nothing, LEAF)).isEqualTo("all");
  }

  @Test
  void oneOfTheNamesMustBeTheSame() {
    DistributionPoint point =
        new DistributionPoint(full(uri("http://b/"), directory("CN=Here")), null, null);
    assertThat(covers(scope(CA, at(false, uri("http://a/"), directory("cn=here"))), point, LEAF))
        .isEqualTo("all");
    assertThat(covers(scope(CA, at(false, uri("http://b/"))), point, LEAF)).isEqualTo("all");
    assertThat(covers(scope(CA, at(false, uri("http://a/"))), point, LEAF)).isEqualTo("0");
    assertThat(covers(scope(CA, at(false, directory("CN=There"))), point, LEAF)).isEqualTo("0");
    assertThat(covers(scope(CA, at(false, here(new DERPrintableString("HERE")))), point, LEAF))
        .isEqualTo("all");
  }

  private static GeneralName here(ASN1Encodable value) {
    return new GeneralName(
        new X500Name(new RDN[] {new RDN(new AttributeTypeAndValue(BCStyle.CN, value))}));
  }

  @Test
  void namesRelativeToWhoLists() {
    IssuingDistributionPoint own =
        new IssuingDistributionPoint(relative("Here"), false, false, null, true, false);
    DistributionPoint whole = new DistributionPoint(full(directory("OU=Here,CN=CA")), null, null);
    DistributionPoint near = new DistributionPoint(relative("Here"), null, null);
    DistributionPoint far = new DistributionPoint(relative("There"), null, null);
    GeneralNames lister = new GeneralNames(directory("CN=Lister"));
    DistributionPoint listers = new DistributionPoint(relative("Here"), null, lister);
    assertThat(covers(scope(CA, own), whole, LEAF)).isEqualTo("all");
    assertThat(covers(scope(CA, own), near, LEAF)).isEqualTo("all");
    assertThat(covers(scope(CA, own), far, LEAF)).isEqualTo("0");
    assertThat(covers(scope(LISTER, own), listers, LEAF)).isEqualTo("all");
    assertThat(covers(scope(LISTER, own), near, LEAF)).isEqualTo("0");
  }

  /** A bit of RFC 5280's ReasonFlags, and ours; "unused" is no reason. */
  @ParameterizedTest
  @CsvSource({
    "128, 0",
    "64, 1",
    "32, 10",
    "16, 100",
    "8, 1000",
    "4, 10000",
    "2, 100000",
    "1, 1000000",
    "32768, 10000000",
    "32769, 11000000",
  })
  void reasons(int flags, String covered) {
    CrlScope some =
        scope(
            CA,
            new IssuingDistributionPoint(null, false, false, new ReasonFlags(flags), false, false));
    assertThat(covers(some, LEAF)).isEqualTo(covered);
    DistributionPoint point = new DistributionPoint(null, new ReasonFlags(flags), null);
    assertThat(covers(scope(CA.crl(1).sign()), point, LEAF)).isEqualTo(covered);
    DistributionPoint other = new DistributionPoint(null, new ReasonFlags(~flags & 0x7f), null);
    assertThat(covers(some, other, LEAF)).isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void unknownExtensionsOfEntries(boolean critical) throws IOException {
    Extension odd =
        new Extension(new ASN1ObjectIdentifier("1.2.3.4"), critical, DERNull.INSTANCE.getEncoded());
    CrlScope scope = scope(CA.crl(1).revoking(LEAF, new Extensions(odd)).sign());
    assertThat(scope.hasUnknownCriticalExtension()).isEqualTo(critical);
    assertThat(scope.entry(LEAF)).isNotNull();
    assertThat(scope.entry(LOWEST)).isNull();
  }

  @Test
  void extensionsOfEntriesWithoutAny() {
    assertThat(scope(CA.crl(1).revoking(LEAF, 0).sign()).hasUnknownCriticalExtension()).isFalse();
  }

  @Test
  void ofTheNamesOfWhoListsTheDirectorysCount() {
    GeneralNames both = new GeneralNames(new GeneralName[] {uri("http://a/"), LISTED_BY});
    DistributionPoint point = new DistributionPoint(null, null, both);
    assertThat(covers(scope(LISTER, at(true, LISTED_BY)), point, LEAF)).isEqualTo("all");
  }

  private static X509CRL numbered(int number, int daysAgo) {
    return CA.crl(number).from(TestCa.NOW.minus(Duration.ofDays(daysAgo))).sign();
  }

  /** The number and age in days of one and of the other; 0 is no number. */
  @ParameterizedTest
  @CsvSource({
    "1, 2, 2, 1, true, before",
    "1, 2, 2, 2, true, before",
    "2, 2, 2, 1, true, before",
    "2, 2, 2, 2, false, same",
    "2, 2, 1, 1, false, before",
    "1, 1, 2, 2, false, after",
    "2, 1, 1, 2, false, after",
    "2, 1, 1, 1, false, after",
    "2, 1, 2, 2, false, after",
    "0, 2, 1, 1, true, before",
    "0, 2, 0, 1, true, before",
    "1, 2, 0, 2, false, after",
  })
  void whichOfTwoSpeaksLater(
      int number, int age, int otherNumber, int otherAge, boolean superseded, String order) {
    CrlScope one = scope(numbered(number, age));
    CrlScope other = scope(numbered(otherNumber, otherAge));
    assertThat(one.isSupersededBy(other)).isEqualTo(superseded);
    int compared = one.compareTo(other);
    assertThat(compared < 0 ? "before" : compared == 0 ? "same" : "after").isEqualTo(order);
    assertThat(one.isSupersededBy(one)).isTrue();
  }

  @Test
  void ofAnotherScopeNoneSpeaksLater() {
    CrlScope old = scope(numbered(1, 3));
    CrlScope ofAnother = scope(LISTER.crl(2).sign());
    AuthorityKeyIdentifier key = new AuthorityKeyIdentifier(new byte[] {7});
    CrlScope byAnotherKey =
        scope(CA.crl(2).with(Extension.authorityKeyIdentifier, false, key).sign());
    assertThat(old.isSupersededBy(ofAnother)).isFalse();
    assertThat(old.isSupersededBy(byAnotherKey)).isFalse();
    assertThat(old.isSupersededBy(scope(CA, only(true, false, false)))).isFalse();
    assertThat(old.isSupersededBy(scope(CA.crl(2).sign()))).isTrue();
  }

  @Test
  void baseAndDelta() throws Fault {
    CrlScope base = scope(CA.crl(5).sign());
    assertThat(base.isBaseOf(scope(delta(CA, 6, 5).sign()))).isTrue();
    assertThat(base.isBaseOf(scope(delta(CA, 6, 4).sign()))).isTrue();
    assertThat(base.isBaseOf(scope(delta(CA, 7, 6).sign()))).isFalse();
    assertThat(base.isBaseOf(scope(delta(CA, 5, 5).sign()))).isFalse();
    assertThat(base.isBaseOf(scope(delta(CA, 0, 5).sign()))).isFalse();
    assertThat(base.isBaseOf(scope(CA.crl(6).sign()))).isFalse();
    assertThat(scope(CA.crl(0).sign()).isBaseOf(scope(delta(CA, 6, 5).sign()))).isFalse();
    assertThat(base.isBaseOf(scope(delta(LISTER, 6, 5).sign()))).isFalse();
  }

  private static TestCa.Crl delta(TestCa by, int number, int base) {
    return by.crl(number)
        .with(Extension.deltaCRLIndicator, true, new CRLNumber(BigInteger.valueOf(base)));
  }
}
