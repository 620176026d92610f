package nl.wotpoort.rules.consent;

import static nl.wotpoort.rules.consent.RecordSketch.consent;
import static nl.wotpoort.rules.consent.RecordSketch.objection;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule 8: who gives consent at which age and in which state, and who may object (rule 9). */
class GiversTest {

  @ParameterizedTest(name = "born {0}, {1}: {2}")
  @CsvSource({
    // Judged on 15 June 2026. Eleven until and including the day before the twelfth birthday.
    "2026-06-15, mother, CONSENT",
    "2026-07-01, mother, CONSENT",
    "2018-01-01, mother, CONSENT",
    "2018-01-01, father, CONSENT",
    "2018-01-01, client, GIVER_NOT_COMPETENT",
    "2018-01-01, aunt, GIVER_NOT_COMPETENT",
    "2018-01-01, mentor1, GIVER_NOT_COMPETENT",
    "2014-06-16, mother, CONSENT",
    "2014-06-16, client, GIVER_NOT_COMPETENT",
    "2014-06-15, mother, MISSING_CO_CONSENT",
    "2014-06-15, client, MISSING_CO_CONSENT",
    "2014-06-15, client mother, CONSENT",
    "2014-06-15, client father, CONSENT",
    "2014-06-15, client aunt, MISSING_CO_CONSENT",
    "2014-06-15, mother father, MISSING_CO_CONSENT",
    "2014-06-15, aunt, GIVER_NOT_COMPETENT",
    "2010-06-16, client, MISSING_CO_CONSENT",
    "2010-06-16, client mother, CONSENT",
    "2010-06-15, client, CONSENT",
    "2010-06-15, mother, GIVER_NOT_COMPETENT",
    "2010-06-15, mother father, GIVER_NOT_COMPETENT",
    "2008-06-16, mother, GIVER_NOT_COMPETENT",
    "1950-01-01, client, CONSENT",
    "1950-01-01, mother, GIVER_NOT_COMPETENT",
    "1950-01-01, mentor1, GIVER_NOT_COMPETENT",
    "-, client, GIVER_NOT_COMPETENT",
    "-, mother, GIVER_NOT_COMPETENT",
    "-, mentor1, GIVER_NOT_COMPETENT",
  })
  void ableToJudge(String born, String by, Reason reason) {
    Case.asked()
        .born(born)
        .guardians("mother father")
        .rep("mentor1", "mentor", "-")
        .with(consent("C1").by(by))
        .gives(reason);
  }

  @ParameterizedTest(name = "born {0}, {1}: {2}")
  @CsvSource({
    "2018-01-01, mother, CONSENT",
    "2018-01-01, mentor1, GIVER_NOT_COMPETENT",
    "2014-06-15, mother, CONSENT",
    "2014-06-15, client, GIVER_NOT_COMPETENT",
    "2014-06-15, mentor1, GIVER_NOT_COMPETENT",
    "2010-06-16, mother, CONSENT",
    "2010-06-16, mentor1, GIVER_NOT_COMPETENT",
    "2010-06-15, mother, CONSENT",
    "2010-06-15, mentor1, CONSENT",
    "2010-06-15, client, GIVER_NOT_COMPETENT",
    "2008-06-16, mother, CONSENT",
    "2008-06-15, mother, GIVER_NOT_COMPETENT",
    "2008-06-15, mentor1, CONSENT",
    "1950-01-01, mentor1, CONSENT",
    "1950-01-01, client, GIVER_NOT_COMPETENT",
    "1950-01-01, mother, GIVER_NOT_COMPETENT",
    "1950-01-01, neighbour, GIVER_NOT_COMPETENT",
    "-, mentor1, GIVER_NOT_COMPETENT",
    "-, mother, GIVER_NOT_COMPETENT",
  })
  void notAbleToJudge(String born, String by, Reason reason) {
    Case.asked()
        .born(born)
        .capable(false)
        .guardians("mother father")
        .rep("mentor1", "mentor", "-")
        .with(consent("C1").by(by))
        .gives(reason);
  }

  @ParameterizedTest(name = "{0} for {1}: {2}")
  @CsvSource({
    "curator, medical.summary, CONSENT",
    "mentor, medical.summary, CONSENT",
    "gemachtigde, medical.summary, CONSENT",
    "family, medical.summary, CONSENT",
    "bewindvoerder, medical.summary, GIVER_NOT_COMPETENT",
    "bewindvoerder, social.finance, CONSENT",
    "bewindvoerder, social.finance.debt, CONSENT",
    "bewindvoerder, social, GIVER_NOT_COMPETENT",
    "neighbour, medical.summary, GIVER_NOT_COMPETENT",
  })
  void aRepresentativeDecidesOnTheMattersOfTheKind(String kind, String category, Reason reason) {
    Case.asked()
        .capable(false)
        .rep("r1", kind, "-")
        .categories(category)
        .with(consent("C1").by("r1"))
        .gives(reason);
  }

