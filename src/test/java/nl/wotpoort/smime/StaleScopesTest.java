package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.junit.jupiter.api.Test;

/** Which lists that are over are heard, beside what holds: deltas, scopes, several of them. */
class StaleScopesTest {

  private static final String VALID = "valid";
  private static final String UNKNOWN = "revocation-unknown";
  private static final String REVOKED = "signer-revoked";
  private static final Instant NOW = TestCa.NOW;
  private static final int PERMANENT = CRLReason.keyCompromise;
  private static final int HOLD = CRLReason.certificateHold;

  private final TestCa root = TestCa.root("Root");
  private final X509Certificate leaf = root.leaf("a");

  private static Instant ago(int days) {
    return NOW.minus(Duration.ofDays(days));
  }

  private PathRequest request(X509CRL... lists) {
    return PathRequest.of(List.of(leaf), List.of(root.certificate), List.of(lists), NOW);
  }

  private static String verdict(PathRequest request) {
    return new PathValidator().validate(request).finding().map(Finding::code).orElse(VALID);
  }

  /** With revocation required, and where the unknown passes. */
  private void is(String strict, String ifKnown, X509CRL... lists) {
    assertThat(verdict(request(lists))).as("required").isEqualTo(strict);
    assertThat(verdict(request(lists).withRevocation(PathRequest.Revocation.IF_KNOWN)))
        .as("if known")
        .isEqualTo(ifKnown);
  }

  /** For one day, that many days ago. */
  private TestCa.Crl over(int number, int days) {
    return root.crl(number).from(ago(days)).until(ago(days - 1).minusSeconds(1));
  }

  private TestCa.Crl delta(int number, int days) {
    return over(number, days)
        .with(Extension.deltaCRLIndicator, true, new CRLNumber(BigInteger.ONE));
  }

  private static TestCa.Crl only(TestCa.Crl list, boolean authorities, int reasons) {
    ReasonFlags flags = reasons == 0 ? null : new ReasonFlags(reasons);
    return list.with(
        Extension.issuingDistributionPoint,
        true,
        new IssuingDistributionPoint(null, false, authorities, flags, false, false));
  }

  @Test
  void aListWithoutAnEndNamesButDoesNotClear() {
    is(REVOKED, REVOKED, root.crl(1).until(null).revoking(leaf, PERMANENT).sign());
    is(UNKNOWN, VALID, root.crl(1).until(null).sign());
  }

  @Test
  void besideOneThatHoldsOnlyALaterOneIsHeard() {
    X509CRL holds = root.crl(5).from(ago(10)).sign();
    is(REVOKED, REVOKED, holds, over(6, 5).revoking(leaf, PERMANENT).sign());
    is(UNKNOWN, UNKNOWN, holds, over(6, 5).revoking(leaf, HOLD).sign());
    is(VALID, VALID, holds, over(4, 11).revoking(leaf, PERMANENT).sign());
    is(VALID, VALID, holds, over(4, 10).revoking(leaf, PERMANENT).sign());
    is(VALID, VALID, holds, over(6, 5).sign());
  }

  @Test
  void ofSeveralThatAreOverTheLastOfOneScope() {
    X509CRL naming = over(4, 9).revoking(leaf, PERMANENT).sign();
    is(UNKNOWN, VALID, naming, over(5, 5).sign());
    is(REVOKED, REVOKED, naming, over(3, 12).sign());
    // another scope takes nothing back
    is(REVOKED, REVOKED, naming, only(over(5, 5), false, ReasonFlags.keyCompromise).sign());
    // nor does a stranger
    is(REVOKED, REVOKED, naming, over(5, 5).signBy(TestCa.newKeys()));
    is(REVOKED, REVOKED, naming, over(5, 5).revoking(leaf, HOLD).signBy(TestCa.newKeys()));
  }

  @Test
  void oneThatCoversOnlySomeReasonsStillSupersedes() {
    X509CRL partly = only(root.crl(5), false, ReasonFlags.keyCompromise).sign();
    X509CRL older = only(over(4, 9), false, ReasonFlags.keyCompromise).revoking(leaf, 1).sign();
    is(UNKNOWN, VALID, partly, older);
    is(REVOKED, REVOKED, partly, over(4, 9).revoking(leaf, PERMANENT).sign());
  }

