package nl.wotpoort.rules.consent;

import static nl.wotpoort.rules.consent.RecordSketch.consent;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import nl.wotpoort.letter.Category;
import nl.wotpoort.rules.consent.ConsentDecision.NearestMiss;
import nl.wotpoort.rules.consent.ConsentRecord.Evidence;
import nl.wotpoort.rules.consent.ConsentRecord.State;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Rule 11: which record explains a denial. */
class NearestMissTest {

  private record Point(Reason reason, UnaryOperator<RecordSketch> make) {}

  /** In the order of the policy. */
  private static final List<Point> POINTS =
      List.of(
          new Point(Reason.WITHDRAWN, c -> c.withdrawn("2026-03-01T09:00+01:00")),
          new Point(Reason.EXPIRED, c -> c.until("2026-06-14")),
          new Point(Reason.NOT_YET_VALID, c -> c.from("2026-06-16")),
          new Point(Reason.NOT_ACTIVE, c -> c.state(State.INACTIVE)),
          new Point(Reason.ASSERTION_NOT_RECORDED, c -> c.evidence(Evidence.ASSERTED_BY_REQUESTER)),
          new Point(Reason.MISSING_CO_CONSENT, c -> c.by("mother")),
          new Point(Reason.GIVER_NOT_COMPETENT, c -> c.by("aunt")),
          new Point(Reason.CATEGORY_NOT_COVERED, c -> c.categories("contact")),
          new Point(Reason.OTHER_PURPOSE, c -> c.purposes("safety")),
          new Point(Reason.OTHER_RECIPIENT, c -> c.recipients("wot:oost")),
          new Point(Reason.OTHER_HOLDER, c -> c.holders("gp:B")),
          new Point(Reason.OTHER_CLIENT, c -> c.client("K2")));

  private static Case youth() {
    return Case.asked().born("2012-01-01").guardians("mother");
  }

  private static RecordSketch good(String id) {
    return consent(id).by("client mother");
  }

  private static boolean together(Point one, Point other) {
    return !(one.reason == Reason.MISSING_CO_CONSENT && other.reason == Reason.GIVER_NOT_COMPETENT);
  }

  @TestFactory
  Stream<DynamicTest> ofTwoPointsOrTwoRecordsTheFirstReasonIsReported() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Point one : POINTS) {
      for (Point two : POINTS.subList(POINTS.indexOf(one) + 1, POINTS.size())) {
        tests.add(
            DynamicTest.dynamicTest(one.reason + " before " + two.reason, () -> pair(one, two)));
      }
    }
    return tests.stream();
  }

  private static void pair(Point one, Point two) {
    youth().with(one.make.apply(good("C1"))).denies(one.reason);
    youth().with(two.make.apply(good("C1"))).denies(two.reason);
    youth().with(two.make.apply(good("C1"))).with(one.make.apply(good("C2"))).denies(one.reason);
    if (together(one, two)) {
      RecordSketch both = two.make.apply(one.make.apply(good("C1")));
      Case asked = youth().with(both);
      asked.denies(one.reason);
      assertThat(asked.decide().nearestMiss())
          .contains(
              new NearestMiss(
                  new Category("medical.summary"),
                  one.reason,
                  List.of("C1"),
                  List.of(one.reason, two.reason)));
    }
  }

  @TestFactory
  Stream<DynamicTest> aRecordFailingOnThreePointsExplainsNothing() {
    List<DynamicTest> tests = new ArrayList<>();
    for (int third = 0; third < POINTS.size(); third++) {
      Point one = POINTS.get(third);
      Point two = POINTS.get((third + 2) % POINTS.size());
      Point three = POINTS.get((third + 4) % POINTS.size());
      tests.add(
          DynamicTest.dynamicTest(
              one.reason + " " + two.reason + " " + three.reason,
              () -> {
                RecordSketch far = three.make.apply(two.make.apply(one.make.apply(good("C1"))));
                Case asked = youth().with(far);
                asked.denies(Reason.NO_CONSENT);
                assertThat(asked.decide().records()).isEmpty();
                assertThat(asked.decide().nearestMiss()).isEmpty();
              }));
    }
    return tests.stream();
  }

  @Test
  void fewerPointsGoBeforeAnEarlierReason() {
    Case asked = Case.asked();
    asked.with(consent("C1").withdrawn("2026-03-01T09:00+01:00").holders("gp:B"));
    asked.denies(Reason.WITHDRAWN);
    asked.with(consent("C2").client("K2")).denies(Reason.OTHER_CLIENT);
    assertThat(asked.decide().records()).containsExactly("C2");
  }

  @Test
  void recordsThatMissEquallyAreNamedTogether() {
    Case asked = Case.asked();
    asked.with(consent("C2").until("2026-02-01")).with(consent("C1").until("2026-03-01"));
    assertThat(asked.decide().records()).containsExactly("C1", "C2");
  }

  @Test
  void eachRecordIsCountedWithItsOwnGivers() {
    Case asked = youth();
    asked.with(consent("C1").by("client"));
    asked.with(consent("C2").by("mother").until("2026-02-01"));
    asked.denies(Reason.MISSING_CO_CONSENT);
  }

  @Test
  void overCategoriesTheOrderOfTheReasonsDecides() {
    Case asked = Case.asked().categories("social.work", "medical.summary", "contact");
    asked.with(consent("C1").categories("contact").holders("gp:B"));
    asked.with(consent("C2").categories("medical").until("2026-06-14"));
    asked.denies(Reason.EXPIRED);
    ConsentDecision decision = asked.decide();
    assertThat(decision.refused().values())
        .containsExactly(Reason.EXPIRED, Reason.EXPIRED, Reason.OTHER_HOLDER);
    assertThat(decision.nearestMiss().map(NearestMiss::category))
        .contains(new Category("social.work"));
    assertThat(decision.records()).containsExactly("C2");
    asked.categories("contact", "medical.summary").denies(Reason.EXPIRED);
    assertThat(asked.decide().nearestMiss().map(NearestMiss::category))
        .contains(new Category("medical.summary"));
    asked.categories("support.status", "medical.sexual").denies(Reason.NOT_NECESSARY);
    assertThat(asked.decide().nearestMiss()).isEmpty();
  }
}
