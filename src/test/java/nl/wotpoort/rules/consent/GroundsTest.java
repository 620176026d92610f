package nl.wotpoort.rules.consent;

import static nl.wotpoort.rules.consent.RecordSketch.consent;
import static nl.wotpoort.rules.consent.RecordSketch.objection;
import static org.assertj.core.api.Assertions.assertThat;

import nl.wotpoort.letter.Category;
import nl.wotpoort.rules.consent.ConsentDecision.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule 5: grounds other than consent; rule 10: feedback after a referral. */
class GroundsTest {

  @ParameterizedTest(name = "{0} to {1} for {2}: {3}")
  @CsvSource({
    "veilig-thuis-5.2.6, veilig-thuis, safety, LEGAL_GROUND",
    "veilig-thuis-5.2.6, veilig-thuis/v1, safety, LEGAL_GROUND",
    "veilig-thuis-5.2.6, wot:zuid, safety, GROUND_NOT_APPLICABLE",
    "veilig-thuis-5.2.6, veilig-thuis, support, GROUND_NOT_APPLICABLE",
    "gi-ots-7.3.11, gi:jeugd, child-protection, LEGAL_GROUND",
    "gi-ots-7.3.11, gi:jeugd/g1, child-protection, LEGAL_GROUND",
    "gi-ots-7.3.11, gi:jeugd, safety, GROUND_NOT_APPLICABLE",
    "gi-ots-7.3.11, gibbon:x, child-protection, GROUND_NOT_APPLICABLE",
    "gi-ots-7.3.11, wot:zuid, child-protection, GROUND_NOT_APPLICABLE",
    "conflict-of-duties, wot:zuid/w1, safety, LEGAL_GROUND",
    "conflict-of-duties, wot:central, safety, LEGAL_GROUND",
    "conflict-of-duties, veilig-thuis, safety, LEGAL_GROUND",
    "conflict-of-duties, cit, safety, LEGAL_GROUND",
    "conflict-of-duties, mevis, safety, LEGAL_GROUND",
    "conflict-of-duties, gp:B/d2, safety, LEGAL_GROUND",
    "conflict-of-duties, gi:jeugd, safety, GROUND_NOT_APPLICABLE",
    "conflict-of-duties, gem:wvggz/v1, safety, GROUND_NOT_APPLICABLE",
    "conflict-of-duties, wot:zuid, support, GROUND_NOT_APPLICABLE",
    "vital-interest, wot:zuid, safety, LEGAL_GROUND",
    "vital-interest, mevis/m1, safety, LEGAL_GROUND",
    "vital-interest, -, safety, GROUND_NOT_APPLICABLE",
    "my-own-law, wot:zuid, safety, GROUND_NOT_APPLICABLE",
    "'', wot:zuid, safety, GROUND_NOT_APPLICABLE",
  })
  void onlyForItsRecipientsAndPurposes(
      String kind, String recipient, String purpose, Reason reason) {
    Case.asked().recipient(recipient).purposes(purpose).ground(kind, "gp:A/d1", true).gives(reason);
  }

  @Test
  void allPurposesMustBeItsOwn() {
    Case.asked()
        .purposes("safety", "support")
        .ground("vital-interest", "gp:A/d1", true)
        .denies(Reason.GROUND_NOT_APPLICABLE);
  }

  @ParameterizedTest(name = "{0} speaks for {1}, reasons {2}: {3}")
  @CsvSource({
    "gp:A/d1, gp:A/d1, true, LEGAL_GROUND",
    "gp:A/d1, gp:A, true, LEGAL_GROUND",
    "gp:A, gp:A, true, LEGAL_GROUND",
    "gp:A, gp:A/d1, true, GROUND_UNSUPPORTED",
    "gp:A/d2, gp:A/d1, true, GROUND_UNSUPPORTED",
    "gp:B/d1, gp:A/d1, true, GROUND_UNSUPPORTED",
    "wot:zuid/w1, gp:A/d1, true, GROUND_UNSUPPORTED",
    "-, gp:A/d1, true, GROUND_UNSUPPORTED",
    "gp:A/d1, -, true, GROUND_UNSUPPORTED",
    "gp:A/d1, gp:A/d1, false, GROUND_UNSUPPORTED",
  })
  void statedByTheHolderByNameWithReasons(
      String by, String holder, boolean justified, Reason reason) {
    Case.asked()
        .purposes("safety")
        .holder(holder)
        .ground("vital-interest", by, justified)
        .gives(reason);
  }

