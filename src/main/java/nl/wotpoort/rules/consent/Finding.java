package nl.wotpoort.rules.consent;

import java.util.Collection;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was found for one question, or for several together: why it is permitted or refused, on
 * which records that rests, and for a near miss on which points those fail.
 */
record Finding(Reason reason, NavigableSet<String> records, NavigableSet<Reason> points) {

  static Finding of(Reason reason) {
    return new Finding(reason, new TreeSet<>(), new TreeSet<>());
  }

  static Finding of(Reason reason, Collection<ConsentRecord> records) {
    return new Finding(
        reason,
        records.stream().map(ConsentRecord::id).collect(Collectors.toCollection(TreeSet::new)),
        new TreeSet<>());
  }

  boolean permits() {
    return reason.permits();
  }

  /**
   * Several findings as one, with the reason that comes first and what those with that reason rest
   * on. {@code findings} is not empty.
   */
  static Finding first(Collection<Finding> findings) {
    Reason reason =
        findings.stream().map(Finding::reason).min(Comparator.naturalOrder()).orElseThrow();
    return new Finding(
        reason,
        union(findings, reason, Finding::records),
        union(findings, reason, Finding::points));
  }

  private static <T> NavigableSet<T> union(
      Collection<Finding> findings, Reason reason, Function<Finding, NavigableSet<T>> part) {
    return findings.stream()
        .filter(finding -> finding.reason == reason)
        .flatMap(finding -> part.apply(finding).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
