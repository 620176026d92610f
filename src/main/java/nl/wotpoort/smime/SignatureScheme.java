package nl.wotpoort.smime;

import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A signature algorithm with its hash, as JCA knows it.
 *
 * @param name its name in {@link AlgorithmPolicy}
 * @param jca the name for {@link Signature}
 * @param parameters for PSS, otherwise null
 * @param keyAlgorithms names of the public keys it goes with
 */
record SignatureScheme(
    String name, String jca, @Nullable AlgorithmParameterSpec parameters, String keyAlgorithms) {

  private static final Map<String, String> DIGESTS =
      Map.of(Oids.SHA256, "SHA-256", Oids.SHA384, "SHA-384", Oids.SHA512, "SHA-512");

  private static final Map<String, String> RSA_WITH =
      Map.of(Oids.RSA_SHA256, "SHA-256", Oids.RSA_SHA384, "SHA-384", Oids.RSA_SHA512, "SHA-512");

  private static final Map<String, String> ECDSA_WITH =
      Map.of(
          Oids.ECDSA_SHA256, "SHA-256", Oids.ECDSA_SHA384, "SHA-384", Oids.ECDSA_SHA512, "SHA-512");

  /** JCA's name of the hash; every hash not on the list is weak. */
  static String digest(String oid) throws Fault {
    String name = DIGESTS.get(oid);
    if (name == null) {
      throw Fault.weak("hash " + oid + " is not allowed");
    }
    return name;
  }

  /**
   * The scheme of a SignerInfo (RFC 5652 §5.3): in it rsaEncryption and id-ecPublicKey leave the
   * hash to digestAlgorithm, the others name it themselves, and then both must agree.
   */
  static SignatureScheme ofSignerInfo(Asn1 algorithm, String digest) throws Fault {
    Asn1.Cursor parts = algorithm.expect(Asn1.SEQUENCE).cursor();
    String oid = parts.take().oid();
    if (oid.equals(Oids.RSA)) {
      return rsa(digest);
    }
    if (oid.equals(Oids.EC_PUBLIC_KEY)) {
      return ecdsa(digest);
    }
    SignatureScheme scheme = of(oid, parts.done() ? null : parts.take());
    boolean agrees = oid.equals(Oids.ED25519) || scheme.name.endsWith(digest);
    if (!agrees) {
      throw Fault.malformed("signature algorithm and digest algorithm differ");
    }
    return scheme;
  }

  /** The scheme of a certificate or CRL, whose algorithm names its hash. */
  static SignatureScheme of(String oid, @Nullable Asn1 parameters) throws Fault {
    if (RSA_WITH.containsKey(oid)) {
      return rsa(known(RSA_WITH, oid));
    }
    if (ECDSA_WITH.containsKey(oid)) {
      return ecdsa(known(ECDSA_WITH, oid));
    }
    if (oid.equals(Oids.RSA_PSS)) {
      return pss(parameters);
    }
    if (oid.equals(Oids.ED25519)) {
      return new SignatureScheme("ED25519", "Ed25519", null, "EdDSA Ed25519");
    }
    throw Fault.weak("signature algorithm " + oid + " is not allowed");
  }

  private static String known(Map<String, String> names, String oid) {
    return Objects.requireNonNull(names.get(oid));
  }

  private static SignatureScheme rsa(String digest) {
    return new SignatureScheme(
        "RSA-PKCS1-" + digest, digest.replace("-", "") + "withRSA", null, "RSA");
  }

  private static SignatureScheme ecdsa(String digest) {
    return new SignatureScheme(
        "ECDSA-" + digest, digest.replace("-", "") + "withECDSA", null, "EC");
  }

  /**
   * RFC 4055 §3.1. Absent fields mean SHA-1, so they are refused with it. How long the salt is, and
   * which hash of the list makes the mask, is the signer's choice: neither makes forging easier.
   */
  private static SignatureScheme pss(@Nullable Asn1 parameters) throws Fault {
    if (parameters == null) {
      throw Fault.weak("PSS with SHA-1");
    }
    Asn1.Cursor fields = parameters.expect(Asn1.SEQUENCE).cursor();
    if (!fields.at(0xA0)) {
      throw Fault.weak("PSS with SHA-1");
    }
    String hash = digest(fields.take().cursor().take(Asn1.SEQUENCE).cursor().take().oid());
    String mask = mask(fields);
    int salt = 20;
    if (fields.at(0xA2)) {
      salt = fields.take().cursor().take().small();
    }
    if (fields.at(0xA3) && fields.take().cursor().take().small() != 1) {
      throw Fault.malformed("PSS trailer field");
    }
    if (!fields.done() || salt < 0 || salt > 512) {
      throw Fault.weak("PSS with a salt of " + salt + " bytes");
    }
    return pss(hash, mask, salt);
  }

  private static SignatureScheme pss(String hash, String mask, int salt) {
    MGF1ParameterSpec mgf1 = new MGF1ParameterSpec(mask);
    return new SignatureScheme(
        "RSA-PSS-" + hash,
        "RSASSA-PSS",
        new PSSParameterSpec(hash, "MGF1", mgf1, salt, 1),
        "RSA RSASSA-PSS");
  }

  private static String mask(Asn1.Cursor fields) throws Fault {
    if (!fields.at(0xA1)) {
      throw Fault.weak("PSS with MGF1 over SHA-1");
    }
    Asn1.Cursor mgf = fields.take().cursor().take(Asn1.SEQUENCE).cursor();
    if (!mgf.take().oid().equals(Oids.MGF1)) {
      throw Fault.weak("PSS with another mask than MGF1");
    }
    return digest(mgf.take(Asn1.SEQUENCE).cursor().take().oid());
  }

  /** What we write with our own key of that kind: SHA-256, but RFC 8419 §3.1 wants SHA-512. */
  static SignatureScheme outgoing(PublicKey key, Recipient.Signature wanted) throws Fault {
    if (key instanceof RSAPublicKey) {
      return wanted == Recipient.Signature.RSA_PSS ? pss("SHA-256", "SHA-256", 32) : rsa("SHA-256");
    }
    if (key instanceof ECPublicKey) {
      return ecdsa("SHA-256");
    }
    return of(key instanceof EdECPublicKey ? Oids.ED25519 : key.getAlgorithm(), null);
  }

  /** The hash that goes with it when we sign. */
  String outgoingDigest() {
    return name.equals("ED25519") ? "SHA-512" : "SHA-256";
  }

  /** Its AlgorithmIdentifier in what we sign (RFC 4056 §3, RFC 5754 §3, RFC 8419 §2.2). */
  byte[] outgoingIdentifier() {
    return switch (name) {
      case "RSA-PKCS1-SHA-256" -> Der.algorithm(Oids.RSA, Der.nul());
      case "ECDSA-SHA-256" -> Der.algorithm(Oids.ECDSA_SHA256);
      case "ED25519" -> Der.algorithm(Oids.ED25519);
      case "RSA-PSS-SHA-256" -> {
        byte[] sha256 = Der.algorithm(Oids.SHA256, Der.nul());
        byte[] mgf1 = Der.algorithm(Oids.MGF1, sha256);
        yield Der.algorithm(
            Oids.RSA_PSS,
            Der.sequence(
                Der.value(0xA0, sha256), Der.value(0xA1, mgf1), Der.value(0xA2, Der.integer(32))));
      }
      default -> throw new AssertionError("internal error: we do not sign with " + name);
    };
  }

  boolean fits(PublicKey key) {
    return (" " + keyAlgorithms + " ").contains(" " + key.getAlgorithm() + " ");
  }
}
