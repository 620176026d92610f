package nl.wotpoort.rules.consent;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.wotpoort.letter.Category;

/**
 * What the policy decided for one scenario. Immutable.
 *
 * @param permitted in the order asked
 * @param records the ids, sorted, that the decision rests on: of the consents behind what is
 *     permitted; for a denial those of the objections or nearest misses that explain it
 * @param refused per refused category why, in the order asked
 * @param nearestMiss what lay nearest, when consent was looked for and did not suffice
 */
public record ConsentDecision(
    String id,
    Outcome outcome,
    List<Category> permitted,
    Reason reason,
    List<String> records,
    Map<Category, Reason> refused,
    Optional<NearestMiss> nearestMiss) {

  public enum Outcome {
    PERMIT,
    PARTIAL,
    DENY
  }

  /**
   * The refusal that lay nearest to permission: for which category, by which records, and on which
   * points those fail (none for an objection and for a category that is not necessary).
   */
  public record NearestMiss(
      Category category, Reason reason, List<String> records, List<Reason> points) {

    public NearestMiss {
      records = List.copyOf(records);
      points = List.copyOf(points);
    }
  }

  public ConsentDecision {
    permitted = List.copyOf(permitted);
    records = List.copyOf(records);
    refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
  }

  /** Whether this category may leave. */
  public boolean permits(Category category) {
    return permitted.contains(category);
  }
}