  @Test
  void notApplicableComesBeforeUnsupported() {
    Case.asked().ground("vital-interest", "-", false).denies(Reason.GROUND_NOT_APPLICABLE);
  }

  @Test
  void reachesOnlyWhatItStatesAsNecessary() {
    Case asked = Case.asked().purposes("safety");
    asked.categories("social.safety", "medical.summary", "medical.psychiatry", "contact");
    asked.ground("vital-interest", "gp:A/d1", true, "medical", "social.safety");
    ConsentDecision decision = asked.decide();
    assertThat(decision.outcome()).isEqualTo(Outcome.PARTIAL);
    assertThat(decision.reason()).isEqualTo(Reason.LEGAL_GROUND);
    assertThat(decision.permitted())
        .containsExactly(new Category("social.safety"), new Category("medical.summary"));
    assertThat(decision.refused())
        .containsEntry(new Category("medical.psychiatry"), Reason.NOT_NECESSARY)
        .containsEntry(new Category("contact"), Reason.NOT_NECESSARY);
    assertThat(decision.records()).isEmpty();
    assertThat(decision.nearestMiss()).isEmpty();
  }

  @Test
  void reachesAllWhenItStatesNoneAlsoOutsideThePurposesSet() {
    Case.asked()
        .purposes("safety")
        .categories("medical.sexual", "genome")
        .ground("vital-interest", "gp:A/d1", true)
        .permits(Reason.LEGAL_GROUND);
  }

  @Test
  void aGroundThatReachesNothingAskedFails() {
    Case asked = Case.asked().purposes("safety");
    asked.ground("vital-interest", "gp:A/d1", true, "social").denies(Reason.GROUND_NOT_APPLICABLE);
    asked.with(consent("C1").purposes("safety")).permits(Reason.CONSENT);
  }

  @Test
  void whatSeveralGroundsReachIsAddedAndOneThatFailsDoesNotHarm() {
    Case asked = Case.asked().purposes("safety").categories("contact", "social.work");
    asked.ground("my-own-law", "gp:A/d1", true);
    asked.ground("vital-interest", "gp:A/d1", true, "contact");
    assertThat(asked.decide().outcome()).isEqualTo(Outcome.PARTIAL);
    asked.ground("conflict-of-duties", "gp:A/d1", true, "social");
    asked.permits(Reason.LEGAL_GROUND);
  }

  @Test
  void ofSeveralThatFailTheOneThatCameFurthestIsReported() {
    for (String first : new String[] {"my-own-law", "vital-interest"}) {
      Case asked = Case.asked().purposes("safety").ground(first, "-", true);
      asked
          .ground("vital-interest", "-", true)
          .ground("my-own-law", "gp:A/d1", true)
          .denies(Reason.GROUND_UNSUPPORTED);
    }
  }

  @Test
  void anObjectionDoesNotBarIt() {
    Case.asked()
        .purposes("safety")
        .with(objection("O1").purposes("safety"))
        .ground("vital-interest", "gp:A/d1", true)
        .permits(Reason.LEGAL_GROUND);
  }

  @Test
  void whenItFailsConsentMayStillPermit() {
    Case asked = Case.consented().ground("vital-interest", "gp:A/d1", true);
    asked.permits(Reason.CONSENT);
    asked.with(objection("O1")).denies(Reason.GROUND_NOT_APPLICABLE);
    assertThat(asked.decide().refused()).containsValue(Reason.OBJECTION);
    Case partly = Case.consented().ground("vital-interest", "gp:A/d1", true);
    ConsentDecision decision = partly.categories("contact", "medical.psychiatry").decide();
    assertThat(decision.outcome()).isEqualTo(Outcome.PARTIAL);
    assertThat(decision.reason()).isEqualTo(Reason.CATEGORY_NOT_COVERED);
  }

  @Test
  void consentIsNotAGroundOtherThanConsent() {
    Case.asked().ground("consent", "gp:A/d1", true).denies(Reason.NO_CONSENT);
  }

