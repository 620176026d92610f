package nl.wotpoort.rules.judge;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Question;
import nl.wotpoort.rules.consent.ConsentDecision;
import nl.wotpoort.rules.consent.Flow;
import nl.wotpoort.rules.consent.Reason;
import nl.wotpoort.rules.consent.Scenario;
import nl.wotpoort.rules.routing.RoutingFacts;

/**
 * Information requests (agreement S1–S3): purpose, targeted questions, and a recorded consent that
 * covers every category asked, for the one who would answer as holder. What the request itself says
 * about consent counts for nothing.
 */
final class RequestRules {

  /** What a question without a category asks of a WOT; told to the asker. */
  private static final List<Category> OF_A_WOT =
      List.of(new Category("social"), new Category("support"));

  /** What a question without a category asks of a GP. */
  private static final List<Category> OF_A_GP = List.of(new Category("medical.summary"));

  private final Bench bench;
  private final Facts facts;

  RequestRules(Bench bench) {
    this.bench = bench;
    this.facts = bench.facts();
  }

  Decision judge(Letter.InformationRequest letter) {
    List<Lack> lacking = lacking(letter);
    if (!lacking.isEmpty()) {
      return bench.giveBack(Decision.Return.Why.INCOMPLETE, lacking);
    }
    bench.found("COMPLETE_REQUEST", letter.questions().size());
    RoutingFacts wanted =
        RoutingFacts.to(facts.mailbox())
            .withPostcode(letter.client().postcode())
            .withBirthDate(letter.client().birthDate());
    Bench.Place place = bench.place(bench.route(wanted));
    return place.otherwise().orElseGet(() -> release(letter, place.destination().orElseThrow()));
  }

  private Decision release(Letter.InformationRequest letter, Destination holder) {
    Scenario scenario = scenario(letter, holder.party());
    ConsentDecision consent = bench.consent(scenario);
    if (consent.outcome() != ConsentDecision.Outcome.PERMIT) {
      return refused(consent);
    }
    if (consent.reason() == Reason.LEGAL_GROUND && !facts.secondPersonAgreed()) {
      bench.found("SECOND_PERSON");
      return new Decision.Hold(
          Decision.Hold.Cause.SECOND_PERSON,
          consent.reason().name(),
          Optional.of(consent),
          bench.findings());
    }
    return bench.forward(holder, Decision.Matter.INFORMATION_REQUEST, consent, scenario);
  }

  /**
   * What the asker can mend is given back; the rest waits, and the asker does not learn for what.
   */
  private Decision refused(ConsentDecision consent) {
    return switch (consent.reason()) {
      case INDETERMINATE -> bench.hold(Decision.Hold.Cause.REGISTER_AWAY, consent.reason().name());
      case CLIENT_NOT_IDENTIFIED ->
          bench.hold(Decision.Hold.Cause.CLIENT_AMBIGUOUS, consent.reason().name());
      case UNKNOWN_PURPOSE -> bench.giveBack(Decision.Return.Why.UNKNOWN_PURPOSE, List.of());
      case INCOMPLETE_PURPOSE ->
          bench.giveBack(Decision.Return.Why.INCOMPLETE, List.of(Lack.PURPOSE));
      case INCOMPLETE_QUESTIONS ->
          bench.giveBack(Decision.Return.Why.INCOMPLETE, List.of(Lack.QUESTIONS));
      case GROUND_NOT_APPLICABLE, GROUND_UNSUPPORTED ->
          bench.giveBack(Decision.Return.Why.GROUND_FAILS, List.of());
      default ->
          new Decision.Hold(
              Decision.Hold.Cause.AWAITING_CONSENT,
              consent.reason().name(),
              Optional.of(consent),
              bench.findings());
    };
  }

  private static List<Lack> lacking(Letter.InformationRequest letter) {
    List<Lack> lacking = new ArrayList<>();
    if (!letter.client().isIdentified()) {
      lacking.add(Lack.CLIENT);
    }
    if (letter.purposes().isEmpty() && letter.purposeText().isEmpty()) {
      lacking.add(Lack.PURPOSE);
    }
    if (letter.questions().isEmpty()) {
      lacking.add(Lack.QUESTIONS);
    }
    return lacking;
  }

  private Scenario scenario(Letter.InformationRequest letter, Party holder) {
    Party asker =
        facts.sender().orElseThrow(() -> new AssertionError("a stranger was held before"));
    String key = facts.clientKey().orElse("");
    return new Scenario(
        "",
        Flow.INFO_REQUEST,
        "request",
        Optional.of(People.client(letter.client(), key)),
        Optional.of(asker),
        Optional.of(holder),
        Optional.of(asker),
        letter.purposes(),
        categories(letter.questions(), holder),
        letter.questions().size(),
        Optional.of(facts.now()),
        facts.now(),
        facts.register().records(),
        Statements.grounds(letter.legalGround(), asker),
        new Scenario.Context(
            true,
            facts.register().oneClient(),
            facts.register().answers(),
            true,
            Optional.empty()));
  }

  private static List<Category> categories(List<Question> questions, Party holder) {
    Set<Category> asked = new LinkedHashSet<>();
    for (Question question : questions) {
      asked.addAll(
          question
              .category()
              .map(List::of)
              .orElse(holder.kind().equals("gp") ? OF_A_GP : OF_A_WOT));
    }
    return List.copyOf(asked);
  }
}
