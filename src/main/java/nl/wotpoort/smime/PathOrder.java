package nl.wotpoort.smime;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Puts the certificates of one path in order, the end's first. */
final class PathOrder {

  private PathOrder() {}

  static List<X509Certificate> leafFirst(List<X509Certificate> given) {
    if (isChain(given)) {
      return given;
    }
    List<X509Certificate> reversed = new ArrayList<>(given);
    Collections.reverse(reversed);
    return isChain(reversed) ? reversed : sorted(given);
  }

  /** Names decide; a path of self-issued certificates is a chain both ways, so keys do too. */
  private static boolean isChain(List<X509Certificate> path) {
    for (int i = 0; i + 1 < path.size(); i++) {
      if (!path.get(i).getIssuerX500Principal().equals(path.get(i + 1).getSubjectX500Principal())) {
        return false;
      }
      if (isSelfIssued(path.get(i)) && !identifierFits(path.get(i), path.get(i + 1))) {
        return false;
      }
    }
    return true;
  }

  static boolean isSelfIssued(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  private static boolean identifierFits(X509Certificate certificate, X509Certificate issuer) {
    byte[] wanted = Extensions.authorityKeyIdentifier(certificate);
    byte[] own = Certificates.keyIdentifier(issuer, Limits.defaults());
    return wanted == null || own == null || java.util.Arrays.equals(wanted, own);
  }

  /** The one that issued none of the others, then upwards; what does not fit is left at the end. */
  private static List<X509Certificate> sorted(List<X509Certificate> given) {
    List<X509Certificate> left = new ArrayList<>(given);
    List<X509Certificate> path = new ArrayList<>();
    X509Certificate next = leaf(given);
    while (next != null) {
      path.add(next);
      left.remove(next);
      next = issuerOf(next, left);
    }
    path.addAll(left);
    return path;
  }

  private static X509Certificate leaf(List<X509Certificate> given) {
    return given.stream()
        .filter(c -> given.stream().noneMatch(o -> !o.equals(c) && isIssuer(c, o)))
        .findFirst()
        .orElse(given.get(0));
  }

  private static @org.jspecify.annotations.Nullable X509Certificate issuerOf(
      X509Certificate certificate, List<X509Certificate> left) {
    return left.stream()
        .filter(c -> isIssuer(c, certificate) && identifierFits(certificate, c))
        .findFirst()
        .orElse(null);
  }

  private static boolean isIssuer(X509Certificate issuer, X509Certificate certificate) {
    return certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal());
  }
}
