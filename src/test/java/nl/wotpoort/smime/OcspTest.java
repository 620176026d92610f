package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RFC 6960: whose answers count. All answers are made by {@code openssl ocsp}. */
class OcspTest {

  private static final String RESPONDER =
      """
      [x]
      keyUsage=critical,digitalSignature
      extendedKeyUsage=OCSPSigning
      noCheck=ignored
      """;

  private static final String HERE = "http://ocsp.example/";

  @TempDir private static Path work;

  private static OpensslCa ca;
  private static X509Certificate leaf;
  private static X509Certificate other;

  @BeforeAll
  static void issue() throws IOException {
    ca = OpensslCa.in(work.resolve("ca"), "Zorg");
    leaf = ca.leaf("leaf", "a@b.example", "authorityInfoAccess=OCSP;URI:" + HERE);
    other = ca.leaf("other", "c@d.example");
    ca.issue("responder", RESPONDER);
  }

  /** The responder is openssl, whose clock is this machine's. */
  private static Instant now() {
    return Instant.now();
  }

  private static byte[] question(X509Certificate about) throws IOException {
    return Ocsp.question(about, ca.certificate());
  }

  /** Gives the same answer to every question, and keeps what it was asked. */
  private static final class Canned implements RevocationSource {
    private final byte[] answer;
    private final List<String> asked = new ArrayList<>();

    Canned(byte[] answer) {
      this.answer = answer;
    }

    @Override
    public long version() {
      return 1;
    }

    @Override
    public List<X509CRL> crls(List<String> addresses) {
      asked.addAll(addresses);
      return List.of();
    }

    @Override
    public List<byte[]> ocsp(List<String> addresses, byte[] request) {
      asked.addAll(addresses);
      return List.of(answer);
    }
  }

  private static PathResult result(byte[] answer, Instant at, X509CRL... lists) throws IOException {
    return result(new Canned(answer), leaf, RevocationLookup.Named.FOLLOWED, at, lists);
  }

  private static PathResult result(
      Canned source, X509Certificate of, RevocationLookup.Named named, Instant at, X509CRL... lists)
      throws IOException {
    return new PathValidator()
        .validate(
            PathRequest.of(List.of(of), List.of(ca.certificate()), List.of(lists), at)
                .withAlgorithms(AlgorithmPolicy.defaults())
                .withLookup(new RevocationLookup(source, List.of(), List.of(), named)));
  }

  private static String verdict(byte[] answer) throws IOException {
    return verdict(result(answer, now()));
  }

  private static String verdict(PathResult result) {
    return result.finding().map(Finding::code).orElse("valid");
  }

  @Test
  void theIssuersOwnAnswer() throws IOException {
    byte[] answer = ca.answer(question(leaf), "ca", "-ndays", "1");
    assertThat(verdict(answer)).isEqualTo("valid");
    PathResult result = result(answer, now());
    assertThat(result.validUntil()).isBefore(now().plus(Duration.ofHours(25)));
  }

  @Test
  void theAnswerOfWhomTheIssuerNamedForIt() throws IOException {
    assertThat(verdict(ca.answer(question(leaf), "responder"))).isEqualTo("valid");
    assertThat(verdict(ca.answer(question(leaf), "responder", "-resp_key_id"))).isEqualTo("valid");
  }

  @Test
  void revokedAndUnknownThere() throws IOException {
    X509Certificate gone = ca.leaf("gone", "g@b.example", "authorityInfoAccess=OCSP;URI:" + HERE);
    ca.revoke(gone);
    byte[] revoked = ca.answer(question(gone), "ca");
    ca.forget(gone);
    byte[] unknown = ca.answer(question(gone), "ca");
    RevocationLookup.Named named = RevocationLookup.Named.FOLLOWED;
    assertThat(verdict(result(new Canned(revoked), gone, named, now())))
        .isEqualTo("signer-revoked");
    assertThat(verdict(result(new Canned(unknown), gone, named, now())))
        .isEqualTo("revocation-unknown");
  }

  @Test
  void anAnswerSignedByAStranger() throws IOException {
    OpensslCa strangers = OpensslCa.in(work.resolve("strangers"), "Zorg");
    strangers.issue("responder", RESPONDER);
    assertThat(verdict(strangersAnswer(strangers, "ca"))).isEqualTo("revocation-unknown");
    assertThat(verdict(strangersAnswer(strangers, "responder"))).isEqualTo("revocation-unknown");
  }

  /** The question names the true issuer; the strangers' tool answers with their index and key. */
  private static byte[] strangersAnswer(OpensslCa strangers, String signer) throws IOException {
    return strangers.answer(Ocsp.question(leaf, strangers.certificate()), signer);
  }

  /** Any certificate of the issuer can sign; only one with id-kp-OCSPSigning may. */
  @Test
  void anAnswerSignedByAnotherCustomerOfTheIssuer() throws IOException {
    assertThat(verdict(ca.answer(question(leaf), "other"))).isEqualTo("revocation-unknown");
  }

