package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.rules.judge.Decision;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.HeldMessage;
import nl.wotpoort.store.HoldCause;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.MessageRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two pairs of eyes are of two people, whom we know. */
class SecondPersonTest {

  private static final String WAITS = "SECOND_PERSON/LEGAL_GROUND";

  @TempDir static Path folder;

  private static House house;
  private static final AtomicLong NUMBERS = new AtomicLong(500);

  @BeforeAll
  static void open() {
    house = House.in(folder);
  }

  @AfterAll
  static void close() {
    house.close();
  }

  private static HeldMessage held(MessageRef ref, String detail) {
    return new HeldMessage(
        ref,
        HoldCause.NOT_DECIDED,
        detail,
        House.START,
        House.START,
        1,
        "test",
        House.OOST,
        Optional.empty(),
        1);
  }

  /** A message nobody else wrote about. */
  private static MessageRef message() {
    return new MessageRef(NUMBERS.incrementAndGet());
  }

  private static void journal(MessageRef ref, String event, String sender, String decidedBy) {
    GroundStatement ground =
        new GroundStatement(
            "vital-interest",
            Optional.ofNullable(decidedBy).map(Confidential::of),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());
    house
        .store
        .journal()
        .write(
            JournalEntry.of(
                    House.START, event, JournalEntry.Action.EXECUTE, Actor.of(sender, "x"), ref)
                .explaining(ground.write()));
  }

  private static String answer(HeldMessage held, String by, Instant now) {
    SecondPerson.Answer answer =
        new SecondPerson(
                house.store, house.rooms.directory(), Set.of("r.smits", "a.proef", "beheer", "007"))
            .agree(held, by, "typist", now);
    boolean written =
        house.store.journal().about(held.ref().toString()).stream()
            .anyMatch(line -> line.entry().event().equals(Permission.SECOND_PERSON_AGREED));
    assertThat(answer.isAgreed()).isEqualTo(written);
    return answer.objection().map(Enum::name).orElse("agreed");
  }

  /** w401 is Sanne Jansen of Oost, w402 Tom Peters of Oost, w301 Fatma Yılmaz of Groenoord. */
  @ParameterizedTest(name = "{0} for what {1} sent and {2} decided: {3}")
  @CsvSource({
    "w401,                              gp@gp.example,                A. de Vries,   agreed",
    "' w401 ',                          gp@gp.example,                ,              agreed",
    "s.jansen@intern.wotschiedam.nl,    gp@gp.example,                A. de Vries,   agreed",
    "' s.jansen@wotschiedam.nl ',       gp@gp.example,                A. de Vries,   agreed",
    "' R.Smits ',                       gp@gp.example,                A. de Vries,   agreed",
    "w999,                              gp@gp.example,                A. de Vries,   NOT_KNOWN",
    "wie dan ook,                       gp@gp.example,                A. de Vries,   NOT_KNOWN",
    "oost@intern.wotschiedam.nl,        gp@gp.example,                A. de Vries,   NOT_KNOWN",
    "a.devries@praktijk-delinde.example, gp@gp.example,               B. Ander,      NOT_KNOWN",
    // whoever sent it, or may have
    "w401,                              s.jansen@intern.wotschiedam.nl, B. Ander,    FIRST_PERSON",
    "w402,                              s.jansen@intern.wotschiedam.nl, B. Ander,    agreed",
    "w401,                              oost@intern.wotschiedam.nl,   B. Ander,      FIRST_PERSON",
    "w301,                              oost@intern.wotschiedam.nl,   B. Ander,      agreed",
    "r.smits,                           oost@intern.wotschiedam.nl,   B. Ander,      agreed",
    "' R.Smits ',                       r.smits,                      B. Ander,      FIRST_PERSON",
    // whoever decided, however he is written
    "w401,                              gp@gp.example,                S. Jansen,     FIRST_PERSON",
    "w401,                              gp@gp.example,                mw. S. JANSEN, FIRST_PERSON",
    "w401,                              gp@gp.example,                Jansen,        FIRST_PERSON",
    "w401,                              gp@gp.example,                mevrouw Jansen, FIRST_PERSON",
    "w401,                              gp@gp.example,                'Jansen, S.',  FIRST_PERSON",
    "w401,                              gp@gp.example,                'S. Jansen, huisarts', FIRST_PERSON",
    "w401,                              gp@gp.example,                B. Ander en S. Jansen, FIRST_PERSON",
    "w401,                              gp@gp.example,                S. Jansen en B. Ander, FIRST_PERSON",
    "w301,                              gp@gp.example,                F. Yilmaz,     FIRST_PERSON",
    "w401,                              gp@gp.example,                P. Jansen,     agreed",
    "w401,                              gp@gp.example,                S. Peters,     agreed",
    "w401,                              gp@gp.example,                '. . .',       agreed",
    "w401,                              gp@gp.example,                '. Jansen',    FIRST_PERSON",
    "a.proef,                           gp@gp.example,                dr. A. Proef,  FIRST_PERSON",
    "r.smits,                           gp@gp.example,                dr. A. Proef,  agreed",
    "r.smits,                           gp@gp.example,                Smits,         FIRST_PERSON",
    "beheer,                            gp@gp.example,                het beheer,    FIRST_PERSON",
    "007,                               gp@gp.example,                A. de Vries,   agreed",
  })
  void whoMay(String by, String sender, String decidedBy, String expected) {
    MessageRef ref = message();
    journal(ref, GroundStatement.EVENT, sender, decidedBy);
    assertThat(answer(held(ref, WAITS), by, House.START)).isEqualTo(expected);
  }

