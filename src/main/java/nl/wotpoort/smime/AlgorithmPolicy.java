package nl.wotpoort.smime;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The allow-list of algorithms, by name; what is not on it is refused. Immutable.
 *
 * <p>Names: {@code AES-128-CBC …}, {@code AES-256-GCM …}, {@code CHACHA20-POLY1305}; {@code
 * RSA-PKCS1}, {@code RSA-OAEP-SHA-256 …}; {@code ECDH-SHA-256 …} (X9.63 KDF), {@code
 * ECDH-HKDF-SHA-256 …}; {@code P-256 …}, {@code X25519}; {@code RSA-PKCS1-SHA-256 …}, {@code
 * RSA-PSS-SHA-256 …}, {@code ECDSA-SHA-256 …}, {@code ED25519}. The same signature names count for
 * certificates and CRLs; an anchor's signature over itself proves nothing and is not looked at.
 *
 * <p>{@code ECDH-SHA-1} (RFC 5753's dhSinglePass-stdDH-sha1kdf-scheme) is on the list: OpenSSL and
 * NSS use it unless told otherwise, and a key derivation does not rest on collision resistance.
 * OAEP with SHA-1 is not: the list names the hashes for it.
 *
 * @param minimumRsaBits shortest RSA modulus accepted
 * @param maximumRsaBits longest one: a huge key in a hostile certificate costs seconds
 */
public record AlgorithmPolicy(Set<String> allowed, int minimumRsaBits, int maximumRsaBits) {

  private static final List<String> SAFE =
      List.of(
          "AES-128-CBC",
          "AES-192-CBC",
          "AES-256-CBC",
          "AES-128-GCM",
          "AES-192-GCM",
          "AES-256-GCM",
          "CHACHA20-POLY1305",
          "RSA-PKCS1",
          "RSA-OAEP-SHA-256",
          "RSA-OAEP-SHA-384",
          "RSA-OAEP-SHA-512",
          "ECDH-SHA-1",
          "ECDH-SHA-256",
          "ECDH-SHA-384",
          "ECDH-SHA-512",
          "ECDH-HKDF-SHA-256",
          "ECDH-HKDF-SHA-384",
          "ECDH-HKDF-SHA-512",
          "P-256",
          "P-384",
          "P-521",
          "X25519",
          "RSA-PKCS1-SHA-256",
          "RSA-PKCS1-SHA-384",
          "RSA-PKCS1-SHA-512",
          "RSA-PSS-SHA-256",
          "RSA-PSS-SHA-384",
          "RSA-PSS-SHA-512",
          "ECDSA-SHA-256",
          "ECDSA-SHA-384",
          "ECDSA-SHA-512",
          "ED25519");

  public AlgorithmPolicy {
    for (String name : allowed) {
      if (!SAFE.contains(name)) {
        throw new IllegalArgumentException(
            "unknown algorithm " + name + "; known are " + String.join(", ", SAFE));
      }
    }
    if (minimumRsaBits < 2048) {
      throw new IllegalArgumentException("RSA keys below 2048 bits cannot be allowed");
    }
    allowed = Set.copyOf(allowed);
  }

  public static AlgorithmPolicy defaults() {
    return new AlgorithmPolicy(Set.copyOf(SAFE), 2048, 16_384);
  }

  /** Only {@code names}, in any case. Unknown names are an IllegalArgumentException. */
  public static AlgorithmPolicy allowing(Collection<String> names) {
    Set<String> upper = new TreeSet<>();
    names.forEach(name -> upper.add(name.toUpperCase(Locale.ROOT)));
    AlgorithmPolicy all = defaults();
    return new AlgorithmPolicy(upper, all.minimumRsaBits, all.maximumRsaBits);
  }

  /** Every name there is: nothing outside this list can be allowed by a setting. */
  public static Set<String> names() {
    return new LinkedHashSet<>(SAFE);
  }

  /** Without {@code names}. Unknown names are an IllegalArgumentException, so a typo is seen. */
  public AlgorithmPolicy refusing(Collection<String> names) {
    for (String name : names) {
      if (!SAFE.contains(name)) {
        throw new IllegalArgumentException("unknown algorithm " + name);
      }
    }
    Set<String> left = new TreeSet<>(allowed);
    left.removeAll(names);
    return new AlgorithmPolicy(left, minimumRsaBits, maximumRsaBits);
  }

  public AlgorithmPolicy withMinimumRsaBits(int bits) {
    return new AlgorithmPolicy(allowed, bits, maximumRsaBits);
  }

  boolean allows(String name) {
    return allowed.contains(name);
  }

  String require(String name) throws Fault {
    if (!allowed.contains(name)) {
      throw Fault.weak(name + " is not allowed");
    }
    return name;
  }
}