  @Test
  void aDeltaThatIsOver() {
    X509CRL base = root.crl(1).from(ago(20)).sign();
    X509CRL naming = delta(2, 9).revoking(leaf, PERMANENT).sign();
    is(REVOKED, REVOKED, base, naming);
    is(REVOKED, REVOKED, naming);
    is(VALID, VALID, root.crl(3).from(ago(8)).sign(), naming);
    // a delta that holds is the last word of its base
    X509CRL holds =
        root.crl(3)
            .from(ago(2))
            .with(Extension.deltaCRLIndicator, true, new CRLNumber(BigInteger.ONE))
            .sign();
    is(VALID, VALID, base, holds, delta(2, 9).revoking(leaf, HOLD).sign());
    is(VALID, VALID, base, delta(2, 9).sign());
  }

  /** A delta is silent about what it does not change. */
  @Test
  void aSilentDeltaTakesNothingBack() {
    is(REVOKED, REVOKED, over(1, 12).revoking(leaf, PERMANENT).sign(), delta(2, 9).sign());
    is(UNKNOWN, UNKNOWN, over(1, 12).revoking(leaf, HOLD).sign(), delta(2, 9).sign());
  }

  @Test
  void aHoldThatWasLifted() {
    X509CRL held = over(1, 12).revoking(leaf, HOLD).sign();
    is(UNKNOWN, VALID, held, delta(2, 9).revoking(leaf, CRLReason.removeFromCRL).sign());
    X509CRL again = delta(3, 5).revoking(leaf, HOLD).sign();
    X509CRL lifted = delta(2, 9).revoking(leaf, CRLReason.removeFromCRL).sign();
    is(UNKNOWN, UNKNOWN, held, lifted, again);
    X509CRL permanent = only(over(1, 12), false, PERMANENT).revoking(leaf, PERMANENT).sign();
    is(REVOKED, REVOKED, permanent, lifted);
    is(REVOKED, REVOKED, permanent, again);
  }

  @Test
  void oneAboutOthersOrWithAWeakSignatureOrOddExtensions() {
    is(UNKNOWN, VALID, only(over(1, 9), true, 0).revoking(leaf, PERMANENT).sign());
    X509CRL weak =
        over(1, 9).revoking(leaf, PERMANENT).signWith(TestCa.signer(root.keys, "SHA1withECDSA"));
    PathRequest judged = request(weak).withAlgorithms(AlgorithmPolicy.defaults());
    assertThat(verdict(judged)).isEqualTo(UNKNOWN);
    X509CRL odd =
        over(1, 9).with(Extension.biometricInfo, true, new CRLNumber(BigInteger.ONE)).sign();
    is(UNKNOWN, VALID, odd);
  }

  /** That is not silence, which may be passed over. */
  @Test
  void oneThatHoldsWithAWeakSignature() {
    X509CRL weak = root.crl(1).signWith(TestCa.signer(root.keys, "SHA1withECDSA"));
    PathRequest judged = request(weak).withAlgorithms(AlgorithmPolicy.defaults());
    assertThat(verdict(judged)).isEqualTo("weak-algorithm");
    assertThat(verdict(judged.withRevocation(PathRequest.Revocation.IF_KNOWN)))
        .isEqualTo("weak-algorithm");
  }

  /** A verdict is kept no longer than what it rests on. */
  @Test
  void itHoldsAsLongAsBaseAndDeltaDo() {
    Instant soon = NOW.plusSeconds(60);
    X509CRL base = root.crl(1).from(ago(20)).until(soon).sign();
    PathResult alone = new PathValidator().validate(request(base));
    assertThat(alone.validFrom()).isEqualTo(ago(20));
    assertThat(alone.validUntil()).isEqualTo(soon);
    X509CRL delta =
        root.crl(3)
            .from(ago(2))
            .until(soon)
            .with(Extension.deltaCRLIndicator, true, new CRLNumber(BigInteger.ONE))
            .sign();
    PathResult result =
        new PathValidator().validate(request(root.crl(1).from(ago(20)).sign(), delta));
    assertThat(result.isValid()).isTrue();
    assertThat(result.validFrom()).isEqualTo(ago(2));
    assertThat(result.validUntil()).isEqualTo(soon);
  }

  /** "removeFromCRL" is of delta lists (§5.3.1): in an answer that is over it says nothing. */
  @Test
  void anAnswerThatIsOverAndTookBack() {
    byte[] tookBack =
        OcspReply.of(leaf, root, root)
            .says(OcspReply.revoked(CRLReason.removeFromCRL), ago(2))
            .bytes();
    assertThat(asked(only(root.crl(1), true, 0).sign(), tookBack)).isEqualTo(UNKNOWN);
  }