  @Test
  void onlyForWhatWaitsForOne() {
    assertThat(answer(held(message(), "AWAITING_CONSENT/NO_CONSENT"), "w401", House.START))
        .isEqualTo("NOT_WAITING");
  }

  /** Whoever held or saw it is not the one who stated it. */
  @Test
  void otherLinesOfTheJournalAreNoStatement() {
    MessageRef ref = message();
    journal(ref, "HELD", "w401", "S. Jansen");
    assertThat(answer(held(ref, WAITS), "w401", House.START)).isEqualTo("agreed");
  }

  /** The last day of w302 is 31 March 2027, in Amsterdam. */
  @ParameterizedTest
  @CsvSource({"2027-03-31T21:59:59Z, agreed", "2027-03-31T22:00:00Z, LEFT"})
  void untilTheLastDayIsOver(Instant now, String expected) {
    assertThat(answer(held(message(), WAITS), "w302", now)).isEqualTo(expected);
  }

  @Test
  void theJournalSaysWhoAgreedAndWhoTypedIt() {
    MessageRef worker = message();
    answer(held(worker, WAITS), "s.jansen@wotschiedam.nl", House.START);
    MessageRef administrator = message();
    answer(held(administrator, WAITS), " R.Smits ", House.START);
    assertThat(agreed(worker).actor())
        .isEqualTo(new Actor("w401", Optional.of("wot:oost"), Optional.of("second person")));
    assertThat(agreed(administrator).actor()).isEqualTo(Actor.of("R.Smits", "second person"));
    for (JournalEntry entry : List.of(agreed(worker), agreed(administrator))) {
      assertThat(entry.emergency()).isTrue();
      assertThat(entry.detail().map(Confidential::reveal)).contains("typist");
      assertThat(entry.source()).isEqualTo("cli");
      assertThat(entry.at()).isEqualTo(House.START);
    }
  }

  private static JournalEntry agreed(MessageRef ref) {
    return house.store.journal().about(ref.toString()).get(0).entry();
  }

  /** The road of one: held, agreed to, released, and on its way. */
  @Test
  void whatWasAgreedToGoesOn(@TempDir Path other) {
    try (House road = House.in(other)) {
      MessageRef ref =
          road.receive(
              House.OOST,
              road.fromGp(
                  "<1@gp.example>",
                  House.REFERRAL.replaceAll("Toestemming:.*", "")
                      + """
                      Wettelijke grond: conflict van plichten
                      Besloten door: A. de Vries
                      Cliënt geïnformeerd: ja
                      Afweging: acuut gevaar voor een ander
                      """));
      road.work();
      HeldMessage held = road.store.holds().show(ref).orElseThrow();
      assertThat(explained(road, ref, false)).as("for explain too").isFalse();
      assertThat(explained(road, ref, true)).isTrue();
      SecondPerson who = new SecondPerson(road.store, road.rooms.directory(), Set.of());
      assertThat(who.agree(held, "r.smits", "typist", House.START).isAgreed()).isFalse();
      road.work();
      assertThat(road.post.takenFor(House.TEAM_OOST)).isEmpty();
      assertThat(who.agree(held, "w401", "typist", House.START).isAgreed()).isTrue();
      road.work();
      assertThat(road.post.takenFor(House.TEAM_OOST)).hasSize(1);
    }
  }

  /** Whether it would go on. */
  private static boolean explained(House house, MessageRef ref, boolean agreed) {
    return new Examiner(house.rooms)
        .examine(
            house.store.holds().original(ref).orElseThrow().sealed(),
            House.OOST,
            House.START,
            agreed,
            House.START)
        .fold(u -> false, again -> false, judged -> judged.decision() instanceof Decision.Forward);
  }
}
