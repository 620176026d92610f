package nl.wotpoort.smime;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import org.jspecify.annotations.Nullable;

/**
 * Gives the engines of the JCA that cost most, from the native provider where this machine has it
 * and it is the faster one, otherwise from the JDK. Which, docs/performance.md says with figures.
 *
 * <p>The provider is handed to each {@code getInstance}; it is never put in the JVM's list, so that
 * nothing else (TLS, the store) changes with it. It is looked for once. Thread-safe.
 */
final class Engines {

  /** Set to {@code jdk}, the native provider is left alone: for comparing, and for emergencies. */
  static final String PROPERTY = "wotpoort.crypto";

  /** What the native provider is asked for; everything else the JDK does as well or better. */
  private static final Set<String> NATIVE =
      Set.of(
          "AES/CBC/PKCS5Padding",
          "AES/GCM/NoPadding",
          "RSA/ECB/NoPadding",
          "RSA/ECB/OAEPPadding",
          "RSA/ECB/PKCS1Padding",
          "RSASSA-PSS",
          "SHA256withRSA",
          "SHA384withRSA",
          "SHA512withRSA",
          "SHA256withECDSA",
          "SHA384withECDSA",
          "SHA512withECDSA",
          "ECDH",
          "RSA",
          "EC");

  private static final @Nullable Provider PROVIDER = find(System.getProperty(PROPERTY, ""));

  private static final int KEYS_KEPT = 1000;
  private static final Map<PublicKey, PublicKey> KEPT = new ConcurrentHashMap<>();

  private Engines() {}

  /** Null where its library is not for this machine, or may not be loaded from its temp folder. */
  static @Nullable Provider find(String wish) {
    if (wish.equals("jdk")) {
      return null; // before its class is even loaded
    }
    AmazonCorrettoCryptoProvider found = AmazonCorrettoCryptoProvider.INSTANCE;
    return found.getLoadingError() == null ? found : null;
  }

  private static @Nullable Provider provider(String algorithm) {
    return NATIVE.contains(algorithm) ? PROVIDER : null;
  }

  static Cipher cipher(String transformation) throws GeneralSecurityException {
    Provider provider = provider(transformation);
    return provider == null
        ? Cipher.getInstance(transformation)
        : Cipher.getInstance(transformation, provider);
  }

  static Signature signature(String algorithm) throws NoSuchAlgorithmException {
    Provider provider = provider(algorithm);
    return provider == null
        ? Signature.getInstance(algorithm)
        : Signature.getInstance(algorithm, provider);
  }

  static KeyAgreement agreement(String algorithm) throws NoSuchAlgorithmException {
    Provider provider = provider(algorithm);
    return provider == null
        ? KeyAgreement.getInstance(algorithm)
        : KeyAgreement.getInstance(algorithm, provider);
  }

  static KeyPairGenerator keyPairs(String algorithm) throws NoSuchAlgorithmException {
    Provider provider = provider(algorithm);
    return provider == null
        ? KeyPairGenerator.getInstance(algorithm)
        : KeyPairGenerator.getInstance(algorithm, provider);
  }

  /**
   * The same key as the native provider keeps it: handed a key of the JDK it would translate it
   * again for each signature, which costs more than the signature. A key that cannot be translated
   * (of another kind, or in a token) is given back as it is.
   */
  static PrivateKey prepared(PrivateKey key) {
    return prepared(key, provider(key.getAlgorithm()));
  }

  static PrivateKey prepared(PrivateKey key, @Nullable Provider provider) {
    byte[] encoded = provider == null ? null : key.getEncoded();
    if (encoded == null) {
      return key;
    }
    try {
      return KeyFactory.getInstance(key.getAlgorithm(), provider)
          .generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      return key; // works as well, only slower: RSA and the NIST curves are all that get here
    }
  }

  /**
   * The same for a public key, where translating takes half as long as verifying. Those of the last
   * thousand partners are kept: equal keys are equal in every bit.
   */
  static PublicKey prepared(PublicKey key) {
    return prepared(key, provider(key.getAlgorithm()));
  }

  static PublicKey prepared(PublicKey key, @Nullable Provider provider) {
    if (provider == null) {
      return key;
    }
    PublicKey kept = KEPT.get(key);
    if (kept != null) {
      return kept;
    }
    PublicKey translated = translated(key, provider);
    if (KEPT.size() >= KEYS_KEPT) {
      KEPT.clear();
    }
    KEPT.put(key, translated);
    return translated;
  }

  private static PublicKey translated(PublicKey key, Provider provider) {
    try {
      return KeyFactory.getInstance(key.getAlgorithm(), provider)
          .generatePublic(new X509EncodedKeySpec(key.getEncoded()));
    } catch (GeneralSecurityException e) {
      return key; // what is wrong with it is said by whoever uses it
    }
  }
}
