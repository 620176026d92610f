package nl.wotpoort.smime;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * KeyAgreeRecipientInfo (RFC 5652 §6.2.2) with an ephemeral sender key: ECDH over the NIST curves
 * (RFC 5753) and X25519 (RFC 8418), over JCA only.
 */
final class KeyAgreement {

  /** A key derivation: its name in {@link AlgorithmPolicy} and its hash. */
  private record Derivation(String name, String hash, boolean hkdf) {}

  /**
   * RFC 5753 §7.1.4 and RFC 8418. The cofactor of the NIST curves is 1, so cofactor ECDH (third arc
   * 14) comes to the same as standard ECDH (11).
   */
  private static final Map<String, Derivation> DERIVATIONS =
      Map.ofEntries(
          Map.entry("1.3.133.16.840.63.0.2", new Derivation("ECDH-SHA-1", "SHA-1", false)),
          Map.entry("1.3.133.16.840.63.0.3", new Derivation("ECDH-SHA-1", "SHA-1", false)),
          Map.entry("1.3.132.1.11.1", new Derivation("ECDH-SHA-256", "SHA-256", false)),
          Map.entry("1.3.132.1.11.2", new Derivation("ECDH-SHA-384", "SHA-384", false)),
          Map.entry("1.3.132.1.11.3", new Derivation("ECDH-SHA-512", "SHA-512", false)),
          Map.entry("1.3.132.1.14.1", new Derivation("ECDH-SHA-256", "SHA-256", false)),
          Map.entry("1.3.132.1.14.2", new Derivation("ECDH-SHA-384", "SHA-384", false)),
          Map.entry("1.3.132.1.14.3", new Derivation("ECDH-SHA-512", "SHA-512", false)),
          Map.entry(Oids.HKDF_SHA256, new Derivation("ECDH-HKDF-SHA-256", "SHA-256", true)),
          Map.entry(Oids.HKDF_SHA384, new Derivation("ECDH-HKDF-SHA-384", "SHA-384", true)),
          Map.entry(Oids.HKDF_SHA512, new Derivation("ECDH-HKDF-SHA-512", "SHA-512", true)));

  private static final Map<String, Integer> WRAPS =
      Map.of(Oids.AES128_WRAP, 16, Oids.AES192_WRAP, 24, Oids.AES256_WRAP, 32);

  private KeyAgreement() {}

