package nl.wotpoort.directory;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How mail for somebody is sealed: the certificate files to choose from (PEM or DER, in order of
 * preference) and what the reader's mail program can open.
 */
public record Sealing(List<Path> certificates, Manner manner) {

  /**
   * What an entry says about the reader's mail program; empty is left to the certificate, or to
   * what is usual.
   */
  public record Manner(
      Optional<Cipher> cipher, Optional<KeyTransport> keyTransport, Optional<Signature> signature) {

    public static final Manner UNSAID =
        new Manner(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** GCM is the rule (RFC 5084, authenticated); CBC for a partner whose program cannot read it. */
  public enum Cipher {
    AES256_GCM,
    AES256_CBC,
    CHACHA20_POLY1305
  }

  /** How the content key is wrapped for an RSA key (RFC 8017). Says nothing about EC keys. */
  public enum KeyTransport {
    RSA_PKCS1,
    RSA_OAEP
  }

  /** How we sign; it takes a key of ours of that kind. */
  public enum Signature {
    RSA_PKCS1,
    RSA_PSS,
    ECDSA,
    ED25519
  }

  public Sealing {
    certificates = List.copyOf(certificates);
  }

  /** With nothing said about the reader's program. */
  public static Sealing with(List<Path> certificates) {
    return new Sealing(certificates, Manner.UNSAID);
  }

  public boolean hasCertificate() {
    return !certificates.isEmpty();
  }
}
