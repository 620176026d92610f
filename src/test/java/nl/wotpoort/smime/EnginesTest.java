package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.io.Serial;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The native engines and the JDK's read each other, and each can be had. */
class EnginesTest {

  private static final String NATIVE = "AmazonCorrettoCryptoProvider";
  private static final byte[] MESSAGE = new byte[10_000];

  private static KeyPair pair(String algorithm, String curve) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (curve.isEmpty()) {
      generator.initialize(2048);
    } else {
      generator.initialize(new ECGenParameterSpec(curve));
    }
    return generator.generateKeyPair();
  }

  @Test
  void theJdkComputesWhereAskedFor() {
    assertThat(Engines.find("jdk")).isNull();
  }

  private static void assumeNative() {
    assumeThat(AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError())
        .as("its library, which is for Linux")
        .isNull();
  }

  /** The machines this is built on have the library; on another one the JDK's names stand here. */
  @Test
  void whatServesIsWhatIsSaid() {
    assumeNative();
    assertThat(CryptoInUse.signer()).isEqualTo(NATIVE);
    assertThat(CryptoInUse.providers())
        .containsExactly(
            entry("sign", NATIVE),
            entry("unwrap", NATIVE),
            entry("cipher", NATIVE),
            entry("digest", "SUN"));
  }

  @Test
  void eachIsAskedForWhatItIsTheFasterIn() throws GeneralSecurityException {
    assumeNative();
    assertThat(Engines.cipher("AES/GCM/NoPadding").getProvider().getName()).isEqualTo(NATIVE);
    assertThat(Engines.cipher("AESWrap").getProvider().getName()).isEqualTo("SunJCE");
    assertThat(Engines.signature("SHA256withECDSA").getProvider().getName()).isEqualTo(NATIVE);
    assertThat(Engines.signature("Ed25519").getProvider().getName()).isEqualTo("SunEC");
    assertThat(Engines.agreement("ECDH").getProvider().getName()).isEqualTo(NATIVE);
    assertThat(Engines.agreement("XDH").getProvider().getName()).isEqualTo("SunEC");
    assertThat(Engines.keyPairs("EC").getProvider().getName()).isEqualTo(NATIVE);
    assertThat(Engines.keyPairs("XDH").getProvider().getName()).isEqualTo("SunEC");
  }

  /** What it costs to translate it for each use is what this saves. */
  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void aKeyIsKeptAsItsEngineHasIt(String algorithm) throws GeneralSecurityException {
    assumeNative();
    KeyPair pair = pair(algorithm, algorithm.equals("EC") ? "secp256r1" : "");
    PrivateKey ours = Engines.prepared(pair.getPrivate());
    assertThat(ours.getClass().getName()).startsWith("com.amazon.");
    assertThat(ours).isEqualTo(pair.getPrivate());
    PublicKey theirs = Engines.prepared(pair.getPublic());
    assertThat(theirs.getClass().getName()).startsWith("com.amazon.");
    assertThat(theirs).isEqualTo(pair.getPublic());
  }

  @Test
  void withoutTheNativeLibraryAKeyIsLeftAsItIs() throws GeneralSecurityException {
    KeyPair pair = pair("EC", "secp256r1");
    assertThat(Engines.prepared(pair.getPrivate(), null)).isSameAs(pair.getPrivate());
    assertThat(Engines.prepared(pair.getPublic(), null)).isSameAs(pair.getPublic());
  }

  @Test
  void aKeyOfAnotherKindIsLeftAsItIs() throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    assertThat(Engines.prepared(pair.getPrivate())).isSameAs(pair.getPrivate());
    assertThat(Engines.prepared(pair.getPublic())).isSameAs(pair.getPublic());
  }

  /** A curve of the Germans' health care, which the native provider does not know. */
  @Test
  void aKeyThatCannotBeTranslatedIsLeftAsItIs() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", new BouncyCastleProvider());
    generator.initialize(new ECGenParameterSpec("brainpoolP256r1"));
    KeyPair pair = generator.generateKeyPair();
    assertThat(pair.getPublic().getAlgorithm()).isEqualTo("EC");
    assertThat(Engines.prepared(pair.getPrivate())).isSameAs(pair.getPrivate());
    assertThat(Engines.prepared(pair.getPublic())).isSameAs(pair.getPublic());
  }

  /** As one in a token looks to the JDK. */
  @Test
  void aKeyThatGivesNothingAwayIsLeftAsItIs() {
    PrivateKey closed =
        new PrivateKey() {
          @Serial private static final long serialVersionUID = 1;

          @Override
          public String getAlgorithm() {
            return "RSA";
          }

          @Override
          public @Nullable String getFormat() {
            return null;
          }

          @Override
          public byte @Nullable [] getEncoded() {
            return null;
          }
        };
    assertThat(Engines.prepared(closed)).isSameAs(closed);
  }

  /** An RSA key that is none: only its number counts here. */
  private static PublicKey partner(int number) throws GeneralSecurityException {
    BigInteger modulus = BigInteger.ONE.shiftLeft(2047).add(BigInteger.valueOf(2L * number + 1));
    return KeyFactory.getInstance("RSA")
        .generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(65537)));
  }

  @Test
  void theKeysOfManyPartnersAreKeptAndNotOfEverybody() throws GeneralSecurityException {
    assumeNative();
    PublicKey kept = Engines.prepared(partner(0));
    assertThat(Engines.prepared(partner(0))).isSameAs(kept);
    PublicKey next = Engines.prepared(partner(1));
    PublicKey third = Engines.prepared(partner(2));
    // it may have been full just then, of other tests' keys: once, not twice
    boolean cleared = Engines.prepared(partner(1)) != next;
    assertThat(cleared && Engines.prepared(partner(2)) != third).isFalse();

    for (int i = 3; i < 2003; i++) {
      Engines.prepared(partner(i));
    }
    assertThat(Engines.prepared(partner(0))).isNotSameAs(kept).isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SHA256withRSA",
        "SHA384withRSA",
        "SHA512withRSA",
        "RSASSA-PSS",
        "SHA256withECDSA",
        "SHA384withECDSA",
        "SHA512withECDSA"
      })
  void eachVerifiesWhatTheOtherSigned(String algorithm) throws GeneralSecurityException {
    boolean ec = algorithm.endsWith("ECDSA");
    KeyPair pair = ec ? pair("EC", "secp384r1") : pair("RSA", "");
    byte[] ours = signed(with(Engines.signature(algorithm)), Engines.prepared(pair.getPrivate()));
    byte[] theirs = signed(with(Signature.getInstance(algorithm)), pair.getPrivate());
    assertThat(verifies(with(Signature.getInstance(algorithm)), pair, ours)).isTrue();
    assertThat(verifies(with(Engines.signature(algorithm)), pair, theirs)).isTrue();
    theirs[theirs.length - 1] ^= 1;
    assertThat(verifies(with(Engines.signature(algorithm)), pair, theirs)).isFalse();
  }

  private static Signature with(Signature signature) throws GeneralSecurityException {
    if (signature.getAlgorithm().equals("RSASSA-PSS")) {
      signature.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    }
    return signature;
  }

  private static byte[] signed(Signature signature, PrivateKey key)
      throws GeneralSecurityException {
    signature.initSign(key);
    signature.update(MESSAGE);
    return signature.sign();
  }

  private static boolean verifies(Signature signature, KeyPair pair, byte[] value)
      throws GeneralSecurityException {
    signature.initVerify(pair.getPublic());
    signature.update(MESSAGE);
    try {
      return signature.verify(value);
    } catch (SignatureException e) {
      return false; // not even a DER structure any more
    }
  }

  /** Unpadding is ours and counts on every byte of the block, zeros in front included. */
  @Test
  void rsaWithoutPaddingKeepsTheZerosInFront() throws GeneralSecurityException {
    KeyPair pair = pair("RSA", "");
    byte[] block = new byte[256];
    Arrays.fill(block, 8, 256, (byte) 7);
    Cipher encrypt = Cipher.getInstance("RSA/ECB/NoPadding");
    encrypt.init(Cipher.ENCRYPT_MODE, pair.getPublic());
    Cipher decrypt = Engines.cipher("RSA/ECB/NoPadding");
    decrypt.init(Cipher.DECRYPT_MODE, Engines.prepared(pair.getPrivate()));
    assertThat(decrypt.doFinal(encrypt.doFinal(block))).isEqualTo(block);
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
  void bothAgreeOnASecret(String curve) throws GeneralSecurityException {
    KeyPair one = pair("EC", curve);
    KeyPair other = pair("EC", curve);
    javax.crypto.KeyAgreement ours = Engines.agreement("ECDH");
    ours.init(Engines.prepared(one.getPrivate()));
    ours.doPhase(other.getPublic(), true);
    javax.crypto.KeyAgreement theirs = javax.crypto.KeyAgreement.getInstance("ECDH");
    theirs.init(other.getPrivate());
    theirs.doPhase(one.getPublic(), true);
    assertThat(ours.generateSecret()).isEqualTo(theirs.generateSecret());
  }
}
