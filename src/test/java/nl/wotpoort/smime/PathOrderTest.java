package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.junit.jupiter.api.Test;

/** Certificates of one path in any order, and names that fit more than one of them. */
class PathOrderTest {

  private static final TestCa ROOT = TestCa.root("Root");
  private static final TestCa CA = ROOT.authority("CA");
  private static final X509Certificate TOP = ROOT.certificate;
  private static final X509Certificate MIDDLE = CA.certificate;
  private static final X509Certificate LEAF = CA.leaf("a");

  @Test
  void onePathEitherWayRound() {
    List<X509Certificate> path = List.of(LEAF, MIDDLE, TOP);
    assertThat(PathOrder.leafFirst(path)).contains(path);
    assertThat(PathOrder.leafFirst(List.of(TOP, MIDDLE, LEAF))).contains(path);
    assertThat(PathOrder.leafFirst(List.of(LEAF))).contains(List.of(LEAF));
    assertThat(PathOrder.leafFirst(List.of(MIDDLE, LEAF, TOP))).isEmpty();
    assertThat(PathOrder.leafFirst(List.of(LEAF, TOP))).isEmpty();
    X509Certificate stranger = TestCa.root("Other").leaf("a");
    assertThat(PathOrder.leafFirst(List.of(stranger, MIDDLE, TOP))).isEmpty();
  }

  private static TestCa.Ext own(int key) {
    return TestCa.ext(
        Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(new byte[] {(byte) key}));
  }

  private static TestCa.Ext by(int key) {
    return TestCa.ext(
        Extension.authorityKeyIdentifier,
        false,
        new AuthorityKeyIdentifier(new byte[] {(byte) key}));
  }

  /**
   * RFC 5280 §4.2.1.1: the identifier tells an issuer's keys apart, where both certificates say
   * one.
   */
  @Test
  void namesAndKeyIdentifiers() {
    X509Certificate first = ROOT.authority("CA", own(1)).certificate;
    X509Certificate second = ROOT.authority("CA", own(2)).certificate;
    X509Certificate ofFirst = CA.leaf("a", by(1));
    assertThat(PathOrder.mayIssue(first, ofFirst)).isTrue();
    assertThat(PathOrder.mayIssue(second, ofFirst)).isFalse();
    assertThat(PathOrder.mayIssue(MIDDLE, ofFirst)).isTrue();
    assertThat(PathOrder.mayIssue(first, LEAF)).isTrue();
    assertThat(PathOrder.mayIssue(MIDDLE, LEAF)).isTrue();
    assertThat(PathOrder.mayIssue(TOP, LEAF)).isFalse();
    X509Certificate elsewhere = ROOT.authority("Other", own(1)).certificate;
    assertThat(PathOrder.mayIssue(elsewhere, ofFirst)).isFalse();
  }

  @Test
  void whoIssuedHimself() {
    assertThat(PathOrder.isSelfIssued(TOP)).isTrue();
    assertThat(PathOrder.isSelfIssued(MIDDLE)).isFalse();
  }

  /** The one nobody was issued by; of those neither an authority nor a signer of lists. */
  @Test
  void theEndAmongHelpers() {
    X509Certificate lists = ROOT.helper("Lists", KeyUsage.cRLSign).certificate;
    X509Certificate authority = ROOT.authority("Beside").certificate;
    assertThat(PathOrder.leaf(List.of(TOP, LEAF, MIDDLE))).isEqualTo(LEAF);
    assertThat(PathOrder.leaf(List.of(TOP, MIDDLE))).isEqualTo(MIDDLE);
    assertThat(PathOrder.leaf(List.of(lists, authority, MIDDLE, LEAF))).isEqualTo(LEAF);
    assertThat(PathOrder.leaf(List.of(LEAF, MIDDLE, lists, authority))).isEqualTo(LEAF);
    X509Certificate bare = ROOT.nameless(); // without key usage, so neither
    assertThat(PathOrder.leaf(List.of(authority, lists, bare))).isEqualTo(bare);
    // its own name as the issuer's, as a root has: alone it is the end
    assertThat(PathOrder.leaf(List.of(TOP))).isEqualTo(TOP);
    X509Certificate twin = TestCa.root("Root").certificate;
    assertThat(PathOrder.leaf(List.of(TOP, twin))).isEqualTo(TOP); // each may have issued the other
  }

  /** What a certificate says of itself decides only between ends. */
  @Test
  void theEndAmongCertificatesThatSayNoMoreThanItself() {
    TestCa plain = ROOT.helper("Plain", KeyUsage.digitalSignature);
    X509Certificate end = plain.leaf("a");
    assertThat(PathOrder.leaf(List.of(plain.certificate, end))).isEqualTo(end);
    TestCa.Ext none = TestCa.ext(Extension.basicConstraints, true, new BasicConstraints(0));
    X509Certificate last = ROOT.helper("Last", KeyUsage.keyCertSign, none).certificate;
    assertThat(PathOrder.leaf(List.of(last, LEAF))).isEqualTo(LEAF);
    TestCa alone = TestCa.root("Alone");
    X509Certificate own = alone.helper("Alone", KeyUsage.digitalSignature).certificate;
    assertThat(PathOrder.leaf(List.of(last, own))).isEqualTo(own);
  }
}
