package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPairGenerator;
import java.security.PublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 4055 §3.1, field by field, and the schemes beside it. */
class PssParametersTest {

  private static final byte[] SHA_256 = Der.algorithm(Oids.SHA256, Der.nul());
  private static final byte[] HASH = Der.value(0xA0, SHA_256);
  private static final byte[] MASK = Der.value(0xA1, Der.algorithm(Oids.MGF1, SHA_256));

  private static String read(byte[]... fields) {
    try {
      Asn1 parameters = Asn1.read(Der.sequence(fields), Limits.defaults());
      return SignatureScheme.of(Oids.RSA_PSS, parameters).name();
    } catch (Fault fault) {
      return fault.finding().code();
    }
  }

  private static byte[] salt(int length) {
    return Der.value(0xA2, Der.integer(length));
  }

  private static byte[] trailer(int number) {
    return Der.value(0xA3, Der.integer(number));
  }

  @Test
  void fields() {
    String good = "RSA-PSS-SHA-256";
    assertThat(read(HASH, MASK, salt(32))).isEqualTo(good);
    assertThat(read(HASH, MASK)).isEqualTo(good);
    assertThat(read(HASH, MASK, salt(0))).isEqualTo(good);
    assertThat(read(HASH, MASK, salt(512))).isEqualTo(good);
    assertThat(read(HASH, MASK, salt(513))).isEqualTo("weak-algorithm");
    assertThat(read(HASH, MASK, salt(-1))).isNotEqualTo(good);
    assertThat(read(HASH, MASK, salt(32), trailer(1))).isEqualTo(good);
    assertThat(read(HASH, MASK, trailer(1))).isEqualTo(good);
    assertThat(read(HASH, MASK, salt(32), trailer(2))).isEqualTo("malformed");
    assertThat(read(HASH, MASK, salt(32), trailer(1), Der.nul())).isEqualTo("weak-algorithm");
    assertThat(read(HASH, MASK, Der.nul())).isEqualTo("weak-algorithm");
  }

  @Test
  void whatIsLeftOutMeansSha1() {
    assertThat(read()).isEqualTo("weak-algorithm");
    assertThat(read(MASK, salt(32))).isEqualTo("weak-algorithm");
    assertThat(read(HASH, salt(32))).isEqualTo("weak-algorithm");
    assertThat(read(HASH, Der.value(0xA1, Der.algorithm(Oids.SHA256, SHA_256))))
        .isEqualTo("weak-algorithm");
  }

  @Test
  void hashesAndSchemesOffTheList() throws Fault {
    byte[] sha1 = Der.algorithm(Oids.SHA1, Der.nul());
    assertThat(read(Der.value(0xA0, sha1), MASK, salt(20))).isEqualTo("weak-algorithm");
    assertThat(read(HASH, Der.value(0xA1, Der.algorithm(Oids.MGF1, sha1))))
        .isEqualTo("weak-algorithm");
    Asn1 good = Asn1.read(Der.sequence(HASH, MASK, salt(32)), Limits.defaults());
    for (Asn1 parameters : new Asn1[] {good, null}) {
      assertThatThrownBy(() -> SignatureScheme.of("1.2.3.4", parameters))
          .isInstanceOf(Fault.class)
          .hasMessageContaining("1.2.3.4");
    }
    assertThatThrownBy(() -> SignatureScheme.of(Oids.RSA_PSS, null))
        .isInstanceOf(Fault.class)
        .hasMessageContaining("SHA-1");
    assertThat(SignatureScheme.of(Oids.ED25519, null).name()).isEqualTo("ED25519");
  }

  @Test
  void theKeyItGoesWith() throws Fault {
    PublicKey ec = TestCa.newKeys().getPublic();
    PublicKey rsa = SamplePki.certificate("ca/zorg-issuing").getPublicKey();
    assertThat(SignatureScheme.of(Oids.ECDSA_SHA256, null).fits(ec)).isTrue();
    assertThat(SignatureScheme.of(Oids.ECDSA_SHA256, null).fits(rsa)).isFalse();
    assertThat(SignatureScheme.of(Oids.RSA_SHA256, null).fits(rsa)).isTrue();
    assertThat(SignatureScheme.of(Oids.RSA_SHA256, null).fits(ec)).isFalse();
  }

  /** RFC 5652 §5.3: a key's own identifier leaves the hash to the digest, all others name it. */
  @ParameterizedTest
  @CsvSource({
    Oids.RSA + ", SHA-384, RSA-PKCS1-SHA-384",
    Oids.EC_PUBLIC_KEY + ", SHA-512, ECDSA-SHA-512",
    Oids.RSA_SHA256 + ", SHA-256, RSA-PKCS1-SHA-256",
    Oids.RSA_SHA256 + ", SHA-384, malformed",
    Oids.ECDSA_SHA384 + ", SHA-384, ECDSA-SHA-384",
    Oids.ECDSA_SHA384 + ", SHA-256, malformed",
    Oids.RSA_PSS + ", SHA-256, RSA-PSS-SHA-256",
    Oids.RSA_PSS + ", SHA-512, malformed",
    Oids.ED25519 + ", SHA-512, ED25519",
  })
  void inASignerInfo(String oid, String digest, String expected) throws Fault {
    byte[] parameters = Der.sequence(HASH, MASK, salt(32));
    byte[] algorithm =
        oid.equals(Oids.RSA_PSS) ? Der.algorithm(oid, parameters) : Der.algorithm(oid);
    assertThat(scheme(Asn1.read(algorithm, Limits.defaults()), digest)).isEqualTo(expected);
  }

  private static String scheme(Asn1 algorithm, String digest) {
    try {
      return SignatureScheme.ofSignerInfo(algorithm, digest).name();
    } catch (Fault fault) {
      return fault.finding().code();
    }
  }

  /** With each kind of key, and RFC 8419 §3.1: Ed25519 goes with SHA-512. */
  @Test
  void whatWeWrite() throws Exception {
    PublicKey rsa = SamplePki.certificate("ca/zorg-issuing").getPublicKey();
    PublicKey edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic();
    PublicKey x25519 = KeyPairGenerator.getInstance("X25519").generateKeyPair().getPublic();
    assertThat(outgoing(rsa, Recipient.Signature.USUAL)).isEqualTo("RSA-PKCS1-SHA-256 SHA-256");
    assertThat(outgoing(rsa, Recipient.Signature.RSA_PSS)).isEqualTo("RSA-PSS-SHA-256 SHA-256");
    assertThat(outgoing(TestCa.newKeys().getPublic(), Recipient.Signature.ECDSA))
        .isEqualTo("ECDSA-SHA-256 SHA-256");
    assertThat(outgoing(edwards, Recipient.Signature.USUAL)).isEqualTo("ED25519 SHA-512");
    assertThat(outgoing(x25519, Recipient.Signature.USUAL)).isEqualTo("weak-algorithm");
  }

  private static String outgoing(PublicKey key, Recipient.Signature wanted) {
    try {
      SignatureScheme scheme = SignatureScheme.outgoing(key, wanted);
      return scheme.name() + " " + scheme.outgoingDigest();
    } catch (Fault fault) {
      return fault.finding().code();
    }
  }
}
