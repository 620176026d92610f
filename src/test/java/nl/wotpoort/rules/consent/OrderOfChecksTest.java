package nl.wotpoort.rules.consent;

import static nl.wotpoort.rules.consent.RecordSketch.consent;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.ConsentDecision.Outcome;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules 1 to 4: the checks that come before any record is looked at, and their order. */
class OrderOfChecksTest {

  private record Fault(Reason reason, UnaryOperator<Case> make) {}

  /** In the order of the policy. The first of any two decides. */
  private static final List<Fault> FAULTS =
      List.of(
          new Fault(Reason.REQUESTER_NOT_AUTHENTICATED, Case::unauthenticated),
          new Fault(Reason.CLIENT_NOT_IDENTIFIED, Case::unidentified),
          new Fault(Reason.INDETERMINATE, Case::storeDown),
          new Fault(Reason.CLIENT_DECEASED, c -> c.deceased("2026-06-15")),
          new Fault(Reason.INCOMPLETE_PURPOSE, c -> c.purposes()),
          new Fault(Reason.UNKNOWN_PURPOSE, c -> c.purposes("marketing")),
          new Fault(Reason.INCOMPLETE_QUESTIONS, c -> c.questions(0)));

  @TestFactory
  Stream<DynamicTest> eachFaultDeniesAndTheFirstOfTwoDecides() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Fault first : FAULTS) {
      for (Fault second : FAULTS.subList(FAULTS.indexOf(first), FAULTS.size())) {
        tests.add(
            DynamicTest.dynamicTest(
                first.reason + " before " + second.reason,
                () -> first.make.apply(second.make.apply(Case.consented())).denies(first.reason)));
      }
    }
    return tests.stream();
  }

  @Test
  void withoutAnyFaultTheConsentPermits() {
    ConsentDecision decision = Case.consented().decide();
    assertThat(decision.outcome()).isEqualTo(Outcome.PERMIT);
    assertThat(decision.id()).isEqualTo("case");
    assertThat(decision.records()).containsExactly("C1");
    assertThat(decision.nearestMiss()).isEmpty();
    assertThat(decision.permits(new Category("medical.summary"))).isTrue();
    assertThat(decision.permits(new Category("medical"))).isFalse();
  }

  @Test
  void anOrdinaryContextHoldsNoFault() {
    assertThat(Scenario.Context.ordinary()).isEqualTo(Case.asked().scenario().context());
  }

  @Test
  void nobodyKnownIsNotIdentified() {
    Case.consented().nobody().denies(Reason.CLIENT_NOT_IDENTIFIED);
  }

  @TestFactory
  Stream<DynamicTest> whatIsNotPersonalGoesOutWhateverElseIsWrong() {
    return FAULTS.stream()
        .filter(fault -> fault.reason != Reason.REQUESTER_NOT_AUTHENTICATED)
        .map(
            fault ->
                DynamicTest.dynamicTest(
                    "although " + fault.reason,
                    () -> {
                      ConsentDecision decision =
                          fault.make.apply(Case.asked()).impersonal().decide();
                      assertThat(decision.outcome()).isEqualTo(Outcome.PERMIT);
                      assertThat(decision.reason()).isEqualTo(Reason.NOT_PERSONAL);
                      assertThat(decision.permitted()).isEmpty();
                      assertThat(decision.refused()).isEmpty();
                    }));
  }

  @Test
  void evenWhatIsNotPersonalNeedsASigner() {
    Case.asked().impersonal().unauthenticated().denies(Reason.REQUESTER_NOT_AUTHENTICATED);
  }

  @ParameterizedTest(name = "died {0}, judged {1}: {2}")
  @CsvSource({
    "2026-06-14, 2026-06-15T10:00+02:00, CLIENT_DECEASED",
    "2026-06-15, 2026-06-15T00:00+02:00, CLIENT_DECEASED",
    "2026-06-15, 2026-06-14T23:59:59+02:00, CONSENT",
    "2026-06-16, 2026-06-15T10:00+02:00, CONSENT",
    "2026-06-15T10:00+02:00, 2026-06-15T10:00+02:00, CLIENT_DECEASED",
    "2026-06-15T10:00:01+02:00, 2026-06-15T10:00+02:00, CONSENT",
  })
  void aClientIsAliveUntilTheDayOfDeath(String died, String now, Reason reason) {
    Case.consented().deceased(died).now(now).gives(reason);
  }

  @ParameterizedTest
  @EnumSource(
      value = Flow.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"INFO_REQUEST"})
  void onlyAnInformationRequestNeedsQuestions(Flow flow) {
    Case.consented().flow(flow).questions(0).permits(Reason.CONSENT);
  }

  @Test
  void oneQuestionIsEnough() {
    Case.consented().questions(1).permits(Reason.CONSENT);
  }

  @Test
  void everyPurposeMustBeKnown() {
    Case.consented().purposes("support", "marketing").denies(Reason.UNKNOWN_PURPOSE);
    Case.consented().purposes("support.anything").denies(Reason.UNKNOWN_PURPOSE);
    Case.consented().purposes("*").denies(Reason.UNKNOWN_PURPOSE);
  }

  @Test
  void severalPurposesAreAllOf() {
    Case both = Case.asked().purposes("support", "evaluation").categories("support.status");
    both.with(consent("C1").purposes("support")).denies(Reason.OTHER_PURPOSE);
    both.with(consent("C2").purposes("evaluation")).permits(Reason.CONSENT);
    assertThat(both.decide().records()).containsExactly("C1", "C2");
  }

  @Test
  void thePurposeThatLacksMostDecides() {
    Case.asked()
        .purposes("evaluation", "support")
        .categories("support.status")
        .with(consent("C1").purposes("evaluation").withdrawn("2026-02-01T09:00+01:00"))
        .with(consent("C2").purposes("support").until("2026-02-01"))
        .denies(Reason.WITHDRAWN);
  }

  @Test
  void nothingAskedIsNothingPermitted() {
    Case.consented().categories().denies(Reason.NO_CONSENT);
    Case.consented()
        .categories()
        .purposes("safety")
        .ground("vital-interest", "gp:A/d1", true)
        .denies(Reason.GROUND_NOT_APPLICABLE);
  }

  @Test
  void whatIsAskedTwiceIsAnsweredOnce() {
    ConsentDecision decision = Case.consented().categories("contact", "contact").decide();
    assertThat(decision.permitted()).containsExactly(new Category("contact"));
  }

  @ParameterizedTest(name = "{0} for {1}: {2}")
  @CsvSource({
    "medical.sexual, support, NOT_NECESSARY",
    "medical.sexual.history, support, NOT_NECESSARY",
    "medical.sexual, support.intake, NOT_NECESSARY",
    "medical.sexual, support.execution, NOT_NECESSARY",
    "medical.sexual, safety, CONSENT",
    "medical.sexual, child-protection, CONSENT",
    "medical, support, CONSENT",
    "medical, youthcare, NOT_NECESSARY",
    "medical.summary, youthcare, CONSENT",
    "medical.medication, youthcare, NOT_NECESSARY",
    "social.housing, youthcare, CONSENT",
    "social.housing, youthcare.referral, NOT_NECESSARY",
    "social.family, youthcare.referral, CONSENT",
    "social.finance, support.finance, CONSENT",
    "social.family, support.finance, NOT_NECESSARY",
    "social, support.finance, NOT_NECESSARY",
    "support.status, evaluation, CONSENT",
    "support, evaluation, NOT_NECESSARY",
    "contact, evaluation, NOT_NECESSARY",
    "contact, enforcement, CONSENT",
    "social.work, enforcement, NOT_NECESSARY",
    "social.safety, wvggz-exploration, CONSENT",
    "medical.addiction, wvggz-exploration, NOT_NECESSARY",
    "medical.summary, feedback, NOT_NECESSARY",
    "contact, feedback, CONSENT",
    "genome, support, NOT_NECESSARY",
  })
  void onlyWhatThePurposeMakesNecessary(String category, String purpose, Reason reason) {
    Case.asked()
        .purposes(purpose)
        .categories(category)
        .with(consent("C1").purposes(purpose).categories(category))
        .gives(reason);
  }

  /** Asked of the tables themselves: a case with such a purpose is refused before they are. */
  @Test
  void aPurposeNobodyKnowsNeedsNothing() {
    PolicyTable table = Case.TABLES.on(LocalDate.parse("2026-06-15"));
    assertThat(table.needs(new Purpose("support"), new Category("contact"))).isTrue();
    assertThat(table.needs(Purpose.UNRECOGNISED, new Category("contact"))).isFalse();
  }

  @Test
  void theSameCaseOfSomebodyElseOnOtherRecordsOrInOtherSurroundings() {
    Scenario asked = Case.asked().scenario();
    Party other = new Party("wot:zuid/w9");
    assertThat(asked.heldBy(other).holder()).contains(other);
    assertThat(asked.heldBy(other).heldBy(asked.holder().orElseThrow())).isEqualTo(asked);
    List<ConsentRecord> records = Case.consented().scenario().consents();
    assertThat(asked.restingOn(records)).isEqualTo(Case.consented().scenario());
    Scenario unknown = Case.asked().unidentified().scenario();
    assertThat(asked.around(unknown.context())).isEqualTo(unknown).isNotEqualTo(asked);
  }

  @Test
  void whatOnePurposeDoesNotNeedIsNotNecessary() {
    Case.asked()
        .purposes("support", "evaluation")
        .with(consent("C1").purposes("support evaluation"))
        .denies(Reason.NOT_NECESSARY);
  }

  @Test
  void theVersionInForceOnTheDayJudgedCounts() {
    PolicyTable now = Case.TABLES.on(LocalDate.parse("2026-06-15"));
    PolicyTable next =
        new PolicyTable(
            LocalDate.parse("2026-07-01"),
            now.categories(),
            now.restricted(),
            Map.of(
                new Purpose("support"),
                new PolicyTable.NecessarySet(Set.of(new Category("contact")), Set.of())),
            now.ages(),
            now.representatives(),
            now.grounds(),
            now.implied());
    for (List<PolicyTable> order : Arrays.asList(List.of(now, next), List.of(next, now))) {
      PolicyTables tables = new PolicyTables(order);
      Case judged = Case.consented();
      assertThat(judged.now("2026-06-30T23:59:59+02:00").decide(tables).reason())
          .isEqualTo(Reason.CONSENT);
      assertThat(judged.now("2026-07-01T00:00+02:00").decide(tables).reason())
          .isEqualTo(Reason.NOT_NECESSARY);
    }
  }

  @Test
  void beforeTheFirstVersionNoPurposeIsKnown() {
    Case.consented().now("1995-03-31T23:59+02:00").denies(Reason.UNKNOWN_PURPOSE);
    ConsentDecision decision = Case.consented().decide(new PolicyTables(List.of()));
    assertThat(decision.reason()).isEqualTo(Reason.UNKNOWN_PURPOSE);
  }

  @Test
  void noInstantIsTooFar() {
    Case.consented().now(Instant.MAX).permits(Reason.CONSENT);
    Case.consented().now(Instant.MIN).denies(Reason.UNKNOWN_PURPOSE);
    assertThat(Days.of(Instant.MAX)).isAfter(LocalDate.of(999_999_000, 1, 1));
    assertThat(Days.of(Instant.MIN)).isBefore(LocalDate.of(-999_999_000, 1, 1));
    assertThat(new Moment.Day(LocalDate.MAX).isOver(Instant.MAX)).isFalse();
    assertThat(new Moment.Day(LocalDate.MIN).hasBegun(Instant.MIN)).isTrue();
  }

  @Test
  void requesterReadsWhatFollowsFromTheRequestAndNoMore() {
    assertThat(told(Case.consented())).isEqualTo(Reason.CONSENT);
    assertThat(told(Case.consented().unauthenticated()))
        .isEqualTo(Reason.REQUESTER_NOT_AUTHENTICATED);
    assertThat(told(Case.asked())).isEqualTo(Reason.NO_CONSENT);
    assertThat(told(Case.asked().unidentified())).isEqualTo(Reason.NO_CONSENT);
    assertThat(told(Case.asked().with(RecordSketch.objection("O1")))).isEqualTo(Reason.NO_CONSENT);
    // With nobody identified a faulty request gets the same answer as with somebody.
    for (Case asked : List.of(Case.asked(), Case.asked().unidentified())) {
      assertThat(told(asked.purposes())).isEqualTo(Reason.INCOMPLETE_PURPOSE);
      assertThat(told(asked.purposes("support").questions(0)))
          .isEqualTo(Reason.INCOMPLETE_QUESTIONS);
      assertThat(told(asked.questions(1).ground("vital-interest", "gp:A/d1", true)))
          .isEqualTo(Reason.GROUND_NOT_APPLICABLE);
    }
  }

  private static Reason told(Case asked) {
    ConsentDecision decision = asked.decide();
    return ConsentPolicy.forRequester(decision, asked.scenario(), Case.TABLES);
  }

  @Test
  void everyReasonToldAsItIsFollowsFromTheRequest() {
    assertThat(Optional.of(Reason.NO_CONSENT).filter(Reason::followsFromRequest)).isEmpty();
    assertThat(Reason.INCOMPLETE_PURPOSE.followsFromRequest()).isTrue();
    assertThat(Reason.CONSENT.followsFromRequest()).isTrue();
    assertThat(Reason.CLIENT_DECEASED.followsFromRequest()).isFalse();
  }
}
