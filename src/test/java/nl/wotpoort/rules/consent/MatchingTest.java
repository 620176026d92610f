package nl.wotpoort.rules.consent;

import static nl.wotpoort.rules.consent.RecordSketch.consent;
import static org.assertj.core.api.Assertions.assertThat;

import nl.wotpoort.letter.Category;
import nl.wotpoort.rules.consent.ConsentRecord.Evidence;
import nl.wotpoort.rules.consent.ConsentRecord.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 7: when a record covers. */
class MatchingTest {

  @ParameterizedTest(name = "to {0}, asked for {1}: {2}")
  @CsvSource({
    "wot:zuid/w1, wot:zuid/w1, CONSENT",
    "wot:zuid/w1, wot:zuid/w2, OTHER_RECIPIENT",
    "wot:zuid/w1, wot:zuid/w11, OTHER_RECIPIENT",
    "wot:zuid/w1, wot:zuid, OTHER_RECIPIENT",
    "wot:zuid, wot:zuid/w1, CONSENT",
    "wot:zuid, wot:zuid, CONSENT",
    "wot:zuid, wot:zuidwest, OTHER_RECIPIENT",
    "wot:zuid, wot:central, OTHER_RECIPIENT",
    "wot:zuid, wot:groenoord/w7, OTHER_RECIPIENT",
    "wot:*, wot:groenoord/w7, CONSENT",
    "wot:*, wot:central, CONSENT",
    "wot:*, mevis, OTHER_RECIPIENT",
    "wot:*, gem:wvggz/v1, OTHER_RECIPIENT",
    "wot:central, wot:central, CONSENT",
    "wot:central, wot:zuid, OTHER_RECIPIENT",
    "mevis, mevis, CONSENT",
    "mevis, mevis/m1, CONSENT",
    "*, mevis, CONSENT",
    "*, wot:zuid/w1, CONSENT",
    "gp:A wot:zuid, wot:zuid/w1, CONSENT",
    "'', wot:zuid/w1, OTHER_RECIPIENT",
    "*, -, OTHER_RECIPIENT",
  })
  void recipientEqualToOrBelow(String named, String asked, Reason reason) {
    Case.asked().recipient(asked).with(consent("C1").recipients(named)).gives(reason);
  }

  @ParameterizedTest(name = "from {0}, held by {1}: {2}")
  @CsvSource({
    "gp:A, gp:A/d1, CONSENT",
    "gp:A, gp:A, CONSENT",
    "gp:A/d1, gp:A/d1, CONSENT",
    "gp:A/d1, gp:A, OTHER_HOLDER",
    "gp:A/d1, gp:A/d2, OTHER_HOLDER",
    "gp:A, gp:AB/d1, OTHER_HOLDER",
    "gp:B, gp:A/d1, OTHER_HOLDER",
    "gp:*, gp:A/d1, CONSENT",
    "*, gp:A/d1, CONSENT",
    "'', gp:A/d1, OTHER_HOLDER",
    "*, -, OTHER_HOLDER",
  })
  void holderEqualToOrBelow(String named, String held, Reason reason) {
    Case.asked().holder(held).with(consent("C1").holders(named)).gives(reason);
  }

  @ParameterizedTest(name = "for {0}, asked for {1}: {2}")
  @CsvSource({
    "support, support, CONSENT",
    "support, support.intake, CONSENT",
    "support.intake, support, OTHER_PURPOSE",
    "support.intake, support.execution, OTHER_PURPOSE",
    "youthcare, youthcare.referral, CONSENT",
    "safety, support, OTHER_PURPOSE",
    "safety support, support, CONSENT",
    "'', support, OTHER_PURPOSE",
  })
  void purposeEqualToOrBelow(String named, String asked, Reason reason) {
    Case.asked().purposes(asked).with(consent("C1").purposes(named)).gives(reason);
  }

