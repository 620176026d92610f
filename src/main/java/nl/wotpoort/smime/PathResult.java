package nl.wotpoort.smime;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a path came to.
 *
 * @param finding empty when the path is valid
 * @param detail technical, in English
 * @param path the end's certificate first, the anchor last; empty when not valid
 * @param validFrom the first moment at which the same result holds: latest start of validity and
 *     CRL; meaningful only when valid
 * @param validUntil the last such moment: earliest end of validity and next CRL
 */
public record PathResult(
    Optional<Finding> finding,
    String detail,
    List<X509Certificate> path,
    Instant validFrom,
    Instant validUntil) {

  public PathResult {
    path = List.copyOf(path);
  }

  public boolean isValid() {
    return finding.isEmpty();
  }

  /** Valid ones first, then those that say more than "untrusted", the latest check first. */
  static final Comparator<PathResult> FURTHEST_FIRST =
      Comparator.comparing(
              (PathResult r) -> r.finding.equals(Optional.of(Finding.SIGNER_UNTRUSTED)))
          .thenComparing(
              r -> r.finding.orElse(null), Comparator.nullsFirst(Comparator.reverseOrder()));

  static PathResult refused(Finding finding, String detail) {
    return new PathResult(Optional.of(finding), detail, List.of(), Instant.MIN, Instant.MIN);
  }
}
