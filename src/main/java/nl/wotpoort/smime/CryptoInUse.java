package nl.wotpoort.smime;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;

/** Which provider really serves the operations that cost most. */
public final class CryptoInUse {

  private CryptoInUse() {}

  /** Name of the provider that signs with RSA, which costs most. */
  public static String signer() {
    try {
      return Engines.signature("SHA256withRSA").getProvider().getName();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has this", e);
    }
  }

  /** Operation → name of its provider, asked for as the rest of this room asks. */
  public static Map<String, String> providers() {
    Map<String, String> providers = new LinkedHashMap<>();
    try {
      providers.put("sign", signer());
      providers.put("unwrap", Engines.cipher("RSA/ECB/NoPadding").getProvider().getName());
      providers.put("cipher", Engines.cipher("AES/GCM/NoPadding").getProvider().getName());
      providers.put("digest", MessageDigest.getInstance("SHA-256").getProvider().getName());
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has these", e);
    }
    return providers;
  }
}