  /**
   * The content key; a random one when it does not unwrap. Null when it is not meant for {@code
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
    Asn1 originator = fields.take(0xA0).cursor().take();
    Asn1 ukm = fields.at(0xA1) ? fields.take().cursor().take(Asn1.OCTETS) : null;
    Asn1.Cursor algorithm = fields.take(Asn1.SEQUENCE).cursor();
    byte[] wrapped = encryptedKey(fields.take(Asn1.SEQUENCE), entry, limits);
    if (wrapped == null) {
      return null;
    }
    String oid = algorithm.take().oid();
    Derivation derivation = DERIVATIONS.get(oid);
    if (derivation == null) {
      throw Fault.weak("key agreement " + oid + " is not allowed");
    }
    policy.require(derivation.name());
    PublicKeys.require(entry.certificate().getPublicKey(), policy);
    Asn1 wrap = algorithm.take(Asn1.SEQUENCE);
    Integer wrapBytes = WRAPS.get(wrap.cursor().take().oid());
    if (wrapBytes == null) {
      throw Fault.weak("key wrap is not AES");
    }
    byte[] info =
        sharedInfo(Der.encoded(Asn1.SEQUENCE, wrap), ukm == null ? null : ukm.content(), wrapBytes);
    byte[] fallback = new byte[cipher.keyBytes()];
    random.nextBytes(fallback);
    byte[] key =
        unwrap(new Parts(originator, derivation, info, wrapBytes), entry, wrapped, fallback);
    return new Decryptor.ContentKey(key, derivation.name());
  }

  private record Parts(Asn1 originator, Derivation derivation, byte[] info, int wrapBytes) {}

  private static byte[] unwrap(Parts parts, KeyEntry entry, byte[] wrapped, byte[] fallback)
      throws Fault {
    if (parts.originator().tag != 0xA1) {
      return fallback;
    }
    Asn1.Cursor publicKey = parts.originator().cursor();
    publicKey.take(Asn1.SEQUENCE);
    byte[] bits = publicKey.take(0x03).content();
    try {
      PublicKey ephemeral = ephemeral(entry.certificate().getPublicKey(), bits);
      byte[] secret = entry.key().agree(ephemeral);
      byte[] kek = derive(parts.derivation(), secret, parts.info(), parts.wrapBytes());
      Cipher unwrap = Cipher.getInstance("AESWrap");
      unwrap.init(Cipher.UNWRAP_MODE, new SecretKeySpec(kek, "AES"));
      byte[] key = unwrap.unwrap(wrapped, "AES", Cipher.SECRET_KEY).getEncoded();
      return key.length == fallback.length ? key : fallback;
    } catch (GeneralSecurityException e) {
      return fallback;
    }
  }

  private static byte @Nullable [] encryptedKey(Asn1 keys, KeyEntry entry, Limits limits)
      throws Fault {
    if (keys.children().size() > limits.recipients()) {
      throw Fault.tooLarge("more than " + limits.recipients() + " recipients");
    }
    for (Asn1 one : keys.children()) {
      Asn1.Cursor parts = one.expect(Asn1.SEQUENCE).cursor();
      if (RecipientId.means(parts.take(), entry.certificate(), limits)) {
        return parts.take(Asn1.OCTETS).content();
      }
    }
    return null;
  }

  /**
   * The sender's point as a key on our own curve: its algorithm identifier may leave the curve out
   * (RFC 5753 §3.1.1), and no other curve would do. The JDK checks that the point is on the curve.
   */
  private static PublicKey ephemeral(PublicKey own, byte[] bitString)
      throws GeneralSecurityException {
    if (bitString.length < 2 || bitString[0] != 0) {
      throw new GeneralSecurityException("bit string");
    }
    byte[] point = Arrays.copyOfRange(bitString, 1, bitString.length);
    byte[] spki = subjectPublicKeyInfo(own, point);
    String algorithm = own instanceof XECPublicKey ? "XDH" : "EC";
    PublicKey key = KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(spki));
    if (key instanceof ECPublicKey ec && !PublicKeys.isOnCurve(ec)) {
      throw new GeneralSecurityException("point off the curve");
    }
    return key;
  }

  /** Our own key's encoding with another point in it. */
  private static byte[] subjectPublicKeyInfo(PublicKey own, byte[] point)
      throws GeneralSecurityException {
    try {
      Asn1 spki = Asn1.read(own.getEncoded(), Limits.defaults());
      return Der.sequence(spki.cursor().take(Asn1.SEQUENCE).raw(), Der.bits(point));
    } catch (Fault e) {
      throw new GeneralSecurityException(e);
    }
  }

  /** ECC-CMS-SharedInfo (RFC 5753 §7.2), in DER whatever the envelope is written in. */
  static byte[] sharedInfo(byte[] wrapAlgorithm, byte @Nullable [] ukm, int keyBytes) {
    byte[] bits = ByteBuffer.allocate(4).putInt(keyBytes * 8).array();
    byte[] size = Der.value(0xA2, Der.octets(bits));
    return ukm == null
        ? Der.sequence(wrapAlgorithm, size)
        : Der.sequence(wrapAlgorithm, Der.value(0xA0, Der.octets(ukm)), size);
  }

  private static byte[] derive(Derivation derivation, byte[] secret, byte[] info, int length)
      throws GeneralSecurityException {
    return derivation.hkdf()
        ? hkdf(derivation.hash(), secret, info, length)
        : x963(derivation.hash(), secret, info, length);
  }

  /** ANSI X9.63 (SEC 1 §3.6.1). */
  static byte[] x963(String hash, byte[] secret, byte[] info, int length)
      throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance(hash);
    byte[] out = new byte[0];
    for (int counter = 1; out.length < length; counter++) {
      digest.update(secret);
      digest.update(ByteBuffer.allocate(4).putInt(counter).array());
      byte[] block = digest.digest(info);
      out = concat(out, block);
    }
    return Arrays.copyOf(out, length);
  }

  /** RFC 5869, without salt (RFC 8418 §2.2). */
  static byte[] hkdf(String hash, byte[] secret, byte[] info, int length)
      throws GeneralSecurityException {
    String name = "Hmac" + hash.replace("-", "");
    Mac mac = Mac.getInstance(name);
    mac.init(new SecretKeySpec(new byte[mac.getMacLength()], name));
    mac.init(new SecretKeySpec(mac.doFinal(secret), name));
    byte[] out = new byte[0];
    byte[] block = new byte[0];
    for (int counter = 1; out.length < length; counter++) {
      mac.update(block);
      mac.update(info);
      mac.update((byte) counter);
      block = mac.doFinal();
      out = concat(out, block);
    }
    return Arrays.copyOf(out, length);
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
