package nl.wotpoort.rules.consent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import nl.wotpoort.letter.Category;
import nl.wotpoort.rules.consent.ConsentDecision.NearestMiss;
import nl.wotpoort.rules.consent.ConsentDecision.Outcome;

/**
 * The consent policy: what may leave about a client, to whom, for what, now. A pure function of its
 * arguments, total (it throws for no scenario) and thread-safe. How doubtful phrases of the policy
 * are read is in docs/decisions/consent-policy-readings.md.
 */
public final class ConsentPolicy {

  private final Scenario scenario;
  private final PolicyTable table;

  private ConsentPolicy(Scenario scenario, PolicyTable table) {
    this.scenario = scenario;
    this.table = table;
  }

  /** Judges one scenario by the tables in force on the day of {@code evaluatedAt}. */
  public static ConsentDecision decide(Scenario scenario, PolicyTables tables) {
    return new ConsentPolicy(scenario, tables.on(Days.of(scenario.evaluatedAt()))).decide();
  }

  /**
   * The reason whose coarse text the requester may read. What is wrong with the request itself is
   * told, whoever it is about; all else is one reason, NO_CONSENT, so that nobody learns from the
   * wording whether a person is known or what they refused (rule 12).
   */
  public static Reason forRequester(
      ConsentDecision decision, Scenario scenario, PolicyTables tables) {
    if (decision.reason().permits()) {
      return decision.reason();
    }
    ConsentPolicy policy = new ConsentPolicy(scenario, tables.on(Days.of(scenario.evaluatedAt())));
    return Stream.of(policy.askerFault(), policy.formFault(), policy.grounds().fault())
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(Reason.NO_CONSENT);
  }

  private ConsentDecision decide() {
    if (askerFault().isPresent()) {
      return denied(askerFault().get());
    }
    if (!scenario.context().personal()) {
      return decision(Outcome.PERMIT, Reason.NOT_PERSONAL, Set.of(), Map.of(), Optional.empty());
    }
    return Stream.of(clientFault(), formFault())
        .flatMap(Optional::stream)
        .findFirst()
        .map(this::denied)
        .orElseGet(this::byGroundOrConsent);
  }

  /** Rule 1. */
  private Optional<Reason> askerFault() {
    return scenario.context().requesterAuthenticated()
        ? Optional.empty()
        : Optional.of(Reason.REQUESTER_NOT_AUTHENTICATED);
  }

  /** Rule 3. */
  private Optional<Reason> clientFault() {
    if (!scenario.context().clientIdentified() || scenario.client().isEmpty()) {
      return Optional.of(Reason.CLIENT_NOT_IDENTIFIED);
    }
    if (!scenario.context().storeAnswers()) {
      return Optional.of(Reason.INDETERMINATE);
    }
    return scenario
        .client()
        .flatMap(Scenario.Client::deceased)
        .filter(died -> died.hasBegun(scenario.evaluatedAt()))
        .map(died -> Reason.CLIENT_DECEASED);
  }

  /** Rule 4. */
  private Optional<Reason> formFault() {
    if (scenario.purposes().isEmpty()) {
      return Optional.of(Reason.INCOMPLETE_PURPOSE);
    }
    if (!scenario.purposes().stream().allMatch(table::knows)) {
      return Optional.of(Reason.UNKNOWN_PURPOSE);
    }
    return scenario.flow() == Flow.INFO_REQUEST && scenario.questions() < 1
        ? Optional.of(Reason.INCOMPLETE_QUESTIONS)
        : Optional.empty();
  }

  private Grounds.Weighed grounds() {
    return Grounds.weigh(scenario, table);
  }

  /** Rules 5 to 11: a ground decides when it reaches anything, otherwise consent does. */
  private ConsentDecision byGroundOrConsent() {
    Grounds.Weighed grounds = grounds();
    if (!grounds.reached().isEmpty()) {
      return conclude(
          findings(
              category ->
                  Finding.of(
                      grounds.reached().contains(category)
                          ? Reason.LEGAL_GROUND
                          : Reason.NOT_NECESSARY)),
          Optional.empty());
    }
    Weighing weighing = new Weighing(scenario, scenario.client().orElseThrow(), table);
    return conclude(findings(weighing::weigh), grounds.fault());
  }

  private Map<Category, Finding> findings(Function<Category, Finding> weigh) {
    Map<Category, Finding> findings = new LinkedHashMap<>();
    scenario.categories().forEach(category -> findings.put(category, weigh.apply(category)));
    return findings;
  }

  /** Rule 11. */
  private ConsentDecision conclude(Map<Category, Finding> findings, Optional<Reason> groundFault) {
    Map<Category, Finding> permits = select(findings, Finding::permits);
    Map<Category, Finding> refusals = select(findings, finding -> !finding.permits());
    Optional<NearestMiss> miss = nearestMiss(refusals);
    if (permits.isEmpty()) {
      Finding why = first(refusals);
      return decision(
          Outcome.DENY, groundFault.orElse(why.reason()), why.records(), findings, miss);
    }
    Finding rests = first(permits);
    boolean whole = refusals.isEmpty();
    Reason reason =
        whole || rests.reason() == Reason.LEGAL_GROUND ? rests.reason() : first(refusals).reason();
    return decision(
        whole ? Outcome.PERMIT : Outcome.PARTIAL, reason, rests.records(), findings, miss);
  }

  private static Map<Category, Finding> select(
      Map<Category, Finding> findings, Predicate<Finding> which) {
    Map<Category, Finding> selected = new LinkedHashMap<>();
    findings.forEach(
        (category, finding) -> {
          if (which.test(finding)) {
            selected.put(category, finding);
          }
        });
    return selected;
  }

  /** When nothing was asked there is nothing to permit. */
  private static Finding first(Map<Category, Finding> findings) {
    return findings.isEmpty() ? Finding.of(Reason.NO_CONSENT) : Finding.first(findings.values());
  }

  /** What does not turn on the records of one category is no near miss of any. */
  private static Optional<NearestMiss> nearestMiss(Map<Category, Finding> refusals) {
    Finding nearest = first(refusals);
    if (nearest.records().isEmpty()) {
      return Optional.empty();
    }
    return refusals.entrySet().stream()
        .filter(entry -> entry.getValue().reason() == nearest.reason())
        .findFirst()
        .map(
            entry ->
                new NearestMiss(
                    entry.getKey(),
                    nearest.reason(),
                    List.copyOf(nearest.records()),
                    List.copyOf(nearest.points())));
  }

  /** A denial before any category was looked at refuses each of them for that reason. */
  private ConsentDecision denied(Reason reason) {
    Map<Category, Finding> findings = findings(category -> Finding.of(reason));
    return decision(Outcome.DENY, reason, Set.of(), findings, Optional.empty());
  }

  private ConsentDecision decision(
      Outcome outcome,
      Reason reason,
      Set<String> records,
      Map<Category, Finding> findings,
      Optional<NearestMiss> miss) {
    Map<Category, Reason> refused = new LinkedHashMap<>();
    select(findings, finding -> !finding.permits())
        .forEach((category, finding) -> refused.put(category, finding.reason()));
    List<Category> permitted = List.copyOf(select(findings, Finding::permits).keySet());
    return new ConsentDecision(
        scenario.id(), outcome, permitted, reason, List.copyOf(records), refused, miss);
  }
}
