package nl.wotpoort.rules.consent;

import static nl.wotpoort.rules.consent.RecordSketch.consent;
import static nl.wotpoort.rules.consent.RecordSketch.objection;
import static org.assertj.core.api.Assertions.assertThat;

import nl.wotpoort.rules.consent.ConsentRecord.Evidence;
import nl.wotpoort.rules.consent.ConsentRecord.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule 9: an objection beats consent, save a later and more specific one. */
class ObjectionsTest {

  private static final String LATER = "2026-03-01T09:00+01:00";

  @Test
  void anObjectionAloneIsTheReason() {
    Case objected = Case.asked().with(objection("O1"));
    objected.denies(Reason.OBJECTION);
    assertThat(objected.decide().records()).containsExactly("O1");
    assertThat(objected.decide().nearestMiss().orElseThrow().reason()).isEqualTo(Reason.OBJECTION);
  }

  @ParameterizedTest(name = "objection to {0}/{1}/{2}/{3}: {4}")
  @CsvSource({
    "gp:A, wot:zuid, support, medical, OBJECTION",
    "gp:A/d1, wot:zuid/w1, support.intake, medical.summary, OBJECTION",
    "*, *, support, medical, OBJECTION",
    "gp:B, wot:zuid, support, medical, CONSENT",
    "gp:A/d2, wot:zuid, support, medical, CONSENT",
    "gp:A, wot:oost, support, medical, CONSENT",
    "gp:A, wot:zuid/w2, support, medical, CONSENT",
    "gp:A, wot:zuid, support.execution, medical, CONSENT",
    "gp:A, wot:zuid, support, social, CONSENT",
    "gp:A, wot:zuid, support, medical.medication, CONSENT",
    // A side left open is meant wholly.
    "'', wot:zuid, support, medical, OBJECTION",
    "gp:A, '', support, medical, OBJECTION",
    "gp:A, wot:zuid, '', medical, OBJECTION",
    "gp:A, wot:zuid, support, '', OBJECTION",
    "'', wot:oost, support, medical, CONSENT",
    "gp:B, '', support, medical, CONSENT",
  })
  void matchedInTheSameWay(
      String holder, String recipient, String purpose, String category, Reason reason) {
    Case.consented()
        .purposes("support.intake")
        .with(
            objection("O1")
                .recorded(LATER)
                .holders(holder)
                .recipients(recipient)
                .purposes(purpose)
                .categories(category))
        .gives(reason);
  }

  @Test
  void anObjectionNotInForceIsNone() {
    Case.consented().with(objection("O1").state(State.DRAFT)).permits(Reason.CONSENT);
    Case.consented().with(objection("O1").withdrawn(LATER)).permits(Reason.CONSENT);
    Case.consented().with(objection("O1").until("2026-06-14")).permits(Reason.CONSENT);
    Case.consented().with(objection("O1").from("2026-06-16")).permits(Reason.CONSENT);
    Case.consented().with(objection("O1").client("K2")).permits(Reason.CONSENT);
    Case.consented().with(objection("O1").by("")).permits(Reason.CONSENT);
    Case.consented()
        .with(objection("O1").recorded("2026-06-15T10:01+02:00"))
        .permits(Reason.CONSENT);
    Case.consented()
        .with(objection("O1").evidence(Evidence.ASSERTED_BY_REQUESTER))
        .permits(Reason.CONSENT);
    Case.consented()
        .with(objection("O1"))
        .with(consent("C2").replaces("O1").purposes("safety"))
        .permits(Reason.CONSENT);
  }

  @Test
  void whatConcernsAnotherClientSetsNoObjectionAside() {
    Case.consented()
        .with(objection("O1"))
        .with(consent("C2").replaces("O1").client("K2"))
        .denies(Reason.OBJECTION);
  }

  @Test
  void whatNobodySaidSetsNoObjectionAside() {
    Case.consented()
        .with(objection("O1"))
        .with(consent("C2").replaces("O1").by(""))
        .denies(Reason.OBJECTION);
  }

