package nl.wotpoort.rules.judge;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.directory.Mailbox;
import nl.wotpoort.directory.Partner;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Cover;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.ConsentDecision;
import nl.wotpoort.rules.consent.Flow;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.rules.consent.Scenario;

/**
 * A worker writes to a practice through the gateway, whether or not a case runs: to the one address
 * he names, and about a client only what consent reaches for that reader. Information requests are
 * judged as all of them are; this says only to whom they go.
 */
final class OutboundRules {

  private static final Set<String> STAFF = Set.of("wot", "mevis");
  private static final List<Purpose> PURPOSES = List.of(CaseRules.FEEDBACK);
  private static final List<Category> TOLD =
      List.of(CaseRules.STATUS, new Category("support.plan"));

  private final Bench bench;
  private final CaseRules rules;

  OutboundRules(Bench bench, CaseRules rules) {
    this.bench = bench;
    this.rules = rules;
  }

  /** Whether a letter came to the desk that letters for a practice go to. */
  static boolean isOne(Bench bench) {
    return bench.directory().isFor(bench.facts().mailbox(), Mailbox.Desk.Kind.POST);
  }

  /** What stops it before it is read; empty: go on. */
  Optional<Decision> stopped() {
    if (bench.facts().sender().map(Party::kind).filter(STAFF::contains).isEmpty()) {
      bench.found("POST_STAFF_ONLY");
      return Optional.of(bench.giveBack(Decision.Return.Why.STAFF_ONLY, List.of()));
    }
    return place().otherwise();
  }

  /** Whom it is for, or why that cannot be said. */
  Bench.Place place() {
    List<Address> named = bench.facts().cover().map(Cover::addressees).orElse(List.of());
    if (named.size() != 1) {
      bench.found("ADDRESSEES", named.size());
      return Bench.Place.nowhere(bench.giveBack(Decision.Return.Why.ADDRESSEE_LACKS, List.of()));
    }
    Optional<Destination> to = destination(named.get(0));
    if (to.isEmpty()) {
      bench.found("ADDRESSEE_UNKNOWN");
      return Bench.Place.nowhere(bench.giveBack(Decision.Return.Why.ADDRESSEE_UNKNOWN, List.of()));
    }
    return Bench.Place.at(to.get());
  }

  /** Only an address that stands in the directory itself: nobody is reached by his domain alone. */
  private Optional<Destination> destination(Address address) {
    LocalDate today = bench.facts().now().atZone(Moment.AMSTERDAM).toLocalDate();
    boolean there =
        bench.directory().professional(address).map(p -> p.isActiveOn(today)).orElse(true);
    Optional<Partner> partner = bench.directory().partnerOf(address).filter(p -> there);
    return partner.flatMap(
        practice ->
            bench
                .directory()
                .sealingFor(address)
                .map(
                    sealing ->
                        new Destination(
                            address,
                            sealing,
                            bench.directory().party(address).orElseGet(practice::party),
                            Destination.Role.ADDRESSEE,
                            shownAs(address, practice),
                            Optional.empty(),
                            Optional.empty())));
  }

  private String shownAs(Address address, Partner practice) {
    return bench
        .directory()
        .professional(address)
        .map(person -> person.name().reveal() + " (" + practice.name() + ")")
        .orElseGet(practice::name);
  }

  /**
   * Words to a practice. In a case with it, as any message there; else they say more than a status,
   * and consent must reach that for this reader.
   */
  Decision message() {
    if (bench.facts().running().isPresent()) {
      return rules.message();
    }
    Cover cover = bench.facts().cover().orElseThrow();
    if (!cover.aboutNobody() && !cover.client().isIdentified()) {
      return bench.giveBack(Decision.Return.Why.INCOMPLETE, List.of(Lack.CLIENT_OR_NONE));
    }
    Destination to = place().destination().orElseThrow();
    return bench.unclear().orElseGet(() -> released(scenario(cover, to.party()), to));
  }

  private Decision released(Scenario scenario, Destination to) {
    ConsentDecision consent = bench.consent(scenario);
    return consent.outcome() == ConsentDecision.Outcome.PERMIT
        ? bench.forward(to, Decision.Matter.MESSAGE, consent, scenario)
        : bench.holdForConsent(consent);
  }

  private Scenario scenario(Cover cover, Party to) {
    Facts facts = bench.facts();
    Party sender = rules.sender();
    Client client = cover.client();
    return new Scenario(
        "",
        Flow.FEEDBACK,
        "send",
        Optional.of(People.client(client, facts.clientKey().orElse(""), facts.register())),
        Optional.of(sender),
        Optional.of(sender),
        Optional.of(to),
        PURPOSES,
        TOLD,
        0,
        Optional.of(facts.now()),
        facts.now(),
        facts.register().records(),
        List.of(),
        new Scenario.Context(
            !cover.aboutNobody(),
            facts.register().oneClient(),
            facts.register().answers(),
            true,
            Optional.empty()));
  }
}