  @ParameterizedTest(name = "mandate until {0}, judged {1}: {2}")
  @CsvSource({
    "2026-06-15, 2026-06-15T23:59:59+02:00, CONSENT",
    "2026-06-15, 2026-06-16T00:00+02:00, GIVER_NOT_COMPETENT",
    "2026-06-15T12:00+02:00, 2026-06-15T12:00+02:00, CONSENT",
    "2026-06-15T12:00+02:00, 2026-06-15T12:00:01+02:00, GIVER_NOT_COMPETENT",
  })
  void aMandateMustRunOnTheDayJudged(String until, String now, Reason reason) {
    Case.asked()
        .capable(false)
        .rep("m1", "mentor", until)
        .now(now)
        .with(consent("C1").by("m1"))
        .gives(reason);
  }

  @Test
  void oneOfSeveralRepresentativesIsEnough() {
    Case.asked()
        .capable(false)
        .rep("m1", "mentor", "2026-01-01")
        .rep("m2", "bewindvoerder", "-")
        .rep("m3", "family", "-")
        .with(consent("C1").by("m1 m2"))
        .with(consent("C2").by("m3"))
        .permits(Reason.CONSENT);
  }

  @ParameterizedTest(name = "born {0}, able now {1}, then {2}, by {3}: {4}")
  @CsvSource({
    "1950-01-01, false, true, client, CONSENT",
    "1950-01-01, false, false, client, GIVER_NOT_COMPETENT",
    "1950-01-01, true, false, client, GIVER_NOT_COMPETENT",
    "1950-01-01, true, true, client, CONSENT",
    "2010-06-15, false, true, client, CONSENT",
    "2014-06-15, false, true, client, MISSING_CO_CONSENT",
    "2014-06-15, false, true, client mother, CONSENT",
    "2014-06-15, true, false, client mother, MISSING_CO_CONSENT",
    "2014-06-16, false, true, client, GIVER_NOT_COMPETENT",
    "1950-01-01, false, true, neighbour, GIVER_NOT_COMPETENT",
  })
  void givenWhileAbleToJudge(String born, boolean now, boolean then, String by, Reason reason) {
    Case.asked()
        .born(born)
        .guardians("mother")
        .capable(now)
        .with(consent("C1").by(by).givenCapable(then))
        .gives(reason);
  }

  @Test
  void youthAndParentMayConsentApart() {
    Case apart = Case.asked().born("2012-01-01").guardians("mother");
    apart.with(consent("C1").by("client")).denies(Reason.MISSING_CO_CONSENT);
    apart.with(consent("C2").by("mother").categories("medical.summary"));
    apart.permits(Reason.CONSENT);
    assertThat(apart.decide().records()).containsExactly("C1", "C2");
    apart.categories("contact").denies(Reason.MISSING_CO_CONSENT);
  }

  @Test
  void whoDoesNotCountIsNotRestedOn() {
    Case both = Case.consented().with(consent("C2").by("neighbour"));
    both.permits(Reason.CONSENT);
    assertThat(both.decide().records()).containsExactly("C1");
  }

  @ParameterizedTest(name = "born {0} is {2} on {1}")
  @CsvSource({
    "2012-02-29, 2026-02-28, 13",
    "2012-02-29, 2026-03-01, 14",
    "2012-02-29, 2024-02-28, 11",
    "2012-02-29, 2024-02-29, 12",
    "2008-02-29, 2026-02-28, 17",
    "2008-02-29, 2026-03-01, 18",
    "2014-06-15, 2026-06-14, 11",
    "2014-06-15, 2026-06-15, 12",
    "2014-06-15, 2026-05-20, 11",
    "2014-06-15, 2026-07-01, 12",
    "2014-12-31, 2026-12-30, 11",
    "2014-01-01, 2025-12-31, 11",
    "2026-06-15, 2026-06-15, 0",
  })
  void agesToTheDay(LocalDate born, LocalDate day, int age) {
    assertThat(Days.age(born, day)).isEqualTo(age);
  }

