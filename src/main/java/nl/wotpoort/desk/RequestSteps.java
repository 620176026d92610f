package nl.wotpoort.desk;

import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.Party;
import nl.wotpoort.rules.consent.ConsentDecision;
import nl.wotpoort.rules.judge.Answering;
import nl.wotpoort.rules.judge.Decision;
import nl.wotpoort.rules.judge.Facts;
import nl.wotpoort.rules.judge.QuestionOutcome;
import nl.wotpoort.rules.request.RequestState;
import nl.wotpoort.settings.Settings;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.RequestUpdate;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/**
 * What a decision means for the life of a request: a step for the letter that asks, and one for the
 * letter that answers. Written in the posting of that letter, so a request and its letter cannot
 * disagree.
 */
final class RequestSteps {

  /** The causes whose asker reads that it goes on once it may: none may wait for ever. */
  private static final Set<Decision.Hold.Cause> LAPSING =
      EnumSet.of(
          Decision.Hold.Cause.AWAITING_CONSENT,
          Decision.Hold.Cause.CLIENT_AMBIGUOUS,
          Decision.Hold.Cause.REGISTER_AWAY);

  private final Duration lapse;
  private final Settings.Office office;
  private final Language language;

  RequestSteps(Identity identity) {
    this.lapse = identity.requests().lapse();
    this.office = identity.office();
    this.language = identity.language();
  }

  private static Optional<Letter.InformationRequest> asked(Docket docket) {
    return Optional.of(docket.judged().reading().letter())
        .filter(Letter.InformationRequest.class::isInstance)
        .map(Letter.InformationRequest.class::cast);
  }

  /** A forward: the request is permitted, or this is the answer to one. */
  Consequences forwarded(Consequences so, Docket docket, Decision.Forward decision) {
    if (decision.matter() == Decision.Matter.ANSWER) {
      return answered(so, docket);
    }
    return asked(docket)
        .map(
            letter ->
                so.asking(
                    step(docket, RequestState.PERMITTED)
                        .restingOn(Set.copyOf(decision.basis().consent().records()))
                        .knowing(text(docket, letter, decision).write())))
        .orElse(so);
  }

  /** Earlier answers to the same request that their sender did not confirm are done with. */
  private static Consequences answered(Consequences so, Docket docket) {
    Facts facts = docket.judged().facts();
    Optional<MessageRef> request =
        Answering.of(facts).asked().map(Facts.AskedBefore::id).flatMap(MessageRef::parse);
    if (request.isEmpty()) {
      return so;
    }
    Consequences all =
        so.asking(RequestUpdate.answered(request.get(), docket.claimed().ref(), docket.now()));
    Actor sender = Actor.of(docket.sender().toString(), "sender");
    for (MessageRef held : unconfirmed(facts)) {
      if (!held.equals(docket.claimed().ref())) {
        all =
            all.doing(
                new Consequences.HeldDeed(held, Consequences.HeldDeed.Kind.SUPERSEDE, sender));
      }
    }
    return all;
  }

  static List<MessageRef> unconfirmed(Facts facts) {
    return facts.running().stream()
        .flatMap(running -> running.unconfirmed().stream())
        .flatMap(id -> MessageRef.parse(id).stream())
        .toList();
  }

  Consequences refused(Consequences so, Docket docket) {
    return asked(docket).isEmpty() ? so : so.asking(step(docket, RequestState.REFUSED));
  }

  /** Held. What waits for consent lapses, counted from when the request came in. */
  Consequences held(Consequences so, Docket docket, Decision.Hold decision) {
    Optional<Letter.InformationRequest> letter = asked(docket);
    if (letter.isEmpty()) {
      return so;
    }
    RequestUpdate step =
        step(docket, RequestState.HELD).knowing(text(docket, letter.get(), decision).write());
    boolean lapses = LAPSING.contains(decision.cause());
    return so.asking(lapses ? step.lapsing(docket.claimed().receivedAt().plus(lapse)) : step);
  }

  private static RequestUpdate step(Docket docket, RequestState state) {
    return RequestUpdate.of(docket.claimed().ref(), state, docket.now()).inCase(docket.number());
  }