  /** What is not known of the one must not hide what is known of the other. */
  @Test
  void belowAnAuthorityOfWhichNothingIsKnown() {
    TestCa ca = root.authority("CA");
    X509Certificate below = ca.leaf("b");
    X509CRL naming = ca.crl(2).revoking(below, PERMANENT).sign();
    RevocationLookup lookup =
        new RevocationLookup(
            source(List.of(naming), List.of()),
            List.of("http://list/"),
            List.of(),
            RevocationLookup.Named.IGNORED);
    PartnerGroup accepting =
        PartnerGroup.of("g", List.of(root.certificate), List.of(ca.certificate), List.of())
            .with(PartnerGroup.WhenUnknown.ACCEPT);
    Trust trust =
        Trust.of(
            List.of(accepting), AlgorithmPolicy.defaults(), Limits.defaults(), Map.of("g", lookup));
    assertThat(trust.path(below, List.of(), NOW).flatMap(PathResult::finding))
        .contains(Finding.SIGNER_REVOKED);
    assertThat(trust.path(ca.leaf("c"), List.of(), NOW).flatMap(PathResult::finding)).isEmpty();
  }

  @Test
  void anAuthorityNamedByAListThatIsOver() {
    TestCa ca = root.authority("CA");
    X509CRL naming = over(2, 9).revoking(ca.certificate, PERMANENT).sign();
    PathRequest request =
        PathRequest.of(
            List.of(ca.leaf("b"), ca.certificate),
            List.of(root.certificate),
            List.of(naming, ca.crl(1).sign()),
            NOW);
    assertThat(verdict(request)).isEqualTo(REVOKED);
    assertThat(verdict(request.withRevocation(PathRequest.Revocation.IF_KNOWN))).isEqualTo(REVOKED);
  }

  private static RevocationSource source(List<X509CRL> lists, List<byte[]> answers) {
    return new RevocationSource() {
      @Override
      public long version() {
        return 1;
      }

      @Override
      public List<X509CRL> crls(List<String> addresses) {
        return lists;
      }

      @Override
      public List<byte[]> ocsp(List<String> addresses, byte[] request) {
        return answers;
      }
    };
  }

  private String asked(X509CRL list, byte[]... answers) {
    RevocationLookup lookup =
        new RevocationLookup(
            source(List.of(), List.of(answers)),
            List.of(),
            List.of("http://ocsp/"),
            RevocationLookup.Named.IGNORED);
    return verdict(request(list).withLookup(lookup));
  }

  @Test
  void besideAnAnswerThatHoldsOnlyALaterListIsHeard() {
    byte[] good =
        OcspReply.of(leaf, root, root).says(OcspReply.good(), NOW.minusSeconds(60)).bytes();
    Instant asOf = NOW.minusSeconds(60);
    X509CRL naming = root.crl(1).from(asOf).until(NOW.minusSeconds(5)).revoking(leaf, 1).sign();
    X509CRL after =
        root.crl(1).from(asOf.plusSeconds(1)).until(NOW.minusSeconds(5)).revoking(leaf, 1).sign();
    assertThat(asked(naming, good)).isEqualTo(VALID);
    assertThat(asked(after, good)).isEqualTo(REVOKED);
    assertThat(asked(after)).isEqualTo(REVOKED);
  }

  @Test
  void aResponderNamedByAListThatIsOver() {
    TestCa.Ext forOcsp =
        TestCa.ext(
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning));
    TestCa responder = root.helper("Responder", KeyUsage.digitalSignature, forOcsp);
    byte[] answer = OcspReply.of(leaf, root, responder).along(responder.certificate).bytes();
    X509Certificate gone = responder.certificate;
    assertThat(asked(over(1, 9).sign(), answer)).isEqualTo(VALID);
    assertThat(asked(over(1, 9).revoking(gone, PERMANENT).sign(), answer)).isEqualTo(UNKNOWN);
    assertThat(asked(over(1, 9).revoking(gone, HOLD).sign(), answer)).isEqualTo(UNKNOWN);
  }

  @Test
  void ofAnAnswerThatIsOverAndOneThatHoldsTheLaterCounts() {
    byte[] before = OcspReply.of(leaf, root, root).says(OcspReply.revoked(), ago(3)).bytes();
    byte[] since = OcspReply.of(leaf, root, root).says(OcspReply.revoked(), ago(2)).bytes();
    OcspReply days = OcspReply.of(leaf, root, root);
    byte[] good =
        days.says(
                days.id("1.3.14.3.2.26", "SHA-1"),
                OcspReply.good(),
                ago(3).plusSeconds(60),
                NOW.plusSeconds(60),
                null)
            .bytes();
    X509CRL none = only(root.crl(1), true, 0).sign();
    assertThat(asked(none, before, good)).isEqualTo(VALID);
    assertThat(asked(none, good, since)).isEqualTo(REVOKED);
    assertThat(asked(none, since)).isEqualTo(REVOKED);
  }
}
