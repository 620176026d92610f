package nl.wotpoort.rules.judge;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import nl.wotpoort.directory.Sealing;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.ConsentDecision;
import nl.wotpoort.rules.consent.Flow;
import nl.wotpoort.rules.consent.Scenario;

/**
 * Letters within a case: the team's feedback to the referrer (agreement F1, F2), the answer to an
 * information request, and messages to and fro. Only the two sides of the case take part, and
 * consent is judged for the direction the letter goes.
 */
final class CaseRules {

  private static final Category STATUS = new Category("support.status");

  private final Bench bench;
  private final Facts facts;

  CaseRules(Bench bench) {
    this.bench = bench;
    this.facts = bench.facts();
  }

  /** Accepted or not and by whom is implied by the referral; nothing more. */
  Decision feedback() {
    return within(
        running ->
            towardsOpener(
                running,
                Flow.FEEDBACK,
                Decision.Matter.FEEDBACK,
                List.of(new Purpose("feedback")),
                List.of(STATUS)));
  }

  Decision answer(Letter.InformationReply letter) {
    return within(
        running -> {
          Set<Category> told =
              new LinkedHashSet<>(running.asked().stream().map(Category::new).toList());
          letter.answers().forEach(reply -> reply.category().ifPresent(told::add));
          List<Purpose> purposes = running.purposes().stream().map(Purpose::new).toList();
          return towardsOpener(
              running, Flow.ANSWER, Decision.Matter.ANSWER, purposes, List.copyOf(told));
        });
  }

  /**
   * Free text: from the team to the referrer it is more than a status, from the referrer it belongs
   * to the referral.
   */
  Decision message() {
    return within(
        running ->
            isOpener(running)
                ? towardsHandler(running)
                : towardsOpener(
                    running,
                    Flow.FEEDBACK,
                    Decision.Matter.MESSAGE,
                    List.of(new Purpose("feedback")),
                    List.of(STATUS, new Category("support.plan"))));
  }

  private Decision within(Function<Facts.CaseFacts, Decision> next) {
    if (facts.running().isEmpty()) {
      bench.found("NO_CASE");
      return bench.hold(Decision.Hold.Cause.NOT_IN_CASE, "NO_CASE");
    }
    Facts.CaseFacts running = facts.running().get();
    if (!isOpener(running) && !isHandler(running)) {
      bench.found("NOT_A_SIDE", running.number());
      return bench.hold(Decision.Hold.Cause.NOT_IN_CASE, "NOT_A_SIDE");
    }
    bench.found("IN_CASE", running.number());
    return next.apply(running);
  }

  private Decision towardsOpener(
      Facts.CaseFacts running,
      Flow flow,
      Decision.Matter matter,
      List<Purpose> purposes,
      List<Category> told) {
    if (!isHandler(running)) {
      bench.found("NOT_A_SIDE", running.number());
      return bench.hold(Decision.Hold.Cause.NOT_IN_CASE, "NOT_THE_HANDLER");
    }
    return release(
        running, flow, matter, purposes, told, running.opener(), running.openerAddress());
  }

  private Decision towardsHandler(Facts.CaseFacts running) {
    if (running.handlerAddress().isEmpty()) {
      bench.found("NO_DELIVERY");
      return bench.hold(Decision.Hold.Cause.NOT_ROUTABLE, "NO_DELIVERY");
    }
    List<Category> told =
        List.of(new Category("contact"), new Category("social"), new Category("medical.summary"));
    return release(
        running,
        Flow.FORWARD,
        Decision.Matter.MESSAGE,
        List.of(new Purpose("support")),
        told,
        running.handler(),
        running.handlerAddress().get());
  }

  private Decision release(
      Facts.CaseFacts running,
      Flow flow,
      Decision.Matter matter,
      List<Purpose> purposes,
      List<Category> told,
      Party to,
      Address address) {
    Optional<Sealing> sealing = bench.directory().sealingFor(address);
    if (sealing.isEmpty()) {
      bench.found("NO_DELIVERY");
      return bench.hold(Decision.Hold.Cause.NOT_ROUTABLE, "NO_DELIVERY");
    }
    Scenario scenario = scenario(running, flow, purposes, told, to);
    ConsentDecision consent = bench.consent(scenario);
    if (consent.outcome() != ConsentDecision.Outcome.PERMIT) {
      return new Decision.Hold(
          Decision.Hold.Cause.AWAITING_CONSENT,
          consent.reason().name(),
          Optional.of(consent),
          bench.findings());
    }
    Destination destination =
        new Destination(
            address,
            sealing.get(),
            to,
            to.kind().equals("gp") ? Destination.Role.PARTNER : Destination.Role.TEAM,
            to.path(),
            Optional.empty(),
            Optional.empty());
    return bench.forward(destination, matter, consent, scenario);
  }

  private Scenario scenario(
      Facts.CaseFacts running, Flow flow, List<Purpose> purposes, List<Category> told, Party to) {
    Party sender =
        facts.sender().orElseThrow(() -> new AssertionError("a stranger was held before"));
    boolean referral =
        running.matter() == Decision.Matter.REFERRAL
            || running.matter() == Decision.Matter.CONSULTATION;
    return new Scenario(
        "",
        flow,
        "send",
        Optional.of(
            new Scenario.Client(
                running.clientKey().orElse(""),
                Optional.empty(),
                true,
                Set.of(),
                List.of(),
                Optional.empty())),
        Optional.of(sender),
        Optional.of(sender),
        Optional.of(to),
        purposes,
        told,
        0,
        Optional.of(facts.now()),
        facts.now(),
        facts.register().records(),
        List.of(),
        new Scenario.Context(
            true,
            facts.register().oneClient(),
            facts.register().answers(),
            true,
            referral
                ? Optional.of(
                    new Scenario.Referral(
                        Optional.of(running.opener()),
                        Optional.of(running.handler()),
                        running.consented()))
                : Optional.<Scenario.Referral>empty()));
  }

  private boolean isOpener(Facts.CaseFacts running) {
    return facts
        .sender()
        .filter(
            sender ->
                sender.equals(running.opener()) || practiceOf(running.opener()).covers(sender))
        .isPresent();
  }

  /** The one who has the case, somebody of the same team, or the team itself. */
  private boolean isHandler(Facts.CaseFacts running) {
    return facts
        .sender()
        .filter(
            sender ->
                sender.equals(running.handler()) || practiceOf(running.handler()).covers(sender))
        .isPresent();
  }

  /** The group a person belongs to: {@code gp:A} of {@code gp:A/d1}. */
  private static Party practiceOf(Party party) {
    int slash = party.path().indexOf('/');
    return slash < 0 ? party : new Party(party.path().substring(0, slash));
  }
}
