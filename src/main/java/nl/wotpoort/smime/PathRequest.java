package nl.wotpoort.smime;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to validate, with the inputs of RFC 5280 §6.1.1. Immutable; {@link #of} gives the values of
 * ordinary mail, the {@code with…} methods the others.
 *
 * @param path the certificates of the path, either the end's first or the anchor's side first, and
 *     with or without the anchor: judged as given. When they are in another order, or do not reach
 *     an anchor, {@link PathValidator} looks for a path from the end, with the help of {@code
 *     others}
 * @param anchors trusted as they are: their own validity and signature are not looked at
 * @param others certificates that may help to complete the path, or of CRL issuers; not trusted
 * @param initialPolicies user-initial-policy-set, as OIDs; empty means any-policy. Without {@code
 *     explicitPolicy} it counts only where a certificate of the path requires a policy
 * @param revocation whether CRLs are consulted
 * @param lookup where CRLs and OCSP answers are looked for that are not among {@code crls}
 * @param algorithms when present, every key and signature in the path must be on the list
 */
public record PathRequest(
    List<X509Certificate> path,
    List<X509Certificate> anchors,
    List<X509Certificate> others,
    List<X509CRL> crls,
    Set<String> initialPolicies,
    boolean explicitPolicy,
    boolean inhibitPolicyMapping,
    boolean inhibitAnyPolicy,
    Revocation revocation,
    Optional<AlgorithmPolicy> algorithms,
    RevocationLookup lookup,
    Instant at) {

  /**
   * REQUIRED: a certificate without a current CRL is revocation-unknown. IF_KNOWN: one about which
   * nothing is known passes; not one that was revoked, or was on hold when it was last heard of.
   * OFF: no CRL is read.
   */
  public enum Revocation {
    REQUIRED,
    IF_KNOWN,
    OFF
  }

  public PathRequest {
    path = List.copyOf(path);
    anchors = List.copyOf(anchors);
    others = List.copyOf(others);
    crls = List.copyOf(crls);
    initialPolicies = Set.copyOf(initialPolicies);
  }

  /** Any policy, CRLs required, algorithms not judged. */
  public static PathRequest of(
      List<X509Certificate> path, List<X509Certificate> anchors, List<X509CRL> crls, Instant at) {
    return new PathRequest(
        path,
        anchors,
        List.of(),
        crls,
        Set.of(),
        false,
        false,
        false,
        Revocation.REQUIRED,
        Optional.empty(),
        RevocationLookup.NONE,
        at);
  }

  public PathRequest withOthers(List<X509Certificate> more) {
    return new PathRequest(
        path,
        anchors,
        more,
        crls,
        initialPolicies,
        explicitPolicy,
        inhibitPolicyMapping,
        inhibitAnyPolicy,
        revocation,
        algorithms,
        lookup,
        at);
  }

  public PathRequest withPolicies(
      Set<String> initial, boolean explicit, boolean inhibitMapping, boolean inhibitAny) {
    return new PathRequest(
        path,
        anchors,
        others,
        crls,
        initial,
        explicit,
        inhibitMapping,
        inhibitAny,
        revocation,
        algorithms,
        lookup,
        at);
  }

  public PathRequest withRevocation(Revocation other) {
    return new PathRequest(
        path,
        anchors,
        others,
        crls,
        initialPolicies,
        explicitPolicy,
        inhibitPolicyMapping,
        inhibitAnyPolicy,
        other,
        algorithms,
        lookup,
        at);
  }

  public PathRequest withAlgorithms(AlgorithmPolicy policy) {
    return new PathRequest(
        path,
        anchors,
        others,
        crls,
        initialPolicies,
        explicitPolicy,
        inhibitPolicyMapping,
        inhibitAnyPolicy,
        revocation,
        Optional.of(policy),
        lookup,
        at);
  }

  public PathRequest withLookup(RevocationLookup other) {
    return new PathRequest(
        path,
        anchors,
        others,
        crls,
        initialPolicies,
        explicitPolicy,
        inhibitPolicyMapping,
        inhibitAnyPolicy,
        revocation,
        algorithms,
        other,
        at);
  }

  PathRequest withPath(List<X509Certificate> other) {
    return new PathRequest(
        other,
        anchors,
        others,
        crls,
        initialPolicies,
        explicitPolicy,
        inhibitPolicyMapping,
        inhibitAnyPolicy,
        revocation,
        algorithms,
        lookup,
        at);
  }

  /** §6.3.3 (f): a CRL issuer's path, to the same anchor, with no policy wanted. */
  PathRequest forCrlIssuer(X509Certificate anchor) {
    return new PathRequest(
        List.of(),
        List.of(anchor),
        List.of(),
        List.of(),
        Set.of(),
        false,
        false,
        false,
        Revocation.OFF,
        algorithms,
        RevocationLookup.NONE,
        at);
  }
}
