package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The native engines and the JDK's read each other, and each can be had. */
class EnginesTest {

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

  /** The machines this is built on are such; on another one the JDK's name stands here. */
  @Test
  void whatServesIsWhatIsSaid() {
    Provider found = Engines.find("");
    String expected = found == null ? "SunRsaSign" : "AmazonCorrettoCryptoProvider";
    assertThat(CryptoInUse.providers()).containsEntry("sign", expected);
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
