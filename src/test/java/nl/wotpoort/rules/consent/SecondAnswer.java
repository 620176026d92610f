package nl.wotpoort.rules.consent;

import static nl.wotpoort.rules.consent.SecondNames.texts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the policy answered, as texts. */
record SecondAnswer(
    String decision,
    List<String> permitted,
    String reason,
    Set<String> records,
    Map<String, String> refused) {

  static SecondAnswer of(ConsentDecision decision) {
    Map<String, String> refused = new LinkedHashMap<>();
    decision.refused().forEach((category, reason) -> refused.put(category.code(), reason.name()));
    return new SecondAnswer(
        decision.outcome().name(),
        texts(decision.permitted()),
        decision.reason().name(),
        new TreeSet<>(decision.records()),
        refused);
  }
}
