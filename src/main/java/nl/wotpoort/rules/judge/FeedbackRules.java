package nl.wotpoort.rules.judge;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.directory.Delivery;
import nl.wotpoort.directory.Team;
import nl.wotpoort.directory.Worker;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.ConsentDecision;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.rules.consent.Flow;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.rules.consent.Scenario;
import nl.wotpoort.rules.referral.Reasons;

/**
 * What a referral's two sides answer each other: the team's decision to the referrer (agreement F1,
 * F2), "oneens" and "ingetrokken" of the referrer to the team (F3), and the handing over to another
 * worker or team. The status itself is implied by the referral; an explanation in somebody's own
 * words goes along only when consent reaches it, and is left out otherwise.
 */
final class FeedbackRules {

  private static final Category PLAN = new Category("support.plan");
  private static final Set<Decision.Matter> REFERRALS =
      Set.of(Decision.Matter.REFERRAL, Decision.Matter.CONSULTATION);

  private final Bench bench;
  private final CaseRules rules;

  FeedbackRules(Bench bench, CaseRules rules) {
    this.bench = bench;
    this.rules = rules;
  }

  Decision judge(Letter.Feedback letter) {
    return rules.within(
        running ->
            REFERRALS.contains(running.matter()) ? ofReferral(letter, running) : rules.feedback());
  }

  private Decision ofReferral(Letter.Feedback letter, Facts.CaseFacts running) {
    boolean fromReferrer =
        letter.outcome() == Letter.Feedback.Outcome.DISPUTED
            || letter.outcome() == Letter.Feedback.Outcome.CANCELLED;
    if (fromReferrer) {
      return rules.isOpener(running) ? toTeam(letter, running) : rules.notTheHandler(running);
    }
    if (!rules.isHandler(running)) {
      return rules.notTheHandler(running);
    }
    return letter.outcome() == Letter.Feedback.Outcome.HANDED_ON
        ? handOn(letter, running)
        : toReferrer(letter, running);
  }

  private Decision toReferrer(Letter.Feedback letter, Facts.CaseFacts running) {
    if (letter.outcome() == Letter.Feedback.Outcome.ACCEPTED
        && ContactPersons.named(bench.directory(), letter.contactPerson(), today())
            .filter(worker -> isOfHandler(worker, running))
            .isEmpty()) {
      bench.found("CONTACT_UNKNOWN");
      return bench.giveBack(Decision.Return.Why.CONTACT_UNKNOWN, List.of());
    }
    if (saysMore(letter)) {
      Bench.Place place = rules.otherSide(running);
      if (place.destination().isPresent()) {
        Destination to = place.destination().get();
        Scenario all =
            rules.scenario(
                running,
                Flow.FEEDBACK,
                List.of(CaseRules.FEEDBACK),
                List.of(CaseRules.STATUS, PLAN),
                to.party());
        ConsentDecision consent = bench.consentUnnoted(all);
        if (consent.outcome() == ConsentDecision.Outcome.PERMIT) {
          bench.consent(all);
          return bench.forward(to, Decision.Matter.FEEDBACK, consent, all);
        }
      }
      bench.found("LEFT_OUT");
    }
    return rules.release(
        running,
        Flow.FEEDBACK,
        Decision.Matter.FEEDBACK,
        List.of(CaseRules.FEEDBACK),
        List.of(CaseRules.STATUS));
  }

  /** A contact person of another team is a handing over, which is asked consent for. */
  private boolean isOfHandler(Worker worker, Facts.CaseFacts running) {
    return teamOf(running.handler()).map(team -> team.id().equals(worker.team())).orElse(true);
  }

  /** Whether there is more in it than a status and a reason from the list. */
  private static boolean saysMore(Letter.Feedback letter) {
    return letter.explanation().isPresent()
        || letter
            .reason()
            .map(Confidential::reveal)
            .filter(reason -> Reasons.in(reason).isEmpty())
            .isPresent();
  }

  /** The bare word says nothing about the client that the team does not have. */
  private Decision toTeam(Letter.Feedback letter, Facts.CaseFacts running) {
    Bench.Place place =
        letter.outcome() == Letter.Feedback.Outcome.DISPUTED
            ? coordinator(running)
            : rules.otherSide(running);
    if (place.otherwise().isPresent()) {
      return place.otherwise().get();
    }
    Destination to = place.destination().orElseThrow();
    if (letter.explanation().isPresent() || letter.reason().isPresent()) {
      Scenario said = carriedOn(running, to.party());
      ConsentDecision consent = bench.consentUnnoted(said);
      if (consent.outcome() == ConsentDecision.Outcome.PERMIT) {
        bench.consent(said);
        return bench.forward(to, Decision.Matter.FEEDBACK, consent, said);
      }
      bench.found("LEFT_OUT");
    }
    Scenario bare = withoutContent(carriedOn(running, to.party()));
    return bench.forward(to, Decision.Matter.FEEDBACK, bench.consent(bare), bare);
  }

