package nl.wotpoort.smime;

import java.security.AlgorithmParameters;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.interfaces.XECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.NamedParameterSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether a public key is of a kind and length that the policy allows. */
final class PublicKeys {

  private static final Map<String, ECParameterSpec> CURVES = curves();

  private PublicKeys() {}

  private static Map<String, ECParameterSpec> curves() {
    Map<String, ECParameterSpec> curves = new LinkedHashMap<>();
    curves.put("P-256", curve("secp256r1"));
    curves.put("P-384", curve("secp384r1"));
    curves.put("P-521", curve("secp521r1"));
    return curves;
  }

  private static ECParameterSpec curve(String name) {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(name));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (NoSuchAlgorithmException | InvalidParameterSpecException e) {
      throw new AssertionError("this Java lacks the curve " + name, e);
    }
  }

  static void require(PublicKey key, AlgorithmPolicy policy) throws Fault {
    if (key instanceof RSAPublicKey rsa) {
      int bits = rsa.getModulus().bitLength();
      if (bits < policy.minimumRsaBits() || bits > policy.maximumRsaBits()) {
        throw Fault.weak("RSA key of " + bits + " bits");
      }
      if (rsa.getPublicExponent().bitLength() > 64 || rsa.getPublicExponent().bitLength() < 2) {
        throw Fault.weak("RSA public exponent out of range");
      }
    } else if (key instanceof ECPublicKey ec) {
      policy.require(curveName(ec.getParams()));
      if (!isOnCurve(ec)) {
        throw Fault.weak("a public key that is no point of its curve");
      }
    } else if (key instanceof EdECPublicKey ed) {
      requireNamed(ed.getParams(), "Ed25519", "ED25519", policy);
    } else if (key instanceof XECPublicKey x && x.getParams() instanceof NamedParameterSpec named) {
      requireNamed(named, "X25519", "X25519", policy);
    } else {
      throw Fault.weak("public key of kind " + key.getAlgorithm());
    }
  }

  private static void requireNamed(
      NamedParameterSpec given, String expected, String name, AlgorithmPolicy policy) throws Fault {
    if (!given.getName().equalsIgnoreCase(expected)) {
      throw Fault.weak("public key on the curve " + given.getName());
    }
    policy.require(name);
  }

  /** The JDK reads any two numbers as a point, and finds out only when it reckons with them. */
  static boolean isOnCurve(ECPublicKey key) {
    var curve = key.getParams().getCurve();
    var prime = ((ECFieldFp) curve.getField()).getP();
    var x = key.getW().getAffineX();
    var y = key.getW().getAffineY();
    var right = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(prime);
    return x.signum() >= 0
        && y.signum() >= 0
        && x.compareTo(prime) < 0
        && y.compareTo(prime) < 0
        && y.pow(2).mod(prime).equals(right);
  }

  static String curveName(ECParameterSpec parameters) throws Fault {
    for (Map.Entry<String, ECParameterSpec> known : CURVES.entrySet()) {
      ECParameterSpec curve = known.getValue();
      if (curve.getCurve().equals(parameters.getCurve())
          && curve.getOrder().equals(parameters.getOrder())
          && curve.getGenerator().equals(parameters.getGenerator())) {
        return known.getKey();
      }
    }
    throw Fault.weak("an elliptic curve that is not P-256, P-384 or P-521");
  }
}
