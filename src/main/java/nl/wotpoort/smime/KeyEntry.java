package nl.wotpoort.smime;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * A private key with its certificate and the certificates above it. The key does not leave this
 * room: there is no way to ask for it. Immutable, thread-safe; prints nothing secret. A key from a
 * file stays in memory as long as the entry does: the JDK's keys cannot be wiped. One in a token is
 * never in memory.
 */
public final class KeyEntry {

  private final String source;
  private final OwnKey key;
  private final X509Certificate certificate;
  private final List<X509Certificate> chain;

  KeyEntry(
      String source, PrivateKey key, X509Certificate certificate, List<X509Certificate> chain) {
    this(source, OwnKey.inMemory(key), certificate, chain);
  }

  KeyEntry(String source, OwnKey key, X509Certificate certificate, List<X509Certificate> chain) {
    this.source = source;
    this.key = key;
    this.certificate = certificate;
    this.chain = List.copyOf(chain);
  }

  /** Where it came from, as the administrator knows it: file name and alias. */
  public String source() {
    return source;
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /** The certificates above the own one, nearest first; a self-signed root is left out. */
  public List<X509Certificate> chain() {
    return chain;
  }

  public Instant notAfter() {
    return certificate.getNotAfter().toInstant();
  }

  public boolean isValidAt(Instant now) {
    return Certificates.isValidAt(certificate, now);
  }

  /** True for keys of certs-sample/, which everybody may read. */
  public boolean isSample() {
    return Certificates.isSample(certificate);
  }

  /** True for a key that never leaves its PKCS#11 token. */
  public boolean isInToken() {
    return key.isInToken();
  }

  OwnKey key() {
    return key;
  }

  @Override
  public String toString() {
    return "key of " + source;
  }
}
