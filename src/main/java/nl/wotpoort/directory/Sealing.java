package nl.wotpoort.directory;

import java.nio.file.Path;
import java.util.List;

/**
 * How mail for somebody is sealed: the certificate files to choose from (PEM or DER, in order of
 * preference) and what the reader's mail program can open.
 */
public record Sealing(List<Path> certificates, Cipher cipher, KeyTransport keyTransport) {

  /** GCM is the rule (RFC 5084, authenticated); CBC for a partner whose program cannot read it. */
  public enum Cipher {
    AES256_GCM,
    AES256_CBC
  }

  /** How the content key is wrapped for an RSA key (RFC 8017). Says nothing about EC keys. */
  public enum KeyTransport {
    RSA_PKCS1,
    RSA_OAEP
  }

  public Sealing {
    certificates = List.copyOf(certificates);
  }

  /** With the usual cipher and key transport. */
  public static Sealing with(List<Path> certificates) {
    return new Sealing(certificates, Cipher.AES256_GCM, KeyTransport.RSA_PKCS1);
  }

  public boolean hasCertificate() {
    return !certificates.isEmpty();
  }
}