  @ParameterizedTest(name = "{0}, asked {1}: {2}")
  @CsvSource({
    "social, social.housing, CONSENT",
    "social, social, CONSENT",
    "social.housing, social, CATEGORY_NOT_COVERED",
    "social.housing, social.work, CATEGORY_NOT_COVERED",
    "medical, medical, CONSENT",
    "medical, medicals, NOT_NECESSARY",
    "medical, medical.Summary, NOT_NECESSARY",
    "contact, support.status, CATEGORY_NOT_COVERED",
    "contact support, support.status, CONSENT",
    "'', contact, CATEGORY_NOT_COVERED",
  })
  void categoryEqualToOrBelow(String named, String asked, Reason reason) {
    Case.asked().categories(asked).with(consent("C1").categories(named)).gives(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "medical.psychiatry",
        "medical.addiction",
        "medical.sexual",
        "social.safety",
        "youth.jggz"
      })
  void aRestrictedCategoryMustBeNamedItself(String restricted) {
    String above = restricted.substring(0, restricted.indexOf('.'));
    Case general = Case.asked().purposes("safety").categories(restricted);
    general.with(consent("C1").purposes("safety").categories(above + " *"));
    general.denies(Reason.CATEGORY_NOT_COVERED);
    general.with(consent("C2").purposes("safety").categories(restricted));
    general.permits(Reason.CONSENT);
    assertThat(general.decide().records()).containsExactly("C2");
    general.categories(restricted + ".part").permits(Reason.CONSENT);
    Case.asked()
        .purposes("safety")
        .categories(restricted + ".part")
        .with(consent("C1").purposes("safety").categories(above))
        .denies(Reason.CATEGORY_NOT_COVERED);
    Case.asked()
        .purposes("safety")
        .categories(above)
        .with(consent("C1").purposes("safety").categories(above))
        .permits(Reason.CONSENT);
  }

  @ParameterizedTest(name = "from {0}, judged {1}: {2}")
  @CsvSource({
    // The whole day in Amsterdam: two hours ahead in summer, one in winter.
    "2026-06-15, 2026-06-14T23:59:59+02:00, NOT_YET_VALID",
    "2026-06-15, 2026-06-15T00:00+02:00, CONSENT",
    "2026-06-15, 2026-06-14T22:00Z, CONSENT",
    "2026-06-15, 2026-06-14T21:59:59Z, NOT_YET_VALID",
    "2026-12-15, 2026-12-14T23:00Z, CONSENT",
    "2026-12-15, 2026-12-14T22:59:59Z, NOT_YET_VALID",
    // The clock goes forward on 29 March 2026 and back on 25 October 2026.
    "2026-03-29, 2026-03-28T23:00Z, CONSENT",
    "2026-03-29, 2026-03-28T22:59:59Z, NOT_YET_VALID",
    "2026-03-30, 2026-03-29T22:00Z, CONSENT",
    "2026-03-30, 2026-03-29T21:59:59Z, NOT_YET_VALID",
    "2026-06-15T10:00+02:00, 2026-06-15T10:00+02:00, CONSENT",
    "2026-06-15T10:00:01+02:00, 2026-06-15T10:00+02:00, NOT_YET_VALID",
    "2026-06-15T10:00+02:00, 2026-06-15T08:00Z, CONSENT",
    "-, 2026-06-15T10:00+02:00, CONSENT",
  })
  void fromItsBeginning(String from, String now, Reason reason) {
    Case.asked().now(now).with(consent("C1").from(from)).gives(reason);
  }

  @ParameterizedTest(name = "until {0}, judged {1}: {2}")
  @CsvSource({
    "2026-07-10, 2026-07-10T23:59:59+02:00, CONSENT",
    "2026-07-10, 2026-07-11T00:00+02:00, EXPIRED",
    "2026-07-10, 2026-07-10T21:59:59Z, CONSENT",
    "2026-07-10, 2026-07-10T22:00Z, EXPIRED",
    "2026-12-10, 2026-12-10T22:59:59Z, CONSENT",
    "2026-12-10, 2026-12-10T23:00Z, EXPIRED",
    // The days of 23 and of 25 hours.
    "2026-03-29, 2026-03-29T21:59:59Z, CONSENT",
    "2026-03-29, 2026-03-29T22:00Z, EXPIRED",
    "2026-10-25, 2026-10-25T22:59:59Z, CONSENT",
    "2026-10-25, 2026-10-25T23:00Z, EXPIRED",
    "2026-02-28, 2026-02-28T23:59+01:00, CONSENT",
    "2028-02-29, 2028-02-29T23:59+01:00, CONSENT",
    "2028-02-29, 2028-03-01T00:00+01:00, EXPIRED",
    // An instant is inclusive to that second.
    "2026-07-10T12:00+02:00, 2026-07-10T12:00+02:00, CONSENT",
    "2026-07-10T12:00+02:00, 2026-07-10T12:00:00.999+02:00, CONSENT",
    "2026-07-10T12:00+02:00, 2026-07-10T12:00:01+02:00, EXPIRED",
    "2026-10-25T02:30+02:00, 2026-10-25T02:30+02:00, CONSENT",
    "2026-10-25T02:30+02:00, 2026-10-25T02:30+01:00, EXPIRED",
    "2026-10-25T02:30+01:00, 2026-10-25T02:30+02:00, CONSENT",
    "-, 2126-07-10T12:00+02:00, CONSENT",
  })
  void notPastItsEnd(String until, String now, Reason reason) {
    Case.asked().now(now).with(consent("C1").until(until)).gives(reason);
  }

