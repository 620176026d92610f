package nl.wotpoort.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what must be read back: AES-256-GCM, a random 96-bit nonce in front, and the column it
 * stands in as associated data, so that a value moved to another column does not open. One key
 * holds for 2^32 values (NIST SP 800-38D §8.3), far more than a store ever has. Thread-safe.
 */
final class Strongbox {

  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  /**
   * One for each thread, with the key in it: to look one up and to take the key in cost more than a
   * short text.
   */
  private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(Strongbox::cipher);

  Strongbox(StoreKey key) {
    this.key = new SecretKeySpec(key.derive("encryption").getEncoded(), "AES");
  }

  byte[] close(String column, String text) {
    return closeBytes(column, text.getBytes(StandardCharsets.UTF_8));
  }

  byte[] closeBytes(String column, byte[] plain) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      Cipher gcm = ciphers.get();
      gcm.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      gcm.updateAAD(column.getBytes(StandardCharsets.US_ASCII));
      byte[] box = new byte[NONCE + gcm.getOutputSize(plain.length)];
      System.arraycopy(nonce, 0, box, 0, NONCE);
      gcm.doFinal(plain, 0, plain.length, box, NONCE);
      return box;
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has AES-GCM", e);
    }
  }

  /** Throws {@link StoreException.Damaged} when the value was changed, or was never ours. */
  String open(String column, byte[] box) {
    return new String(openBytes(column, box), StandardCharsets.UTF_8);
  }

  byte[] openBytes(String column, byte[] box) {
    if (box.length < NONCE + TAG_BITS / 8) {
      throw new StoreException.Damaged("encrypted value in " + column + " is too short");
    }
    try {
      Cipher gcm = ciphers.get();
      gcm.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, box, 0, NONCE));
      gcm.updateAAD(column.getBytes(StandardCharsets.US_ASCII));
      return gcm.doFinal(box, NONCE, box.length - NONCE);
    } catch (AEADBadTagException e) {
      throw new StoreException.Damaged("encrypted value in " + column + " does not open", e);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has AES-GCM", e);
    }
  }

  private static Cipher cipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has AES-GCM", e);
    }
  }
}
