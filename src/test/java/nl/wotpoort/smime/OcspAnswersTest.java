package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.ocsp.OCSPResponseStatus;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

/** RFC 6960 §3.2 and §4.2.2.2, row by row; {@link OcspTest} has the answers of openssl. */
class OcspAnswersTest {

  private static final String GOOD = "good";
  private static final String UNKNOWN = "revocation-unknown";
  private static final String SHA1 = "1.3.14.3.2.26";
  private static final Instant NOW = TestCa.NOW;
  private static final Instant HOUR_AGO = NOW.minus(Duration.ofHours(1));

  private static final TestCa CA = TestCa.root("Zorg");
  private static final TestCa STRANGER = TestCa.of(TestCa.newKeys(), CA.certificate);
  private static final X509Certificate LEAF = CA.leaf("a");
  private static final TestCa RESPONDER = responder(CA, KeyUsage.digitalSignature);

  private static TestCa.Ext forOcsp() {
    return TestCa.ext(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning));
  }

  private static TestCa responder(TestCa by, int usage) {
    return by.helper("Responder", usage, forOcsp());
  }

  private static OcspReply reply(TestCa signer) {
    return OcspReply.of(LEAF, CA, signer);
  }

  private static OcspReply delegated(TestCa signer) {
    return reply(signer).along(signer.certificate);
  }

  private static String verdict(OcspReply reply) {
    return verdict(reply.bytes(), NOW);
  }

  private static String verdict(byte[] reply, Instant at) {
    return verdict(check(at, Optional.of(AlgorithmPolicy.defaults())), reply);
  }

  private static OcspCheck check(Instant at, Optional<AlgorithmPolicy> policy) {
    return new OcspCheck(LEAF, CA.certificate, policy, at, c -> false);
  }

  private static String verdict(OcspCheck check, byte[] reply) {
    try {
      return check.check(reply).status() == OcspCheck.Status.GOOD ? GOOD : "revoked";
    } catch (Fault fault) {
      return fault.finding().code();
    }
  }

  /** A hold may end only when the answer is over. */
  @Test
  void onHoldNowIsRevoked() throws Fault {
    byte[] held = reply(CA).says(OcspReply.held(), HOUR_AGO).bytes();
    assertThat(check(NOW, Optional.of(AlgorithmPolicy.defaults())).check(held).status())
        .isEqualTo(OcspCheck.Status.REVOKED);
  }

  @Test
  void byTheIssuerOrByWhomItNamedForThat() {
    assertThat(verdict(reply(CA))).isEqualTo(GOOD);
    assertThat(verdict(reply(CA).byKey())).isEqualTo(GOOD);
    assertThat(verdict(delegated(RESPONDER))).isEqualTo(GOOD);
    assertThat(verdict(delegated(RESPONDER).byKey())).isEqualTo(GOOD);
    assertThat(verdict(reply(CA).says(OcspReply.revoked(), HOUR_AGO))).isEqualTo("revoked");
    assertThat(verdict(reply(CA).says(OcspReply.unknown(), HOUR_AGO))).isEqualTo(UNKNOWN);
  }

  @Test
  void underTheIssuersNameByAnotherKey() {
    assertThat(verdict(reply(STRANGER))).isEqualTo(UNKNOWN);
    assertThat(verdict(delegated(RESPONDER).signedWith(TestCa.signer(STRANGER.keys))))
        .isEqualTo(UNKNOWN);
    TestCa strangers = responder(STRANGER, KeyUsage.digitalSignature);
    assertThat(verdict(delegated(strangers))).isEqualTo(UNKNOWN);
    TestCa otherName = TestCa.of(CA.keys, TestCa.root("Elders").certificate);
    assertThat(verdict(delegated(responder(otherName, KeyUsage.digitalSignature))))
        .isEqualTo(UNKNOWN);
  }

  @Test
  void theRespondersCertificate() {
    assertThat(verdict(delegated(CA.helper("Responder", KeyUsage.digitalSignature))))
        .isEqualTo(UNKNOWN);
    assertThat(verdict(delegated(responder(CA, KeyUsage.keyEncipherment)))).isEqualTo(UNKNOWN);
    KeyPair keys = TestCa.newKeys();
    TestCa.Ext otherUse =
        TestCa.ext(
            Extension.extendedKeyUsage,
            false,
            new ExtendedKeyUsage(KeyPurposeId.id_kp_emailProtection));
    assertThat(verdict(delegated(TestCa.of(keys, CA.mailLeaf("r@b.example", keys, forOcsp())))))
        .isEqualTo(GOOD);
    assertThat(verdict(delegated(TestCa.of(keys, CA.mailLeaf("r@b.example", keys, otherUse)))))
        .isEqualTo(UNKNOWN);
    TestCa.Ext noList = TestCa.ext(Extension.extendedKeyUsage, false, DERNull.INSTANCE);
    assertThat(verdict(delegated(TestCa.of(keys, CA.mailLeaf("r@b.example", keys, noList)))))
        .isEqualTo(UNKNOWN);
    assertThat(verdict(delegated(TestCa.of(keys, CA.mailLeaf("r@b.example", keys)))))
        .isEqualTo(UNKNOWN);
  }

  @Test
  void aResponderThatIsNoLongerValid() {
    Instant later = NOW.plus(Duration.ofDays(301));
    byte[] reply = delegated(RESPONDER).says(OcspReply.good(), later).bytes();
    assertThat(verdict(reply, later)).isEqualTo(UNKNOWN);
    assertThat(verdict(reply(CA).says(OcspReply.good(), later).bytes(), later)).isEqualTo(GOOD);
  }

  @Test
  void aListedResponder() {
    byte[] reply = delegated(RESPONDER).bytes();
    OcspCheck listed =
        new OcspCheck(LEAF, CA.certificate, Optional.empty(), NOW, RESPONDER.certificate::equals);
    assertThat(verdict(listed, reply)).isEqualTo(UNKNOWN);
    assertThat(verdict(check(NOW, Optional.empty()), reply)).isEqualTo(GOOD);
  }

  @Test
  void weakKeysAndSignatures() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    KeyPair small = generator.generateKeyPair();
    byte[] reply =
        delegated(TestCa.of(small, CA.mailLeaf("r@b.example", small, forOcsp()))).bytes();
    assertThat(verdict(reply, NOW)).isEqualTo("weak-algorithm");
    assertThat(verdict(check(NOW, Optional.empty()), reply)).isEqualTo(GOOD);
    byte[] sha512 = reply(CA).signedWith(TestCa.signer(CA.keys, "SHA512withECDSA")).bytes();
    AlgorithmPolicy without = AlgorithmPolicy.defaults().refusing(List.of("ECDSA-SHA-512"));
    assertThat(verdict(sha512, NOW)).isEqualTo(GOOD);
    assertThat(verdict(check(NOW, Optional.of(without)), sha512)).isEqualTo("weak-algorithm");
    assertThat(verdict(reply(CA).signedWith(TestCa.signer(small, "SHA256withRSA"))))
        .isEqualTo(UNKNOWN);
  }

  @Test
  void pss() {
    TestCa rsa = CA.rsaAuthority();
    X509Certificate leaf = rsa.leaf("b");
    OcspCheck check =
        new OcspCheck(
            leaf, rsa.certificate, Optional.of(AlgorithmPolicy.defaults()), NOW, c -> false);
    assertThat(
            verdict(
                check,
                OcspReply.of(leaf, rsa, rsa)
                    .signedWith(TestCa.pssSigner(rsa.keys.getPrivate()))
                    .bytes()))
        .isEqualTo(GOOD);
  }

  @Test
  void certificatesAlong() {
    assertThat(verdict(reply(RESPONDER))).isEqualTo(UNKNOWN);
    TestCa other = CA.helper("Another", KeyUsage.digitalSignature, forOcsp());
    assertThat(verdict(reply(RESPONDER).along(other.certificate, RESPONDER.certificate)))
        .isEqualTo(GOOD);
    assertThat(verdict(reply(RESPONDER).along(other.certificate))).isEqualTo(UNKNOWN);
    X509Certificate[] ten = new X509Certificate[10];
    Arrays.fill(ten, other.certificate);
    ten[9] = RESPONDER.certificate;
    assertThat(verdict(reply(RESPONDER).along(ten))).isEqualTo(GOOD);
    X509Certificate[] eleven = Arrays.copyOf(ten, 11);
    eleven[10] = RESPONDER.certificate;
    assertThat(verdict(reply(RESPONDER).along(eleven))).isEqualTo(UNKNOWN);
  }

  @Test
  void criticalExtensions() {
    assertThat(verdict(reply(CA).with(OcspReply.nonce(false)))).isEqualTo(GOOD);
    assertThat(verdict(reply(CA).with(OcspReply.nonce(true)))).isEqualTo(UNKNOWN);
    Instant tomorrow = NOW.plus(Duration.ofDays(1));
    for (boolean critical : List.of(true, false)) {
      OcspReply reply = reply(CA);
      CertID id = reply.id(SHA1, "SHA-1");
      reply.says(id, OcspReply.good(), HOUR_AGO, tomorrow, OcspReply.nonce(critical));
      assertThat(verdict(reply)).isEqualTo(critical ? UNKNOWN : GOOD);
    }
  }

  @Test
  void whatWasSaidLastCountsAndAtTheSameTimeTheWorse() {
    Instant before = NOW.minus(Duration.ofHours(2));
    assertThat(both(HOUR_AGO, before)).isEqualTo("revoked good");
    assertThat(both(before, HOUR_AGO)).isEqualTo("good revoked");
    assertThat(both(HOUR_AGO, HOUR_AGO)).isEqualTo("revoked revoked");
  }

  /** Revoked from the one time and good from the other; then the other way round. */
  private static String both(Instant first, Instant second) {
    return verdict(reply(CA).says(OcspReply.revoked(), first).says(OcspReply.good(), second))
        + " "
        + verdict(reply(CA).says(OcspReply.good(), first).says(OcspReply.revoked(), second));
  }

  @Test
  void aboutThisCertificateByEachPartOfItsName() {
    byte[] key = CA.certificate.getPublicKey().getEncoded();
    byte[] otherKey = STRANGER.keys.getPublic().getEncoded();
    X509Certificate otherName = TestCa.root("Elders").leaf("a");
    assertThat(about(OcspReply.id(SHA1, "SHA-1", key, LEAF))).isEqualTo(GOOD);
    assertThat(about(OcspReply.id("2.16.840.1.101.3.4.2.1", "SHA-256", key, LEAF))).isEqualTo(GOOD);
    assertThat(about(OcspReply.id("2.16.840.1.101.3.4.2.2", "SHA-384", key, LEAF))).isEqualTo(GOOD);
    assertThat(about(OcspReply.id("2.16.840.1.101.3.4.2.3", "SHA-512", key, LEAF))).isEqualTo(GOOD);
    assertThat(about(OcspReply.id("1.2.840.113549.2.5", "MD5", key, LEAF))).isEqualTo(UNKNOWN);
    CertID right = OcspReply.id(SHA1, "SHA-1", key, LEAF);
    assertThat(about(OcspReply.id(SHA1, "SHA-1", otherKey, LEAF))).isEqualTo(UNKNOWN);
    byte[] elders = OcspReply.id(SHA1, "SHA-1", key, otherName).getIssuerNameHash().getOctets();
    assertThat(about(id(right, elders, LEAF.getSerialNumber()))).isEqualTo(UNKNOWN);
    byte[] zorg = right.getIssuerNameHash().getOctets();
    assertThat(about(id(right, zorg, LEAF.getSerialNumber()))).isEqualTo(GOOD);
    assertThat(about(id(right, zorg, LEAF.getSerialNumber().add(BigInteger.ONE))))
        .isEqualTo(UNKNOWN);
  }

  private static CertID id(CertID right, byte[] name, BigInteger serial) {
    return new CertID(
        new AlgorithmIdentifier(new ASN1ObjectIdentifier(SHA1), DERNull.INSTANCE),
        new DEROctetString(name),
        right.getIssuerKeyHash(),
        new ASN1Integer(serial));
  }

  private static String about(CertID id) {
    Instant tomorrow = NOW.plus(Duration.ofDays(1));
    return verdict(reply(CA).says(id, OcspReply.good(), HOUR_AGO, tomorrow, null));
  }

  @Test
  void ofThisTime() {
    byte[] reply = reply(CA).says(OcspReply.good(), NOW).bytes();
    assertThat(verdict(reply, NOW.minus(Duration.ofMinutes(5)))).isEqualTo(GOOD);
    assertThat(verdict(reply, NOW.minus(Duration.ofMinutes(5)).minusSeconds(1))).isEqualTo(UNKNOWN);
    assertThat(verdict(reply, NOW.plus(Duration.ofDays(1)))).isEqualTo(GOOD);
    assertThat(verdict(reply, NOW.plus(Duration.ofDays(1)).plusSeconds(1))).isEqualTo(UNKNOWN);
  }

  @Test
  void whatIsNoAnswer() throws IOException {
    for (int status : List.of(1, 2, 3, 5, 6)) {
      assertThat(verdict(reply(CA).status(status))).isEqualTo(UNKNOWN);
    }
    assertThat(verdict(reply(CA).type("1.3.6.1.5.5.7.48.1.2"))).isEqualTo(UNKNOWN);
    byte[] empty = new OCSPResponse(new OCSPResponseStatus(0), null).getEncoded();
    assertThat(verdict(empty, NOW)).isEqualTo(UNKNOWN);
    assertThat(Ocsp.span(empty)).isEmpty();
  }

  /** For who keeps it, the shortest of what it says. */
  @Test
  void howLongToKeepIt() {
    OcspReply reply = reply(CA);
    CertID id = reply.id(SHA1, "SHA-1");
    Instant day = HOUR_AGO.plus(Duration.ofDays(1));
    Instant week = HOUR_AGO.plus(Duration.ofDays(7));
    for (List<Instant> ends : List.of(List.of(day, week), List.of(week, day), List.of(day))) {
      OcspReply one = reply(CA);
      ends.forEach(end -> one.says(id, OcspReply.good(), HOUR_AGO, end, null));
      assertThat(Ocsp.span(one.bytes())).contains(new Ocsp.Span(HOUR_AGO, day));
    }
    reply.says(id, OcspReply.good(), HOUR_AGO, null, null);
    assertThat(Ocsp.span(reply.bytes())).contains(new Ocsp.Span(HOUR_AGO, NOW));
  }
}
