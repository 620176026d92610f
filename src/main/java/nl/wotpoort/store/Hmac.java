package nl.wotpoort.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 (RFC 2104) under one key. A message needs some twenty; the key is taken in once and
 * copied for each, for looking up a provider and taking a key in cost more than a short text.
 * Thread-safe; cannot print its key.
 */
final class Hmac {

  private final SecretKeySpec key;
  private final Mac ready;

  Hmac(SecretKeySpec key) {
    this.key = key;
    this.ready = keyed(key);
  }

  byte[] of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  byte[] of(byte[] text) {
    return copy().doFinal(text);
  }

  private Mac copy() {
    try {
      return (Mac) ready.clone();
    } catch (CloneNotSupportedException e) {
      return keyed(key); // a provider may be unable to
    }
  }

  private static Mac keyed(SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has HmacSHA256", e);
    }
  }

  @Override
  public String toString() {
    return "HMAC •••";
  }
}
