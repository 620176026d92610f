package nl.wotpoort.smime;

import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a certificate says that its owner's program can read: the extension smimeCapabilities (RFC
 * 4262). It is a hint, below a trusted signature; what it offers outside our own list is not looked
 * at, so it can never make us write something weak.
 *
 * @param ciphers object identifiers
 * @param oaep whether it names OAEP with SHA-256
 */
record Capabilities(Set<String> ciphers, boolean oaep) {

  private static final Capabilities UNSAID = new Capabilities(Set.of(), false);

  static Capabilities of(X509Certificate certificate, Limits limits) {
    byte[] extension = certificate.getExtensionValue(Oids.SMIME_CAPABILITIES);
    if (extension == null) {
      return UNSAID;
    }
    try {
      byte[] inner = Asn1.read(extension, limits).expect(Asn1.OCTETS).content();
      Set<String> named = new HashSet<>();
      boolean oaep = false;
      for (Asn1 one : Asn1.read(inner, limits).expect(Asn1.SEQUENCE).children()) {
        Asn1.Cursor capability = one.expect(Asn1.SEQUENCE).cursor();
        String oid = capability.take().oid();
        named.add(oid);
        oaep |= oid.equals(Oids.RSA_OAEP) && isSha256(capability);
      }
      return new Capabilities(Set.copyOf(named), oaep);
    } catch (Fault unreadable) {
      return UNSAID;
    }
  }

  private static boolean isSha256(Asn1.Cursor algorithm) {
    try {
      return KeyTransport.oaepHashes(algorithm).equals(new KeyTransport.Oaep("SHA-256", "SHA-256"));
    } catch (Fault other) {
      return false;
    }
  }

  /** The best of ours among them; empty when it names none, or nothing at all. */
  Optional<Recipient.Cipher> cipher() {
    if (ciphers.contains(Oids.AES256_GCM) || ciphers.contains(Oids.AES128_GCM)) {
      return Optional.of(Recipient.Cipher.AES_256_GCM);
    }
    if (ciphers.contains(Oids.CHACHA20_POLY1305)) {
      return Optional.of(Recipient.Cipher.CHACHA20_POLY1305);
    }
    // a program that reads one length of AES in CBC reads them all
    boolean cbc = ciphers.contains(Oids.AES256_CBC) || ciphers.contains(Oids.AES128_CBC);
    return cbc ? Optional.of(Recipient.Cipher.AES_256_CBC) : Optional.empty();
  }

  Optional<Recipient.KeyTransport> keyTransport() {
    return oaep ? Optional.of(Recipient.KeyTransport.OAEP_SHA_256) : Optional.empty();
  }
}
