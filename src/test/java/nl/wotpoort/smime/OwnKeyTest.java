package nl.wotpoort.smime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serial;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a key does where it is, and whose fault it is when it does not. */
class OwnKeyTest {

  private static final KeyPair RSA = pair("RSA", "");
  private static final RSAPublicKey RSA_PUBLIC = (RSAPublicKey) RSA.getPublic();
  private static final KeyPair OTHER_RSA = pair("RSA", "");
  private static final KeyPair P521 = pair("EC", "secp521r1");

  private static KeyPair pair(String algorithm, String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (!curve.isEmpty()) {
        generator.initialize(new ECGenParameterSpec(curve));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** A token of our own, whose keys are in this memory after all: it answers as it is told to. */
  private static final class Token extends Provider {
    @Serial private static final long serialVersionUID = 1;

    Token(Class<?> rsa, Class<?> ecdh) {
      super("token", "1", "answers as it is told");
      put("Cipher.RSA/ECB/NoPadding", rsa.getName());
      put("KeyAgreement.ECDH", ecdh.getName());
    }
  }

  /** Takes blocks as long as the modulus and no others; gives what {@link #plain} makes of it. */
  private static class StrictRsa extends OnlyRsa {
    @Override
    byte[] plain(byte[] block) throws GeneralSecurityException {
      if (block.length != RSA_PUBLIC.getModulus().bitLength() / 8) {
        throw new ProviderException("CKR_DATA_LEN_RANGE");
      }
      Cipher rsa = Cipher.getInstance("RSA/ECB/NoPadding");
      rsa.init(Cipher.DECRYPT_MODE, key());
      return rsa.doFinal(block);
    }
  }

  /** As PKCS#11 allows: a number, without the zeros in front. */
  public static final class ShortRsa extends StrictRsa {
    @Override
    byte[] plain(byte[] block) throws GeneralSecurityException {
      byte[] all = super.plain(block);
      int zeros = 0;
      while (zeros < all.length && all[zeros] == 0) {
        zeros++;
      }
      return Arrays.copyOfRange(all, zeros, all.length);
    }
  }

  /** One zero more, as a number's encoding has it. */
  public static final class LongRsa extends StrictRsa {
    @Override
    byte[] plain(byte[] block) throws GeneralSecurityException {
      byte[] all = super.plain(block);
      byte[] one = new byte[all.length + 1];
      System.arraycopy(all, 0, one, 1, all.length);
      return one;
    }
  }

  public static final class GoneRsa extends OnlyRsa {
    @Override
    byte[] plain(byte[] block) {
      throw new ProviderException("CKR_DEVICE_REMOVED");
    }
  }

  /** Of the one curve of its key. */
  public static class StrictEcdh extends OnlyEcdh {
    @Override
    byte[] secret(Key other) throws GeneralSecurityException {
      KeyAgreement ecdh = KeyAgreement.getInstance("ECDH");
      ecdh.init(key());
      ecdh.doPhase(other, true);
      return ecdh.generateSecret();
    }
  }

  public static final class GoneEcdh extends OnlyEcdh {
    @Override
    byte[] secret(Key other) {
      throw new ProviderException("CKR_DEVICE_REMOVED");
    }
  }

  private enum Can {
    BOTH,
    SIGN,
    READ,
    NOTHING
  }

  private static OwnKey p521(Can can) {
    Token token = new Token(ShortRsa.class, can == Can.SIGN ? GoneEcdh.class : StrictEcdh.class);
    if (can == Can.SIGN) {
      token.put("Signature.SHA256withECDSA", OnlySigns.class.getName());
    }
    return switch (can) {
      case BOTH -> OwnKey.inMemory(P521.getPrivate());
      case SIGN, READ -> OwnKey.inToken(P521.getPrivate(), token);
      case NOTHING -> OwnKey.inMemory(pair("EC", "secp521r1").getPrivate());
    };
  }

  private static boolean isFit(OwnKey key, KeyPair pair, int usage) {
    X509Certificate certificate =
        TestCa.root("Root")
            .mailLeaf(
                "a@b.example", pair, TestCa.ext(Extension.keyUsage, true, new KeyUsage(usage)));
    try {
      KeyTokens.requireFit(key, certificate, "token");
      return true;
    } catch (KeyFileFault fault) {
      assertThat(fault.why()).isEqualTo(KeyFileFault.Cause.TOKEN_UNFIT);
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "BOTH, true, true, true",
    "SIGN, true, false, false",
    "READ, false, true, false",
    "NOTHING, false, false, false",
  })
  void aTokensKeyIsFitForWhatItsCertificateIsFor(
      Can can, boolean sign, boolean read, boolean both) {
    int signing = KeyUsage.digitalSignature;
    int reading = KeyUsage.keyAgreement;
    assertThat(isFit(p521(can), P521, signing)).isEqualTo(sign);
    assertThat(isFit(p521(can), P521, reading)).isEqualTo(read);
    assertThat(isFit(p521(can), P521, signing | reading)).isEqualTo(both);
  }

  /** Two kinds nobody's tokens were tried with. */
  @ParameterizedTest
  @ValueSource(strings = {"Ed25519", "X25519"})
  void aTokensKeyIsOfRsaOrEc(String kind) {
    KeyPair pair = pair(kind, "");
    OwnKey key = OwnKey.inMemory(pair.getPrivate());
    assertThat(isFit(key, pair, KeyUsage.digitalSignature | KeyUsage.keyAgreement)).isFalse();
    assertThat(isFit(OwnKey.inMemory(RSA.getPrivate()), RSA, KeyUsage.digitalSignature)).isTrue();
  }

  private static OwnKey inToken(PrivateKey key, Class<?> rsa) {
    return OwnKey.inToken(key, new Token(rsa, StrictEcdh.class));
  }

  private static byte[] encrypted(byte[] block) throws GeneralSecurityException {
    Cipher rsa = Cipher.getInstance("RSA/ECB/NoPadding");
    rsa.init(Cipher.ENCRYPT_MODE, RSA_PUBLIC);
    return rsa.doFinal(block);
  }

  @ParameterizedTest
  @CsvSource({"ShortRsa, 0", "ShortRsa, 1", "ShortRsa, 3", "ShortRsa, 255", "LongRsa, 1"})
  void aBlockIsAsLongAsTheModulusWhateverATokenLeavesAway(String token, int zeros)
      throws Exception {
    Class<?> rsa = Class.forName(OwnKeyTest.class.getName() + "$" + token);
    byte[] block = new byte[RSA_PUBLIC.getModulus().bitLength() / 8];
    Arrays.fill(block, zeros, block.length, (byte) 0x12);
    byte[] read = inToken(RSA.getPrivate(), rsa).rsa(encrypted(block), RSA_PUBLIC);
    assertThat(read).isEqualTo(block);
    assertThat(OwnKey.inMemory(RSA.getPrivate()).rsa(encrypted(block), RSA_PUBLIC))
        .isEqualTo(block);
  }

  /** What the sender wrote ends that mail; a token that is gone lets all mail wait. */
  @Test
  void aBlockNoTokenCouldReadIsTheSendersFault() {
    byte[] tooLong = new byte[RSA_PUBLIC.getModulus().bitLength() / 8 + 1];
    assertThatThrownBy(() -> inToken(RSA.getPrivate(), ShortRsa.class).rsa(tooLong, RSA_PUBLIC))
        .isExactlyInstanceOf(GeneralSecurityException.class)
        .hasCauseInstanceOf(ProviderException.class);
    assertThatThrownBy(() -> inToken(RSA.getPrivate(), GoneRsa.class).rsa(tooLong, RSA_PUBLIC))
        .isInstanceOf(KeyTokenAway.class);
  }

  @Test
  void aPointNoTokenCouldUseIsTheSendersFault() {
    ECPublicKey elsewhere = (ECPublicKey) pair("EC", "secp521r1").getPublic();
    OwnKey sound = OwnKey.inToken(P521.getPrivate(), new Token(ShortRsa.class, RefusingEcdh.class));
    RefusingEcdh.refused = elsewhere;
    assertThatThrownBy(() -> sound.agree(elsewhere)).isExactlyInstanceOf(InvalidKeyException.class);
    OwnKey gone = OwnKey.inToken(P521.getPrivate(), new Token(ShortRsa.class, GoneEcdh.class));
    assertThatThrownBy(() -> gone.agree(elsewhere)).isInstanceOf(KeyTokenAway.class);
  }

  /** All points of its curve but one. */
  public static final class RefusingEcdh extends StrictEcdh {
    private static ECPublicKey refused = (ECPublicKey) P521.getPublic();

    @Override
    byte[] secret(Key other) throws GeneralSecurityException {
      if (other.equals(refused)) {
        throw new InvalidKeyException("CKR_MECHANISM_PARAM_INVALID");
      }
      return super.secret(other);
    }
  }

  @Test
  void inMemoryNothingIsAway() throws Fault {
    OwnKey ec = OwnKey.inMemory(P521.getPrivate());
    assertThatThrownBy(() -> ec.rsa(new byte[256], RSA_PUBLIC))
        .isInstanceOf(InvalidKeyException.class);
    assertThatThrownBy(() -> OwnKey.inMemory(RSA.getPrivate()).agree(P521.getPublic()))
        .isInstanceOf(InvalidKeyException.class);
    SignatureScheme rsa = SignatureScheme.outgoing(RSA_PUBLIC, Recipient.Signature.USUAL);
    assertThatThrownBy(() -> ec.sign(rsa, new byte[1])).isInstanceOf(AssertionError.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"secp256r1", "secp521r1", "X25519", "X448"})
  void agreesAsTheJdkDoes(String curve) throws GeneralSecurityException {
    boolean x = curve.startsWith("X");
    KeyPair one = x ? pair(curve, "") : pair("EC", curve);
    KeyPair other = x ? pair(curve, "") : pair("EC", curve);
    KeyAgreement theirs = KeyAgreement.getInstance(x ? "XDH" : "ECDH");
    theirs.init(other.getPrivate());
    theirs.doPhase(one.getPublic(), true);
    byte[] secret = theirs.generateSecret();
    assertThat(OwnKey.inMemory(one.getPrivate()).agree(other.getPublic())).isEqualTo(secret);
    assertThat(OwnKey.fresh(one.getPrivate()).agree(other.getPublic())).isEqualTo(secret);
    if (!x) {
      assertThat(inToken(one.getPrivate(), ShortRsa.class).agree(other.getPublic()))
          .isEqualTo(secret);
    }
  }

  @Test
  void triedOutForItsCertificate() {
    OwnKey rsa = OwnKey.inMemory(RSA.getPrivate());
    assertThat(rsa.signsFor(RSA_PUBLIC)).isTrue();
    assertThat(rsa.signsFor(OTHER_RSA.getPublic())).isFalse();
    assertThat(rsa.signsFor(P521.getPublic())).isFalse();
    assertThat(rsa.readsFor(RSA_PUBLIC)).isTrue();
    assertThat(rsa.readsFor(OTHER_RSA.getPublic())).isFalse();
    assertThat(rsa.readsFor(P521.getPublic())).isFalse();
    OwnKey ec = OwnKey.inMemory(P521.getPrivate());
    KeyPair otherEc = pair("EC", "secp521r1");
    assertThat(ec.signsFor(P521.getPublic())).isTrue();
    assertThat(ec.signsFor(otherEc.getPublic())).isFalse();
    assertThat(ec.readsFor(P521.getPublic())).isTrue();
    assertThat(ec.readsFor(otherEc.getPublic())).isFalse();
    assertThat(ec.readsFor(RSA_PUBLIC)).isFalse();
  }

  @Test
  void triedOutInAToken() {
    assertThat(inToken(RSA.getPrivate(), ShortRsa.class).readsFor(RSA_PUBLIC)).isTrue();
    assertThat(inToken(RSA.getPrivate(), GoneRsa.class).readsFor(RSA_PUBLIC)).isFalse();
    assertThat(inToken(RSA.getPrivate(), ShortRsa.class).signsFor(RSA_PUBLIC)).isFalse();
    OwnKey gone = OwnKey.inToken(P521.getPrivate(), new Token(ShortRsa.class, GoneEcdh.class));
    assertThat(gone.readsFor(P521.getPublic())).isFalse();
    assertThat(inToken(P521.getPrivate(), ShortRsa.class).readsFor(P521.getPublic())).isTrue();
  }
}