  /** Of the team that has the case; the team itself while he cannot be reached. */
  private Bench.Place coordinator(Facts.CaseFacts running) {
    Optional<Team> team = teamOf(running.handler());
    Optional<Destination> to =
        team.map(Team::coordinator)
            .flatMap(bench.directory()::worker)
            .filter(Worker::isReachable)
            .filter(worker -> worker.presenceOn(today()) == Worker.Presence.PRESENT)
            .map(worker -> to(worker, Destination.Role.COORDINATOR))
            .or(() -> team.map(this::to));
    return to.map(Bench.Place::at).orElseGet(() -> rules.otherSide(running));
  }

  private Decision handOn(Letter.Feedback letter, Facts.CaseFacts running) {
    Optional<Destination> target =
        ContactPersons.named(bench.directory(), letter.contactPerson(), today())
            .filter(Worker::isReachable)
            .map(worker -> to(worker, Destination.Role.WORKER))
            .or(
                () ->
                    letter
                        .contactPerson()
                        .map(Confidential::reveal)
                        .flatMap(bench.directory()::teamNamed)
                        .map(this::to));
    if (target.isEmpty() || target.get().party().equals(running.handler())) {
      bench.found("CONTACT_UNKNOWN");
      return bench.giveBack(Decision.Return.Why.CONTACT_UNKNOWN, List.of());
    }
    Scenario scenario = carriedOn(running, target.get().party());
    ConsentDecision consent = bench.consent(scenario);
    return consent.outcome() == ConsentDecision.Outcome.PERMIT
        ? bench.forward(target.get(), Decision.Matter.HANDING_ON, consent, scenario)
        : bench.holdForConsent(consent);
  }

  /**
   * The referral as it was, to somebody else: the referrer stays the holder, and the statement it
   * rested on counts for the team it was made for and for nobody else.
   */
  private Scenario carriedOn(Facts.CaseFacts running, Party to) {
    List<Purpose> purposes =
        running.purposes().isEmpty()
            ? List.of(CaseRules.SUPPORT)
            : running.purposes().stream().map(Purpose::new).toList();
    List<Category> told =
        running.asked().isEmpty()
            ? List.of(new Category("contact"), new Category("social"))
            : running.asked().stream().map(Category::new).toList();
    Scenario usual = rules.scenario(running, Flow.FORWARD, purposes, told, to);
    List<ConsentRecord> records = new ArrayList<>(usual.consents());
    if (running.stated()) {
      records.add(statement(running, usual, purposes, told));
    }
    return usual.heldBy(running.opener()).restingOn(records);
  }

  private ConsentRecord statement(
      Facts.CaseFacts running, Scenario usual, List<Purpose> purposes, List<Category> told) {
    return new ConsentRecord(
        Statements.ID,
        ConsentRecord.Type.CONSENT,
        usual.client().map(Scenario.Client::id).orElse(""),
        Set.of("client", Statements.GUARDIAN),
        Set.of(running.opener()),
        Set.of(CaseRules.practiceOf(running.handler())),
        Set.copyOf(purposes),
        Set.copyOf(told),
        usual.evaluatedAt(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        ConsentRecord.State.ACTIVE,
        Optional.empty(),
        ConsentRecord.Evidence.ASSERTED_BY_SENDER,
        Optional.empty());
  }

  private static Scenario withoutContent(Scenario s) {
    return s.around(
        new Scenario.Context(
            false,
            s.context().clientIdentified(),
            s.context().storeAnswers(),
            true,
            s.context().referral()));
  }

  private Optional<Team> teamOf(Party handler) {
    return bench.directory().teams().stream().filter(t -> t.party().covers(handler)).findFirst();
  }

  private Destination to(Worker worker, Destination.Role role) {
    Delivery delivery = worker.delivery().orElseThrow();
    String team = bench.directory().team(worker.team()).map(Team::name).orElse("");
    return new Destination(
        delivery.address(),
        delivery.sealing(),
        worker.party(),
        role,
        team,
        Optional.of(worker.team()),
        Optional.of(worker.id()));
  }

  private Destination to(Team team) {
    return new Destination(
        team.delivery().address(),
        team.delivery().sealing(),
        team.party(),
        Destination.Role.TEAM,
        team.name(),
        Optional.of(team.id()),
        Optional.empty());
  }

  private LocalDate today() {
    return bench.facts().now().atZone(Moment.AMSTERDAM).toLocalDate();
  }
}
