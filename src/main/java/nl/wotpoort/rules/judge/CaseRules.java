package nl.wotpoort.rules.judge;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import nl.wotpoort.directory.Sealing;
import nl.wotpoort.directory.Team;
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

  static final Category STATUS = new Category("support.status");
  static final Purpose FEEDBACK = new Purpose("feedback");
  static final Purpose SUPPORT = new Purpose("support");

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
            isHandler(running)
                ? release(
                    running,
                    Flow.FEEDBACK,
                    Decision.Matter.FEEDBACK,
                    List.of(FEEDBACK),
                    List.of(STATUS))
                : notTheHandler(running));
  }

  /**
   * From the team to the one who asked, or from the referrer to the team that asked in the case.
   */
  Decision answer(Letter.InformationReply letter) {
    return within(
        running -> toRequest(running, letter.answers()).orElseGet(() -> unasked(running, letter)));
  }

  /**
   * An answer to a request on record: only what was asked goes back, unless the sender says that
   * the rest may go as well; then consent must reach that too. Empty: there is no such request.
   */
  private Optional<Decision> toRequest(
      Facts.CaseFacts running, List<Letter.InformationReply.Reply> replies) {
    Answering answering = Answering.of(facts);
    if (answering.ambiguous()) {
      bench.found("WHICH_REQUEST", running.number());
      return Optional.of(bench.hold(Decision.Hold.Cause.NOT_IN_CASE, "WHICH_REQUEST"));
    }
    return answering.asked().map(request -> answer(running, request, replies));
  }

  private Decision answer(
      Facts.CaseFacts running,
      Facts.AskedBefore request,
      List<Letter.InformationReply.Reply> replies) {
    bench.found("ANSWERS_REQUEST", request.questions().size());
    List<Answering.Excess> excess = Answering.excess(request, replies, facts);
    if (!excess.isEmpty() && !facts.senderConfirmed()) {
      excess.forEach(one -> bench.found(one.code(), one.arguments().toArray()));
      String codes =
          excess.stream()
              .map(Answering.Excess::code)
              .distinct()
              .sorted()
              .collect(Collectors.joining(" "));
      return bench.hold(Decision.Hold.Cause.CONFIRM_ANSWER, codes);
    }
    return release(
        running,
        Flow.ANSWER,
        Decision.Matter.ANSWER,
        request.purposes(),
        Answering.told(request, replies));
  }

  private Decision unasked(Facts.CaseFacts running, Letter.InformationReply letter) {
    Set<Category> told = new LinkedHashSet<>();
    if (isHandler(running) && running.matter() == Decision.Matter.INFORMATION_REQUEST) {
      running.asked().stream().map(Category::new).forEach(told::add);
    }
    letter
        .answers()
        .forEach(
            reply ->
                told.addAll(
                    reply
                        .category()
                        .map(List::of)
                        .orElse(told.isEmpty() ? unspecified() : List.of())));
    List<Purpose> purposes = running.purposes().stream().map(Purpose::new).toList();
    return release(running, Flow.ANSWER, Decision.Matter.ANSWER, purposes, List.copyOf(told));
  }

  /**
   * "Bevestigen: ja" to the case: the letters of this sender that wait for it go on; "nee" leaves
   * them held.
   */
  Decision confirmation() {
    return within(
        running -> {
          if (running.unconfirmed().isEmpty()) {
            bench.found("NOTHING_TO_CONFIRM");
            return bench.hold(Decision.Hold.Cause.NOT_IN_CASE, "NOTHING_TO_CONFIRM");
          }
          bench.found("CONFIRMED");
          return new Decision.Own(Decision.Own.Errand.CONFIRMATION, bench.findings());
        });
  }

  private List<Category> unspecified() {
    return RequestRules.unspecified(sender());
  }

  /**
   * Free text: from the team to the referrer it is more than a status, from the referrer it belongs
   * to the referral.
   */
  Decision message() {
    return within(
        running ->
            isReplyToRequest(running)
                ? toRequest(running, List.of()).orElseGet(() -> message(running))
                : message(running));
  }

  /** In words of his own, but to what he was asked. */
  private boolean isReplyToRequest(Facts.CaseFacts running) {
    return Answering.of(facts).asked().map(Facts.AskedBefore::repliedTo).orElse(false)
        || (running.matter() == Decision.Matter.INFORMATION_REQUEST && isHandler(running));
  }

  private Decision message(Facts.CaseFacts running) {
    return sender().kind().equals("gp")
        ? release(
            running,
            Flow.FORWARD,
            Decision.Matter.MESSAGE,
            List.of(SUPPORT),
            List.of(
                new Category("contact"), new Category("social"), new Category("medical.summary")))
        : release(
            running,
            Flow.FEEDBACK,
            Decision.Matter.MESSAGE,
            List.of(FEEDBACK),
            List.of(STATUS, new Category("support.plan")));
  }

  /** Where a letter within the case goes: to the side that did not write it. */
  Bench.Place otherSide() {
    Optional<Decision> stranger = stranger();
    return stranger.isPresent()
        ? Bench.Place.nowhere(stranger.get())
        : otherSide(facts.running().orElseThrow());
  }

  /** In a case that runs, by the team or worker who has it: asking back reaches who can answer. */
  boolean isFromHandlersSide() {
    return facts
        .running()
        .filter(running -> isHandler(running) && !sender().kind().equals("gp"))
        .isPresent();
  }

  Decision within(Function<Facts.CaseFacts, Decision> next) {
    return stranger().or(bench::unclear).orElseGet(() -> next.apply(facts.running().orElseThrow()));
  }

  /** Held: there is no case, or the sender is no side of it. Empty: go on. */
  private Optional<Decision> stranger() {
    if (facts.running().isEmpty()) {
      bench.found("NO_CASE");
      return Optional.of(bench.hold(Decision.Hold.Cause.NOT_IN_CASE, "NO_CASE"));
    }
    Facts.CaseFacts running = facts.running().get();
    if (!isOpener(running) && !isHandler(running)) {
      bench.found("NOT_A_SIDE", running.number());
      return Optional.of(bench.hold(Decision.Hold.Cause.NOT_IN_CASE, "NOT_A_SIDE"));
    }
    bench.found("IN_CASE", running.number());
    return Optional.empty();
  }

  Decision notTheHandler(Facts.CaseFacts running) {
    bench.found("NOT_A_SIDE", running.number());
    return bench.hold(Decision.Hold.Cause.NOT_IN_CASE, "NOT_THE_HANDLER");
  }

  Bench.Place otherSide(Facts.CaseFacts running) {
    boolean toHandler = isOpener(running);
    Party to = toHandler ? running.handler() : running.opener();
    Optional<Address> address =
        toHandler ? running.handlerAddress() : Optional.of(running.openerAddress());
    Optional<Destination> destination =
        address.flatMap(
            a -> bench.directory().sealingFor(a).map(sealing -> destination(a, sealing, to)));
    if (destination.isEmpty()) {
      bench.found("NO_DELIVERY");
      return Bench.Place.nowhere(bench.hold(Decision.Hold.Cause.NOT_ROUTABLE, "NO_DELIVERY"));
    }
    return Bench.Place.at(destination.get());
  }

  private Destination destination(Address address, Sealing sealing, Party to) {
    Optional<Team> team =
        bench.directory().teams().stream().filter(t -> t.party().covers(to)).findFirst();
    Destination.Role role =
        to.kind().equals("gp")
            ? Destination.Role.PARTNER
            : team.isPresent() ? Destination.Role.TEAM : Destination.Role.DESK;
    String shownAs = team.map(Team::name).orElse(address.toString());
    return new Destination(address, sealing, to, role, shownAs, Optional.empty(), Optional.empty());
  }

  Decision release(
      Facts.CaseFacts running,
      Flow flow,
      Decision.Matter matter,
      List<Purpose> purposes,
      List<Category> told) {
    Bench.Place place = otherSide(running);
    return place
        .otherwise()
        .orElseGet(
            () -> {
              Destination to = place.destination().orElseThrow();
              Scenario scenario = scenario(running, flow, purposes, told, to.party());
              ConsentDecision consent = bench.consent(scenario);
              return consent.outcome() == ConsentDecision.Outcome.PERMIT
                  ? bench.forward(to, matter, consent, scenario)
                  : bench.holdForConsent(consent);
            });
  }

  Scenario scenario(
      Facts.CaseFacts running, Flow flow, List<Purpose> purposes, List<Category> told, Party to) {
    Party sender = sender();
    boolean referral =
        running.matter() == Decision.Matter.REFERRAL
            || running.matter() == Decision.Matter.CONSULTATION;
    return new Scenario(
        "",
        flow,
        "send",
        Optional.of(
            new Scenario.Client(
                facts.clientKey().or(running::clientKey).orElse(""),
                running.born(),
                facts.register().capable(),
                guardians(running),
                facts.register().representatives(),
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

  private static Set<String> guardians(Facts.CaseFacts running) {
    Set<String> guardians = new LinkedHashSet<>(running.guardians());
    guardians.add(Statements.GUARDIAN);
    return guardians;
  }

  Party sender() {
    return facts.sender().orElseThrow(() -> new AssertionError("a stranger was held before"));
  }

  boolean isOpener(Facts.CaseFacts running) {
    return facts
        .sender()
        .filter(
            sender ->
                sender.equals(running.opener()) || practiceOf(running.opener()).covers(sender))
        .isPresent();
  }

  /** The one who has the case, somebody of the same team, or the team itself. */
  boolean isHandler(Facts.CaseFacts running) {
    return facts
        .sender()
        .filter(
            sender ->
                sender.equals(running.handler()) || practiceOf(running.handler()).covers(sender))
        .isPresent();
  }

  /** The group a person belongs to: {@code gp:A} of {@code gp:A/d1}. */
  static Party practiceOf(Party party) {
    int slash = party.path().indexOf('/');
    return slash < 0 ? party : new Party(party.path().substring(0, slash));
  }
}
