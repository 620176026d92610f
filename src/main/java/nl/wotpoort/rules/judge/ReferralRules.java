package nl.wotpoort.rules.judge;

import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.directory.Mailbox;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.ConsentStatement;
import nl.wotpoort.letter.LegalGround;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.letter.Situation;
import nl.wotpoort.rules.consent.ConsentDecision;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.rules.consent.Flow;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.rules.consent.Reason;
import nl.wotpoort.rules.consent.Scenario;
import nl.wotpoort.rules.routing.Outcome;
import nl.wotpoort.rules.routing.RoutingFacts;

/**
 * Referrals (agreement R1–R6) and consultations (R4): complete, routed, and covered for whoever
 * ends up with them.
 */
final class ReferralRules {

  private static final Purpose SUPPORT = new Purpose("support");
  private static final Purpose YOUTH_REFERRAL = new Purpose("youthcare.referral");
  private static final Purpose SAFETY = new Purpose("safety");
  private static final Party MEVIS = new Party("mevis");
  private static final Party EVERY_WOT = new Party("wot:*");
  private static final int ADULT = 18;

  private final Bench bench;
  private final Facts facts;

  /**
   * What the policy says of the referral, reader by reader: asked for each candidate of routing, at
   * the release, and for every team when the case is written down. By one thread at a time.
   */
  private final Map<Party, Weighed> byReader = new HashMap<>();

  private record Weighed(Scenario scenario, ConsentDecision consent) {}

  ReferralRules(Bench bench) {
    this.bench = bench;
    this.facts = bench.facts();
  }

  Decision judge(Letter.Referral letter) {
    if (!sender().kind().equals("gp")) {
      bench.found("NOT_A_REFERRER");
      return bench.hold(Decision.Hold.Cause.NOT_A_REFERRER, "NOT_A_REFERRER");
    }
    List<Lack> lacking = lacking(letter);
    if (!lacking.isEmpty()) {
      return bench.giveBack(Decision.Return.Why.INCOMPLETE, lacking);
    }
    bench.found("COMPLETE_REFERRAL");
    return bench.unclear().orElseGet(() -> routed(letter));
  }

  private Decision routed(Letter.Referral letter) {
    Outcome outcome = bench.route(routing(letter));
    Bench.Place place = bench.place(outcome);
    return place.otherwise().orElseGet(() -> release(letter, place.destination().orElseThrow()));
  }

  /**
   * Without a client named nothing about a person leaves; with one, it needs what a referral needs.
   */
  Decision consultation(Letter.Consultation letter) {
    return bench.unclear().orElseGet(() -> routed(letter));
  }

  private Decision routed(Letter.Consultation letter) {
    RoutingFacts wanted =
        RoutingFacts.to(facts.mailbox())
            .withMatter(RoutingFacts.Matter.CONSULTATION)
            .withPostcode(letter.client().postcode())
            .withBirthDate(letter.client().birthDate());
    Bench.Place place = bench.place(bench.route(wanted));
    if (place.otherwise().isPresent()) {
      return place.otherwise().get();
    }
    Destination to = place.destination().orElseThrow();
    boolean anonymous = letter.client().equals(Client.unknown());
    if (!anonymous && !letter.client().isIdentified()) {
      return bench.giveBack(Decision.Return.Why.INCOMPLETE, List.of(Lack.CLIENT));
    }
    boolean youth = isYouth(letter.client()) || to.party().equals(MEVIS);
    Scenario scenario =
        scenario(
            letter.client(),
            to.party(),
            List.of(youth ? YOUTH_REFERRAL : SUPPORT),
            categories(Set.of(), youth),
            List.of(),
            Optional.empty(),
            !anonymous);
    ConsentDecision consent = bench.consent(scenario);
    if (consent.outcome() == ConsentDecision.Outcome.PERMIT) {
      return bench.forward(to, Decision.Matter.CONSULTATION, consent, scenario);
    }
    return refused(scenario, consent);
  }

  private Decision release(Letter.Referral letter, Destination to) {
    Weighed weighed = weighed(letter, to.party());
    bench.note(weighed.consent());
    if (weighed.consent().outcome() != ConsentDecision.Outcome.PERMIT) {
      return refused(weighed.scenario(), weighed.consent());
    }
    return bench
        .secondPerson(weighed.consent())
        .orElseGet(
            () ->
                bench.forward(to, Decision.Matter.REFERRAL, weighed.consent(), weighed.scenario()));
  }

  private Weighed weighed(Letter.Referral letter, Party to) {
    return byReader.computeIfAbsent(
        to,
        party -> {
          Scenario scenario = scenario(letter, party);
          return new Weighed(scenario, bench.consentUnnoted(scenario));
        });
  }

  /**
   * What the sender reads follows from the letter alone (rule 12). If by the letter itself it could
   * go, the register stands in the way, or cannot be asked: held, in the same words as any other
   * hold for consent. Otherwise it is given back with what the letter lacks, whether or not anybody
   * is known here.
   */
  private Decision refused(Scenario scenario, ConsentDecision consent) {
    Scenario alone = withoutRegister(scenario);
    ConsentDecision byLetter = bench.consentUnnoted(alone);
    if (consent.reason() == Reason.INDETERMINATE
        || byLetter.outcome() == ConsentDecision.Outcome.PERMIT) {
      return bench.holdForConsent(consent);
    }
    return switch (bench.told(byLetter, alone)) {
      case UNKNOWN_PURPOSE -> bench.giveBack(Decision.Return.Why.UNKNOWN_PURPOSE, List.of());
      case GROUND_NOT_APPLICABLE, GROUND_UNSUPPORTED ->
          bench.giveBack(Decision.Return.Why.GROUND_FAILS, List.of());
      default -> bench.giveBack(Decision.Return.Why.CONSENT_NOT_STATED, List.of(Lack.CONSENT));
    };
  }

