package nl.wotpoort.smime;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.interfaces.XECPublicKey;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;

/**
 * A private key and the place where it works: in this memory, or in a token that never gives it
 * away. Then only the token's own provider can use it, so that travels with the key; it is never
 * registered with {@link java.security.Security}. Thread-safe.
 */
final class OwnKey {

  private final PrivateKey key;
  private final Optional<Provider> token;

  private OwnKey(PrivateKey key, Optional<Provider> token) {
    this.key = key;
    this.token = token;
  }

  static OwnKey inMemory(PrivateKey key) {
    return new OwnKey(Engines.prepared(key), Optional.empty());
  }

  /** Made a moment ago by {@link Engines#keyPairs}, so already as its engine keeps it. */
  static OwnKey fresh(PrivateKey key) {
    return new OwnKey(key, Optional.empty());
  }

  static OwnKey inToken(PrivateKey key, Provider token) {
    return new OwnKey(key, Optional.of(token));
  }

  boolean isInToken() {
    return token.isPresent();
  }

  /** Of RSA without padding, as long as the modulus. */
  byte[] rsa(byte[] encrypted, RSAPublicKey publicKey) throws GeneralSecurityException {
    byte[] plain = rawRsa(encrypted, publicKey);
    int length = (publicKey.getModulus().bitLength() + 7) / 8;
    // a token may leave the zeros in front away
    byte[] whole = new byte[length];
    int given = Math.min(length, plain.length);
    System.arraycopy(plain, plain.length - given, whole, length - given, given);
    return whole;
  }

  private byte[] rawRsa(byte[] encrypted, RSAPublicKey publicKey) throws GeneralSecurityException {
    try {
      return rawRsa(encrypted);
    } catch (GeneralSecurityException | ProviderException e) {
      // what the sender wrote may be at fault, or the token: one is a mail's end, the other waits
      byte[] one = new byte[(publicKey.getModulus().bitLength() + 7) / 8];
      one[one.length - 1] = 1;
      requireAlive(() -> rawRsa(one), e);
      throw asItIs(e);
    }
  }

  private byte[] rawRsa(byte[] encrypted) throws GeneralSecurityException {
    String form = "RSA/ECB/NoPadding";
    Cipher rsa = token.isPresent() ? Cipher.getInstance(form, token.get()) : Engines.cipher(form);
    rsa.init(Cipher.DECRYPT_MODE, key);
    return rsa.doFinal(encrypted);
  }

  /** The shared secret with {@code other}, a point on this key's curve. */
  byte[] agree(PublicKey other) throws GeneralSecurityException {
    try {
      return agreed(other);
    } catch (GeneralSecurityException | ProviderException e) {
      requireAlive(() -> agreed(pairLike(other).getPublic()), e);
      throw asItIs(e);
    }
  }

  private byte[] agreed(PublicKey other) throws GeneralSecurityException {
    String form = other instanceof XECPublicKey ? "XDH" : "ECDH";
    javax.crypto.KeyAgreement agreement =
        token.isPresent()
            ? javax.crypto.KeyAgreement.getInstance(form, token.get())
            : Engines.agreement(form);
    agreement.init(key);
    agreement.doPhase(other, true);
    return agreement.generateSecret();
  }

  /** Another key on the same curve: a token's keys are of RSA or of such a curve. */
  private static KeyPair pairLike(PublicKey like) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(((ECPublicKey) like).getParams());
    return generator.generateKeyPair();
  }

  /**
   * Signs what is ours: nothing in it can be at fault but the key.
   *
   * @throws KeyTokenAway when the token does not
   */
  byte[] sign(SignatureScheme scheme, byte[] message) {
    try {
      return signed(scheme, message);
    } catch (GeneralSecurityException | ProviderException e) {
      if (isInToken()) {
        throw new KeyTokenAway(e);
      }
      throw new AssertionError("internal error: a key that was checked does not sign", e);
    }
  }

  private byte[] signed(SignatureScheme scheme, byte[] message) throws GeneralSecurityException {
    Signature signature =
        token.isPresent()
            ? Signature.getInstance(scheme.jca(), token.get())
            : Engines.signature(scheme.jca());
    if (scheme.parameters() != null) {
      signature.setParameter(scheme.parameters());
    }
    signature.initSign(key);
    signature.update(message);
    return signature.sign();
  }

  private interface Use {
    void make() throws GeneralSecurityException;
  }

  /** Which kind it is tells the caller whose fault it is. */
  private static GeneralSecurityException asItIs(Exception e) {
    return e instanceof GeneralSecurityException known ? known : new GeneralSecurityException(e);
  }

  /** Of a token: fails like any other key, or is gone. */
  private void requireAlive(Use sound, Exception cause) {
    if (!isInToken()) {
      return;
    }
    try {
      sound.make();
    } catch (GeneralSecurityException | ProviderException e) {
      throw new KeyTokenAway(cause);
    }
  }

  /** Whether it can do for {@code publicKey}, of RSA or EC, what is asked, tried out. */
  boolean signsFor(PublicKey publicKey) {
    try {
      SignatureScheme scheme = SignatureScheme.outgoing(publicKey, Recipient.Signature.USUAL);
      byte[] sample = {1, 2, 3};
      Signature signature = Signature.getInstance(scheme.jca());
      signature.initVerify(publicKey);
      signature.update(sample);
      return signature.verify(signed(scheme, sample));
    } catch (GeneralSecurityException | ProviderException | Fault e) {
      return false;
    }
  }

  /** Whether it reads what is encrypted for {@code publicKey}, of RSA or EC, tried out. */
  boolean readsFor(PublicKey publicKey) {
    try {
      if (publicKey instanceof RSAPublicKey rsa) {
        byte[] sample = new byte[(rsa.getModulus().bitLength() + 7) / 8];
        Arrays.fill(sample, 1, sample.length, (byte) 0x5a);
        Cipher encrypt = Cipher.getInstance("RSA/ECB/NoPadding");
        encrypt.init(Cipher.ENCRYPT_MODE, publicKey);
        return Arrays.equals(sample, rsa(encrypt.doFinal(sample), rsa));
      }
      KeyPair other = pairLike(publicKey);
      byte[] theirs = inMemory(other.getPrivate()).agreed(publicKey);
      return Arrays.equals(theirs, agreed(other.getPublic()));
    } catch (GeneralSecurityException | ProviderException | KeyTokenAway e) {
      return false;
    }
  }
}
