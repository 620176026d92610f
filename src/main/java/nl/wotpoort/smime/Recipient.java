package nl.wotpoort.smime;

import nl.wotpoort.letter.Address;

/**
 * For whom to seal, and what his mail program can read.
 *
 * @param cipher AES_256_GCM (AuthEnvelopedData) unless his entry says that he can only read CBC
 * @param keyTransport for RSA certificates: PKCS1 unless his entry says OAEP. Nothing in a
 *     certificate tells whether its owner's program reads OAEP, and several common ones do not; our
 *     side of PKCS#1 v1.5, encryption, has no oracle. Without meaning for elliptic curves, where it
 *     is ECDH with SHA-256.
 */
public record Recipient(Address address, Cipher cipher, KeyTransport keyTransport) {

  /** How the content is encrypted. */
  public enum Cipher {
    AES_256_GCM,
    AES_256_CBC
  }

  /** How the content key is encrypted to an RSA key. */
  public enum KeyTransport {
    PKCS1,
    OAEP_SHA_256
  }

  /** With the defaults. */
  public static Recipient of(Address address) {
    return new Recipient(address, Cipher.AES_256_GCM, KeyTransport.PKCS1);
  }

  public Recipient with(Cipher other) {
    return new Recipient(address, other, keyTransport);
  }

  public Recipient with(KeyTransport other) {
    return new Recipient(address, cipher, other);
  }
}
