package nl.wotpoort.rules.consent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Party;

/** Rule 5: grounds other than consent. What several grounds that hold reach is added together. */
final class Grounds {

  private final Scenario scenario;
  private final PolicyTable table;

  private Grounds(Scenario scenario, PolicyTable table) {
    this.scenario = scenario;
    this.table = table;
  }

  /**
   * What the stated grounds come to.
   *
   * @param reached the asked categories that a ground which holds reaches
   * @param fault why a ground failed, of several the one that came furthest; it matters only when
   *     none reaches anything
   */
  record Weighed(Set<Category> reached, Optional<Reason> fault) {

    Weighed {
      reached = Set.copyOf(reached);
    }
  }

  static Weighed weigh(Scenario scenario, PolicyTable table) {
    Grounds grounds = new Grounds(scenario, table);
    Set<Category> reached = new LinkedHashSet<>();
    List<Reason> faults = new ArrayList<>();
    for (Scenario.Ground ground : scenario.grounds()) {
      if (!ground.kind().equals("consent")) {
        grounds.fault(ground).ifPresentOrElse(faults::add, () -> grounds.reach(ground, reached));
      }
    }
    return new Weighed(reached, faults.stream().max(Comparator.naturalOrder()));
  }

  private Optional<Reason> fault(Scenario.Ground ground) {
    if (!applies(ground)) {
      return Optional.of(Reason.GROUND_NOT_APPLICABLE);
    }
    if (!ground.justified() || ground.by().filter(this::isHolder).isEmpty()) {
      return Optional.of(Reason.GROUND_UNSUPPORTED);
    }
    boolean reachesAny = scenario.categories().stream().anyMatch(c -> reaches(ground, c));
    return reachesAny ? Optional.empty() : Optional.of(Reason.GROUND_NOT_APPLICABLE);
  }

  private boolean applies(Scenario.Ground ground) {
    PolicyTable.GroundRule rule = table.grounds().get(ground.kind());
    return rule != null
        && scenario.recipient().filter(rule::appliesTo).isPresent()
        && scenario.purposes().stream().allMatch(rule::appliesTo);
  }

  /** The holder, or a person within the holder: a practice speaks through a doctor. */
  private boolean isHolder(Party by) {
    return scenario.holder().filter(holder -> holder.covers(by)).isPresent();
  }

  private void reach(Scenario.Ground ground, Set<Category> reached) {
    scenario.categories().stream().filter(c -> reaches(ground, c)).forEach(reached::add);
  }

  private boolean reaches(Scenario.Ground ground, Category category) {
    return ground.necessary().isEmpty() || table.reaches(Set.copyOf(ground.necessary()), category);
  }
}
