package nl.wotpoort.smime;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds a path from a certificate to an anchor through certificates that anybody may have put
 * there. Tries candidates in turn and stops after a fixed number: a hostile heap of
 * cross-certificates must not cost more than {@link Limits#pathAttempts}.
 */
final class PathSearch {

  private static final int LONGEST = 8;

  private final List<X509Certificate> pool;
  private final Limits limits;

  PathSearch(List<X509Certificate> pool, Limits limits) {
    this.pool = pool.stream().distinct().toList();
    this.limits = limits;
  }

  /** The valid path; otherwise the result that came furthest. */
  PathResult best(X509Certificate leaf, PathRequest request) {
    List<List<X509Certificate>> found = new ArrayList<>();
    if (!request.anchors().contains(leaf)) {
      List<X509Certificate> path = new ArrayList<>();
      path.add(leaf);
      extend(path, request.anchors(), found, new int[] {limits.pathAttempts() * 10});
    }
    List<PathResult> results = new ArrayList<>();
    for (List<X509Certificate> path : found) {
      PathResult result = PathValidator.validateOrdered(request.withPath(path));
      if (result.isValid()) {
        return result;
      }
      results.add(result);
    }
    return results.stream()
        .min(PathResult.FURTHEST_FIRST)
        .orElse(PathResult.refused(Finding.SIGNER_UNTRUSTED, "no path to an anchor"));
  }

  private void extend(
      List<X509Certificate> path,
      List<X509Certificate> anchors,
      List<List<X509Certificate>> found,
      int[] stepsLeft) {
    X509Certificate last = path.get(path.size() - 1);
    if (found.size() >= limits.pathAttempts() || stepsLeft[0]-- <= 0) {
      return;
    }
    if (anchors.stream().anyMatch(a -> PathOrder.mayIssue(a, last))) {
      found.add(List.copyOf(path));
    }
    if (path.size() >= LONGEST) {
      return;
    }
    for (X509Certificate candidate : pool) {
      if (PathOrder.mayIssue(candidate, last)
          && !path.contains(candidate)
          && !anchors.contains(candidate)) {
        path.add(candidate);
        extend(path, anchors, found, stepsLeft);
        path.remove(path.size() - 1);
      }
    }
  }
}
