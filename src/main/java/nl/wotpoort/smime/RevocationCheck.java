package nl.wotpoort.smime;

import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.jspecify.annotations.Nullable;

/**
 * RFC 5280 §6.3: whether current CRLs together cover every reason for which each certificate of a
 * path could have been revoked, and whether one of them names it; and whether one names it whose
 * own time is over. One object per path.
 */
final class RevocationCheck {

  private static final int CRL_SIGN = 6;
  private static final int DEEPEST_CRL_ISSUER = 5;

  private final PathRequest request;
  private final X509Certificate anchor;

  /** Newest first. */
  private final List<CrlScope> complete = new ArrayList<>();

  /** Oldest first: each speaks later than the one before. */
  private final List<CrlScope> deltas = new ArrayList<>();

  /** Complete ones and deltas whose time is over, newest first. */
  private final List<CrlScope> stale = new ArrayList<>();

  private final Set<X509Certificate> inProgress = new HashSet<>();
  private final InheritedKeys keys;
  private @Nullable Fault weakness;
  private Instant from = Instant.MIN;
  private Instant until = Instant.MAX;

  RevocationCheck(PathRequest request, X509Certificate anchor) {
    this.request = request;
    this.anchor = anchor;
    this.keys = InheritedKeys.along(request.path(), anchor);
    addAll(request.crls());
    RevocationLookup lookup = request.lookup();
    if (!lookup.crls().isEmpty()) {
      addAll(lookup.source().crls(lookup.crls()));
    }
  }

  private void addAll(List<X509CRL> crls) {
    crls.forEach(this::add);
    deltas.sort(CrlScope::compareTo);
    complete.sort(Collections.reverseOrder(CrlScope::compareTo));
    stale.sort(Collections.reverseOrder(CrlScope::compareTo));
  }

  private void add(X509CRL crl) {
    Instant start = crl.getThisUpdate().toInstant();
    if (start.isAfter(request.at())) {
      until = PathValidator.earlier(until, start.minusMillis(1));
    } else {
      CrlScope.of(crl).ifPresent(scope -> shelf(scope).add(scope));
    }
  }

  private List<CrlScope> shelf(CrlScope scope) {
    if (!isCurrent(scope.crl())) {
      return stale;
    }
    return scope.isDelta() ? deltas : complete;
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
    return next != null && !next.toInstant().isBefore(request.at());
  }

  private void checkOne(X509Certificate certificate, X509Certificate issuer, int depth)
      throws Fault {
    if (depth > DEEPEST_CRL_ISSUER) {
      throw unknown("CRL issuers vouch for each other");
    }
    inProgress.add(certificate);
    try {
      Heard heard = heard(certificate, issuer, depth);
      if (!heard.isAll() && depth == 0) {
        heard = lookedUp(certificate, issuer, heard);
      }
      heedStale(certificate, issuer, depth, heard);
      if (!heard.isAll()) {
        requireTolerated(
            weakness != null
                ? weakness
                : unknown(
                    heard.isNothing()
                        ? "no current CRL covers it"
                        : "CRLs cover not every reason"));
      }
    } finally {
      inProgress.remove(certificate);
    }
  }

  private void requireTolerated(Fault fault) throws Fault {
    if (request.revocation() != PathRequest.Revocation.IF_KNOWN
        || fault.finding() != Finding.REVOCATION_UNKNOWN) {
      throw fault;
    }
  }

  /**
   * What is at the addresses: the certificate's lists first, for they tell nobody about whom is
   * asked, then the responders. The path was verified before this check began, and those above this
   * certificate are not revoked as far as must be known: its addresses are its issuer's word.
   */
  private Heard lookedUp(X509Certificate certificate, X509Certificate issuer, Heard heard)
      throws Fault {
    RevocationLookup lookup = request.lookup();
    boolean followed = lookup.named() == RevocationLookup.Named.FOLLOWED;
    List<String> lists = followed ? Extensions.crlAddresses(certificate) : List.of();
    Heard sofar = heard;
    if (!lists.isEmpty()) {
      addAll(lookup.source().crls(lists));
      sofar = heard(certificate, issuer, 0);
      if (sofar.isAll()) {
        return sofar;
      }
    }
    List<String> responders = new ArrayList<>(lookup.responders());
    responders.addAll(followed ? Extensions.ocspAddresses(certificate) : List.of());
    if (!responders.isEmpty()) {
      ask(responders, certificate, issuer, sofar);
    }
    return sofar;
  }

  /** All answers are read: an older "good" that still holds must not hide what was said later. */
  private void ask(
      List<String> responders, X509Certificate certificate, X509Certificate issuer, Heard heard)
      throws Fault {
    OcspCheck check =
        new OcspCheck(
            certificate, issuer, request.algorithms(), request.at(), c -> isListed(c, issuer));
    byte[] question = Ocsp.question(certificate, issuer);
    OcspCheck.Answer last = null;
    for (byte[] response : request.lookup().source().ocsp(responders, question)) {
      try {
        OcspCheck.Answer answer = check.check(response);
        last = last == null ? answer : last.or(answer);
      } catch (Fault fault) {
        weakness = unknown(fault.detail());
      }
    }
    if (last == null) {
      return;
    }
    switch (last.status()) {
      case REVOKED -> throw revoked();
      case HELD -> throw held();
      case GOOD -> {
        from = PathValidator.later(from, last.from());
        until = PathValidator.earlier(until, last.until());
        heard.answered(last.said());
      }
    }
  }

  private boolean isListed(X509Certificate one, X509Certificate issuer) {
    try {
      heedStale(one, issuer, 0, heard(one, issuer, 0));
      return false;
    } catch (Fault listed) {
      return true;
    }
  }

