package nl.wotpoort.smime;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What holds now about one certificate and does not name it. */
final class Heard {

  /** The complete lists of it, each the newest of its scope. */
  private final List<CrlScope> lists = new ArrayList<>();

  private int reasons;

  /** When the oldest of it was said. */
  private Instant since = Instant.MAX;

  boolean isAll() {
    return reasons == CrlScope.ALL_REASONS;
  }

  boolean isNothing() {
    return reasons == 0;
  }

  List<CrlScope> lists() {
    return List.copyOf(lists);
  }

  boolean supersedes(CrlScope crl) {
    return lists.stream().anyMatch(crl::isSupersededBy);
  }

  /** {@code said}: when it, or the last delta of it, was issued. */
  void list(CrlScope crl, Instant said) {
    lists.add(crl);
    since = PathValidator.earlier(since, said);
  }

  void covers(int more) {
    reasons |= more;
  }

  void answered(Instant said) {
    reasons = CrlScope.ALL_REASONS;
    since = said;
  }

  /** Whether {@code crl} may know more: it spoke later, or not everything was heard. */
  boolean isBefore(CrlScope crl) {
    return !isAll() || crl.said().isAfter(since);
  }
}
