package nl.wotpoort.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;

/**
 * Marks on our own mail that nobody else can make, so that a forged one neither stops a mail nor
 * opens a case. 80 bits, lower-case hex: guessing needs as many mails. Immutable and thread-safe.
 */
public final class Marks {

  private static final int LENGTH = 10;

  private final Hmac hmac;

  Marks(SecretKeySpec key) {
    this.hmac = new Hmac(key);
  }

  /** The mark that belongs to {@code text}; always the same one. */
  public String of(String text) {
    byte[] mac = hmac.of(text);
    return HexFormat.of().formatHex(Arrays.copyOf(mac, LENGTH));
  }

  /** Whether {@code mark} is ours for {@code text}; compared in constant time. */
  public boolean isOurs(String text, String mark) {
    return MessageDigest.isEqual(
        of(text).getBytes(StandardCharsets.US_ASCII), mark.getBytes(StandardCharsets.UTF_8));
  }
}
