package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.DSAPublicKeySpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of algorithms, and which public keys are on it, at the borders. */
class AlgorithmPolicyTest {

  private static final AlgorithmPolicy ALL = AlgorithmPolicy.defaults();
  private static final BigInteger E = BigInteger.valueOf(65537);

  /** What issue and norm allow, and nothing else: whoever adds a name adds it here too. */
  @Test
  void theListIsClosed() {
    assertThat(AlgorithmPolicy.names()).hasSize(32).isEqualTo(ALL.allowed());
    assertThat(AlgorithmPolicy.names())
        .allMatch(
            n ->
                n.matches(
                    "AES-(128|192|256)-(CBC|GCM)|CHACHA20-POLY1305|X25519|ED25519|P-[0-9]+"
                        + "|RSA-PKCS1|RSA-OAEP-SHA-(256|384|512)|ECDH-SHA-1"
                        + "|(ECDH|ECDH-HKDF|RSA-PKCS1|RSA-PSS|ECDSA)-SHA-(256|384|512)"));
  }

  @Test
  void isNarrowedAndNeverWidened() throws Fault {
    AlgorithmPolicy narrow = ALL.refusing(List.of("RSA-PKCS1", "AES-128-CBC"));
    assertThat(narrow.allows("RSA-PKCS1")).isFalse();
    assertThat(narrow.allows("RSA-PKCS1-SHA-256")).isTrue();
    assertThat(narrow.require("P-256")).isEqualTo("P-256");
    assertThat(narrow.minimumRsaBits()).isEqualTo(2048);
    assertThat(narrow.maximumRsaBits()).isEqualTo(16_384);
    assertThatThrownBy(() -> narrow.require("RSA-PKCS1"))
        .isInstanceOfSatisfying(
            Fault.class, f -> assertThat(f.finding()).isEqualTo(Finding.WEAK_ALGORITHM));
    assertThatThrownBy(() -> ALL.refusing(List.of("RSA-PKCS2")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(AlgorithmPolicy.allowing(List.of("p-256", "Aes-256-Gcm")).allowed())
        .containsExactlyInAnyOrder("P-256", "AES-256-GCM");
    assertThatThrownBy(() -> AlgorithmPolicy.allowing(List.of("3DES")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3DES")
        .hasMessageContaining("P-256");
    assertThat(ALL.withMinimumRsaBits(3072).minimumRsaBits()).isEqualTo(3072);
    assertThatThrownBy(() -> ALL.withMinimumRsaBits(2047))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AlgorithmPolicy(Set.of("SHA-1"), 2048, 4096))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "2047, 65537, false",
    "2048, 65537, true",
    "16384, 65537, true",
    "16385, 65537, false",
    "2048, 3, true",
    "2048, 2, true",
    "2048, 1, false",
    "2048, 18446744073709551615, true",
    "2048, 18446744073709551616, false",
  })
  void rsaByItsLengthAndExponent(int bits, BigInteger exponent, boolean fine) throws Exception {
    BigInteger modulus = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
    PublicKey key = rsa(modulus, exponent);
    assertThat(isFine(key, ALL)).isEqualTo(fine);
  }

  /** Not through a KeyFactory, which has limits of its own. */
  private static PublicKey rsa(BigInteger modulus, BigInteger exponent) {
    return new java.security.interfaces.RSAPublicKey() {
      @Override
      public BigInteger getPublicExponent() {
        return exponent;
      }

      @Override
      public BigInteger getModulus() {
        return modulus;
      }

      @Override
      public String getAlgorithm() {
        return "RSA";
      }

      @Override
      public String getFormat() {
        return "X.509";
      }

      @Override
      public byte[] getEncoded() {
        return new byte[0];
      }
    };
  }

  private static boolean isFine(PublicKey key, AlgorithmPolicy policy) {
    try {
      PublicKeys.require(key, policy);
      return true;
    } catch (Fault fault) {
      assertThat(fault.finding()).isEqualTo(Finding.WEAK_ALGORITHM);
      return false;
    }
  }

  @Test
  void theShortestRsaKeyIsASetting() throws GeneralSecurityException {
    BigInteger modulus = BigInteger.ONE.shiftLeft(2048).subtract(BigInteger.ONE);
    PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, E));
    assertThat(isFine(key, ALL)).isTrue();
    assertThat(isFine(key, ALL.withMinimumRsaBits(2049))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "EC, secp256r1, P-256",
    "EC, secp384r1, P-384",
    "EC, secp521r1, P-521",
    "Ed25519, '', ED25519",
    "X25519, '', X25519",
  })
  void curvesOnTheList(String kind, String curve, String name) throws Exception {
    PublicKey key = key(kind, curve);
    assertThat(isFine(key, ALL)).isTrue();
    assertThat(isFine(key, ALL.refusing(List.of(name)))).isFalse();
  }

