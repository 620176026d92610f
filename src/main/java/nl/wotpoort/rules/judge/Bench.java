package nl.wotpoort.rules.judge;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.directory.Delivery;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Mailbox;
import nl.wotpoort.directory.Team;
import nl.wotpoort.directory.WorkerId;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.Finding;
import nl.wotpoort.rules.consent.ConsentDecision;
import nl.wotpoort.rules.consent.ConsentPolicy;
import nl.wotpoort.rules.consent.PolicyTables;
import nl.wotpoort.rules.consent.Reason;
import nl.wotpoort.rules.consent.Scenario;
import nl.wotpoort.rules.routing.Mark;
import nl.wotpoort.rules.routing.Outcome;
import nl.wotpoort.rules.routing.Router;
import nl.wotpoort.rules.routing.Routing;
import nl.wotpoort.rules.routing.RoutingFacts;

/** One judgement under way: the facts, and the findings so far. Used by one thread, once. */
final class Bench {

  private final Directory directory;
  private final PolicyTables tables;
  private final Facts facts;
  private final List<Finding> findings = new ArrayList<>();
  private Set<Mark> marks = Set.of();
  private Optional<RoutingFacts> routed = Optional.empty();

  Bench(Directory directory, PolicyTables tables, Facts facts) {
    this.directory = directory;
    this.tables = tables;
    this.facts = facts;
  }

  Facts facts() {
    return facts;
  }

