package nl.wotpoort.smime;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Finds the recipient that one of our keys is meant for, gets the content key and decrypts.
 *
 * <p>Not an oracle: a key that does not unwrap is replaced by a random one (RFC 3218 §2.3.2), the
 * content is decrypted all the same, and every failure is the one {@link Fault#undecryptable}.
 */
final class Decryptor {

  private final AlgorithmPolicy policy;
  private final Limits limits;
  private final SecureRandom random;

  Decryptor(AlgorithmPolicy policy, Limits limits, SecureRandom random) {
    this.policy = policy;
    this.limits = limits;
    this.random = random;
  }

  /** What came out, and by which algorithms. The array is fresh and nobody else's. */
  record Decrypted(byte[] content, String cipher, String keyEncryption) {}

  /** A content key and the name of the algorithm it was encrypted by. */
  record ContentKey(byte[] key, String algorithm) {}

  Decrypted decrypt(Encrypted encrypted, List<KeyEntry> keys) throws Fault {
    @Nullable Fault weak = null;
    for (Asn1 recipient : encrypted.recipients()) {
      for (KeyEntry key : keys) {
        try {
          ContentKey contentKey = contentKey(recipient, key, encrypted.cipher());
          byte @Nullable [] content =
              contentKey == null ? null : content(encrypted, contentKey.key());
          if (contentKey != null && content != null) {
            String cipher = encrypted.cipher().algorithm();
            return new Decrypted(content, cipher, contentKey.algorithm());
          }
        } catch (Fault fault) {
          if (fault.finding() != Finding.WEAK_ALGORITHM) {
            throw fault;
          }
          weak = fault;
        }
      }
    }
    throw weak == null ? Fault.undecryptable() : weak;
  }

  /** Null when the recipient is somebody else, or of a kind this room does not read. */
  private @Nullable ContentKey contentKey(Asn1 recipient, KeyEntry key, ContentCipher cipher)
      throws Fault {
    return switch (recipient.tag) {
      case Asn1.SEQUENCE -> KeyTransport.contentKey(recipient, key, cipher, policy, random, limits);
      case 0xA1 -> KeyAgreement.contentKey(recipient, key, cipher, policy, random, limits);
      default -> null;
    };
  }

  private static byte @Nullable [] content(Encrypted encrypted, byte[] key) throws Fault {
    Asn1.Octets text = encrypted.content().octets();
    byte[] tag = encrypted.tag();
    try {
      if (tag == null) {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(
            Cipher.DECRYPT_MODE,
            new SecretKeySpec(key, "AES"),
            new IvParameterSpec(encrypted.nonce()));
        return cipher.doFinal(text.array(), text.from(), text.length());
      }
      Cipher cipher = aead(encrypted, key);
      cipher.updateAAD(encrypted.authenticatedAttributes());
      Asn1.Octets withTag = withTag(encrypted, text, tag);
      return cipher.doFinal(withTag.array(), withTag.from(), withTag.length());
    } catch (GeneralSecurityException e) {
      return null;
    }
  }

  private static Cipher aead(Encrypted encrypted, byte[] key) throws GeneralSecurityException {
    if (encrypted.cipher().mode() == ContentCipher.Mode.GCM) {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(key, "AES"),
          new GCMParameterSpec(128, encrypted.nonce()));
      return cipher;
    }
    Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(key, "ChaCha20"),
        new IvParameterSpec(encrypted.nonce()));
    return cipher;
  }

  /**
   * JCA wants the tag behind the ciphertext. A ciphertext in one piece has the tag's own ASN.1
   * value close behind it in the same array, which is ours and was read already: it is moved up,
   * which saves a copy of 25 MB.
   */
  private static Asn1.Octets withTag(Encrypted encrypted, Asn1.Octets text, byte[] tag) {
    boolean inPlace = !encrypted.content().isConstructed();
    if (inPlace && text.to() + tag.length <= text.array().length) {
      System.arraycopy(tag, 0, text.array(), text.to(), tag.length);
      return new Asn1.Octets(text.array(), text.from(), text.to() + tag.length);
    }
    byte[] joined = Arrays.copyOfRange(text.array(), text.from(), text.to() + tag.length);
    System.arraycopy(tag, 0, joined, text.length(), tag.length);
    return new Asn1.Octets(joined, 0, joined.length);
  }
}
