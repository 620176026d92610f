package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.OtherName;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v1CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What PKITS does not try, and somebody might. */
class PathAttacksTest {

  private static final String VALID = "valid";
  private static final String UNTRUSTED = "signer-untrusted";

  private final TestCa root = TestCa.root("Root");

  private String verdict(X509Certificate... path) {
    return verdict(PathRequest.of(List.of(path), List.of(root.certificate), List.of(), TestCa.NOW));
  }

  private static String verdict(PathRequest request) {
    PathResult result =
        new PathValidator().validate(request.withRevocation(PathRequest.Revocation.OFF));
    return result.finding().map(Finding::code).orElse(VALID);
  }

  private static TestCa.Ext constraints(
      @Nullable GeneralName permitted, @Nullable GeneralName excluded) {
    return TestCa.ext(
        Extension.nameConstraints, true, new NameConstraints(trees(permitted), trees(excluded)));
  }

  private static GeneralSubtree @Nullable [] trees(@Nullable GeneralName name) {
    return name == null ? null : new GeneralSubtree[] {new GeneralSubtree(name)};
  }

  private static GeneralName mail(String name) {
    return new GeneralName(GeneralName.rfc822Name, name);
  }

  private static TestCa.Ext names(GeneralName... names) {
    return TestCa.ext(Extension.subjectAlternativeName, false, new GeneralNames(names));
  }

  /** A subject with the attribute emailAddress. */
  private static String withMail(String name, String address) {
    StringBuilder hex = new StringBuilder();
    address.chars().forEach(c -> hex.append(String.format("%02x", c)));
    return name + String.format(",1.2.840.113549.1.9.1=#16%02x", address.length()) + hex;
  }

  @Test
  void mailAddressInTheSubjectBehindAnotherKindOfAlternativeName() {
    TestCa ca = root.authority("CA", constraints(mail("praktijk.example"), null));
    TestCa not = root.authority("CB", constraints(null, mail("huisartsen.example")));
    GeneralName host = new GeneralName(GeneralName.dNSName, "www.praktijk.example");
    String inside = withMail("a", "a@praktijk.example");
    String outside = withMail("a", "a@huisartsen.example");

    assertThat(verdict(ca.leaf(inside, names(host)), ca.certificate)).isEqualTo(VALID);
    assertThat(verdict(ca.leaf(outside), ca.certificate)).isEqualTo(UNTRUSTED);
    assertThat(verdict(ca.leaf(outside, names(host)), ca.certificate)).isEqualTo(UNTRUSTED);
    assertThat(verdict(not.leaf(inside, names(host)), not.certificate)).isEqualTo(VALID);
    assertThat(verdict(not.leaf(outside, names(host)), not.certificate)).isEqualTo(UNTRUSTED);
  }

  @Test
  void secondAddressOutside() {
    TestCa ca = root.authority("CA", constraints(mail("praktijk.example"), null));
    X509Certificate both = ca.leaf("a", names(mail("a@praktijk.example"), mail("a@b.example")));
    assertThat(verdict(both, ca.certificate)).isEqualTo(UNTRUSTED);
  }

  @Test
  void lookAlikesOfThePermittedDomain() {
    TestCa ca = root.authority("CA", constraints(mail("praktijk.example"), null));
    assertThat(verdict(ca.leaf("a", names(mail("A@PRAKTIJK.example"))), ca.certificate))
        .isEqualTo(VALID);
    for (String outside :
        List.of(
            "a@depraktijk.example",
            "a@praktijk.example.net",
            "a@x.praktijk.example",
            "praktijk.example@b.example")) {
      assertThat(verdict(ca.leaf("a", names(mail(outside))), ca.certificate))
          .as(outside)
          .isEqualTo(UNTRUSTED);
    }
  }

  @Test
  void oneMailboxOnly() {
    TestCa ca = root.authority("CA", constraints(mail("a@praktijk.example"), null));
    assertThat(verdict(ca.leaf("a", names(mail("a@praktijk.example"))), ca.certificate))
        .isEqualTo(VALID);
    assertThat(verdict(ca.leaf("a", names(mail("aa@praktijk.example"))), ca.certificate))
        .isEqualTo(UNTRUSTED);
  }

  @Test
  void constraintsOfTwoAuthoritiesOnlyNarrow() {
    TestCa upper = root.authority("CA", constraints(mail("praktijk.example"), null));
    TestCa lower = upper.authority("CB", constraints(mail("huisartsen.example"), null));
    assertThat(verdict(lower.leaf("a"), lower.certificate, upper.certificate)).isEqualTo(VALID);
    for (String address : List.of("a@praktijk.example", "a@huisartsen.example")) {
      assertThat(
              verdict(lower.leaf("a", names(mail(address))), lower.certificate, upper.certificate))
          .as(address)
          .isEqualTo(UNTRUSTED);
    }
  }

