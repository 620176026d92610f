package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.PublicKey;
import org.junit.jupiter.api.Test;

/** RFC 4055 §3.1, field by field. */
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
}
