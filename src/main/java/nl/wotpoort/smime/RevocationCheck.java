package nl.wotpoort.smime;

import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.DistributionPoint;

/**
 * RFC 5280 §6.3: whether current CRLs together cover every reason for which each certificate of a
 * path could have been revoked, and whether one of them names it. One object per path.
 */
final class RevocationCheck {

  private static final String DELTA_INDICATOR = "2.5.29.27";
  private static final int CRL_SIGN = 6;
  private static final int DEEPEST_CRL_ISSUER = 5;

  private final PathRequest request;
  private final X509Certificate anchor;
  private final List<CrlScope> complete = new ArrayList<>();
  private final List<CrlScope> deltas = new ArrayList<>();
  private final Set<X509Certificate> inProgress = new HashSet<>();
  private final InheritedKeys keys;
  private Instant from = Instant.MIN;
  private Instant until = Instant.MAX;

  RevocationCheck(PathRequest request, X509Certificate anchor) throws Fault {
    this.request = request;
    this.anchor = anchor;
    this.keys = InheritedKeys.along(request.path(), anchor);
    for (X509CRL crl : request.crls()) {
      if (isCurrent(crl)) {
        boolean delta = crl.getExtensionValue(DELTA_INDICATOR) != null;
        (delta ? deltas : complete).add(CrlScope.of(crl));
      }
    }
  }

  /** How long the CRLs that were used hold. */
  record Window(Instant from, Instant until) {}

  /** {@code whole}: the end's certificate first, the anchor last. */
  Window check(List<X509Certificate> whole) throws Fault {
    for (int i = whole.size() - 2; i >= 0; i--) {
      checkOne(whole.get(i), whole.get(i + 1), 0);
    }
    return new Window(from, until);
  }

  private boolean isCurrent(X509CRL crl) {
    Date next = crl.getNextUpdate();
    return next != null
        && !crl.getThisUpdate().toInstant().isAfter(request.at())
        && !next.toInstant().isBefore(request.at());
  }

  private void checkOne(X509Certificate certificate, X509Certificate issuer, int depth)
      throws Fault {
    if (depth > DEEPEST_CRL_ISSUER || !inProgress.add(certificate)) {
      throw unknown("CRL issuers vouch for each other");
    }
    int covered = 0;
    for (DistributionPoint point : points(certificate)) {
      for (CrlScope crl : complete) {
        int reasons = crl.reasonsFor(point, certificate) & ~covered;
        if (reasons != 0 && isSigned(crl, certificate, issuer, depth)) {
          status(crl, certificate, issuer, depth);
          covered |= reasons;
        }
      }
    }
    inProgress.remove(certificate);
    if (covered != CrlScope.ALL_REASONS) {
      throw unknown(covered == 0 ? "no current CRL covers it" : "CRLs cover not every reason");
    }
  }

  /** Also the point that every certificate has by implication (§6.3.3, last paragraph). */
  private static List<DistributionPoint> points(X509Certificate certificate) throws Fault {
    List<DistributionPoint> points = new ArrayList<>();
    DistributionPoint[] named = Extensions.distributionPoints(certificate);
    if (named != null) {
      points.addAll(List.of(named));
    }
    points.add(CrlScope.impliedPoint(certificate));
    return points;
  }

  /** §6.3.3 (c), (i), (j): a delta speaks later than its base. */
  private void status(CrlScope crl, X509Certificate certificate, X509Certificate issuer, int depth)
      throws Fault {
    use(crl.crl());
    X509CRLEntry entry = crl.entry(certificate);
    for (CrlScope delta : deltas) {
      if (crl.isBaseOf(delta) && isSigned(delta, certificate, issuer, depth)) {
        use(delta.crl());
        X509CRLEntry later = delta.entry(certificate);
        entry = later == null ? entry : later;
      }
    }
    if (entry != null && !CrlScope.isRemoval(entry)) {
      throw new Fault(Finding.SIGNER_REVOKED, "a certificate of the path was revoked");
    }
  }

  private void use(X509CRL crl) {
    from = PathValidator.later(from, crl.getThisUpdate().toInstant());
    until = PathValidator.earlier(until, crl.getNextUpdate().toInstant());
  }

  /**
   * §6.3.3 (f), (g): by the issuer of the certificate, or by another certificate of the CRL's
   * issuer that itself has a valid path to the same anchor.
   */
  private boolean isSigned(
      CrlScope crl, X509Certificate certificate, X509Certificate issuer, int depth) throws Fault {
    if (crl.hasUnknownCriticalExtension()) {
      return false;
    }
    X500Principal name = crl.crl().getIssuerX500Principal();
    if (name.equals(issuer.getSubjectX500Principal()) && verifies(crl.crl(), issuer)) {
      return maySignCrls(issuer);
    }
    List<X509Certificate> candidates = new ArrayList<>(request.path());
    candidates.addAll(request.others());
    candidates.add(anchor);
    for (X509Certificate candidate : candidates) {
      // a certificate of the path may not clear itself; a CRL issuer's own CRL is often all there
      // is
      if (name.equals(candidate.getSubjectX500Principal())
          && (depth > 0 || !candidate.equals(certificate))
          && verifies(crl.crl(), candidate)
          && maySignCrls(candidate)
          && isTrusted(candidate, depth)) {
        return true;
      }
    }
    return false;
  }

  private boolean verifies(X509CRL crl, X509Certificate by) throws Fault {
    byte[] wanted = Extensions.authorityKeyIdentifier(crl);
    byte[] own = Certificates.keyIdentifier(by, Limits.defaults());
    if (wanted != null && own != null && !Arrays.equals(wanted, own)) {
      return false;
    }
    if (request.algorithms().isPresent()) {
      byte[] parameters = crl.getSigAlgParams();
      Asn1 read = parameters == null ? null : Asn1.read(parameters, Limits.defaults());
      request.algorithms().get().require(SignatureScheme.of(crl.getSigAlgOID(), read).name());
    }
    try {
      crl.verify(keys.of(by));
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean maySignCrls(X509Certificate certificate) {
    boolean[] usage = certificate.getKeyUsage();
    return usage == null || usage[CRL_SIGN];
  }

  /** In the path already, the anchor, or with a valid path of its own to the same anchor. */
  private boolean isTrusted(X509Certificate candidate, int depth) throws Fault {
    if (candidate.equals(anchor) || request.path().contains(candidate)) {
      return true;
    }
    PathRequest own =
        new PathRequest(
            List.of(candidate),
            List.of(anchor),
            List.of(),
            List.of(),
            Set.of(),
            false,
            false,
            false,
            PathRequest.Revocation.OFF,
            request.algorithms(),
            request.at());
    List<X509Certificate> pool = new ArrayList<>(request.path());
    pool.addAll(request.others());
    PathSearch search = new PathSearch(pool, Limits.defaults());
    PathResult result = search.best(candidate, own);
    if (!result.isValid()) {
      return false;
    }
    for (int i = result.path().size() - 2; i >= 0; i--) {
      X509Certificate one = result.path().get(i);
      if (!request.path().contains(one) && !inProgress.contains(one)) {
        checkOne(one, result.path().get(i + 1), depth + 1);
      }
    }
    return true;
  }

  private static Fault unknown(String detail) {
    return new Fault(Finding.REVOCATION_UNKNOWN, detail);
  }
}