  @Test
  void anAnswerOfARevokedResponder() throws IOException {
    X509Certificate gone = ca.issue("gone-responder", RESPONDER);
    byte[] answer = ca.answer(question(leaf), "gone-responder");
    assertThat(verdict(result(answer, now()))).isEqualTo("valid");
    ca.revoke(gone);
    // a list that is not about our own certificate's point of distribution would do as well
    X509CRL list = ca.list();
    ca.forget(gone);
    OcspCheck check =
        new OcspCheck(
            leaf,
            ca.certificate(),
            Optional.empty(),
            now(),
            c -> list.getRevokedCertificate(c) != null);
    assertThat(finding(check, answer)).isEqualTo("revocation-unknown");
  }

  private static String finding(OcspCheck check, byte[] answer) {
    try {
      return check.check(answer).status() == OcspCheck.Status.GOOD ? "good" : "revoked";
    } catch (Fault fault) {
      return fault.finding().code();
    }
  }

  @Test
  void anAnswerAboutAnotherSerial() throws IOException {
    assertThat(verdict(ca.answer(question(other), "ca"))).isEqualTo("revocation-unknown");
  }

  /** Replayed after its end: what was good then may be revoked now(). */
  @Test
  void aStaleAnswer() throws IOException {
    byte[] short5 = ca.answer(question(leaf), "ca", "-nmin", "5");
    byte[] endless = ca.answer(question(leaf), "ca");
    byte[] year = ca.answer(question(leaf), "ca", "-ndays", "365");
    Instant soon = now().plus(Duration.ofMinutes(10));
    assertThat(verdict(result(short5, soon))).isEqualTo("revocation-unknown");
    assertThat(verdict(result(endless, soon))).isEqualTo("valid");
    assertThat(verdict(result(endless, now().plus(Duration.ofHours(2)))))
        .isEqualTo("revocation-unknown");
    assertThat(verdict(result(year, now().plus(Duration.ofDays(11)))))
        .isEqualTo("revocation-unknown");
  }

  @Test
  void anAnswerThatWasAltered() throws IOException {
    byte[] answer = ca.answer(question(leaf), "ca");
    for (int i = 0; i < answer.length; i += 29) {
      byte[] altered = answer.clone();
      altered[i] ^= 1;
      // in the unsigned envelope a bit may mean nothing; it must never mean another answer
      assertThat(verdict(altered)).isIn("revocation-unknown", "valid");
    }
    int serial = indexOf(answer, leaf.getSerialNumber().toByteArray());
    answer[serial + 2] ^= 1;
    assertThat(verdict(answer)).isEqualTo("revocation-unknown");
  }

  private static int indexOf(byte[] in, byte[] what) {
    for (int i = 0; i + what.length <= in.length; i++) {
      if (java.util.Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
        return i;
      }
    }
    throw new AssertionError("not there");
  }

  @Test
  void aWeakHash() throws IOException {
    assertThat(verdict(ca.answer(question(leaf), "ca", "-rmd", "sha1")))
        .isEqualTo("revocation-unknown");
  }

  @Test
  void noAnswerAtAll() throws IOException {
    byte[] tryLater = {0x30, 3, 0x0a, 1, 3};
    for (byte[] nothing : List.of(tryLater, new byte[0], new byte[] {0x30, (byte) 0x80})) {
      assertThat(verdict(nothing)).isEqualTo("revocation-unknown");
      assertThat(Ocsp.span(nothing)).isEmpty();
    }
  }

  @Test
  void aCurrentListIsEnoughAndNobodyIsAsked() throws IOException {
    Canned source = new Canned(new byte[0]);
    X509CRL list = ca.list();
    PathResult result =
        result(
            source, leaf, RevocationLookup.Named.FOLLOWED, list.getThisUpdate().toInstant(), list);
    assertThat(verdict(result)).isEqualTo("valid");
    assertThat(source.asked).isEmpty();
  }

  /** A bait: an address in a certificate that no anchor of ours issued. */
  @Test
  void anUnverifiedCertificatesAddressesAreNeverAsked() throws IOException {
    OpensslCa strangers = OpensslCa.in(work.resolve("bait"), "Zorg");
    X509Certificate bait =
        strangers.leaf(
            "bait",
            "a@b.example",
            "authorityInfoAccess=OCSP;URI:http://bait.example/",
            "crlDistributionPoints=URI:http://bait.example/crl");
    Canned source = new Canned(new byte[0]);
    RevocationLookup.Named named = RevocationLookup.Named.FOLLOWED;
    assertThat(verdict(result(source, bait, named, now()))).isEqualTo("signer-untrusted");
    assertThat(source.asked).isEmpty();
  }

  @Test
  void addressesInCertificatesAreFollowedOnlyWhenTheSettingSaysSo() throws IOException {
    byte[] answer = ca.answer(question(leaf), "ca");
    Canned source = new Canned(answer);
    assertThat(verdict(result(source, leaf, RevocationLookup.Named.IGNORED, now())))
        .isEqualTo("revocation-unknown");
    assertThat(source.asked).isEmpty();
    assertThat(verdict(result(source, leaf, RevocationLookup.Named.FOLLOWED, now())))
        .isEqualTo("valid");
    assertThat(source.asked).containsExactly(HERE);
  }
}