  private static Scenario withoutRegister(Scenario s) {
    Scenario.Context around = s.context();
    return s.restingOn(
            s.consents().stream().filter(record -> record.id().equals(Statements.ID)).toList())
        .around(new Scenario.Context(around.personal(), true, true, true, around.referral()));
  }

  private static List<Lack> lacking(Letter.Referral letter) {
    List<Lack> lacking = new ArrayList<>();
    if (!letter.client().isIdentified()) {
      lacking.add(Lack.CLIENT);
    }
    if (letter.helpRequest().isEmpty()) {
      lacking.add(Lack.HELP_REQUEST);
    }
    if (letter.factors().isEmpty() && letter.situations().isEmpty()) {
      lacking.add(Lack.FACTORS);
    }
    return lacking;
  }

  private RoutingFacts routing(Letter.Referral letter) {
    return new RoutingFacts(
        facts.mailbox(),
        RoutingFacts.Matter.OTHER,
        letter.client().postcode(),
        letter.client().birthDate(),
        letter.expertise(),
        letter.situations(),
        letter.urgency(),
        facts.contactPerson(),
        letter.preferredTeam(),
        RoutingFacts.Supporter.NOT_ASKED,
        facts.load(),
        party -> weighed(letter, party).consent().outcome() == ConsentDecision.Outcome.PERMIT);
  }

  private Scenario scenario(Letter.Referral letter, Party to) {
    boolean youth = isYouth(letter.client()) || to.equals(MEVIS);
    List<Scenario.Ground> grounds = Statements.grounds(letter.legalGround(), sender());
    List<Purpose> purposes =
        List.of(!grounds.isEmpty() ? SAFETY : youth ? YOUTH_REFERRAL : SUPPORT);
    List<Category> categories =
        letter
            .legalGround()
            .map(LegalGround::necessary)
            .filter(n -> !n.isEmpty())
            .orElse(categories(letter.situations(), youth));
    Optional<ConsentRecord> stated =
        Statements.asRecord(
            statement(letter),
            clientKey(),
            sender(),
            reach(letter.client()),
            Set.copyOf(purposes),
            categories,
            facts.now());
    return scenario(letter.client(), to, purposes, categories, grounds, stated, true);
  }

  /** A "yes" whose end, scope or giver could not be read may be wider than what was meant. */
  private ConsentStatement statement(Letter.Referral letter) {
    return facts.discounted().stream().anyMatch(Discounted::spoilsConsent)
        ? ConsentStatement.unknown()
        : letter.consent();
  }

  private Scenario scenario(
      Client client,
      Party to,
      List<Purpose> purposes,
      List<Category> categories,
      List<Scenario.Ground> grounds,
      Optional<ConsentRecord> stated,
      boolean personal) {
    List<ConsentRecord> records = new ArrayList<>(facts.register().records());
    stated.ifPresent(records::add);
    return new Scenario(
        "",
        Flow.REFERRAL,
        "route",
        Optional.of(People.client(client, clientKey(), facts.register())),
        Optional.of(sender()),
        Optional.of(sender()),
        Optional.of(to),
        purposes,
        categories,
        0,
        Optional.of(facts.now()),
        facts.now(),
        records,
        grounds,
        new Scenario.Context(
            personal,
            facts.register().oneClient(),
            facts.register().answers(),
            true,
            Optional.of(
                new Scenario.Referral(
                    Optional.of(sender()), Optional.of(to), stated.isPresent()))));
  }

  /**
   * What a referral tells at least. A statement "Toestemming: ja" is about this referral with all
   * that is in it; a record in the register must reach these.
   */
  private static List<Category> categories(Set<Situation> situations, boolean youth) {
    Set<Category> told = new LinkedHashSet<>();
    told.add(new Category("contact"));
    told.add(new Category(youth ? "social.family" : "social"));
    told.add(new Category("medical.summary"));
    if (youth) {
      told.add(new Category("youth"));
    }
    if (situations.contains(Situation.ADDICTION)) {
      told.add(new Category("medical.addiction"));
    }
    return List.copyOf(told);
  }

  /**
   * Whom an unspecific "yes" reaches: the addressed team or worker; at a general mailbox every WOT,
   * and youth help for the young, for that is where a GP who writes there knows it goes (agreement
   * R5).
   */
  private Set<Party> reach(Client client) {
    Optional<Mailbox> mailbox = bench.directory().mailbox(facts.mailbox());
    boolean general = mailbox.isPresent() && mailbox.get() instanceof Mailbox.General;
    if (general) {
      return isYouth(client) ? Set.of(EVERY_WOT, MEVIS) : Set.of(EVERY_WOT);
    }
    return bench.directory().party(facts.mailbox()).map(Set::of).orElse(Set.of());
  }

  private boolean isYouth(Client client) {
    LocalDate today = facts.now().atZone(Moment.AMSTERDAM).toLocalDate();
    return client
        .birthDate()
        .map(Confidential::reveal)
        .map(born -> Period.between(born, today).getYears() < ADULT)
        .orElse(false);
  }

  private Party sender() {
    return facts.sender().orElseThrow(() -> new AssertionError("a stranger was held before"));
  }

  private String clientKey() {
    return facts.clientKey().orElse("");
  }
}
