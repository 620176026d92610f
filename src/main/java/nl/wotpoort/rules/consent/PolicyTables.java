package nl.wotpoort.rules.consent;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/**
 * All versions of the policy tables. The law changes, and a message is judged by the version in
 * force on the day it is judged. Immutable and thread-safe.
 */
public record PolicyTables(List<PolicyTable> versions) {

  public PolicyTables {
    versions = List.copyOf(versions);
  }

  /**
   * The version in force on {@code day}: the one with the latest start that is not after it. Before
   * the first version nothing is known, so every purpose is unknown and everything is denied.
   */
  public PolicyTable on(LocalDate day) {
    return versions.stream()
        .filter(version -> !version.from().isAfter(day))
        .max(Comparator.comparing(PolicyTable::from))
        .orElseGet(PolicyTable::none);
  }
}