  private RequestText text(
      Docket docket, Letter.InformationRequest letter, Decision.Forward decision) {
    List<QuestionOutcome> outcomes = QuestionOutcome.of(letter, decision.basis().consent());
    Map<Integer, List<Category>> questions = new LinkedHashMap<>();
    outcomes.stream()
        .filter(one -> one.refused().isEmpty() && goes(one.number(), decision))
        .forEach(one -> questions.put(one.number(), one.categories()));
    Map<Integer, String> codes = new LinkedHashMap<>();
    outcomes.forEach(
        one ->
            codes.put(
                one.number(),
                goes(one.number(), decision) ? RequestText.code(one) : RequestText.NOT_COVERED));
    return text(
            docket,
            letter,
            Optional.of(decision.to().party()),
            questions,
            codes,
            decision
                .basis()
                .scenario()
                .map(scenario -> ScenarioText.write(scenario, docket.judged().client())))
        .telling(Told.forwarded(decision, docket.now(), office, language));
  }

  private static boolean goes(int number, Decision.Forward decision) {
    return decision.basis().questions().isEmpty() || decision.basis().questions().contains(number);
  }

  private static RequestText text(
      Docket docket, Letter.InformationRequest letter, Decision.Hold decision) {
    Map<Integer, String> codes = new LinkedHashMap<>();
    decision
        .consent()
        .map(consent -> QuestionOutcome.of(letter, consent))
        .orElse(List.of())
        .forEach(one -> codes.put(one.number(), RequestText.code(one)));
    return text(docket, letter, Optional.empty(), Map.of(), codes, Optional.empty());
  }

  private static RequestText text(
      Docket docket,
      Letter.InformationRequest letter,
      Optional<Party> holder,
      Map<Integer, List<Category>> questions,
      Map<Integer, String> outcomes,
      Optional<String> scenario) {
    return new RequestText(
        docket.judged().facts().sender().orElseGet(() -> new Party("stranger")),
        docket.sender(),
        holder,
        letter.purposes(),
        questions,
        outcomes,
        scenario,
        Optional.empty(),
        List.of());
  }

  /** The full outcome of every question, for the journal; empty when this is no request. */
  static Optional<String> inFull(Docket docket, Optional<ConsentDecision> consent) {
    return asked(docket)
        .flatMap(letter -> consent.map(c -> RequestText.line(QuestionOutcome.of(letter, c))));
  }

  /**
   * Every question of a request with what became of it, as its asker may read it: gone on or not,
   * never why (rule 12).
   *
   * @param decision what was decided; a hold or a return: no question went on
   */
  List<String> told(Docket docket, Decision decision) {
    if (decision instanceof Decision.Hold hold
        && hold.cause() == Decision.Hold.Cause.CONFIRM_ANSWER) {
      return decision.because().stream()
          .filter(finding -> finding.code().startsWith("EXCEEDS_"))
          .map(finding -> "- " + finding.say(language))
          .toList();
    }
    Optional<Decision.Forward> forward =
        Optional.of(decision)
            .filter(Decision.Forward.class::isInstance)
            .map(Decision.Forward.class::cast);
    return asked(docket)
        .map(letter -> told(letter, number -> forward.filter(f -> goes(number, f)).isPresent()))
        .orElse(List.of());
  }

  /** The same of what was decided before, as it was written down then. */
  List<String> told(Letter.InformationRequest letter, RequestText decided) {
    return told(letter, number -> RequestText.PERMITTED.equals(decided.outcomes().get(number)));
  }

  /** Of a request of which nothing went on. */
  List<String> toldWaiting(Letter.InformationRequest letter) {
    return told(letter, number -> false);
  }

  private List<String> told(Letter.InformationRequest letter, IntPredicate wentOn) {
    Texts texts = Texts.of("desk", language);
    return letter.questions().stream()
        .map(
            question ->
                texts.say(
                    wentOn.test(question.number()) ? "question.forwarded" : "question.waiting",
                    question.number()))
        .toList();
  }
}
