package nl.wotpoort.smime;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Puts the certificates of one path in order, the end's first. */
final class PathOrder {

  private static final int CRL_SIGN = 6;

  private PathOrder() {}

  /** The same certificates, when they are a path one way or the other. */
  static Optional<List<X509Certificate>> leafFirst(List<X509Certificate> given) {
    if (isChain(given)) {
      return Optional.of(given);
    }
    List<X509Certificate> reversed = new ArrayList<>(given);
    Collections.reverse(reversed);
    return isChain(reversed) ? Optional.of(reversed) : Optional.empty();
  }

  private static boolean isChain(List<X509Certificate> path) {
    for (int i = 0; i + 1 < path.size(); i++) {
      if (!mayIssue(path.get(i + 1), path.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Names decide, and key identifiers where both have one: self-issued names fit both ways. */
  static boolean mayIssue(X509Certificate issuer, X509Certificate subject) {
    if (!issuer.getSubjectX500Principal().equals(subject.getIssuerX500Principal())) {
      return false;
    }
    byte[] wanted = Extensions.authorityKeyIdentifier(subject);
    byte[] own = Certificates.keyIdentifier(issuer, Limits.defaults());
    return wanted == null || own == null || Arrays.equals(wanted, own);
  }

  static boolean isSelfIssued(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  /**
   * The one that issued none of the others; of several, rather one that is neither an authority nor
   * a CRL issuer.
   */
  static X509Certificate leaf(List<X509Certificate> given) {
    return given.stream()
        .filter(c -> given.stream().noneMatch(o -> !o.equals(c) && mayIssue(c, o)))
        .min(Comparator.comparing(PathOrder::isHelper))
        .orElse(given.get(0));
  }

  private static boolean isHelper(X509Certificate certificate) {
    boolean[] usage = certificate.getKeyUsage();
    return certificate.getBasicConstraints() >= 0 || (usage != null && usage[CRL_SIGN]);
  }
}
