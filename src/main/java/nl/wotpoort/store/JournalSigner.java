package nl.wotpoort.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Signs the journal's seals with an Ed25519 key (RFC 8032) that is derived from the store key, as
 * every other key of the store: nothing more to keep, and the same on every node. Thread-safe.
 */
final class JournalSigner {

  private static final String ED25519 = "Ed25519";

  private final StoreKey key;
  private @Nullable KeyPair keys;

  JournalSigner(StoreKey key) {
    this.key = key;
  }

  /** Made at the first seal: a store is opened far more often than one is made or looked at. */
  private synchronized KeyPair keys() {
    @Nullable KeyPair made = keys;
    if (made == null) {
      made = keys(key.derive("journal seal").getEncoded());
      keys = made;
    }
    return made;
  }

  /** RFC 8032 §5.1.5: the private key is 32 random bytes; here they come from the store key. */
  private static KeyPair keys(byte[] seed) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(ED25519);
      generator.initialize(255, new Fixed(seed));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK since 15 has Ed25519", e);
    }
  }

  /** Gives the bytes it was made of. */
  private static final class Fixed extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] seed;

    Fixed(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }

  JournalSeal seal(long upto, Instant at, String head) {
    JournalSeal bare = new JournalSeal(upto, at, head, "");
    try {
      Signature signature = Signature.getInstance(ED25519);
      signature.initSign(keys().getPrivate());
      signature.update(bare.signed().getBytes(StandardCharsets.US_ASCII));
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
      return new JournalSeal(upto, at, head, text);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK since 15 has Ed25519", e);
    }
  }

  boolean isGenuine(JournalSeal seal) {
    try {
      Signature signature = Signature.getInstance(ED25519);
      signature.initVerify(keys().getPublic());
      signature.update(seal.signed().getBytes(StandardCharsets.US_ASCII));
      return signature.verify(Base64.getUrlDecoder().decode(seal.signature()));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * For whoever wants to check a seal without the store key: X.509 SubjectPublicKeyInfo, base64.
   */
  String publicKey() {
    return Base64.getEncoder().encodeToString(keys().getPublic().getEncoded());
  }
}
