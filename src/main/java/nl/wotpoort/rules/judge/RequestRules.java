package nl.wotpoort.rules.judge;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Question;
import nl.wotpoort.rules.consent.ConsentDecision;
import nl.wotpoort.rules.consent.Flow;
import nl.wotpoort.rules.consent.Scenario;
import nl.wotpoort.rules.request.PartlyCovered;
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

  private final PartlyCovered partly;

  RequestRules(Bench bench, PartlyCovered partly) {
    this.bench = bench;
    this.partly = partly;
    this.facts = bench.facts();
  }

  Decision judge(Letter.InformationRequest letter) {
    List<Lack> lacking = lacking(letter);
    if (!lacking.isEmpty()) {
      return bench.giveBack(Decision.Return.Why.INCOMPLETE, lacking);
    }
    bench.found("COMPLETE_REQUEST", letter.questions().size());
    return bench.unclear().orElseGet(() -> placed(letter));
  }

  private Decision placed(Letter.InformationRequest letter) {
    CaseRules rules = new CaseRules(bench);
    Bench.Place place =
        isToTheCase()
            ? rules.otherSide()
            : OutboundRules.isOne(bench) ? new OutboundRules(bench, rules).place() : routed(letter);
    return place.otherwise().orElseGet(() -> release(letter, place.destination().orElseThrow()));
  }

  /**
   * A team asks the referrer by writing to the address of the case, or to the desk for letters to
   * practices under the number of a case with that practice: the case says who is asked.
   */
  private boolean isToTheCase() {
    return facts.running().isPresent()
        && (bench.directory().mailbox(facts.mailbox()).isEmpty() || OutboundRules.isOne(bench));
  }

  private Bench.Place routed(Letter.InformationRequest letter) {
    return bench.place(
        bench.route(
            RoutingFacts.to(facts.mailbox())
                .withPostcode(letter.client().postcode())
                .withBirthDate(letter.client().birthDate())));
  }

  private Decision release(Letter.InformationRequest letter, Destination holder) {
    Scenario scenario = scenario(letter, holder.party());
    ConsentDecision consent = bench.consent(scenario);
    if (consent.outcome() == ConsentDecision.Outcome.PARTIAL
        && partly == PartlyCovered.FORWARD_PERMITTED) {
      List<Question> covered = covered(letter, holder.party(), consent);
      if (!covered.isEmpty()) {
        return partOf(letter, covered, holder);
      }
    }
    if (consent.outcome() != ConsentDecision.Outcome.PERMIT) {
      return refused(scenario, consent);
    }
    return bench
        .secondPerson(consent)
        .orElseGet(
            () -> bench.forward(holder, Decision.Matter.INFORMATION_REQUEST, consent, scenario));
  }

  /** The questions all of whose categories are permitted. */
  private static List<Question> covered(
      Letter.InformationRequest letter, Party holder, ConsentDecision consent) {
    return letter.questions().stream()
        .filter(question -> consent.permitted().containsAll(categories(List.of(question), holder)))
        .toList();
  }

  /** Judged as if only these had been asked: what leaves rests on that. */
  private Decision partOf(
      Letter.InformationRequest letter, List<Question> covered, Destination holder) {
    Letter.InformationRequest part =
        new Letter.InformationRequest(
            letter.client(),
            letter.purposes(),
            letter.purposeText(),
            covered,
            letter.consent(),
            letter.legalGround(),
            letter.caseNumber());
    Scenario scenario = scenario(part, holder.party());
    ConsentDecision consent = bench.consentUnnoted(scenario);
    if (consent.outcome() != ConsentDecision.Outcome.PERMIT) {
      return refused(scenario, consent);
    }
    bench.found("PARTLY_COVERED", covered.size(), letter.questions().size());
    Set<Integer> numbers =
        covered.stream().map(Question::number).collect(Collectors.toUnmodifiableSet());
    return bench
        .secondPerson(consent)
        .orElseGet(
            () ->
                bench.forward(
                    holder, Decision.Matter.INFORMATION_REQUEST, consent, scenario, numbers));
  }

  /**
   * What the request itself shows is given back, whoever it is about (rule 12); all else waits, and
   * the asker does not learn for what.
   */
  private Decision refused(Scenario scenario, ConsentDecision consent) {
    return switch (bench.told(consent, scenario)) {
      case UNKNOWN_PURPOSE -> bench.giveBack(Decision.Return.Why.UNKNOWN_PURPOSE, List.of());
      case INCOMPLETE_PURPOSE ->
          bench.giveBack(Decision.Return.Why.INCOMPLETE, List.of(Lack.PURPOSE));
      case INCOMPLETE_QUESTIONS ->
          bench.giveBack(Decision.Return.Why.INCOMPLETE, List.of(Lack.QUESTIONS));
      case GROUND_NOT_APPLICABLE, GROUND_UNSUPPORTED ->
          bench.giveBack(Decision.Return.Why.GROUND_FAILS, List.of());
      default -> bench.holdForConsent(consent);
    };
  }

  private List<Lack> lacking(Letter.InformationRequest letter) {
    List<Lack> lacking = new ArrayList<>();
    if (!letter.client().isIdentified()) {
      lacking.add(Lack.CLIENT);
    }
    if (letter.purposes().isEmpty() && letter.purposeText().isEmpty()) {
      lacking.add(Lack.PURPOSE);
    }
    if (letter.questions().isEmpty()
        || facts.discounted().stream().anyMatch(Discounted::spoilsQuestions)) {
      // the whole text travels: one question for "the whole file" may not ride along with a good
      // one
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
        Optional.of(People.client(letter.client(), key, facts.register())),
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

  /** What these questions ask of that holder, in the policy's codes. */
  private static List<Category> categories(List<Question> questions, Party holder) {
    Set<Category> asked = new LinkedHashSet<>();
    for (Question question : questions) {
      asked.addAll(question.category().map(List::of).orElse(unspecified(holder)));
    }
    return List.copyOf(asked);
  }

  /** What a question without a category was judged as. */
  static List<Category> unspecified(ConsentDecision judged) {
    boolean ofWot =
        OF_A_WOT.stream()
            .allMatch(one -> judged.permitted().contains(one) || judged.refused().containsKey(one));
    return ofWot ? OF_A_WOT : OF_A_GP;
  }

  /** What a question or answer that names no category is about. */
  static List<Category> unspecified(Party holder) {
    return holder.kind().equals("gp") ? OF_A_GP : OF_A_WOT;
  }
}