  Directory directory() {
    return directory;
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  void found(String code, Object... arguments) {
    findings.add(Finding.of("judge", code, arguments));
  }

  /** Routes, and keeps what each rule found. */
  Outcome route(RoutingFacts wanted) {
    Routing routing = Router.route(wanted, directory, facts.now());
    findings.addAll(routing.because());
    routed = Optional.of(wanted);
    marks = routing.marks();
    return routing.outcome();
  }

  /** What was routed by; empty when nothing had to be routed. */
  Optional<RoutingFacts> routed() {
    return routed;
  }

  /** Judges, and keeps the full reason. */
  ConsentDecision consent(Scenario scenario) {
    ConsentDecision decision = consentUnnoted(scenario);
    note(decision);
    return decision;
  }

  /** Keeps the full reason. */
  void note(ConsentDecision decision) {
    if (decision.records().contains(Statements.ID)) {
      found("CONSENT_STATED");
    } else {
      findings.add(Finding.of("consent", decision.reason().name() + ".full"));
    }
  }

  /** Judges without a finding: for the candidates routing chooses from. */
  ConsentDecision consentUnnoted(Scenario scenario) {
    return ConsentPolicy.decide(scenario, tables);
  }

  Decision hold(Decision.Hold.Cause cause, String detail) {
    return new Decision.Hold(cause, detail, Optional.empty(), findings());
  }

  /**
   * Held because consent does not reach it now. The cause is for us: the sender reads the same for
   * all of them.
   */
  Decision holdForConsent(ConsentDecision consent) {
    Decision.Hold.Cause cause =
        switch (consent.reason()) {
          case INDETERMINATE -> Decision.Hold.Cause.REGISTER_AWAY;
          case CLIENT_NOT_IDENTIFIED -> Decision.Hold.Cause.CLIENT_AMBIGUOUS;
          default -> Decision.Hold.Cause.AWAITING_CONSENT;
        };
    return new Decision.Hold(cause, consent.reason().name(), Optional.of(consent), findings());
  }

  /** A legal ground is released by a second person; empty when one agreed, or none is used. */
  Optional<Decision> secondPerson(ConsentDecision consent) {
    if (consent.reason() != Reason.LEGAL_GROUND || facts.secondPersonAgreed()) {
      return Optional.empty();
    }
    found("SECOND_PERSON");
    return Optional.of(
        new Decision.Hold(
            Decision.Hold.Cause.SECOND_PERSON,
            consent.reason().name(),
            Optional.of(consent),
            findings()));
  }

  /** The part of a refusal that the letter itself shows, and so may be told (rule 12). */
  Reason told(ConsentDecision consent, Scenario scenario) {
    return ConsentPolicy.forRequester(consent, scenario, tables);
  }

  /** What the letter said and did not count: noted once, whatever is decided. */
  void noteDiscounted() {
    facts.discounted().forEach(d -> found("DISCOUNTED", d.field(), d.cause()));
  }

  /**
   * Held when something that says who gets the letter, or about whom it is, could not be read:
   * going on without it would be a guess.
   */
  Optional<Decision> unclear() {
    return facts.discounted().stream()
        .filter(Discounted::steers)
        .findFirst()
        .map(d -> hold(Decision.Hold.Cause.NOT_READABLE, d.field()));
  }

  Decision giveBack(Decision.Return.Why cause, List<Lack> lacking) {
    lacking.forEach(lack -> found("LACKS_" + lack));
    return new Decision.Return(cause, lacking, Optional.empty(), findings());
  }

  Decision forward(
      Destination to, Decision.Matter matter, ConsentDecision consent, Scenario scenario) {
    return forward(to, matter, consent, scenario, Set.of());
  }

  /** Of a request only these questions. */
  Decision forward(
      Destination to,
      Decision.Matter matter,
      ConsentDecision consent,
      Scenario scenario,
      Set<Integer> questions) {
    if (directory.isAwaited(to.address())) {
      return awaited();
    }
    Optional<CaseNumber> running = facts.running().map(Facts.CaseFacts::number);
    Optional<Purpose> purpose = scenario.purposes().stream().findFirst();
    return new Decision.Forward(
        to,
        matter,
        new Decision.Basis(consent, Optional.of(scenario), purpose, running, questions),
        marks,
        findings());
  }

  /** A desk whose mail rests on law or on the sender's own word, not on the client's consent. */
  Decision forwardToDesk(Mailbox.Desk desk) {
    Optional<Destination> to =
        desk.delivery()
            .map(
                d ->
                    destination(d, desk.party(), Destination.Role.DESK, desk.address().toString()));
    if (to.isEmpty()) {
      found("NO_DELIVERY");
      return hold(Decision.Hold.Cause.NOT_ROUTABLE, "NO_DELIVERY");
    }
    if (directory.isAwaited(to.get().address())) {
      return awaited();
    }
    ConsentDecision onLaw =
        new ConsentDecision(
            "",
            ConsentDecision.Outcome.PERMIT,
            List.of(),
            Reason.LEGAL_GROUND,
            List.of(),
            java.util.Map.of(),
            Optional.empty());
    return new Decision.Forward(
        to.get(),
        Decision.Matter.DESK,
        new Decision.Basis(
            onLaw,
            Optional.empty(),
            Optional.empty(),
            facts.running().map(Facts.CaseFacts::number),
            Set.of()),
        marks,
        findings());
  }

  /** The one gate for every letter, however its reader was found. */
  private Decision awaited() {
    found("DELIVERY_AWAITED");
    return hold(Decision.Hold.Cause.NOT_ROUTABLE, Decision.Hold.DELIVERY_AWAITED);
  }

  /** Where an outcome of routing is, or a decision that says why it is nowhere. */
  Place place(Outcome outcome) {
    return outcome.fold(
        new Outcome.Cases<>() {
          @Override
          public Place toWorker(Outcome.ToWorker o) {
            Optional<String> team = directory.team(o.worker().team()).map(Team::name);
            return at(
                o,
                Destination.Role.WORKER,
                team.orElse(o.worker().team().value()),
                Optional.of(o.worker().id()));
          }

          @Override
          public Place toCoordinator(Outcome.ToCoordinator o) {
            return at(
                o,
                Destination.Role.COORDINATOR,
                o.team().name(),
                Optional.of(o.coordinator().id()));
          }

          @Override
          public Place toTeam(Outcome.ToTeam o) {
            return at(o, Destination.Role.TEAM, o.team().name(), Optional.empty());
          }

          @Override
          public Place toDesk(Outcome.ToDesk o) {
            return at(o, Destination.Role.DESK, o.desk().address().toString(), Optional.empty());
          }

          @Override
          public Place toCentral(Outcome.ToCentral o) {
            return at(
                o, Destination.Role.CENTRAL, o.mailbox().address().toString(), Optional.empty());
          }

          @Override
          public Place closed(Outcome.Closed o) {
            found("MAILBOX_CLOSED");
            return Place.nowhere(
                new Decision.Return(
                    Decision.Return.Why.CLOSED,
                    List.of(),
                    Optional.of(o.mailbox().text()),
                    findings()));
          }

          @Override
          public Place hold(Outcome.Hold o) {
            return Place.nowhere(
                Bench.this.hold(Decision.Hold.Cause.NOT_ROUTABLE, o.cause().name()));
          }
        });
  }

  private Place at(
      Outcome outcome, Destination.Role role, String shownAs, Optional<WorkerId> worker) {
    Optional<Destination> to =
        outcome
            .recipient()
            .flatMap(
                r ->
                    r.delivery()
                        .map(
                            d ->
                                new Destination(
                                    d.address(),
                                    d.sealing(),
                                    r.party(),
                                    role,
                                    shownAs,
                                    r.team(),
                                    worker)));
    if (to.isEmpty()) {
      found("NO_DELIVERY");
      return Place.nowhere(hold(Decision.Hold.Cause.NOT_ROUTABLE, "NO_DELIVERY"));
    }
    return Place.at(to.get());
  }

  static Destination destination(
      Delivery delivery, Party party, Destination.Role role, String shownAs) {
    return new Destination(
        delivery.address(),
        delivery.sealing(),
        party,
        role,
        shownAs,
        Optional.empty(),
        Optional.empty());
  }

  /** Either a destination, or the decision that there is none. */
  record Place(Optional<Destination> destination, Optional<Decision> otherwise) {

    static Place at(Destination destination) {
      return new Place(Optional.of(destination), Optional.empty());
    }

    static Place nowhere(Decision decision) {
      return new Place(Optional.empty(), Optional.of(decision));
    }
  }

  /** {@code first} and then those of {@code more} that are not in it yet. */
  static <T> List<T> joined(List<T> first, List<T> more) {
    Set<T> all = new LinkedHashSet<>(first);
    all.addAll(more);
    return List.copyOf(all);
  }
}
