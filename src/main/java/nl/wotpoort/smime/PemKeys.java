package nl.wotpoort.smime;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * Private keys as openssl writes them without a password: PKCS#8, or the older forms of one kind of
 * key (RFC 8017 §A.1.2, RFC 5915).
 */
final class PemKeys {

  private PemKeys() {}

  /** Whether a block of that kind holds a key this class reads. */
  static boolean isKey(String kind) {
    return kind.equals("PRIVATE KEY")
        || kind.equals("RSA PRIVATE KEY")
        || kind.equals("EC PRIVATE KEY");
  }

  static boolean isLocked(String kind) {
    return kind.equals("ENCRYPTED PRIVATE KEY");
  }

  static PrivateKey read(String kind, byte[] der) throws GeneralSecurityException {
    try {
      PrivateKeyInfo info =
          switch (kind) {
            case "RSA PRIVATE KEY" ->
                PrivateKeyInfo.getInstance(
                    Der.sequence(
                        Der.integer(0),
                        new AlgorithmIdentifier(
                                PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE)
                            .getEncoded(),
                        Der.octets(der)));
            case "EC PRIVATE KEY" -> {
              ECPrivateKey own = ECPrivateKey.getInstance(der);
              yield new PrivateKeyInfo(
                  new AlgorithmIdentifier(
                      X9ObjectIdentifiers.id_ecPublicKey, own.getParametersObject()),
                  own);
            }
            default -> PrivateKeyInfo.getInstance(der);
          };
      return KeyFactory.getInstance(algorithm(info))
          .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    } catch (IOException
        | IllegalArgumentException
        | IllegalStateException
        | ClassCastException e) {
      throw new GeneralSecurityException("not a private key", e);
    }
  }

  private static String algorithm(PrivateKeyInfo info) throws GeneralSecurityException {
    return switch (info.getPrivateKeyAlgorithm().getAlgorithm().getId()) {
      case Oids.RSA -> "RSA";
      case Oids.EC_PUBLIC_KEY -> "EC";
      case Oids.X25519 -> "XDH";
      case Oids.ED25519 -> "Ed25519";
      default -> throw new GeneralSecurityException("a key of another kind");
    };
  }

  /** Each key with the certificate that is its pair; a key without one is of no use. */
  static List<KeyEntry> paired(
      String source, List<PrivateKey> keys, List<X509Certificate> certificates) {
    List<KeyEntry> entries = new ArrayList<>();
    for (PrivateKey key : keys) {
      certificates.stream()
          .filter(c -> KeyFiles.isPair(key, c))
          .forEach(c -> entries.add(new KeyEntry(source, key, c, List.of())));
    }
    return entries;
  }
}
