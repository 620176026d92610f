package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Situation;
import nl.wotpoort.mime.Reading;
import nl.wotpoort.rules.calendar.Deadlines;
import nl.wotpoort.rules.judge.Decision;
import nl.wotpoort.rules.judge.Facts;
import nl.wotpoort.rules.referral.ReferralEvent;
import nl.wotpoort.rules.referral.ReferralState;
import nl.wotpoort.rules.referral.ReferralStates;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.store.CaseStatus;
import nl.wotpoort.store.Claimed;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.NewCase;
import nl.wotpoort.store.Posting;
import nl.wotpoort.store.ReferralChange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a letter does to its referral, and what is held because it does not fit. */
class ReferralStepsTest {

  private static final Instant BEFORE = Instant.parse("2026-06-01T10:00:00Z");
  private static final Instant REMINDED = Instant.parse("2026-06-30T06:00:00Z");
  private static final AtomicLong NUMBERS = new AtomicLong(700_000);

  @TempDir static Path folder;

  private static House house;
  private static CaseNumber drawn;
  private static Examined.Judged referral;
  private static Claimed claimed;
  private static ReferralSteps steps;

  @BeforeAll
  static void open() {
    house = House.in(folder, usual -> House.drawing(usual, () -> drawn));
    MessageRef ref = house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REFERRAL));
    claimed = house.store.queue().claim(House.START, Duration.ofDays(1), "test", 1).get(0);
    assertThat(claimed.ref()).isEqualTo(ref);
    referral =
        new Examiner(house.rooms)
            .examine(claimed.sealed(), House.OOST, House.START, Permission.NONE, House.START)
            .fold(
                unverified -> {
                  throw new AssertionError(unverified);
                },
                again -> {
                  throw new AssertionError(again);
                },
                judged -> judged);
    steps = new ReferralSteps(house.rooms);
  }

  @AfterAll
  static void close() {
    house.close();
  }

  private static CaseNumber number() {
    return CaseNumber.ofRandom(NUMBERS.addAndGet(2));
  }

  /** A referral of that state; since BEFORE its referrer waits, in those where he does. */
  private static CaseNumber referralIn(ReferralState state) {
    CaseNumber number = number();
    boolean waits = state.awaitsTeam();
    house
        .store
        .outbox()
        .post(
            Consequences.none()
                .opening(
                    new NewCase(
                        number,
                        CaseStatus.FORWARDED,
                        BEFORE,
                        House.GP,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "REFERRAL"))
                .moving(
                    new ReferralChange(
                        number,
                        0,
                        BEFORE,
                        "RECEIVE",
                        state,
                        waits ? Optional.of(BEFORE) : Optional.empty(),
                        waits ? Optional.of(Deadlines.Step.REFERRER) : Optional.empty(),
                        waits ? Optional.of(REMINDED) : Optional.empty(),
                        Optional.empty(),
                        "",
                        Optional.of(new ReferralChange.Opened("gp:A", "", "", false)))),
            BEFORE);
    return number;
  }

  private static Facts.CaseFacts running(CaseNumber number) {
    return new Facts.CaseFacts(
        number,
        Decision.Matter.REFERRAL,
        new Party("gp:A/d1"),
        House.GP,
        new Party("wot:oost"),
        Optional.of(House.TEAM_OOST),
        true,
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        List.of(),
        List.of());
  }

  private static Examined.Judged judged(
      Letter letter, String sender, Optional<Facts.CaseFacts> running, Decision decision) {
    Reading read = referral.reading();
    Facts facts = referral.facts();
    return new Examined.Judged(
        referral.opened(),
        new Reading(
            read.head(), letter, read.text(), read.attachments(), read.missing(), read.form()),
        new Facts(
            facts.mailbox(),
            facts.signer(),
            Optional.of(sender).filter(s -> !s.isEmpty()).map(Party::new),
            facts.clientKey(),
            facts.register(),
            running,
            facts.contactPerson(),
            facts.load(),
            facts.discounted(),
            false,
            facts.now()),
        referral.client(),
        decision);
  }

  private static Letter feedback(Letter.Feedback.Outcome outcome, String reason) {
    return new Letter.Feedback(
        outcome,
        Optional.empty(),
        Optional.of(reason).filter(r -> !r.isEmpty()).map(Confidential::of),
        Optional.empty(),
        Optional.empty());
  }

  private static final Letter MESSAGE =
      new Letter.FreeText(Confidential.of("nog iets"), Optional.empty());

  private static Decision hold() {
    return new Decision.Hold(Decision.Hold.Cause.NOT_ROUTABLE, "X", Optional.empty(), List.of());
  }

  private static Decision giveBack() {
    return new Decision.Return(
        Decision.Return.Why.INCOMPLETE, List.of(), Optional.empty(), List.of());
  }

  /** What each letter says, by whom, as the page docs/referral-states.md names it. */
  private static Map<Examined.Judged, ReferralEvent> letters(CaseNumber number) {
    Optional<Facts.CaseFacts> running = Optional.of(running(number));
    Map<Examined.Judged, ReferralEvent> letters = new LinkedHashMap<>();
    Map<Letter.Feedback.Outcome, ReferralEvent> said =
        Map.of(
            Letter.Feedback.Outcome.ACCEPTED, ReferralEvent.ACCEPT,
            Letter.Feedback.Outcome.DECLINED, ReferralEvent.DECLINE,
            Letter.Feedback.Outcome.UNCLEAR, ReferralEvent.ASK,
            Letter.Feedback.Outcome.INTERIM, ReferralEvent.INFORM,
            Letter.Feedback.Outcome.COMPLETED, ReferralEvent.COMPLETE,
            Letter.Feedback.Outcome.HANDED_ON, ReferralEvent.HAND_ON,
            Letter.Feedback.Outcome.DISPUTED, ReferralEvent.DISPUTE,
            Letter.Feedback.Outcome.CANCELLED, ReferralEvent.CANCEL);
    said.forEach(
        (outcome, event) ->
            letters.put(
                judged(feedback(outcome, ""), "wot:oost", running, referral.decision()), event));
    Letter again = referral.reading().letter();
    Decision go = referral.decision();
    letters.put(judged(MESSAGE, "gp:A/d1", running, go), ReferralEvent.SUPPLEMENT);
    letters.put(judged(again, "gp:A/d1", running, go), ReferralEvent.SUPPLEMENT);
    letters.put(judged(MESSAGE, "wot:oost", running, go), ReferralEvent.INFORM);
    letters.put(judged(MESSAGE, "", running, go), ReferralEvent.INFORM);
    return letters;
  }

  @ParameterizedTest
  @EnumSource(ReferralState.class)
  void whatTheTableHasNoPlaceForIsHeldUnlessAPersonLetItPass(ReferralState state) {
    CaseNumber number = referralIn(state);
    letters(number)
        .forEach(
            (letter, event) -> {
              Examined.Judged checked = steps.checked(letter, Permission.NONE);
              if (ReferralStates.after(state, event).isPresent()) {
                assertThat(checked).as(state + " " + event).isSameAs(letter);
              } else {
                assertThat(checked.decision())
                    .isInstanceOfSatisfying(
                        Decision.Hold.class,
                        held -> {
                          assertThat(held.cause()).isEqualTo(Decision.Hold.Cause.OUT_OF_ORDER);
                          assertThat(held.detail()).isEqualTo(event + "_IN_" + state);
                          assertThat(held.because())
                              .hasSize(letter.decision().because().size() + 1)
                              .last()
                              .satisfies(f -> assertThat(f.code()).isEqualTo("OUT_OF_ORDER"));
                        });
                assertThat(checked.reading()).isEqualTo(letter.reading());
                assertThat(checked.facts()).isEqualTo(letter.facts());
              }
              Permission released = new Permission(false, false, Set.of(Permission.OUT_OF_ORDER));
              assertThat(steps.checked(letter, released)).isSameAs(letter);
            });
  }

  @Test
  void whatIsNoLetterInAReferralIsNotHeldForIt() {
    CaseNumber cancelled = referralIn(ReferralState.CANCELLED);
    Letter accepts = feedback(Letter.Feedback.Outcome.ACCEPTED, "");
    Decision go = referral.decision();
    List.of(
            judged(accepts, "wot:oost", Optional.of(running(cancelled)), hold()),
            judged(accepts, "wot:oost", Optional.of(running(cancelled)), giveBack()),
            judged(accepts, "wot:oost", Optional.of(running(number())), go),
            judged(accepts, "wot:oost", Optional.empty(), go),
            judged(
                new Letter.Confirmation(true, Optional.empty()),
                "wot:oost",
                Optional.of(running(cancelled)),
                go))
        .forEach(letter -> assertThat(steps.checked(letter, Permission.NONE)).isSameAs(letter));
  }

  private static Docket docket(Examined.Judged judged, CaseNumber number) {
    drawn = number;
    return new Docket(house.rooms, claimed, judged, House.START);
  }

  private static String shown(ReferralChange change) {
    return String.join(
        " ",
        change.version() + "",
        change.event(),
        change.state().name(),
        change.clockFrom().map(Instant::toString).orElse("-"),
        change.nextStep().map(Enum::name).orElse("-"),
        change.nextAt().map(Instant::toString).orElse("-"),
        change.team().orElse("-"),
        change.reason().isEmpty() ? "-" : change.reason().replace(' ', '+'),
        change.opened().isPresent() ? "opened" : "-");
  }

  private static String change(
      Letter letter, String sender, boolean runs, CaseNumber number, Decision decision) {
    Examined.Judged judged =
        judged(
            letter,
            sender,
            Optional.of(number).filter(n -> runs).map(ReferralStepsTest::running),
            decision);
    Optional<ReferralChange> change = steps.change(docket(judged, number), decision);
    change.ifPresent(
        c -> {
          assertThat(c.number()).isEqualTo(number);
          assertThat(c.at()).isEqualTo(House.START);
        });
    return change.map(ReferralStepsTest::shown).orElse("nothing");
  }

  /** Of Monday 15 June 2026: the worker is reminded on Friday, the coordinator on Monday. */
  private static String filled(String row) {
    return row.replace("OLD", BEFORE + " REFERRER " + REMINDED)
        .replace("WORKER", House.START + " WORKER 2026-06-19T06:00:00Z")
        .replace("COORDINATOR", House.START + " COORDINATOR 2026-06-22T06:00:00Z")
        .replace("STOPS", "- - -");
  }

  @ParameterizedTest(name = "{1} in {0}")
  @CsvSource({
    "FORWARDED, ACCEPTED,  '',                1 ACCEPT ACCEPTED STOPS - - -",
    "FORWARDED, DECLINED,  'geen capaciteit', 1 DECLINE DECLINED STOPS - NO_CAPACITY -",
    "UNCLEAR,   DECLINED,  'adres, telefoon', 1 DECLINE DECLINED STOPS - NEEDS_ADDRESS+NEEDS_PHONE -",
    "FORWARDED, UNCLEAR,   'zijn eigen zaak', 1 ASK UNCLEAR STOPS - - -",
    "FORWARDED, INTERIM,   '',                1 INFORM FORWARDED OLD - - -",
    "FORWARDED, HANDED_ON, '',                1 HAND_ON FORWARDED WORKER oost - -",
    "ACCEPTED,  HANDED_ON, '',                1 HAND_ON FORWARDED WORKER oost - -",
    "ACCEPTED,  DISPUTED,  '',                1 DISPUTE DISPUTED COORDINATOR - - -",
    "DISPUTED,  DISPUTED,  '',                1 DISPUTE DISPUTED OLD - - -",
    "DISPUTED,  HANDED_ON, '',                1 HAND_ON FORWARDED WORKER oost - -",
    "DISPUTED,  COMPLETED, '',                1 COMPLETE COMPLETED STOPS - - -",
    "FORWARDED, CANCELLED, '',                1 CANCEL CANCELLED STOPS - - -",
    // let pass by a person, against the table
    "ACCEPTED,  DECLINED,  '',                1 DECLINE DECLINED STOPS - - -",
    "FORWARDED, DISPUTED,  '',                1 DISPUTE DISPUTED COORDINATOR - - -",
  })
  void anAnswerMovesTheReferralAndItsClock(
      ReferralState state, Letter.Feedback.Outcome said, String reason, String expected) {
    CaseNumber number = referralIn(state);
    assertThat(change(feedback(said, reason), "wot:oost", true, number, referral.decision()))
        .isEqualTo(filled(expected));
    assertThat(change(feedback(said, reason), "wot:oost", true, number, hold()))
        .isEqualTo("nothing");
    assertThat(change(feedback(said, reason), "wot:oost", true, number, giveBack()))
        .isEqualTo("nothing");
  }

  @ParameterizedTest(name = "a message by {1} in {0}")
  @CsvSource({
    "UNCLEAR,  gp:A/d1,  1 SUPPLEMENT FORWARDED WORKER - - -",
    "ACCEPTED, gp:A/d1,  1 SUPPLEMENT ACCEPTED STOPS - - -",
    "UNCLEAR,  wot:oost, 1 INFORM UNCLEAR STOPS - - -",
  })
  void aMessageMovesItOnlyWhereTheTeamWaitedForOne(
      ReferralState state, String sender, String expected) {
    assertThat(change(MESSAGE, sender, true, referralIn(state), referral.decision()))
        .isEqualTo(filled(expected));
  }

  /** Opened by what becomes of it first; held once, it is opened once. */
  @Test
  void aReferralIsOpenedWhenItIsHeldOrForwarded() {
    Letter letter = referral.reading().letter();
    Decision go = referral.decision();
    assertThat(change(letter, "gp:A/d1", false, number(), go))
        .isEqualTo(filled("0 FORWARD FORWARDED WORKER oost - opened"));
    assertThat(change(letter, "gp:A/d1", false, number(), hold()))
        .isEqualTo(filled("0 RECEIVE RECEIVED STOPS - - opened"));
    CaseNumber received = referralIn(ReferralState.RECEIVED);
    assertThat(change(letter, "gp:A/d1", false, received, hold())).isEqualTo("nothing");
    assertThat(change(letter, "gp:A/d1", false, received, go))
        .isEqualTo(filled("1 FORWARD FORWARDED WORKER oost - -"));
    assertThat(change(letter, "gp:A/d1", false, number(), giveBack())).isEqualTo("nothing");
    assertThat(change(MESSAGE, "gp:A/d1", false, received, go)).isEqualTo("nothing");
    for (Decision decision : List.of(go, hold())) {
      assertThat(change(letter, "gp:A/d1", true, number(), decision))
          .as("in a case that is no referral")
          .isEqualTo("nothing");
      assertThat(change(MESSAGE, "gp:A/d1", false, number(), decision)).isEqualTo("nothing");
    }
  }

  private static Letter.Referral about(Optional<LocalDate> born) {
    Letter.Referral read = (Letter.Referral) referral.reading().letter();
    Client client = read.client();
    return new Letter.Referral(
        new Client(
            client.name(),
            client.initials(),
            born.map(Confidential::of),
            client.postcode(),
            client.houseNumber(),
            client.phone(),
            client.bsn(),
            client.language(),
            client.guardians(),
            client.representative()),
        read.helpRequest(),
        read.factors(),
        Set.of(Situation.YOUTH, Situation.ADDICTION),
        List.of("Wonen", "Geldzaken en schulden", "wonen", "zomaar iets"),
        read.urgency(),
        read.preferredTeam(),
        read.consent(),
        read.legalGround(),
        read.caseNumber());
  }

  @ParameterizedTest
  @CsvSource({
    "gp:A/d1, 2008-06-15, gp:A, false",
    "gp:A/d1, 2008-06-16, gp:A, true",
    "gp:A,    ,           gp:A, false",
    "'',      1980-04-02, '',   false",
  })
  void whatItIsCountedUnder(String sender, LocalDate born, String practice, boolean youth) {
    Examined.Judged judged =
        judged(about(Optional.ofNullable(born)), sender, Optional.empty(), referral.decision());
    assertThat(
            steps
                .change(docket(judged, number()), referral.decision())
                .flatMap(ReferralChange::opened))
        .contains(
            new ReferralChange.Opened(practice, "jeugdhulp verslaving", "schulden wonen", youth));
  }

  private static boolean isOurs(Letter letter, boolean runs, Decision.Matter matter) {
    CaseNumber number = number();
    Decision.Forward go = (Decision.Forward) referral.decision();
    Examined.Judged judged =
        judged(letter, "wot:oost", Optional.of(running(number)).filter(r -> runs), go);
    return Feedbacks.isOne(
        docket(judged, number),
        new Decision.Forward(go.to(), matter, go.basis(), go.marks(), go.because()));
  }

  /** Those that the gateway says in its own words. */
  @Test
  void whichAnswersAreWrittenAnew() {
    Letter accepts = feedback(Letter.Feedback.Outcome.ACCEPTED, "");
    assertThat(isOurs(accepts, true, Decision.Matter.FEEDBACK)).isTrue();
    assertThat(isOurs(accepts, true, Decision.Matter.HANDING_ON)).isTrue();
    assertThat(isOurs(accepts, true, Decision.Matter.MESSAGE)).isFalse();
    assertThat(isOurs(accepts, false, Decision.Matter.FEEDBACK)).isFalse();
    assertThat(isOurs(MESSAGE, true, Decision.Matter.FEEDBACK)).isFalse();
  }

  /** Its referrer took it back while it was held: it goes nowhere, and nobody is told anew. */
  @Test
  void whatWasTakenBackIsNotForwarded() throws CannotSeal {
    CaseNumber cancelled = referralIn(ReferralState.CANCELLED);
    Examined.Judged outside =
        judged(referral.reading().letter(), "gp:A/d1", Optional.empty(), referral.decision());
    Examined.Judged inside =
        judged(
            referral.reading().letter(),
            "gp:A/d1",
            Optional.of(running(cancelled)),
            referral.decision());
    assertThat(steps.isTakenBack(docket(inside, cancelled))).as("a letter in it").isFalse();
    assertThat(steps.isTakenBack(docket(outside, referralIn(ReferralState.RECEIVED)))).isFalse();
    assertThat(steps.isTakenBack(docket(outside, number()))).isFalse();
    assertThat(steps.isTakenBack(docket(outside, cancelled))).isTrue();

    Posting posting = new Answers(house.rooms).posting(claimed, outside, House.START);
    assertThat(posting.hold()).isEmpty();
    assertThat(posting.fingerprint()).isPresent();
    assertThat(posting.consequences().letters()).isEmpty();
    assertThat(posting.consequences().referrals()).isEmpty();
    assertThat(posting.consequences().journal())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.event()).isEqualTo("TAKEN_BACK");
              assertThat(entry.outcome()).isEqualTo(JournalEntry.Outcome.REFUSED);
              assertThat(entry.caseNumber()).contains(cancelled);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "RECEIVED,OPEN", "FORWARDED,FORWARDED", "UNCLEAR,FORWARDED", "DISPUTED,FORWARDED",
    "ACCEPTED,ACCEPTED", "DECLINED,DECLINED", "COMPLETED,CLOSED", "CANCELLED,CLOSED"
  })
  void howTheCaseBookNamesIt(ReferralState state, CaseStatus status) {
    assertThat(ReferralSteps.status(state)).isEqualTo(status);
  }

  private static MessageRef byTeam(House road, CaseNumber number, String mail, String body) {
    MessageRef ref =
        road.receive(
            House.CASES,
            Optional.of(road.rooms.identity().caseAddress(number)),
            road.sealed(
                House.TEAM_OOST,
                "team/oost.p12",
                House.CASES,
                "gateway/zaak.pem",
                "<" + mail + "@intern.wotschiedam.nl>",
                "Zaaknummer: " + number + "\n" + body));
    road.work();
    return ref;
  }

  /** Accepted, and then declined: the referrer reads the first, the coordinator looks. */
  @Test
  void theRoadOfAnAnswerAndOfOneThatContradictsIt(@TempDir Path other) {
    try (House road = House.in(other)) {
      road.receive(House.OOST, road.fromGp("<1@gp.example>", House.REFERRAL));
      road.work();
      CaseNumber number = road.store.cases().newest(1).get(0).number();
      byTeam(road, number, "a1", "Besluit: kan ondersteunen\nContactpersoon: Sanne Jansen\n");
      assertThat(road.store.referrals().show(number).orElseThrow().state())
          .isEqualTo(ReferralState.ACCEPTED);
      List<Post.Parcel> told = road.post.takenFor(House.GP);
      assertThat(told).as("the receipt and the answer").hasSize(2);
      assertThat(road.readByGp(told.get(1).letter()))
          .contains("Het wijkteam Oost kan uw cliënt ondersteunen.", "Sanne Jansen");

      MessageRef against = byTeam(road, number, "a2", "Besluit: kan niet ondersteunen\n");
      assertThat(road.store.holds().show(against).orElseThrow().detail())
          .isEqualTo("OUT_OF_ORDER/DECLINE_IN_ACCEPTED");
      assertThat(road.store.referrals().show(number).orElseThrow().state())
          .isEqualTo(ReferralState.ACCEPTED);
      assertThat(road.post.takenFor(House.GP)).as("he reads nothing of it").hasSize(2);
      assertThat(road.post.taken)
          .extracting(p -> p.to().toString())
          .contains("coordinator-oost@intern.wotschiedam.nl");
    }
  }
}
