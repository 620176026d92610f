package nl.wotpoort.smime;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Validates one certification path (RFC 5280 §6): the rules of §6.1 by {@link PathRules},
 * revocation (§6.3) by {@link RevocationCheck}. Neither is the JDK's, which refuses honest paths
 * and knows no indirect, partitioned and delta CRLs; the signatures are. Never touches the network:
 * what is not in the request it asks of {@link PathRequest#lookup}, once the path is verified.
 * Stateless, thread-safe, never throws for any certificate.
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
        .filter(path -> reaches(request.anchors(), path))
        .map(path -> validateOrdered(request.withPath(path)))
        .orElseGet(() -> search(request, given));
  }

  private static boolean reaches(List<X509Certificate> anchors, List<X509Certificate> path) {
    X509Certificate top = path.get(path.size() - 1);
    return anchors.stream().anyMatch(a -> PathOrder.mayIssue(a, top));
  }

  /** Not in order, more than a path or less: look for the path among all there is. */
  private static PathResult search(PathRequest request, List<X509Certificate> given) {
    List<X509Certificate> pool = new ArrayList<>(given);
    pool.addAll(request.others());
    return new PathSearch(pool, Limits.defaults())
        .best(PathOrder.leaf(given), request.withOthers(pool));
  }

  static PathResult validateOrdered(PathRequest request) {
    X509Certificate top = request.path().get(request.path().size() - 1);
    return request.anchors().stream()
        .filter(a -> PathOrder.mayIssue(a, top))
        .map(a -> under(request, a))
        .min(PathResult.FURTHEST_FIRST)
        .orElse(PathResult.refused(Finding.SIGNER_UNTRUSTED, "no anchor issued the path"));
  }

  private static PathResult under(PathRequest request, X509Certificate anchor) {
    List<X509Certificate> whole = new ArrayList<>(request.path());
    whole.add(anchor);
    try {
      PathRules.require(request, anchor);
      if (request.algorithms().isPresent()) {
        requireAlgorithms(whole, request.algorithms().get());
      }
      Instant from = Instant.MIN;
      Instant until = Instant.MAX;
      for (X509Certificate certificate : request.path()) {
        from = later(from, certificate.getNotBefore().toInstant());
        until = earlier(until, certificate.getNotAfter().toInstant());
      }
      if (request.revocation() != PathRequest.Revocation.OFF) {
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

  static SignatureScheme scheme(X509Certificate certificate) throws Fault {
    byte[] parameters = certificate.getSigAlgParams();
    Asn1 read = parameters == null ? null : Asn1.read(parameters, Limits.defaults());
    return SignatureScheme.of(certificate.getSigAlgOID(), read);
  }

  static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
