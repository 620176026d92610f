package nl.wotpoort.rules.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.ConsentDecision.Outcome;
import nl.wotpoort.settings.PolicyFile;
import nl.wotpoort.settings.PolicyFileException;

/**
 * The first worked case (A01: an adult's consent that fits exactly), without its record, to be
 * changed on the point a test is about.
 */
final class Case {

  static final PolicyTables TABLES = tables();

  private Flow flow = Flow.INFO_REQUEST;
  private boolean known = true;
  private Optional<LocalDate> born = Optional.of(LocalDate.parse("1980-04-02"));
  private boolean capable = true;
  private Set<String> guardians = Set.of();
  private final List<Scenario.Representative> reps = new ArrayList<>();
  private Optional<Moment> deceased = Optional.empty();
  private Optional<Party> requester = Optional.of(new Party("wot:zuid/w1"));
  private Optional<Party> holder = Optional.of(new Party("gp:A/d1"));
  private Optional<Party> recipient = Optional.of(new Party("wot:zuid/w1"));
  private List<Purpose> purposes = List.of(new Purpose("support"));
  private List<Category> categories = List.of(new Category("medical.summary"));
  private int questions = 2;
  private Instant now = RecordSketch.at("2026-06-15T10:00+02:00");
  private final List<ConsentRecord> consents = new ArrayList<>();
  private final List<Scenario.Ground> grounds = new ArrayList<>();
  private boolean personal = true;
  private boolean identified = true;
  private boolean store = true;
  private boolean authenticated = true;
  private Optional<Scenario.Referral> referral = Optional.empty();

  private static PolicyTables tables() {
    try {
      return PolicyFile.read(Path.of("routes/policy.yaml"));
    } catch (PolicyFileException e) {
      throw new AssertionError(e);
    }
  }

  static Case asked() {
    return new Case();
  }

  /** With the consent of the worked cases. */
  static Case consented() {
    return new Case().with(RecordSketch.consent("C1"));
  }

  Case with(RecordSketch record) {
    consents.add(record.done());
    return this;
  }

  Case flow(Flow value) {
    flow = value;
    return this;
  }

  Case nobody() {
    known = false;
    return this;
  }

  Case born(String value) {
    born = value.equals("-") ? Optional.empty() : Optional.of(LocalDate.parse(value));
    return this;
  }

  Case capable(boolean value) {
    capable = value;
    return this;
  }

  Case guardians(String names) {
    guardians = RecordSketch.all(names, name -> name);
    return this;
  }

  Case rep(String id, String kind, String until) {
    reps.add(new Scenario.Representative(id, kind, RecordSketch.moment(until)));
    return this;
  }

  Case deceased(String value) {
    deceased = RecordSketch.moment(value);
    return this;
  }

  Case requester(String value) {
    requester = party(value);
    return this;
  }

  Case holder(String value) {
    holder = party(value);
    return this;
  }

  Case recipient(String value) {
    recipient = party(value);
    return this;
  }

  private static Optional<Party> party(String value) {
    return value.equals("-") ? Optional.empty() : Optional.of(new Party(value));
  }

  Case purposes(String... names) {
    purposes = Arrays.stream(names).map(Purpose::new).toList();
    return this;
  }

  Case categories(String... names) {
    categories = Arrays.stream(names).map(Category::new).toList();
    return this;
  }

  Case questions(int value) {
    questions = value;
    return this;
  }

  Case now(String value) {
    return now(RecordSketch.at(value));
  }

  Case now(Instant value) {
    now = value;
    return this;
  }

  Case ground(String kind, String by, boolean justified, String... necessary) {
    List<Category> reach = Arrays.stream(necessary).map(Category::new).toList();
    grounds.add(new Scenario.Ground(kind, party(by), justified, reach));
    return this;
  }

  Case impersonal() {
    personal = false;
    return this;
  }

  Case unidentified() {
    identified = false;
    return this;
  }

  Case storeDown() {
    store = false;
    return this;
  }

  Case unauthenticated() {
    authenticated = false;
    return this;
  }

  Case referral(String from, String to, boolean consented) {
    referral = Optional.of(new Scenario.Referral(party(from), party(to), consented));
    return this;
  }

  Scenario scenario() {
    Scenario.Client client = new Scenario.Client("K1", born, capable, guardians, reps, deceased);
    return new Scenario(
        "case",
        flow,
        "request",
        known ? Optional.of(client) : Optional.empty(),
        requester,
        holder,
        recipient,
        purposes,
        categories,
        questions,
        Optional.empty(),
        now,
        consents,
        grounds,
        new Scenario.Context(personal, identified, store, authenticated, referral));
  }

  ConsentDecision decide() {
    return decide(TABLES);
  }

  ConsentDecision decide(PolicyTables tables) {
    return ConsentPolicy.decide(scenario(), tables);
  }

  /** All that was asked is permitted. */
  void permits(Reason reason) {
    ConsentDecision decision = decide();
    assertThat(decision.reason()).isEqualTo(reason);
    assertThat(decision.outcome()).isEqualTo(Outcome.PERMIT);
    assertThat(decision.permitted()).isEqualTo(categories);
    assertThat(decision.refused()).isEmpty();
  }

  /** Nothing is permitted. */
  void denies(Reason reason) {
    ConsentDecision decision = decide();
    assertThat(decision.reason()).isEqualTo(reason);
    assertThat(decision.outcome()).isEqualTo(Outcome.DENY);
    assertThat(decision.permitted()).isEmpty();
    assertThat(decision.refused().keySet()).containsExactlyElementsOf(categories);
  }

  /** CONSENT permits, any other reason denies. */
  void gives(Reason reason) {
    if (reason.permits()) {
      permits(reason);
    } else {
      denies(reason);
    }
  }
}