  @ParameterizedTest(name = "{0} {1} then {2} {3}: {4}")
  @CsvSource({
    // E05 and its neighbours: the objection is of January, the consent of March.
    "recipients, wot:*, recipients, wot:zuid, CONSENT",
    "recipients, *, recipients, wot:*, CONSENT",
    "recipients, wot:zuid, recipients, wot:zuid/w1, CONSENT",
    "recipients, wot:zuid wot:*, recipients, wot:zuid, OBJECTION",
    "recipients, wot:zuid, recipients, wot:zuid, OBJECTION",
    "recipients, wot:zuid, recipients, wot:*, OBJECTION",
    "recipients, '', recipients, wot:*, CONSENT",
    "recipients, *, recipients, *, OBJECTION",
    "recipients, '', recipients, *, OBJECTION",
    "holders, gp:*, holders, gp:A, CONSENT",
    "holders, gp:A, holders, gp:A/d1, CONSENT",
    "holders, gp:A/d1, holders, gp:A, OBJECTION",
    "purposes, support, purposes, support.intake, CONSENT",
    "purposes, support.intake, purposes, support, OBJECTION",
    "purposes, '', purposes, support, CONSENT",
    "categories, medical, categories, medical.summary, CONSENT",
    "categories, medical.summary, categories, medical, OBJECTION",
    "categories, '', categories, medical, CONSENT",
    // What else a record names does not make it more specific here.
    "recipients, wot:* wot:oost/w2, recipients, wot:zuid, CONSENT",
    "recipients, wot:zuid, recipients, wot:* wot:oost/w2, OBJECTION",
    "recipients, wot:*, recipients, wot:a wot:zuid, CONSENT",
    "purposes, support child-protection, purposes, support.intake, CONSENT",
    "holders, gp:* gp:B/d123, holders, gp:A, CONSENT",
    "categories, medical social.finance.debt, categories, medical.summary, CONSENT",
    // Wider on one side and narrower on another is not less specific.
    "recipients, wot:*, categories, medical.summary, CONSENT",
    "categories, medical.summary, recipients, wot:zuid/w1, OBJECTION",
    "holders, gp:A/d1, recipients, wot:zuid/w1, OBJECTION",
    "purposes, support.intake, recipients, wot:zuid/w1, OBJECTION",
    "recipients, wot:zuid/w1, holders, gp:A/d1, OBJECTION",
  })
  void anOlderAndLessSpecificObjectionGivesWay(
      String side, String objected, String otherSide, String consented, Reason reason) {
    Case asked = Case.asked().purposes("support.intake");
    asked.with(on(objection("O1"), side, objected)).denies(Reason.OBJECTION);
    asked.with(on(consent("C1").recorded(LATER), otherSide, consented)).gives(reason);
  }

  private static RecordSketch on(RecordSketch record, String side, String names) {
    return switch (side) {
      case "recipients" -> record.recipients(names);
      case "holders" -> record.holders(names);
      case "purposes" -> record.purposes(names);
      default -> record.categories(names);
    };
  }

  @ParameterizedTest(name = "consent recorded {0}: {1}")
  @CsvSource({
    "2025-12-01T09:00+01:00, OBJECTION",
    "2026-01-01T09:00+01:00, OBJECTION",
    "2026-01-01T09:00:01+01:00, CONSENT",
  })
  void olderByTheInstantOfRecording(String recorded, Reason reason) {
    Case.asked()
        .with(objection("O1").recipients("wot:*"))
        .with(consent("C1").recorded(recorded))
        .gives(reason);
  }

  @Test
  void aDenialRestsOnTheObjectionsThatStand() {
    Case asked = Case.asked().with(objection("O1").recipients("wot:*"));
    asked.with(objection("O2")).with(consent("C1").recorded(LATER)).denies(Reason.OBJECTION);
    assertThat(asked.decide().records()).containsExactly("O2");
  }