  @Test
  void theChecksBeforeItStillHold() {
    Case asked = Case.asked().purposes("safety").ground("vital-interest", "gp:A/d1", true);
    asked.storeDown().denies(Reason.INDETERMINATE);
  }

  private static Case feedback() {
    return Case.asked()
        .flow(Flow.FEEDBACK)
        .requester("wot:zuid/w1")
        .holder("wot:zuid/w1")
        .recipient("gp:A/d1")
        .purposes("feedback")
        .categories("support.status")
        .questions(0)
        .referral("gp:A/d1", "wot:zuid", true);
  }

  @ParameterizedTest(name = "from {0} to {1}, by {2} to {3}: {4}")
  @CsvSource({
    "gp:A/d1, wot:zuid, wot:zuid/w1, gp:A/d1, IMPLIED_FEEDBACK",
    "gp:A/d1, wot:zuid, wot:zuid, gp:A, IMPLIED_FEEDBACK",
    "gp:A/d1, wot:zuid, wot:zuid/w1, gp:A/d2, IMPLIED_FEEDBACK",
    "gp:A/d1, wot:zuid/w9, wot:zuid/w1, gp:A/d1, IMPLIED_FEEDBACK",
    "gp:A/d1, mevis, mevis/m1, gp:A, IMPLIED_FEEDBACK",
    "gp:A/d1, wot:zuid, wot:oost/w1, gp:A/d1, NO_CONSENT",
    "gp:A/d1, wot:central, wot:zuid/w1, gp:A/d1, NO_CONSENT",
    "gp:A/d1, wot:zuid, wot:zuid/w1, gp:B/d1, NO_CONSENT",
    "gp:A/d1, wot:zuid, wot:zuid/w1, -, NO_CONSENT",
    "gp:A/d1, wot:zuid, -, gp:A, NO_CONSENT",
    "-, wot:zuid, wot:zuid/w1, gp:A, NO_CONSENT",
    "gp:A/d1, -, wot:zuid/w1, gp:A, NO_CONSENT",
  })
  void feedbackToThePracticeByTheTeam(
      String from, String to, String holder, String recipient, Reason reason) {
    feedback().holder(holder).recipient(recipient).referral(from, to, true).gives(reason);
  }

  @Test
  void feedbackIsImpliedOnlyAfterConsentOnlyAsFeedbackAndOnlyTheStatus() {
    feedback().referral("gp:A/d1", "wot:zuid", false).denies(Reason.NO_CONSENT);
    feedback().flow(Flow.ANSWER).denies(Reason.NO_CONSENT);
    feedback().purposes("evaluation").denies(Reason.NO_CONSENT);
    feedback().purposes("feedback", "evaluation").denies(Reason.NO_CONSENT);
    feedback().categories("support.plan").denies(Reason.NO_CONSENT);
    feedback().categories("support").denies(Reason.NO_CONSENT);
    feedback().categories("contact").denies(Reason.NO_CONSENT);
    feedback().categories("support.status.contact").permits(Reason.IMPLIED_FEEDBACK);
    assertThat(feedback().decide().records()).isEmpty();
  }

  @Test
  void feedbackIsBarredByAnObjection() {
    RecordSketch objection = objection("O1").holders("wot:zuid").recipients("gp:A");
    feedback().with(objection).permits(Reason.IMPLIED_FEEDBACK);
    feedback().with(objection.purposes("feedback")).denies(Reason.OBJECTION);
    feedback().with(objection.recorded("2026-06-15T10:01+02:00")).permits(Reason.IMPLIED_FEEDBACK);
  }

  @Test
  void anythingMoreNeedsConsent() {
    Case asked = feedback().categories("support.status", "support.plan");
    assertThat(asked.decide().outcome()).isEqualTo(Outcome.PARTIAL);
    assertThat(asked.decide().reason()).isEqualTo(Reason.NO_CONSENT);
    RecordSketch plan = consent("C1").holders("wot:zuid").recipients("gp:A").purposes("feedback");
    asked.with(plan.categories("support.plan")).permits(Reason.CONSENT);
    assertThat(asked.decide().records()).containsExactly("C1");
  }

  @Test
  void consentIsNamedRatherThanImplied() {
    feedback()
        .with(consent("C1").holders("wot:zuid").recipients("gp:A").purposes("feedback"))
        .permits(Reason.CONSENT);
  }
}
