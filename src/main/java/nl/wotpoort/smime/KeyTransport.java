package nl.wotpoort.smime;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
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
        || !(entry.key() instanceof RSAPrivateKey rsa)) {
      return null;
    }
    Asn1.Cursor algorithm = fields.take(Asn1.SEQUENCE).cursor();
    byte[] encryptedKey = fields.take(Asn1.OCTETS).content();
    String oid = algorithm.take().oid();
    if (oid.equals(Oids.RSA)) {
      policy.require("RSA-PKCS1");
      byte[] key = pkcs1(rsa, encryptedKey, cipher.keyBytes(), random);
      return new Decryptor.ContentKey(key, "RSA-PKCS1");
    }
    if (oid.equals(Oids.RSA_OAEP)) {
      String hash = oaepHash(algorithm);
      String name = policy.require("RSA-OAEP-" + hash);
      byte[] key = oaep(rsa, encryptedKey, hash, cipher.keyBytes(), random);
      return new Decryptor.ContentKey(key, name);
    }
    throw Fault.weak("key transport " + oid + " is not allowed");
  }

  /**
   * RSA without padding, then the padding taken off by arithmetic that takes the same steps for
   * right and wrong ones. The JDK's own PKCS1Padding throws for wrong ones: Bleichenbacher's
   * oracle.
   */
  static byte[] pkcs1(RSAPrivateKey key, byte[] encrypted, int keyBytes, SecureRandom random) {
    byte[] fallback = new byte[keyBytes];
    random.nextBytes(fallback);
    byte[] padded;
    try {
      Cipher rsa = Cipher.getInstance("RSA/ECB/NoPadding");
      rsa.init(Cipher.DECRYPT_MODE, key);
      padded = rsa.doFinal(encrypted);
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
    int mask = ((wrong | -wrong) >> 31) & 0xff;
    byte[] result = new byte[keyBytes];
    for (int i = 0; i < keyBytes; i++) {
      result[i] = (byte) ((padded[keyStart + i] & ~mask) | (fallback[i] & mask));
    }
    return result;
  }

  private static byte[] oaep(
      RSAPrivateKey key, byte[] encrypted, String hash, int keyBytes, SecureRandom random) {
    byte[] fallback = new byte[keyBytes];
    random.nextBytes(fallback);
    try {
      Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
      rsa.init(Cipher.DECRYPT_MODE, key, oaepParameters(hash));
      byte[] result = rsa.doFinal(encrypted);
      return result.length == keyBytes ? result : fallback;
    } catch (GeneralSecurityException e) {
      return fallback;
    }
  }

  static OAEPParameterSpec oaepParameters(String hash) {
    return new OAEPParameterSpec(
        hash, "MGF1", new MGF1ParameterSpec(hash), PSource.PSpecified.DEFAULT);
  }

  /** RFC 4055 §4.1. Absent fields mean SHA-1. */
  private static String oaepHash(Asn1.Cursor algorithm) throws Fault {
    if (algorithm.done()) {
      throw Fault.weak("OAEP with SHA-1");
    }
    Asn1.Cursor fields = algorithm.take(Asn1.SEQUENCE).cursor();
    if (!fields.at(0xA0)) {
      throw Fault.weak("OAEP with SHA-1");
    }
    String hash = hash(fields.take().cursor().take(Asn1.SEQUENCE));
    if (!fields.at(0xA1)) {
      throw Fault.weak("OAEP with MGF1 over SHA-1");
    }
    Asn1.Cursor mgf = fields.take().cursor().take(Asn1.SEQUENCE).cursor();
    if (!mgf.take().oid().equals(Oids.MGF1) || !hash(mgf.take(Asn1.SEQUENCE)).equals(hash)) {
      throw Fault.weak("OAEP with another hash in its mask");
    }
    if (fields.at(0xA2)) {
      Asn1.Cursor source = fields.take().cursor().take(Asn1.SEQUENCE).cursor();
      if (!source.take().oid().equals(Oids.P_SPECIFIED) || source.take().length() != 0) {
        throw Fault.weak("OAEP with a label");
      }
    }
    return hash;
  }

  private static String hash(Asn1 algorithm) throws Fault {
    return SignatureScheme.digest(algorithm.cursor().take().oid());
  }
}