  @ParameterizedTest(name = "withdrawn {0}: {1}")
  @CsvSource({
    "2026-06-15T09:59:59+02:00, WITHDRAWN",
    "2026-06-15T10:00+02:00, WITHDRAWN",
    "2026-06-15T10:00:01+02:00, CONSENT",
  })
  void theInstantOfWithdrawalIsWithdrawn(String withdrawn, Reason reason) {
    Case.asked().with(consent("C1").withdrawn(withdrawn)).gives(reason);
  }

  @ParameterizedTest(name = "recorded {0}: {1}")
  @CsvSource({
    "2026-06-15T10:00+02:00, CONSENT",
    "2026-06-15T10:00:01+02:00, NO_CONSENT",
  })
  void aRecordMadeLaterExplainsNothing(String recorded, Reason reason) {
    Case.asked().with(consent("C1").recorded(recorded)).gives(reason);
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void onlyActiveCounts(State state) {
    Case.asked()
        .with(consent("C1").state(state))
        .gives(state == State.ACTIVE ? Reason.CONSENT : Reason.NOT_ACTIVE);
  }

  @Test
  void aRecordWithoutAGiverIsNotActive() {
    Case.asked().with(consent("C1").by("")).denies(Reason.NOT_ACTIVE);
    // Which is one point, not two.
    Case.asked().with(consent("C1").by("").purposes("safety")).denies(Reason.NOT_ACTIVE);
    Case.asked()
        .with(consent("C1").by("").purposes("safety").holders("gp:B"))
        .denies(Reason.NO_CONSENT);
  }

  @Test
  void anotherClientsConsentIsNone() {
    Case.asked().with(consent("C1").client("K2")).denies(Reason.OTHER_CLIENT);
  }

  @Test
  void replacedByAnActiveRecord() {
    Case.consented()
        .with(consent("C2").replaces("C1").purposes("safety"))
        .denies(Reason.NOT_ACTIVE);
    Case.consented()
        .with(consent("C2").replaces("C1").purposes("safety").state(State.DRAFT))
        .permits(Reason.CONSENT);
    Case.consented().with(consent("C2").replaces("C9").purposes("safety")).permits(Reason.CONSENT);
    Case.consented()
        .with(consent("C2").replaces("C1").purposes("safety").recorded("2026-06-15T10:01+02:00"))
        .permits(Reason.CONSENT);
    assertThat(Case.consented().with(consent("C2").replaces("C1")).decide().records())
        .containsExactly("C2");
  }

  @Test
  void aConsentIsReplacedEvenByWhatIsNoConsentOfThisClient() {
    Case.consented()
        .with(consent("C2").replaces("C1").purposes("safety").by(""))
        .denies(Reason.NOT_ACTIVE);
    Case.consented()
        .with(consent("C2").replaces("C1").purposes("safety").client("K2"))
        .denies(Reason.NOT_ACTIVE);
  }

  @Test
  void aWithdrawnReplacementBringsNothingBack() {
    Case.consented()
        .with(consent("C2").replaces("C1").withdrawn("2026-03-01T09:00+01:00"))
        .denies(Reason.WITHDRAWN);
    Case.consented().with(consent("C2").replaces("C1").until("2026-03-01")).denies(Reason.EXPIRED);
  }

  @Test
  void aRecordDoesNotReplaceItselfButTwoReplaceEachOther() {
    Case.asked().with(consent("C1").replaces("C1")).permits(Reason.CONSENT);
    Case.asked()
        .with(consent("C1").replaces("C2"))
        .with(consent("C2").replaces("C1"))
        .denies(Reason.NOT_ACTIVE);
  }

  @ParameterizedTest
  @EnumSource(Flow.class)
  void theRequestersWordNeverCounts(Flow flow) {
    Case.asked()
        .flow(flow)
        .requester("gp:A/d1")
        .referral("gp:A/d1", "wot:zuid", true)
        .with(consent("C1").evidence(Evidence.ASSERTED_BY_REQUESTER))
        .denies(Reason.ASSERTION_NOT_RECORDED);
  }

  @ParameterizedTest(name = "{0} by {1}, referral {2} to {3}: {4}")
  @CsvSource({
    "REFERRAL, gp:A/d1, none, none, CONSENT",
    "REFERRAL, gp:A/d2, none, none, CONSENT",
    "REFERRAL, gp:A, none, none, CONSENT",
    "REFERRAL, -, none, none, CONSENT",
    "REFERRAL, gp:B/d1, none, none, ASSERTION_NOT_RECORDED",
    "REFERRAL, wot:zuid/w1, none, none, ASSERTION_NOT_RECORDED",
    "REFERRAL, gp:A/d1, gp:A/d1, wot:zuid, CONSENT",
    "REFERRAL, gp:A/d1, gp:B/d1, wot:zuid, ASSERTION_NOT_RECORDED",
    "REFERRAL, gp:A/d1, gp:A/d1, wot:oost, ASSERTION_NOT_RECORDED",
    "FORWARD, wot:zuid/w9, gp:A/d1, wot:zuid, CONSENT",
    "FORWARD, wot:zuid/w9, gp:A/d1, wot:zuid/w9, CONSENT",
    "FORWARD, wot:zuid/w9, gp:A/d1, wot:oost, ASSERTION_NOT_RECORDED",
    "FORWARD, wot:zuid/w9, gp:B/d1, wot:zuid, ASSERTION_NOT_RECORDED",
    "FORWARD, wot:zuid/w9, none, none, ASSERTION_NOT_RECORDED",
    "INFO_REQUEST, wot:zuid/w1, gp:A/d1, wot:zuid, ASSERTION_NOT_RECORDED",
    "ANSWER, gp:A/d1, gp:A/d1, wot:zuid, ASSERTION_NOT_RECORDED",
    "FEEDBACK, gp:A/d1, gp:A/d1, wot:zuid, ASSERTION_NOT_RECORDED",
  })
  void theHoldersWordCountsForThatReferral(
      Flow flow, String by, String from, String to, Reason reason) {
    Case asked = Case.asked().flow(flow).requester(by);
    if (!from.equals("none")) {
      asked.referral(from, to, true);
    }
    asked.with(consent("C1").evidence(Evidence.ASSERTED_BY_SENDER)).gives(reason);
  }

  @Test
  void aReferralWithoutPartiesIsNoReferral() {
    for (Case asked :
        new Case[] {
          Case.asked().flow(Flow.FORWARD).referral("-", "wot:zuid", true),
          Case.asked().flow(Flow.FORWARD).referral("gp:A", "-", true),
        }) {
      asked
          .with(consent("C1").evidence(Evidence.ASSERTED_BY_SENDER))
          .denies(Reason.ASSERTION_NOT_RECORDED);
    }
  }

  @Test
  void aPathThatBeginsWithItsSeparatorIsItsOwnHouse() {
    Case.asked()
        .flow(Flow.REFERRAL)
        .requester("/d1")
        .with(consent("C1").evidence(Evidence.ASSERTED_BY_SENDER))
        .denies(Reason.ASSERTION_NOT_RECORDED);
  }

  @Test
  void theOrderOfRecordsDoesNotMatterAndADuplicateChangesNothing() {
    Case one = Case.asked().with(consent("C1")).with(consent("C2").categories("medical"));
    Case other =
        Case.asked()
            .with(consent("C2").categories("medical"))
            .with(consent("C1"))
            .with(consent("C2").categories("medical"));
    assertThat(one.decide()).isEqualTo(other.decide());
    assertThat(one.decide().records()).containsExactly("C1", "C2");
  }

  @Test
  void whatIsPermittedStandsInTheOrderAsked() {
    ConsentDecision decision =
        Case.consented()
            .categories("support.plan", "medical.psychiatry", "contact", "medical.sexual")
            .decide();
    assertThat(decision.outcome()).isEqualTo(ConsentDecision.Outcome.PARTIAL);
    assertThat(decision.permitted())
        .containsExactly(new Category("support.plan"), new Category("contact"));
    assertThat(decision.reason()).isEqualTo(Reason.NOT_NECESSARY);
    assertThat(decision.refused())
        .containsEntry(new Category("medical.psychiatry"), Reason.CATEGORY_NOT_COVERED)
        .containsEntry(new Category("medical.sexual"), Reason.NOT_NECESSARY)
        .hasSize(2);
    assertThat(decision.records()).containsExactly("C1");
  }
}
