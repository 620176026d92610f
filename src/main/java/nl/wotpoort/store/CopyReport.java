package nl.wotpoort.store;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was copied, and found equal on both sides.
 *
 * @param at the moment the copy shows
 * @param rows by table
 * @param journalLines the length of the journal's chain, which was walked and is sound
 */
public record CopyReport(Instant at, Map<String, Long> rows, long journalLines) {

  static CopyReport of(Instant at, Map<String, String> tallies, ChainCheck chain) {
    Map<String, Long> rows = new TreeMap<>();
    tallies.forEach((table, tally) -> rows.put(table, Long.parseLong(tally.split(" ")[0])));
    return new CopyReport(at, Collections.unmodifiableMap(rows), chain.lines());
  }

  public long messages() {
    return rows.getOrDefault("message", 0L);
  }

  public long cases() {
    return rows.getOrDefault("case_file", 0L);
  }
}