  @Test
  void thirdAuthorityCannotGetBackWhatTheSecondGaveUp() {
    TestCa wide = root.authority("CA", constraints(mail(".nl.example"), null));
    TestCa narrow = wide.authority("CB", constraints(mail("a.nl.example"), null));
    TestCa back = narrow.authority("CC", constraints(mail(".nl.example"), null));
    for (String host : List.of("a", "b")) {
      X509Certificate leaf = back.leaf("a", names(mail("x@" + host + ".nl.example")));
      assertThat(verdict(leaf, back.certificate, narrow.certificate, wide.certificate))
          .isEqualTo(host.equals("a") ? VALID : UNTRUSTED);
    }
  }

  @Test
  void authorityThatLoosensWhatItWasGiven() {
    TestCa upper = root.authority("CA", constraints(mail("praktijk.example"), null));
    TestCa lower = upper.authority("CB", constraints(new GeneralName(TestCa.name("O=Zorg")), null));
    X509Certificate outside = lower.leaf("a,O=Zorg", names(mail("a@b.example")));
    assertThat(verdict(outside, lower.certificate, upper.certificate)).isEqualTo(UNTRUSTED);
  }

  @Test
  void selfIssuedLeafIsConstrained() {
    TestCa ca = root.authority("CA", constraints(mail("praktijk.example"), null));
    X509Certificate leaf = ca.leaf("CA", names(mail("a@b.example")));
    assertThat(verdict(leaf, ca.certificate)).isEqualTo(UNTRUSTED);
  }

  @Test
  void constraintsInTheAnchorHold() {
    TestCa anchor = TestCa.root("Root", constraints(mail("praktijk.example"), null));
    for (String address : List.of("a@praktijk.example", "a@b.example")) {
      PathRequest request =
          PathRequest.of(
              List.of(anchor.leaf("a", names(mail(address)))),
              List.of(anchor.certificate),
              List.of(),
              TestCa.NOW);
      assertThat(verdict(request)).isEqualTo(address.endsWith("b.example") ? UNTRUSTED : VALID);
    }
  }

  /** Critical ones do not get past the reading of the certificate. */
  @Test
  void constraintsThatCannotBeRead() {
    ASN1Encodable garbage = new DEROctetString(new byte[] {1, 2, 3});
    TestCa ca = root.authority("CA", TestCa.ext(Extension.nameConstraints, false, garbage));
    assertThat(verdict(ca.leaf("a"), ca.certificate)).isEqualTo(UNTRUSTED);
  }

  /** How an authority for people is kept from certifying hosts. */
  @Test
  void excludedNameOfNoLengthExcludesAll() {
    GeneralName allHosts = new GeneralName(GeneralName.dNSName, "");
    TestCa people = root.authority("CA", constraints(null, allHosts));
    GeneralName host = new GeneralName(GeneralName.dNSName, "www.praktijk.example");
    assertThat(verdict(people.leaf("a", names(mail("a@b.example"))), people.certificate))
        .isEqualTo(VALID);
    assertThat(verdict(people.leaf("a", names(host)), people.certificate)).isEqualTo(UNTRUSTED);
  }

  @Test
  void permittedNameOfNoLengthPermitsAll() {
    TestCa ca = root.authority("CA", constraints(new GeneralName(GeneralName.dNSName, ""), null));
    GeneralName host = new GeneralName(GeneralName.dNSName, "www.praktijk.example");
    assertThat(verdict(ca.leaf("a", names(host)), ca.certificate)).isEqualTo(VALID);
  }

  @Test
  void oneKindExcludedAndOfAnotherSomePermitted() {
    GeneralName allHosts = new GeneralName(GeneralName.dNSName, "");
    TestCa ca = root.authority("CA", constraints(mail("praktijk.example"), allHosts));
    for (String address : List.of("a@praktijk.example", "a@b.example")) {
      assertThat(verdict(ca.leaf("a", names(mail(address))), ca.certificate))
          .isEqualTo(address.endsWith("b.example") ? UNTRUSTED : VALID);
    }
    GeneralName host = new GeneralName(GeneralName.dNSName, "www.praktijk.example");
    assertThat(verdict(ca.leaf("a", names(host)), ca.certificate)).isEqualTo(UNTRUSTED);
  }

  /** The JDK's validator takes it for one. */
  @Test
  void commonNameIsNoHostName() {
    GeneralName zone = new GeneralName(GeneralName.dNSName, "praktijk.example");
    TestCa ca = root.authority("CA", constraints(zone, null));
    assertThat(verdict(ca.leaf("a.devries"), ca.certificate)).isEqualTo(VALID);
  }

