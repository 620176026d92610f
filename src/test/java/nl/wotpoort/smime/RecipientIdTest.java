package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Objects;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;

/** Which certificate an identifier means: by issuer and serial number, or by key identifier. */
class RecipientIdTest {

  private static final Limits LIMITS = Limits.defaults();
  private static final X509Certificate OOST = SamplePki.certificate("gateway/oost");

  /** Without a key identifier. */
  private static final X509Certificate BARE = TestCa.root("Root").leaf("x");

  private static boolean means(byte[] id, X509Certificate certificate) throws Fault {
    return RecipientId.means(Asn1.read(id, LIMITS), certificate, LIMITS);
  }

  private static byte[] bySerial(byte[] issuer, BigInteger serial) {
    return Der.sequence(issuer, Der.integer(serial));
  }

  /** One common name, in a string of that kind. */
  private static byte[] name(int stringTag, String commonName) {
    byte[] text = Der.value(stringTag, commonName.getBytes(StandardCharsets.US_ASCII));
    return Der.sequence(Der.value(Asn1.SET, Der.sequence(Der.oid("2.5.4.3"), text)));
  }

  @Test
  void issuerAndSerialNumberBoth() throws Fault {
    byte[] issuer = OOST.getIssuerX500Principal().getEncoded();
    byte[] other = OOST.getSubjectX500Principal().getEncoded();
    BigInteger serial = OOST.getSerialNumber();
    assertThat(means(bySerial(issuer, serial), OOST)).isTrue();
    assertThat(means(bySerial(other, serial), OOST)).isFalse();
    assertThat(means(bySerial(issuer, serial.add(BigInteger.ONE)), OOST)).isFalse();
  }

  /** RFC 5280 §7.1: the same name in another kind of string is the same name. */
  @Test
  void issuerInAnotherDress() throws Fault {
    BigInteger serial = BARE.getSerialNumber();
    for (int kind : new int[] {0x0C, 0x13}) {
      assertThat(means(bySerial(name(kind, "Root"), serial), BARE)).isTrue();
      assertThat(means(bySerial(name(kind, "ROOT"), serial), BARE)).isTrue();
      assertThat(means(bySerial(name(kind, "Roots"), serial), BARE)).isFalse();
    }
  }

  @Test
  void issuerThatIsNoName() {
    byte[] none = bySerial(Der.sequence(Der.nul()), OOST.getSerialNumber());
    assertThatThrownBy(() -> means(none, OOST)).isInstanceOf(Fault.class);
  }

  @Test
  void keyIdentifier() throws Fault {
    byte[] own = Objects.requireNonNull(Certificates.keyIdentifier(OOST, LIMITS));
    assertThat(means(Der.value(0x80, own), OOST)).isTrue();
    assertThat(means(Der.value(0xA0, Der.octets(own)), OOST)).isTrue();
    own[0] ^= 1;
    assertThat(means(Der.value(0x80, own), OOST)).isFalse();
    assertThat(means(Der.value(0xA0, Der.octets(own)), OOST)).isFalse();
    assertThat(means(Der.value(0x80), OOST)).isFalse();
  }

  /** The certificate's word counts, not the key's hash. */
  @Test
  void keyIdentifierThatTheAuthorityMadeUp() throws Fault {
    X509Certificate named =
        TestCa.root("Root")
            .leaf(
                "x",
                TestCa.ext(
                    Extension.subjectKeyIdentifier,
                    false,
                    new SubjectKeyIdentifier(new byte[] {1, 2, 3})));
    assertThat(means(Der.value(0x80, new byte[] {1, 2, 3}), named)).isTrue();
  }

  /** As BouncyCastle takes the key's bits out of the certificate. */
  @Test
  void keyIdentifierOfACertificateWithoutOne() throws Exception {
    byte[] key =
        SubjectPublicKeyInfo.getInstance(BARE.getPublicKey().getEncoded())
            .getPublicKeyData()
            .getBytes();
    byte[] hash = MessageDigest.getInstance("SHA-1").digest(key);
    assertThat(Certificates.keyIdentifier(BARE, LIMITS)).isNull();
    assertThat(means(Der.value(0x80, hash), BARE)).isTrue();
    hash[19] ^= 1;
    assertThat(means(Der.value(0x80, hash), BARE)).isFalse();
  }
}
