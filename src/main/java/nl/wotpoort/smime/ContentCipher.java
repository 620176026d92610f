package nl.wotpoort.smime;

import java.util.Arrays;

/** The ciphers for content: what RFC 8551 §2.7 names, and ChaCha20-Poly1305 (RFC 8103). */
enum ContentCipher {
  AES_128_CBC(Oids.AES128_CBC, 16, Mode.CBC),
  AES_192_CBC(Oids.AES192_CBC, 24, Mode.CBC),
  AES_256_CBC(Oids.AES256_CBC, 32, Mode.CBC),
  AES_128_GCM(Oids.AES128_GCM, 16, Mode.GCM),
  AES_192_GCM(Oids.AES192_GCM, 24, Mode.GCM),
  AES_256_GCM(Oids.AES256_GCM, 32, Mode.GCM),
  CHACHA20_POLY1305(Oids.CHACHA20_POLY1305, 32, Mode.CHACHA);

  enum Mode {
    CBC,
    GCM,
    CHACHA
  }

  private final String oid;
  private final int keyBytes;
  private final Mode mode;

  ContentCipher(String oid, int keyBytes, Mode mode) {
    this.oid = oid;
    this.keyBytes = keyBytes;
    this.mode = mode;
  }

  static ContentCipher of(String oid) throws Fault {
    return Arrays.stream(values())
        .filter(c -> c.oid.equals(oid))
        .findFirst()
        .orElseThrow(() -> Fault.weak("content cipher " + oid + " is not allowed"));
  }

  String oid() {
    return oid;
  }

  int keyBytes() {
    return keyBytes;
  }

  Mode mode() {
    return mode;
  }

  boolean isAuthenticated() {
    return mode != Mode.CBC;
  }

  /** Its name in {@link AlgorithmPolicy}. */
  String algorithm() {
    return name().replace('_', '-');
  }
}
