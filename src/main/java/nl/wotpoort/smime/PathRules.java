package nl.wotpoort.smime;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * RFC 5280 §6.1 for one path under one anchor, but for revocation. Ours and not the JDK's: that one
 * takes a common name for a host name where hosts are constrained, overlooks the subject's
 * emailAddress, and breaks off with unchecked exceptions on constraints that authorities for mail
 * really have (an excluded dNSName of no length).
 */
final class PathRules {

  private static final int KEY_CERT_SIGN = 5;
  private static final int WEAKEST_BITS = 1024;
  private static final String DISTRIBUTION_POINTS = "2.5.29.31";

  /** Extensions we act on here, in {@link PolicyRules}, {@link PermittedNames} or on the signer. */
  private static final Set<String> KNOWN =
      Set.of(
          "2.5.29.17",
          "2.5.29.19",
          "2.5.29.30",
          "2.5.29.32",
          "2.5.29.33",
          "2.5.29.36",
          "2.5.29.37",
          "2.5.29.54",
          Certificates.KEY_USAGE);

  private final PathRequest request;
  private final X509Certificate anchor;
  private final InheritedKeys keys;
  private final PolicyRules policies;
  private final PermittedNames names = new PermittedNames();
  private int pathLength;

  private PathRules(PathRequest request, X509Certificate anchor) {
    this.request = request;
    this.anchor = anchor;
    this.keys = InheritedKeys.along(request.path(), anchor);
    this.policies = new PolicyRules(request, request.path().size());
    this.pathLength = request.path().size();
  }

  /** {@code request.path()}: in order, the end's certificate first, without the anchor. */
  static void require(PathRequest request, X509Certificate anchor) throws Fault {
    new PathRules(request, anchor).check();
  }

  private void check() throws Fault {
    begin();
    List<X509Certificate> path = request.path();
    X509Certificate above = anchor;
    for (int i = path.size() - 1; i >= 0; i--) {
      X509Certificate certificate = path.get(i);
      boolean last = i == 0;
      requireIssued(certificate, above);
      if (last || !PathOrder.isSelfIssued(certificate)) {
        names.check(certificate);
      }
      policies.process(certificate, last);
      requireKnownExtensions(certificate);
      if (!last) {
        requireAuthority(certificate);
        policies.prepareNext(certificate);
        names.narrow(certificate);
      }
      above = certificate;
    }
    policies.finish(path.get(0));
  }

  /**
   * RFC 5937 §3.2: what the anchor's certificate says of its right to issue holds, too. Somebody's
   * own certificate among the anchors must not make him an authority. Its validity is not asked.
   */
  private void begin() throws Fault {
    boolean old = anchor.getVersion() < 3;
    if ((!old && anchor.getBasicConstraints() < 0) || !Certificates.allows(anchor, KEY_CERT_SIGN)) {
      throw untrusted("the anchor is not an authority");
    }
    pathLength = old ? pathLength : Math.min(pathLength, anchor.getBasicConstraints());
    names.narrow(anchor);
  }

  /** §6.1.3 (a), but (3). */
  private void requireIssued(X509Certificate certificate, X509Certificate by) throws Fault {
    if (certificate.getIssuerX500Principal().getName().isEmpty()
        || !certificate.getIssuerX500Principal().equals(by.getSubjectX500Principal())) {
      throw untrusted("the names do not chain");
    }
    requireFloor(certificate, keys.of(by));
    try {
      certificate.verify(keys.of(by));
    } catch (GeneralSecurityException e) {
      throw untrusted("a signature of the path does not hold");
    }
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    if (request.at().isBefore(from) || request.at().isAfter(until)) {
      throw new Fault(Finding.SIGNER_EXPIRED, "a certificate is not valid at this time");
    }
  }

  /** Without a policy on algorithms, still nothing that proves nothing. */
  private static void requireFloor(X509Certificate certificate, PublicKey key) throws Fault {
    if (certificate.getSigAlgName().toUpperCase(Locale.ROOT).startsWith("MD")) {
      throw Fault.weak("signed with " + certificate.getSigAlgName());
    }
    BigInteger modulus = null;
    if (key instanceof RSAPublicKey rsa) {
      modulus = rsa.getModulus();
    } else if (key instanceof DSAPublicKey dsa && dsa.getParams() != null) {
      modulus = dsa.getParams().getP();
    }
    if (modulus != null && modulus.bitLength() < WEAKEST_BITS) {
      throw Fault.weak("a key of " + modulus.bitLength() + " bits");
    }
  }

  /** §6.1.4 (o), §6.1.5 (f). */
  private void requireKnownExtensions(X509Certificate certificate) throws Fault {
    Set<String> critical = certificate.getCriticalExtensionOIDs();
    Set<String> unknown = critical == null ? new HashSet<>() : new HashSet<>(critical);
    unknown.removeAll(KNOWN);
    if (request.revocation() == PathRequest.Revocation.REQUIRED) {
      unknown.remove(DISTRIBUTION_POINTS);
    }
    if (!unknown.isEmpty()) {
      throw untrusted("unknown critical extension " + unknown);
    }
  }

  /**
   * §6.1.4 (k) to (n). Authorities of versions 1 and 2, which have no constraints, are refused, as
   * the RFC allows.
   */
  private void requireAuthority(X509Certificate certificate) throws Fault {
    if (certificate.getBasicConstraints() < 0) {
      throw untrusted("an issuer that is no authority");
    }
    if (!PathOrder.isSelfIssued(certificate)) {
      if (pathLength <= 0) {
        throw untrusted("the path is longer than an authority allows");
      }
      pathLength--;
    }
    pathLength = Math.min(pathLength, certificate.getBasicConstraints());
    if (!Certificates.allows(certificate, KEY_CERT_SIGN)) {
      throw untrusted("an issuer whose key may not sign certificates");
    }
  }

  private static Fault untrusted(String detail) {
    return new Fault(Finding.SIGNER_UNTRUSTED, "path rules: " + detail);
  }
}