  private static PublicKey key(String kind, String curve) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
    if (!curve.isEmpty()) {
      generator.initialize(new java.security.spec.ECGenParameterSpec(curve));
    }
    return generator.generateKeyPair().getPublic();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ed448", "X448"})
  void curvesThatAreNot(String kind) throws Exception {
    assertThat(isFine(key(kind, ""), ALL)).isFalse();
  }

  @Test
  void noOtherKindOfKey() throws Exception {
    BigInteger p = BigInteger.ONE.shiftLeft(2048).subtract(BigInteger.ONE);
    PublicKey dsa = KeyFactory.getInstance("DSA").generatePublic(new DSAPublicKeySpec(E, p, E, E));
    assertThat(isFine(dsa, ALL)).isFalse();
  }

  @Test
  void aPointOffItsCurve() throws Exception {
    ECPublicKey sound = (ECPublicKey) key("EC", "secp256r1");
    BigInteger x = sound.getW().getAffineX();
    BigInteger y = sound.getW().getAffineY();
    BigInteger prime =
        ((java.security.spec.ECFieldFp) sound.getParams().getCurve().getField()).getP();
    assertThat(PublicKeys.isOnCurve(sound)).isTrue();
    assertThat(isFine(with(sound, x, y.add(BigInteger.ONE)), ALL)).isFalse();
    assertThat(PublicKeys.isOnCurve(with(sound, x.add(prime), y))).isFalse();
    assertThat(PublicKeys.isOnCurve(with(sound, x, y.add(prime)))).isFalse();
    assertThat(PublicKeys.isOnCurve(with(sound, x.subtract(prime), y))).isFalse();
    assertThat(PublicKeys.isOnCurve(with(sound, x, y.subtract(prime)))).isFalse();
    assertThat(PublicKeys.isOnCurve(with(sound, x, prime.subtract(y)))).isTrue();
    assertThatCode(() -> PublicKeys.curveName(sound.getParams())).doesNotThrowAnyException();

    // the point at x = 0: the prime leaves 3 divided by 4, so this power is a square root
    BigInteger root =
        sound.getParams().getCurve().getB().modPow(prime.add(BigInteger.ONE).shiftRight(2), prime);
    assertThat(PublicKeys.isOnCurve(with(sound, BigInteger.ZERO, root))).isTrue();
    assertThat(PublicKeys.isOnCurve(with(sound, prime, root))).isFalse();
  }

  /** The same curve with a coordinate below zero or above the prime, which no factory makes. */
  private static ECPublicKey with(ECPublicKey sound, BigInteger x, BigInteger y) {
    return new ECPublicKey() {
      @Override
      public ECPoint getW() {
        return new ECPoint(x, y);
      }

      @Override
      public java.security.spec.ECParameterSpec getParams() {
        return sound.getParams();
      }

      @Override
      public String getAlgorithm() {
        return "EC";
      }

      @Override
      public String getFormat() {
        return "X.509";
      }

      @Override
      public byte[] getEncoded() {
        return new byte[0];
      }
    };
  }

  @Test
  void aCurveOfOnesOwnIsNone() throws Exception {
    ECPublicKey sound = (ECPublicKey) key("EC", "secp256r1");
    var curve = sound.getParams();
    var otherGenerator =
        new java.security.spec.ECParameterSpec(
            curve.getCurve(), sound.getW(), curve.getOrder(), curve.getCofactor());
    var otherOrder =
        new java.security.spec.ECParameterSpec(
            curve.getCurve(),
            curve.getGenerator(),
            curve.getOrder().add(BigInteger.TWO),
            curve.getCofactor());
    var otherEquation =
        new java.security.spec.ECParameterSpec(
            new EllipticCurve(
                curve.getCurve().getField(), curve.getCurve().getA(), curve.getCurve().getA()),
            curve.getGenerator(),
            curve.getOrder(),
            curve.getCofactor());
    for (var other : List.of(otherGenerator, otherOrder, otherEquation)) {
      assertThatThrownBy(() -> PublicKeys.curveName(other)).isInstanceOf(Fault.class);
    }
    assertThat(new ECPublicKeySpec(sound.getW(), curve).getParams()).isSameAs(curve);
  }
}