  @Test
  void everyObjectionMustGiveWayThoughNotToTheSameConsent() {
    Case asked = Case.asked();
    asked.with(objection("O1").recipients("wot:*"));
    asked.with(objection("O2").categories("medical").recipients("wot:zuid").recorded(LATER));
    asked.with(consent("C1").recorded(LATER)).denies(Reason.OBJECTION);
    asked.with(
        consent("C2")
            .categories("medical.summary")
            .holders("*")
            .recorded("2026-04-01T09:00+02:00"));
    asked.denies(Reason.OBJECTION);
    asked.with(consent("C3").categories("medical.summary").recorded("2026-04-01T09:00+02:00"));
    asked.permits(Reason.CONSENT);
  }

  @Test
  void theConsentThatOutweighsMustComeFromSomebodyWhoCounts() {
    Case.asked()
        .with(consent("C1"))
        .with(objection("O1").recipients("wot:*").recorded(LATER))
        .with(consent("C2").by("neighbour").recorded("2026-04-01T09:00+02:00"))
        .denies(Reason.OBJECTION);
  }

  @Test
  void theConsentThatOutweighsMustCover() {
    Case.asked()
        .with(objection("O1").recipients("wot:*"))
        .with(consent("C1").recorded(LATER).withdrawn(LATER))
        .denies(Reason.OBJECTION);
  }

  @Test
  void aGeneralObjectionBarsTheRestrictedCategoryBelowIt() {
    Case asked = Case.asked().categories("medical.psychiatry");
    asked.with(consent("C1").categories("medical.psychiatry"));
    asked.with(objection("O1").categories("medical").recorded(LATER));
    asked.denies(Reason.OBJECTION);
  }

  @Test
  void anObjectionToAPartBarsTheWholeButARestrictedPartIsNoPartOfIt() {
    Case asked = Case.asked().categories("medical");
    asked.with(objection("O1").categories("medical.psychiatry"));
    asked.with(consent("C1").recorded(LATER)).permits(Reason.CONSENT);
    asked.with(objection("O2").categories("medical.medication")).denies(Reason.OBJECTION);
    asked.categories("medical.summary").permits(Reason.CONSENT);
  }

  @Test
  void anObjectionThatNamesAPartBesideTheWholeGivesWayToAConsentThatNamesBoth() {
    Case asked = Case.asked().categories("medical");
    asked.with(objection("O1").recipients("wot:*").categories("medical medical.medication"));
    asked.with(consent("C1").recorded(LATER)).denies(Reason.OBJECTION);
    asked.with(consent("C2").recorded(LATER).categories("medical medical.medication"));
    asked.permits(Reason.CONSENT);
  }

  @Test
  void anOlderObjectionToEverythingStandsWhereItIsTheMoreSpecific() {
    Case.asked()
        .with(objection("O1").recipients("wot:zuid/w1").categories(""))
        .with(consent("C1").recorded(LATER).recipients("wot:zuid"))
        .denies(Reason.OBJECTION);
  }

  @Test
  void aRestrictedPartDoesNotMakeAnObjectionMoreSpecific() {
    Case.asked()
        .categories("medical")
        .with(objection("O1").recipients("wot:*").categories("medical medical.psychiatry"))
        .with(consent("C1").recorded(LATER))
        .permits(Reason.CONSENT);
  }

  @Test
  void anUnknownHolderOrRecipientIsOnlyBarredByAnOpenObjection() {
    Case.asked().holder("-").with(objection("O1").holders("")).denies(Reason.OBJECTION);
    Case.asked().holder("-").with(objection("O1").holders("*")).denies(Reason.NO_CONSENT);
    Case.asked().recipient("-").with(objection("O1").recipients("")).denies(Reason.OBJECTION);
  }

  @Test
  void objectionAndNecessityPerCategory() {
    Case asked = Case.consented().categories("medical.sexual", "social.work", "contact");
    asked.with(objection("O1").categories("medical social").recorded(LATER));
    ConsentDecision decision = asked.decide();
    assertThat(decision.reason()).isEqualTo(Reason.OBJECTION);
    assertThat(decision.refused().values()).containsExactly(Reason.NOT_NECESSARY, Reason.OBJECTION);
    assertThat(decision.permitted()).hasSize(1);
    assertThat(decision.records()).containsExactly("C1");
  }
}