  /** The reasons for which CRLs say that it was not revoked; a superseded CRL is not asked. */
  private Heard heard(X509Certificate certificate, X509Certificate issuer, int depth) throws Fault {
    Heard heard = new Heard();
    for (DistributionPoint point : points(certificate)) {
      for (CrlScope crl : complete) {
        int reasons = crl.reasonsFor(point, certificate);
        boolean again = heard.supersedes(crl);
        if (reasons != 0 && (again || isSigned(crl, certificate, issuer, depth))) {
          if (!again) {
            heard.list(crl, status(crl, certificate, issuer, depth));
          }
          heard.covers(reasons);
        }
      }
    }
    return heard;
  }

  /**
   * A list whose time is over clears nobody. Whom it names was revoked all the same, unless what
   * holds now was said later and does not name it. Only a hold ends (§5.3.1): whether it did is not
   * known then, and that is not to be passed over like a silence.
   */
  private void heedStale(
      X509Certificate certificate, X509Certificate issuer, int depth, Heard heard) throws Fault {
    Fault before = weakness;
    List<CrlScope> read = new ArrayList<>(heard.lists());
    boolean held = false;
    boolean lifted = false;
    List<DistributionPoint> points = points(certificate);
    for (CrlScope crl : stale) {
      if (!heard.isBefore(crl)
          || read.stream().anyMatch(crl::isSupersededBy)
          || points.stream().allMatch(point -> crl.reasonsFor(point, certificate) == 0)
          || !isSigned(crl, certificate, issuer, depth)) {
        continue;
      }
      if (!crl.isDelta()) {
        read.add(crl);
      }
      X509CRLEntry entry = crl.entry(certificate);
      if (entry != null && !CrlScope.isRemoval(entry) && !CrlScope.isHold(entry)) {
        throw revoked();
      }
      held |= entry != null && CrlScope.isHold(entry) && !lifted;
      lifted |= entry != null && CrlScope.isRemoval(entry);
    }
    weakness = before;
    if (held) {
      throw held();
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

  /** §6.3.3 (c), (i), (j): a delta speaks later than its base. Returns when the last one spoke. */
  private Instant status(
      CrlScope crl, X509Certificate certificate, X509Certificate issuer, int depth) throws Fault {
    use(crl.crl());
    X509CRLEntry entry = crl.entry(certificate);
    Instant last = crl.said();
    for (CrlScope delta : deltas) {
      if (crl.isBaseOf(delta) && isSigned(delta, certificate, issuer, depth)) {
        use(delta.crl());
        last = PathValidator.later(last, delta.said());
        X509CRLEntry later = delta.entry(certificate);
        entry = later == null ? entry : later;
      }
    }
    if (entry != null && !CrlScope.isRemoval(entry)) {
      throw revoked();
    }
    return last;
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
      CrlScope crl, X509Certificate certificate, X509Certificate issuer, int depth) {
    if (crl.hasUnknownCriticalExtension()) {
      return false;
    }
    X500Principal name = crl.crl().getIssuerX500Principal();
    if (name.equals(issuer.getSubjectX500Principal()) && verifies(crl.crl(), issuer)) {
      return Certificates.allows(issuer, CRL_SIGN);
    }
    List<X509Certificate> candidates = new ArrayList<>(request.path());
    candidates.addAll(request.others());
    candidates.add(anchor);
    // a certificate of the path may not clear itself; a CRL issuer's own CRL is often all there is
    return candidates.stream()
        .filter(c -> name.equals(c.getSubjectX500Principal()))
        .filter(c -> depth > 0 || !c.equals(certificate))
        .anyMatch(
            c -> verifies(crl.crl(), c) && Certificates.allows(c, CRL_SIGN) && isTrusted(c, depth));
  }

  private boolean verifies(X509CRL crl, X509Certificate by) {
    byte[] wanted = Extensions.authorityKeyIdentifier(crl);
    byte[] own = Certificates.keyIdentifier(by, Limits.defaults());
    if (wanted != null && own != null && !Arrays.equals(wanted, own)) {
      return false;
    }
    try {
      requireAlgorithm(crl);
      crl.verify(keys.of(by));
      return true;
    } catch (Fault fault) {
      weakness = fault;
      return false;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private void requireAlgorithm(X509CRL crl) throws Fault {
    if (request.algorithms().isPresent()) {
      byte[] parameters = crl.getSigAlgParams();
      Asn1 read = parameters == null ? null : Asn1.read(parameters, Limits.defaults());
      request.algorithms().get().require(SignatureScheme.of(crl.getSigAlgOID(), read).name());
    }
  }

  /**
   * In the path already, the anchor, or with a valid path of its own to the same anchor. Whose own
   * path is in doubt has no CRLs to show; that is no fault of the certificate in question.
   */
  private boolean isTrusted(X509Certificate candidate, int depth) {
    if (candidate.equals(anchor) || request.path().contains(candidate)) {
      return true;
    }
    List<X509Certificate> pool = new ArrayList<>(request.path());
    pool.addAll(request.others());
    PathResult own =
        new PathSearch(pool, Limits.defaults()).best(candidate, request.forCrlIssuer(anchor));
    try {
      for (int i = own.path().size() - 2; i >= 0; i--) {
        X509Certificate one = own.path().get(i);
        if (!request.path().contains(one) && !inProgress.contains(one)) {
          checkOne(one, own.path().get(i + 1), depth + 1);
        }
      }
      return own.isValid();
    } catch (Fault fault) {
      return false;
    }
  }

  private static Fault unknown(String detail) {
    return new Fault(Finding.REVOCATION_UNKNOWN, detail);
  }

  private static Fault revoked() {
    return new Fault(Finding.SIGNER_REVOKED, "a certificate of the path was revoked");
  }

  private static Fault held() {
    return unknown("it was on hold when it was last heard of");
  }
}
