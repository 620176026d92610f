package nl.wotpoort.smime;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import nl.wotpoort.letter.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Finds the recipient that one of our keys is meant for, gets the content key and decrypts.
 *
 * <p>Not an oracle: a key that does not unwrap is replaced by a random one (RFC 3218 §2.3.2), the
 * content is decrypted all the same, and every failure is the one {@link Fault#undecryptable}.
 */
final class Decryptor {

  /** One key may be named a few times by a clumsy program; each try costs a whole decryption. */
  private static final int MOST_TRIED = 8;

  private static final int PIECE = 1 << 14;

  private final AlgorithmPolicy policy;
  private final Limits limits;
  private final SecureRandom random;

  Decryptor(AlgorithmPolicy policy, Limits limits, SecureRandom random) {
    this.policy = policy;
    this.limits = limits;
    this.random = random;
  }

  /** What came out, and by which algorithms. */
  record Decrypted(Bytes content, String cipher, String keyEncryption) {}

  /** A content key and the name of the algorithm it was encrypted by. */
  record ContentKey(byte[] key, String algorithm) {}

  /** The envelope, read anew each time: decrypting overwrites it. */
  interface Source {
    Encrypted read() throws Fault;
  }

  /**
   * Reads {@code source} once, and once more for each further key that is tried. Not before: a mail
   * that does not decrypt would take longer than one that does and is refused for what is in it.
   */
  Decrypted decrypt(Source source, List<KeyEntry> keys) throws Fault {
    Encrypted encrypted = source.read();
    @Nullable Fault weak = null;
    int tried = 0;
    for (int i = 0; i < encrypted.recipients().size(); i++) {
      for (KeyEntry key : keys) {
        try {
          ContentKey contentKey =
              contentKey(encrypted.recipients().get(i), key, encrypted.cipher());
          if (contentKey == null) {
            continue;
          }
          if (++tried > MOST_TRIED) {
            throw Fault.tooLarge("more than " + MOST_TRIED + " recipients mean keys of ours");
          }
          if (tried > 1) {
            encrypted = source.read();
          }
          Bytes content = content(encrypted, contentKey.key());
          if (content != null) {
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

  private static @Nullable Bytes content(Encrypted encrypted, byte[] key) throws Fault {
    try {
      return encrypted.tag() == null ? cbc(encrypted, key) : aead(encrypted, key);
    } catch (GeneralSecurityException e) {
      return null;
    }
  }

  /**
   * Decrypts into the place of the ciphertext: what comes out is never ahead of what was read, and
   * 25 MB need no second array. Each piece is copied aside first, for the JDK's CBC errs when what
   * it reads lies less than a block ahead of what it writes.
   */
  private static Bytes cbc(Encrypted encrypted, byte[] key) throws Fault, GeneralSecurityException {
    Cipher cipher = Engines.cipher("AES/CBC/PKCS5Padding");
    cipher.init(
        Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(encrypted.nonce()));
    byte[] array = encrypted.content().array;
    int start = encrypted.content().from;
    int filled = start;
    byte[] aside = new byte[Math.min(PIECE, encrypted.content().length())];
    for (Asn1.Octets piece : encrypted.content().pieces()) {
      for (int at = piece.from(); at < piece.to(); at += PIECE) {
        int length = Math.min(PIECE, piece.to() - at);
        System.arraycopy(array, at, aside, 0, length);
        filled += cipher.update(aside, 0, length, array, filled);
      }
    }
    filled += cipher.doFinal(array, filled);
    return new Asn1.Octets(array, start, filled).bytes();
  }

  /**
   * Into the place of the ciphertext too, in one step: nothing comes out before the tag is checked.
   */
  private static Bytes aead(Encrypted encrypted, byte[] key)
      throws Fault, GeneralSecurityException {
    Cipher cipher = cipher(encrypted, key);
    cipher.updateAAD(encrypted.authenticatedAttributes());
    Asn1.Octets text = withTag(encrypted);
    byte[] array = text.array();
    int length = cipher.doFinal(array, text.from(), text.length(), array, text.from());
    return new Asn1.Octets(array, text.from(), text.from() + length).bytes();
  }

  private static Cipher cipher(Encrypted encrypted, byte[] key) throws GeneralSecurityException {
    if (encrypted.cipher().mode() == ContentCipher.Mode.GCM) {
      Cipher cipher = Engines.cipher("AES/GCM/NoPadding");
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
   * JCA wants the tag behind the ciphertext. Behind the ciphertext stands the tag's own ASN.1
   * value, which was read already, and pieces can be moved up to each other: no copy of 25 MB.
   */
  private static Asn1.Octets withTag(Encrypted encrypted) throws Fault {
    byte[] tag = Objects.requireNonNull(encrypted.tag());
    byte[] array = encrypted.content().array;
    int start = encrypted.content().from;
    int filled = start;
    for (Asn1.Octets piece : encrypted.content().pieces()) {
      System.arraycopy(array, piece.from(), array, filled, piece.length());
      filled += piece.length();
    }
    System.arraycopy(tag, 0, array, filled, tag.length);
    return new Asn1.Octets(array, start, filled + tag.length);
  }
}
