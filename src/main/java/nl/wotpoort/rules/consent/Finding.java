package nl.wotpoort.rules.consent;

import java.util.Collection;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What was found for one question, or for several together: why it is permitted or refused, on
 * which records that rests, and for a near miss on which points those fail.
 */
record Finding(Reason reason, NavigableSet<String> records, NavigableSet<Reason> points) {

  static Finding of(Reason reason) {
    return new Finding(reason, Collections.emptyNavigableSet(), Collections.emptyNavigableSet());
  }

  static Finding of(Reason reason, Collection<ConsentRecord> records) {
    NavigableSet<String> ids = new TreeSet<>();
    records.forEach(record -> ids.add(record.id()));
    return new Finding(reason, ids, Collections.emptyNavigableSet());
  }

  boolean permits() {
    return reason.permits();
  }

  /**
   * Several findings as one, with the reason that comes first and what those with that reason rest
   * on. {@code findings} is not empty.
   */
  static Finding first(Collection<Finding> findings) {
    Reason reason = findings.iterator().next().reason;
    for (Finding finding : findings) {
      if (finding.reason.compareTo(reason) < 0) {
        reason = finding.reason;
      }
    }
    NavigableSet<String> records = new TreeSet<>();
    NavigableSet<Reason> points = new TreeSet<>();
    for (Finding finding : findings) {
      if (finding.reason == reason) {
        records.addAll(finding.records);
        points.addAll(finding.points);
      }
    }
    return new Finding(reason, records, points);
  }
}