  @Test
  void kindsOfNamesThatTheJdkCannotCompare() {
    GeneralName login = other("a@praktijk.example");
    TestCa ca = root.authority("CA", constraints(login, null));
    TestCa sub = ca.authority("CB", constraints(login, null));
    TestCa uris =
        root.authority(
            "CC",
            constraints(
                new GeneralName(GeneralName.uniformResourceIdentifier, "praktijk.example"), null));
    GeneralName urn = new GeneralName(GeneralName.uniformResourceIdentifier, "urn:oid:1.2.3");
    GeneralName host =
        new GeneralName(GeneralName.uniformResourceIdentifier, "https://praktijk.example/a");
    assertThat(verdict(ca.leaf("a"), ca.certificate)).isEqualTo(VALID);
    assertThat(verdict(ca.leaf("a", names(login)), ca.certificate)).isEqualTo(UNTRUSTED);
    assertThat(verdict(sub.leaf("a"), sub.certificate, ca.certificate)).isEqualTo(VALID);
    assertThat(verdict(sub.leaf("a", names(login)), sub.certificate, ca.certificate))
        .isEqualTo(UNTRUSTED);
    assertThat(verdict(uris.leaf("a", names(host)), uris.certificate)).isEqualTo(VALID);
    assertThat(verdict(uris.leaf("a", names(urn)), uris.certificate)).isEqualTo(UNTRUSTED);
  }

  private static GeneralName other(String login) {
    ASN1ObjectIdentifier userPrincipalName = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.3");
    return new GeneralName(
        GeneralName.otherName, new OtherName(userPrincipalName, new DERUTF8String(login)));
  }

  @Test
  void authorityOfVersionOne() throws IOException, GeneralSecurityException {
    TestCa old = versionOne("CN=Old");
    assertThat(verdict(old.leaf("a"), old.certificate)).isEqualTo(UNTRUSTED);

    TestCa below = old.authority("CA");
    for (List<X509Certificate> path :
        List.of(List.of(old.leaf("a")), List.of(below.leaf("a"), below.certificate))) {
      PathRequest asAnchor = PathRequest.of(path, List.of(old.certificate), List.of(), TestCa.NOW);
      assertThat(verdict(asAnchor)).isEqualTo(VALID);
    }
  }

  private TestCa versionOne(String name) throws IOException, GeneralSecurityException {
    var keys = TestCa.newKeys();
    try {
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(root.keys.getPrivate());
      var builder =
          new X509v1CertificateBuilder(
              TestCa.name(root.dn()),
              BigInteger.TEN,
              Date.from(TestCa.NOW.minus(Duration.ofDays(1))),
              Date.from(TestCa.NOW.plus(Duration.ofDays(1))),
              TestCa.name(name),
              SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
      return TestCa.of(keys, Certificates.read(builder.build(signer).getEncoded()));
    } catch (OperatorCreationException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void leafAsAnchorIssuesNothing() {
    TestCa leaf = root.helper("Leaf", KeyUsage.digitalSignature | KeyUsage.keyCertSign);
    X509Certificate below = leaf.leaf("a");
    PathRequest request =
        PathRequest.of(List.of(below), List.of(leaf.certificate), List.of(), TestCa.NOW);
    assertThat(verdict(request)).isEqualTo(UNTRUSTED);
  }

  @Test
  void authorityWithoutTheRightToSignCertificates() {
    TestCa.Ext basic = TestCa.ext(Extension.basicConstraints, true, new BasicConstraints(true));
    TestCa ca = root.helper("CA", KeyUsage.digitalSignature, basic);
    assertThat(verdict(ca.leaf("a"), ca.certificate)).isEqualTo(UNTRUSTED);
  }

  @Test
  void crossCertificateLeadsToTheAnchorWeHave() {
    TestCa other = TestCa.root("Other");
    TestCa ca = other.authority("CA");
    X509Certificate cross = root.vouchingFor(other).certificate;
    X509Certificate leaf = ca.leaf("a");
    assertThat(verdict(leaf, ca.certificate, other.certificate)).isEqualTo(UNTRUSTED);
    assertThat(verdict(leaf, ca.certificate, cross)).isEqualTo(VALID);
    PathRequest all =
        PathRequest.of(List.of(leaf), List.of(root.certificate), List.of(), TestCa.NOW)
            .withOthers(List.of(other.certificate, ca.certificate, cross, leaf));
    assertThat(verdict(all)).isEqualTo(VALID);
  }

  @Test
  void crossCertificateBringsItsConstraints() {
    TestCa other = TestCa.root("Other");
    X509Certificate cross =
        root.vouchingFor(other, constraints(mail("praktijk.example"), null)).certificate;
    assertThat(verdict(other.leaf("a", names(mail("a@praktijk.example"))), cross)).isEqualTo(VALID);
    assertThat(verdict(other.leaf("a", names(mail("a@b.example"))), cross)).isEqualTo(UNTRUSTED);
  }

  @Test
  void pathIsCompletedFromOthers() {
    TestCa ca = root.authority("CA");
    TestCa sub = ca.authority("Sub");
    PathRequest half =
        PathRequest.of(
            List.of(sub.leaf("a"), sub.certificate),
            List.of(root.certificate),
            List.of(),
            TestCa.NOW);
    assertThat(verdict(half)).isEqualTo(UNTRUSTED);
    assertThat(verdict(half.withOthers(List.of(ca.certificate)))).isEqualTo(VALID);
  }
}
