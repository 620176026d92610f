package nl.wotpoort.smime;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.jspecify.annotations.Nullable;

/** KeyTransRecipientInfo (RFC 5652 §6.2.1): RSA with PKCS#1 v1.5 or OAEP (RFC 8017). */
final class KeyTransport {

  private KeyTransport() {}

  /**
   * The content key; a random one when it does not decrypt. Null when it is not meant for {@code
   * entry}.
   */
  static Decryptor.@Nullable ContentKey contentKey(
      Asn1 recipient,
      KeyEntry entry,
      ContentCipher cipher,
      AlgorithmPolicy policy,
      SecureRandom random,
      Limits limits)
      throws Fault {
    Asn1.Cursor fields = recipient.cursor();
    fields.take(Asn1.INTEGER);
    Asn1 id = fields.take();
    if (!RecipientId.means(id, entry.certificate(), limits)
        || !(entry.certificate().getPublicKey() instanceof RSAPublicKey)) {
      return null;
    }
    Asn1.Cursor algorithm = fields.take(Asn1.SEQUENCE).cursor();
    byte[] encryptedKey = fields.take(Asn1.OCTETS).content();
    String oid = algorithm.take().oid();
    if (oid.equals(Oids.RSA)) {
      policy.require("RSA-PKCS1");
      byte[] key = pkcs1(entry, encryptedKey, cipher.keyBytes(), random);
      return new Decryptor.ContentKey(key, "RSA-PKCS1");
    }
    if (oid.equals(Oids.RSA_OAEP)) {
      Oaep hashes = oaepHashes(algorithm);
      String name = policy.require("RSA-OAEP-" + hashes.label());
      byte[] key = oaep(entry, encryptedKey, hashes, cipher.keyBytes(), random);
      return new Decryptor.ContentKey(key, name);
    }
    throw Fault.weak("key transport " + oid + " is not allowed");
  }

  /**
   * RSA without padding, then the padding taken off by arithmetic that takes the same steps for
   * right and wrong ones. The JDK's own PKCS1Padding throws for wrong ones: Bleichenbacher's
   * oracle.
   */
  static byte[] pkcs1(KeyEntry entry, byte[] encrypted, int keyBytes, SecureRandom random) {
    byte[] fallback = drawn(keyBytes, random);
    byte[] padded;
    try {
      padded = raw(entry, encrypted);
    } catch (GeneralSecurityException e) {
      return fallback;
    }
    int keyStart = padded.length - keyBytes;
    if (keyStart < 11) {
      return fallback;
    }
    int wrong = padded[0] | (padded[1] ^ 2) | padded[keyStart - 1];
    for (int i = 2; i < keyStart - 1; i++) {
      wrong |= ((padded[i] & 0xff) - 1) >> 31;
    }
    return chosen(padded, fallback, wrong);
  }

  /**
   * EME-OAEP decoding (RFC 8017 §7.1.2 step 3) with an empty label, for a key of known length: so
   * the place of the 01 byte is known as well, and right and wrong take the same steps (Manger's
   * oracle). Ours, for SunPKCS11 knows no OAEP; a key in memory goes the same way.
   */
  static byte[] oaep(
      KeyEntry entry, byte[] encrypted, Oaep hashes, int keyBytes, SecureRandom random) {
    byte[] fallback = drawn(keyBytes, random);
    try {
      byte[] padded = raw(entry, encrypted);
      byte[] label = MessageDigest.getInstance(hashes.label()).digest();
      int seed = label.length;
      int keyStart = padded.length - keyBytes;
      if (keyStart < 2 + 2 * seed) {
        return fallback;
      }
      unmask(padded, 1, 1 + seed, 1 + seed, padded.length, hashes.mask());
      unmask(padded, 1 + seed, padded.length, 1, 1 + seed, hashes.mask());
      int wrong = padded[0] | (padded[keyStart - 1] ^ 1);
      for (int i = 0; i < seed; i++) {
        wrong |= padded[1 + seed + i] ^ label[i];
      }
      for (int i = 1 + 2 * seed; i < keyStart - 1; i++) {
        wrong |= padded[i];
      }
      return chosen(padded, fallback, wrong);
    } catch (GeneralSecurityException e) {
      return fallback;
    }
  }

  /** MGF1 (RFC 8017 §B.2.1) over one range, laid over another. */
  private static void unmask(byte[] in, int to, int toEnd, int from, int fromEnd, String hash)
      throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance(hash);
    int size = digest.getDigestLength();
    for (int at = 0; to + at < toEnd; at += size) {
      digest.update(in, from, fromEnd - from);
      byte[] mask = digest.digest(ByteBuffer.allocate(4).putInt(at / size).array());
      for (int i = 0; i < size && to + at + i < toEnd; i++) {
        in[to + at + i] ^= mask[i];
      }
    }
  }

  private static byte[] raw(KeyEntry entry, byte[] encrypted) throws GeneralSecurityException {
    return entry.key().rsa(encrypted, (RSAPublicKey) entry.certificate().getPublicKey());
  }

  private static byte[] drawn(int length, SecureRandom random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /**
   * The end of {@code padded} when nothing is wrong, {@code fallback} otherwise, in equal steps.
   */
  private static byte[] chosen(byte[] padded, byte[] fallback, int wrong) {
    int mask = ((wrong | -wrong) >> 31) & 0xff;
    int start = padded.length - fallback.length;
    byte[] result = new byte[fallback.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (byte) ((padded[start + i] & ~mask) | (fallback[i] & mask));
    }
    return result;
  }

  static OAEPParameterSpec oaepParameters(String hash) {
    return new OAEPParameterSpec(
        hash, "MGF1", new MGF1ParameterSpec(hash), PSource.PSpecified.DEFAULT);
  }

  /** The hash of the label, by which the policy calls it, and the hash in the mask, MGF1. */
  record Oaep(String label, String mask) {}

  /**
   * RFC 4055 §4.1. Absent fields mean SHA-1. The two hashes should be the same one; another that is
   * on the list harms nobody, and Java programs that name only one of them write it.
   */
  static Oaep oaepHashes(Asn1.Cursor algorithm) throws Fault {
    if (algorithm.done()) {
      throw Fault.weak("OAEP with SHA-1");
    }
    Asn1.Cursor fields = algorithm.take(Asn1.SEQUENCE).cursor();
    if (!fields.at(0xA0)) {
      throw Fault.weak("OAEP with SHA-1");
    }
    String label = hash(fields.take().cursor().take(Asn1.SEQUENCE));
    if (!fields.at(0xA1)) {
      throw Fault.weak("OAEP with MGF1 over SHA-1");
    }
    Asn1.Cursor mgf = fields.take().cursor().take(Asn1.SEQUENCE).cursor();
    if (!mgf.take().oid().equals(Oids.MGF1)) {
      throw Fault.weak("OAEP with another mask than MGF1");
    }
    String mask = hash(mgf.take(Asn1.SEQUENCE));
    if (fields.at(0xA2)) {
      Asn1.Cursor source = fields.take().cursor().take(Asn1.SEQUENCE).cursor();
      if (!source.take().oid().equals(Oids.P_SPECIFIED) || source.take().length() != 0) {
        throw Fault.weak("OAEP with a label");
      }
    }
    return new Oaep(label, mask);
  }

  private static String hash(Asn1 algorithm) throws Fault {
    return SignatureScheme.digest(algorithm.cursor().take().oid());
  }
}