  @Test
  void bornOnALeapDayGrownUpOnTheFirstOfMarch() {
    Case asked = Case.asked().born("2008-02-29").capable(false).guardians("mother");
    asked.with(consent("C1").by("mother"));
    asked.now("2026-02-28T23:59:59+01:00").permits(Reason.CONSENT);
    asked.now("2026-03-01T00:00+01:00").denies(Reason.GIVER_NOT_COMPETENT);
  }

  @Test
  void aBirthdayBeginsAtMidnightInAmsterdam() {
    Case asked = Case.asked().born("2010-06-15").with(consent("C1").by("client"));
    asked.now("2026-06-14T21:59:59Z").denies(Reason.MISSING_CO_CONSENT);
    asked.now("2026-06-14T22:00Z").permits(Reason.CONSENT);
  }

  @ParameterizedTest(name = "born {0}, by {1}, judged {2}: {3}")
  @CsvSource({
    // Sixteen on the day of 23 hours, and on that of 25.
    "2010-03-29, client, 2026-03-28T22:59:59Z, MISSING_CO_CONSENT",
    "2010-03-29, client, 2026-03-28T23:00Z, CONSENT",
    "2010-10-25, client, 2026-10-24T21:59:59Z, MISSING_CO_CONSENT",
    "2010-10-25, client, 2026-10-24T22:00Z, CONSENT",
    // Twelve on the last day of the year, at midnight here and not in Greenwich.
    "2014-12-31, mother, 2026-12-30T22:59:59Z, CONSENT",
    "2014-12-31, mother, 2026-12-30T23:00Z, MISSING_CO_CONSENT",
    // Born on a leap day: twelve and sixteen on a leap day, the first or the last second of it.
    "2016-02-29, mother, 2028-02-28T22:59:59Z, CONSENT",
    "2016-02-29, mother, 2028-02-28T23:00Z, MISSING_CO_CONSENT",
    "2012-02-29, client, 2028-02-28T22:59:59Z, MISSING_CO_CONSENT",
    "2012-02-29, client, 2028-02-29T22:59:59Z, CONSENT",
    // The day after a leap day is a year too late for nobody born on 1 March.
    "2012-03-01, client, 2028-02-29T22:59:59Z, MISSING_CO_CONSENT",
    "2012-03-01, client, 2028-02-29T23:00Z, CONSENT",
  })
  void agesTurnAtMidnightInAmsterdamWhateverTheDay(
      String born, String by, String now, Reason reason) {
    Case.asked()
        .born(born)
        .guardians("mother father")
        .now(now)
        .with(consent("C1").by(by))
        .gives(reason);
  }

  @ParameterizedTest(name = "born {0}, able {1}, objection by {2}: {3}")
  @CsvSource({
    "2014-06-16, true, client, CONSENT",
    "2014-06-16, true, mother, OBJECTION",
    "2014-06-16, true, aunt, CONSENT",
    "2014-06-15, true, client, OBJECTION",
    "2014-06-15, false, client, OBJECTION",
    "2014-06-15, true, mother, OBJECTION",
    "2014-06-15, true, aunt, CONSENT",
    "2010-06-15, true, client, OBJECTION",
    "2010-06-15, true, mother, CONSENT",
    "2010-06-15, false, mother, OBJECTION",
    "1950-01-01, false, client, OBJECTION",
    "1950-01-01, false, mentor1, OBJECTION",
    "1950-01-01, false, former, CONSENT",
    "1950-01-01, false, money, CONSENT",
    "1950-01-01, true, mentor1, CONSENT",
    "1950-01-01, true, client mentor1, OBJECTION",
  })
  void whoMayObject(String born, boolean able, String by, Reason reason) {
    Case.asked()
        .born(born)
        .capable(able)
        .guardians("mother father")
        .rep("mentor1", "mentor", "-")
        .rep("former", "mentor", "2026-01-31")
        .rep("money", "bewindvoerder", "-")
        .with(consent("C1").by("client father mentor1").givenCapable(true))
        .with(objection("O1").by(by))
        .gives(reason);
  }

  @Test
  void aBewindvoerderObjectsOnFinanceOnly() {
    Case asked = Case.asked().capable(false).rep("m1", "mentor", "-");
    asked.rep("b1", "bewindvoerder", "-").with(consent("C1").by("m1"));
    asked.with(objection("O1").by("b1"));
    asked.categories("social.finance").denies(Reason.OBJECTION);
    asked.categories("social.housing").permits(Reason.CONSENT);
  }

  @Test
  void whenTheAgeIsUnknownAnybodysObjectionStands() {
    Case.asked().born("-").with(objection("O1").by("aunt")).denies(Reason.OBJECTION);
  }
}
