package nl.wotpoort.smime;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import nl.wotpoort.letter.Address;

/**
 * For whom to seal, and what his mail program can read. What his entry leaves open his certificate
 * may say (smimeCapabilities, RFC 4262); otherwise AES_256_GCM and PKCS1.
 *
 * @param cipher empty when his entry does not say
 * @param keyTransport for RSA certificates. PKCS1 is the rule: several common programs do not read
 *     OAEP, and our side of PKCS#1 v1.5, encryption, has no oracle. Without meaning for elliptic
 *     curves, where it is ECDH with SHA-256.
 * @param signature how we sign for him
 */
public record Recipient(
    Address address,
    Optional<Cipher> cipher,
    Optional<KeyTransport> keyTransport,
    Signature signature) {

  /** How the content is encrypted. */
  public enum Cipher {
    /** AuthEnvelopedData (RFC 5084). */
    AES_256_GCM(Oids.AES256_GCM),
    /** EnvelopedData, for older readers. */
    AES_256_CBC(Oids.AES256_CBC),
    /** AuthEnvelopedData (RFC 8103). */
    CHACHA20_POLY1305(Oids.CHACHA20_POLY1305);

    private final String oid;

    Cipher(String oid) {
      this.oid = oid;
    }

    String oid() {
      return oid;
    }

    /** Its name in {@link AlgorithmPolicy}. */
    String algorithm() {
      return name().replace('_', '-');
    }
  }

  /** How the content key is encrypted to an RSA key. */
  public enum KeyTransport {
    PKCS1,
    OAEP_SHA_256
  }

  /** How we sign: with which kind of key, and which padding when it is RSA. */
  public enum Signature {
    /** With the newest key, RSA as PKCS#1 v1.5; Ed25519 only when there is no other. */
    USUAL,
    RSA_PKCS1,
    RSA_PSS,
    ECDSA,
    ED25519;

    boolean isMadeBy(PublicKey key) {
      return switch (this) {
        case USUAL -> true;
        case RSA_PKCS1, RSA_PSS -> key instanceof RSAPublicKey;
        case ECDSA -> key instanceof ECPublicKey;
        case ED25519 -> key instanceof EdECPublicKey;
      };
    }
  }

  /** With nothing said. */
  public static Recipient of(Address address) {
    return new Recipient(address, Optional.empty(), Optional.empty(), Signature.USUAL);
  }

  public Recipient with(Cipher other) {
    return new Recipient(address, Optional.of(other), keyTransport, signature);
  }

  public Recipient with(KeyTransport other) {
    return new Recipient(address, cipher, Optional.of(other), signature);
  }

  public Recipient with(Signature other) {
    return new Recipient(address, cipher, keyTransport, other);
  }
}
