package nl.wotpoort.store;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/**
 * The one secret of the store. Every use has a key of its own, derived by label (HKDF-Expand, RFC
 * 5869 §2.3, one block), so that a pseudonym never helps with a decryption. Prints nothing.
 * Immutable and thread-safe. It stays in memory as long as the program runs: Java gives no way to
 * lock or reliably wipe it.
 */
public final class StoreKey {

  private static final int LEAST = 32;

  private final SecretKeySpec root;

  private StoreKey(byte[] secret) {
    root =
        new SecretKeySpec(
            hmac(new SecretKeySpec(new byte[LEAST], "HmacSHA256"), secret), "HmacSHA256");
  }

  /**
   * Takes at least 32 random bytes (copied). Throws IllegalArgumentException when there are fewer,
   * or when they are all the same: that is a placeholder, not a key.
   */
  public static StoreKey of(byte[] secret) {
    if (secret.length < LEAST) {
      throw new IllegalArgumentException("a store key is at least 32 bytes");
    }
    if (allTheSame(secret)) {
      throw new IllegalArgumentException("a store key of equal bytes is a placeholder");
    }
    return new StoreKey(secret);
  }

  /**
   * Reads base64 text (white space around it allowed); empty when it is not at least 32 bytes of
   * it.
   */
  public static Optional<StoreKey> parse(String base64) {
    String text = base64.strip();
    if (!text.matches("[A-Za-z0-9+/]{43,}={0,2}") || text.replace("=", "").length() % 4 == 1) {
      return Optional.empty();
    }
    byte[] secret = Base64.getDecoder().decode(text);
    return secret.length >= LEAST && !allTheSame(secret)
        ? Optional.of(new StoreKey(secret))
        : Optional.empty();
  }

  /** Marks under a key of their own for this use, such as "loop" or "reply-address". */
  public Marks marks(String use) {
    return new Marks(derive("mark " + use));
  }

  SecretKeySpec derive(String label) {
    byte[] info = label.getBytes(StandardCharsets.US_ASCII);
    byte[] block = new byte[info.length + 1];
    System.arraycopy(info, 0, block, 0, info.length);
    block[info.length] = 1;
    return new SecretKeySpec(hmac(root, block), "HmacSHA256");
  }

  static byte[] hmac(SecretKeySpec key, byte[] text) {
    return new Hmac(key).of(text);
  }

  private static boolean allTheSame(byte[] secret) {
    for (byte b : secret) {
      if (b != secret[0]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return "store key •••";
  }
}
