package nl.wotpoort.smime;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Validates one certification path (RFC 5280 §6): the rules of §6.1 by the JDK's PKIX validator,
 * revocation (§6.3) by {@link RevocationCheck}, which knows the indirect, partitioned and delta
 * CRLs that the JDK's leaves out. Never touches the network. Stateless, thread-safe, never throws
 * for any certificate.
 */
public final class PathValidator {

  /** Validates the path as given; see {@link PathRequest#path} for its order. */
  public PathResult validate(PathRequest request) {
    List<X509Certificate> given = new ArrayList<>(request.path());
    given.removeAll(request.anchors());
    if (given.isEmpty()) {
      return PathResult.refused(Finding.SIGNER_UNTRUSTED, "no certificate but the anchor's");
    }
    return PathOrder.leafFirst(given)
        .map(path -> validateOrdered(request.withPath(path)))
        .orElseGet(() -> search(request, given));
  }

  /** Not in order, or more than a path: look for the path among what was given. */
  private static PathResult search(PathRequest request, List<X509Certificate> given) {
    List<X509Certificate> pool = new ArrayList<>(given);
    pool.addAll(request.others());
    return new PathSearch(pool, Limits.defaults())
        .best(PathOrder.leaf(given), request.withOthers(pool));
  }

  static PathResult validateOrdered(PathRequest request) {
    try {
      PKIXCertPathValidatorResult result = pkix(request);
      return checked(request, result.getTrustAnchor().getTrustedCert());
    } catch (CertPathValidatorException e) {
      return refused(e);
    } catch (GeneralSecurityException e) {
      return PathResult.refused(Finding.SIGNER_UNTRUSTED, "no path: " + e.getClass().getName());
    }
  }

  private static PKIXCertPathValidatorResult pkix(PathRequest request)
      throws GeneralSecurityException {
    Set<TrustAnchor> anchors =
        request.anchors().stream().map(c -> new TrustAnchor(c, null)).collect(Collectors.toSet());
    if (anchors.isEmpty()) {
      throw new CertPathValidatorException("no anchor");
    }
    PKIXParameters parameters = new PKIXParameters(anchors);
    parameters.setDate(Date.from(request.at()));
    parameters.setRevocationEnabled(false);
    parameters.setExplicitPolicyRequired(request.explicitPolicy());
    parameters.setPolicyMappingInhibited(request.inhibitPolicyMapping());
    parameters.setAnyPolicyInhibited(request.inhibitAnyPolicy());
    parameters.setPolicyQualifiersRejected(false);
    if (!request.initialPolicies().isEmpty()) {
      parameters.setInitialPolicies(new HashSet<>(request.initialPolicies()));
    }
    CertPath path = Certificates.factory().generateCertPath(request.path());
    return (PKIXCertPathValidatorResult)
        CertPathValidator.getInstance("PKIX").validate(path, parameters);
  }

  private static PathResult checked(PathRequest request, X509Certificate anchor) {
    List<X509Certificate> whole = new ArrayList<>(request.path());
    whole.add(anchor);
    try {
      if (request.algorithms().isPresent()) {
        requireAlgorithms(whole, request.algorithms().get());
      }
      Instant from = Instant.MIN;
      Instant until = Instant.MAX;
      for (X509Certificate certificate : request.path()) {
        from = later(from, certificate.getNotBefore().toInstant());
        until = earlier(until, certificate.getNotAfter().toInstant());
      }
      if (request.revocation() == PathRequest.Revocation.REQUIRED) {
        RevocationCheck.Window window = new RevocationCheck(request, anchor).check(whole);
        from = later(from, window.from());
        until = earlier(until, window.until());
      }
      return new PathResult(Optional.empty(), "valid", whole, from, until);
    } catch (Fault fault) {
      return PathResult.refused(fault.finding(), fault.detail());
    }
  }

  private static void requireAlgorithms(List<X509Certificate> whole, AlgorithmPolicy policy)
      throws Fault {
    for (int i = 0; i < whole.size(); i++) {
      PublicKeys.require(whole.get(i).getPublicKey(), policy);
      if (i + 1 < whole.size()) {
        policy.require(scheme(whole.get(i)).name());
      }
    }
  }

  private static SignatureScheme scheme(X509Certificate certificate) throws Fault {
    byte[] parameters = certificate.getSigAlgParams();
    Asn1 read = parameters == null ? null : Asn1.read(parameters, Limits.defaults());
    return SignatureScheme.of(certificate.getSigAlgOID(), read);
  }

  private static PathResult refused(CertPathValidatorException e) {
    String where = e.getIndex() < 0 ? "" : " at certificate " + e.getIndex();
    if (e.getReason() == BasicReason.EXPIRED || e.getReason() == BasicReason.NOT_YET_VALID) {
      return PathResult.refused(Finding.SIGNER_EXPIRED, "not valid at this time" + where);
    }
    if (e.getReason() == BasicReason.ALGORITHM_CONSTRAINED) {
      return PathResult.refused(Finding.WEAK_ALGORITHM, "algorithm refused by the JDK" + where);
    }
    return PathResult.refused(
        Finding.SIGNER_UNTRUSTED, "path rules: " + e.getReason() + where + reason(e));
  }

  /** The JDK's messages name checks, not people, except where they print a whole name. */
  private static String reason(CertPathValidatorException e) {
    String message = e.getMessage();
    return message == null || message.contains("=") || message.contains("@") ? "" : ": " + message;
  }

  static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
