package nl.wotpoort.smime;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAParams;
import java.security.interfaces.DSAPublicKey;
import java.security.spec.DSAPublicKeySpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The public keys along a path. A DSA key may leave its parameters to the one above it (RFC 3279
 * §2.3.2, RFC 5280 §6.1.4 (f)); no policy of ours allows DSA, but {@link PathValidator} without a
 * policy judges the path rules alone.
 */
final class InheritedKeys {

  private final Map<X509Certificate, PublicKey> completed = new HashMap<>();

  private InheritedKeys() {}

  static InheritedKeys along(List<X509Certificate> leafFirst, X509Certificate anchor) {
    InheritedKeys keys = new InheritedKeys();
    PublicKey above = anchor.getPublicKey();
    for (int i = leafFirst.size() - 1; i >= 0; i--) {
      PublicKey own = leafFirst.get(i).getPublicKey();
      if (own instanceof DSAPublicKey dsa
          && dsa.getParams() == null
          && above instanceof DSAPublicKey upper
          && upper.getParams() != null) {
        own = complete(dsa, upper.getParams());
        keys.completed.put(leafFirst.get(i), own);
      }
      above = own;
    }
    return keys;
  }

  private static PublicKey complete(DSAPublicKey key, DSAParams from) {
    try {
      DSAPublicKeySpec whole =
          new DSAPublicKeySpec(key.getY(), from.getP(), from.getQ(), from.getG());
      return KeyFactory.getInstance("DSA").generatePublic(whole);
    } catch (GeneralSecurityException e) {
      return key;
    }
  }

  PublicKey of(X509Certificate certificate) {
    PublicKey own = completed.get(certificate);
    return own == null ? certificate.getPublicKey() : own;
  }
}
