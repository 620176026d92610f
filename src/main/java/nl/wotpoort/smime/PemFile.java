package nl.wotpoort.smime;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** What one PEM file (or DER certificate) of a mailbox holds. Immutable. */
public final class PemFile {

  private final List<PrivateKey> keys;
  private final List<X509Certificate> certificates;

  private PemFile(List<PrivateKey> keys, List<X509Certificate> certificates) {
    this.keys = keys;
    this.certificates = certificates;
  }

  /**
   * Reads its keys without a password and its certificates.
   *
   * @param file the name for messages
   * @throws KeyFileFault LOCKED when a key has a password, BROKEN when something in it cannot be
   *     read, EMPTY when there is neither
   */
  public static PemFile read(String file, byte[] bytes) throws KeyFileFault {
    List<PrivateKey> keys = new ArrayList<>();
    List<X509Certificate> certificates;
    try {
      for (PemBlock block : PemBlock.in(bytes)) {
        if (PemKeys.isLocked(block.label())) {
          throw new KeyFileFault(KeyFileFault.Cause.LOCKED, file);
        }
        if (PemKeys.isKey(block.label())) {
          keys.add(PemKeys.read(block.label(), block.decoded()));
        }
      }
      certificates = KeyFiles.ofAnyForm(file, bytes);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new KeyFileFault(KeyFileFault.Cause.BROKEN, file);
    }
    if (keys.isEmpty() && certificates.isEmpty()) {
      throw new KeyFileFault(KeyFileFault.Cause.EMPTY, file);
    }
    return new PemFile(keys, certificates);
  }

  List<PrivateKey> keys() {
    return keys;
  }

  List<X509Certificate> certificates() {
    return certificates;
  }
}
