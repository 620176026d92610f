package nl.wotpoort.rules.consent;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.Matching.Known;

/** Rules 6 to 10 for one scenario: what its records say, category by category. */
final class Weighing {

  /** A record that fails on more points than this explains nothing. */
  private static final int NEAR = 2;

  private final Scenario scenario;
  private final PolicyTable table;
  private final Matching matching;
  private final Givers givers;
  private final Objections objections;
  private final List<Known> consented;
  private final List<Known> objected;

  Weighing(Scenario scenario, Scenario.Client client, PolicyTable table) {
    this.scenario = scenario;
    this.table = table;
    this.matching = new Matching(scenario, client.id(), table);
    this.givers = new Givers(client, scenario.evaluatedAt(), table);
    this.objections = new Objections(scenario, table);
    this.consented = matching.known(ConsentRecord.Type.CONSENT);
    this.objected = matching.known(ConsentRecord.Type.OBJECTION);
  }

  /** One category must stand for every purpose. */
  Finding weigh(Category category) {
    for (Purpose purpose : scenario.purposes()) {
      if (!table.needs(purpose, category)) {
        return Finding.of(Reason.NOT_NECESSARY);
      }
    }
    List<Finding> permits = new ArrayList<>();
    List<Finding> refusals = new ArrayList<>();
    for (Purpose purpose : scenario.purposes()) {
      Finding finding = weigh(new Ask(purpose, category));
      (finding.permits() ? permits : refusals).add(finding);
    }
    return Finding.first(refusals.isEmpty() ? permits : refusals);
  }

  private Finding weigh(Ask ask) {
    List<ConsentRecord> covering = covering(ask);
    List<ConsentRecord> standing = objections.standing(barring(ask), covering, ask);
    if (!standing.isEmpty()) {
      return Finding.of(Reason.OBJECTION, standing);
    }
    Set<Givers.Role> roles = EnumSet.noneOf(Givers.Role.class);
    covering.forEach(consent -> roles.addAll(givers.roles(consent, ask.category())));
    if (givers.lacking(roles).isEmpty()) {
      return Finding.of(Reason.CONSENT, covering);
    }
    return isImplied(ask) ? Finding.of(Reason.IMPLIED_FEEDBACK) : nearestMiss(ask);
  }

  /** The covering consents, as far as given by somebody whose consent counts. */
  private List<ConsentRecord> covering(Ask ask) {
    List<ConsentRecord> covering = new ArrayList<>();
    for (Known known : consented) {
      ConsentRecord consent = known.record();
      if (matching.failings(known, ask).isEmpty()
          && !givers.roles(consent, ask.category()).isEmpty()) {
        covering.add(consent);
      }
    }
    return covering;
  }

  private List<ConsentRecord> barring(Ask ask) {
    List<ConsentRecord> barring = new ArrayList<>();
    for (Known known : objected) {
      ConsentRecord objection = known.record();
      if (matching.bars(known, ask) && givers.mayObject(objection, ask.category())) {
        barring.add(objection);
      }
    }
    return barring;
  }

  /** Rule 10: whether the team takes the client on, told to the practice that referred. */
  private boolean isImplied(Ask ask) {
    return scenario.flow() == Flow.FEEDBACK
        && table.implied().includes(ask)
        && scenario.context().referral().filter(this::isAnswered).isPresent();
  }

  private boolean isAnswered(Scenario.Referral referral) {
    return referral.consented()
        && Matching.within(referral.from(), scenario.recipient())
        && Matching.within(referral.to(), scenario.holder());
  }

  /** Rule 11: the record failing on the fewest points; of two, the one whose reason comes first. */
  private Finding nearestMiss(Ask ask) {
    List<Finding> nearest = new ArrayList<>();
    int fewest = NEAR;
    for (Known consent : consented) {
      Finding miss = miss(consent, ask);
      if (miss.points().size() < fewest) {
        fewest = miss.points().size();
        nearest.clear();
      }
      if (miss.points().size() == fewest) {
        nearest.add(miss);
      }
    }
    return nearest.isEmpty() ? Finding.of(Reason.NO_CONSENT) : Finding.first(nearest);
  }

  /**
   * Each record is judged with its own givers alone, so one that would cover but for its givers
   * fails on that one point. A record without any giver has that counted once, as not active.
   */
  private Finding miss(Known known, Ask ask) {
    ConsentRecord consent = known.record();
    NavigableSet<Reason> points = new TreeSet<>(matching.failings(known, ask));
    if (!consent.by().isEmpty()) {
      givers.lacking(givers.roles(consent, ask.category())).ifPresent(points::add);
    }
    return new Finding(points.first(), new TreeSet<>(Set.of(consent.id())), points);
  }
}
