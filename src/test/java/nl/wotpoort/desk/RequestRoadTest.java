package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Entries;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.rules.request.RequestState;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.CaseStatus;
import nl.wotpoort.store.HeldMessage;
import nl.wotpoort.store.Holds;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.RequestFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request for information from its arrival to its end: each way it is refused, and answered. */
class RequestRoadTest {

  @TempDir Path folder;

  private static MessageRef request(House house, String body) {
    MessageRef ref = house.receive(House.OOST, house.fromGp("<1@gp.example>", body));
    house.work();
    return ref;
  }

  private static RequestFile file(House house, MessageRef ref) {
    return house.store.requests().show(ref).orElseThrow();
  }

  private static List<String> journal(House house, MessageRef ref, String event) {
    return house.store.journal().about(ref.toString()).stream()
        .map(line -> line.entry())
        .filter(entry -> entry.event().equals(event))
        .map(RequestRoadTest::shown)
        .toList();
  }

  private static String shown(JournalEntry entry) {
    return String.join(
        " ",
        entry.outcome().name(),
        entry.source(),
        entry.caseNumber().isPresent() ? "case" : "-",
        entry.detail().map(Confidential::reveal).orElse("-"));
  }

  private static CaseStatus status(House house, MessageRef ref) {
    return house.store.cases().show(file(house, ref).caseNumber()).orElseThrow().status();
  }

  @Test
  void whatWaitsForConsentLapsesAfterItsTime() {
    try (House house = House.in(folder)) {
      MessageRef ref = request(house, House.REQUEST);
      Instant lapses = House.START.plus(house.rooms.identity().requests().lapse());
      assertThat(file(house, ref).state()).isEqualTo(RequestState.HELD);
      assertThat(file(house, ref).lapsesAt()).contains(lapses);
      assertThat(journal(house, ref, "HELD"))
          .as("every question's outcome, for the journal alone")
          .containsExactly("REFUSED test case NO_CONSENT; 1 NO_CONSENT");
      Examiner examiner = new Examiner(house.rooms);
      Holds.Original original = house.store.holds().original(ref).orElseThrow();
      assertThat(examiner.openedBefore(original, lapses).orElseThrow().reading().letter())
          .isInstanceOf(Letter.InformationRequest.class);
      Requests requests = new Requests(house.rooms);
      assertThat(requests.lapse(lapses.minusMillis(1))).isZero();
      assertThat(requests.lapse(lapses)).isEqualTo(1);
      assertThat(requests.lapse(lapses)).isZero();
      assertThat(file(house, ref).state()).isEqualTo(RequestState.EXPIRED);
      assertThat(status(house, ref)).isEqualTo(CaseStatus.CLOSED);
      assertThat(house.store.holds().show(ref)).isEmpty();
      assertThat(journal(house, ref, "REQUEST_LAPSED")).containsExactly("REFUSED requests case -");
      house.clock.move(Duration.between(House.START, lapses));
      house.dispatch().work();
      assertThat(house.post.takenFor(House.TEAM_OOST)).isEmpty();
      assertThat(house.post.takenFor(House.GP)).as("held, and lapsed").hasSize(2);
      assertThat(house.readByGp(house.post.takenFor(House.GP).get(1).letter()))
          .contains("vervallen")
          .doesNotContain("Voorbeeld");
    }
  }

  static Directory withoutPartners(Directory directory) {
    Entries e = directory.entries();
    return Directory.of(
        new Entries(
            e.version(),
            e.teams(),
            e.workers(),
            e.expertise(),
            List.of(),
            e.mailboxes(),
            e.postcodes()));
  }

  /** It lapses all the same; that he could not be told is in the journal. */
  @Test
  void whoCannotBeToldSealedIsNotTold() {
    try (House house = House.in(folder)) {
      MessageRef ref = request(house, House.REQUEST);
      Instant lapses = file(house, ref).lapsesAt().orElseThrow();
      Requests requests = new Requests(House.sealingFor(house.rooms, Map.of()));
      assertThat(requests.lapse(lapses)).isEqualTo(1);
      assertThat(journal(house, ref, "RECEIPT_NOT_POSSIBLE"))
          .containsExactly("FAILED requests case NO_RECIPIENT_CERTIFICATE");

      MessageRef gone = request(house, House.REQUEST + "\n");
      Instant later = file(house, gone).lapsesAt().orElseThrow();
      Directory nobody = withoutPartners(house.rooms.directory());
      assertThat(new Requests(house.rooms.with(nobody)).lapse(later)).isEqualTo(1);
      assertThat(journal(house, gone, "RECEIPT_NOT_POSSIBLE"))
          .containsExactly("FAILED requests case NO_PARTNER");
      house.dispatch().work();
      assertThat(house.post.takenFor(House.GP)).as("held, and held").hasSize(2);
    }
  }

  private static void withdraw(House house, String id) {
    house.clerk().withdraw(id, "client", "mondeling", Actor.of("test", "worker"));
  }

  @Test
  void aWithdrawnConsentTakesTheRequestBackUnlessAnotherCoversIt() {
    try (House house = House.in(folder)) {
      String first = house.consent(ConsentRecord.Type.CONSENT, "wot:oost", "gp:A").id();
      MessageRef ref = request(house, House.REQUEST);
      assertThat(file(house, ref).state()).isEqualTo(RequestState.FORWARDED);
      Requests requests = new Requests(house.rooms);
      assertThat(requests.withdraw(house.clock.instant())).as("nothing was withdrawn").isZero();
      String second = house.consent(ConsentRecord.Type.CONSENT, "wot:oost", "gp:A").id();
      house.clock.move(Duration.ofHours(1));
      withdraw(house, first);
      assertThat(requests.withdraw(house.clock.instant())).as("the other covers it").isZero();
      assertThat(file(house, ref).state()).isEqualTo(RequestState.FORWARDED);
      withdraw(house, second);
      assertThat(requests.withdraw(house.clock.instant())).isEqualTo(1);
      assertThat(file(house, ref).state()).isEqualTo(RequestState.WITHDRAWN);
      assertThat(journal(house, ref, "REQUEST_WITHDRAWN"))
          .containsExactly("REFUSED requests case WITHDRAWN");
      assertThat(requests.withdraw(house.clock.instant())).as("once").isZero();
    }
  }

  private static final String TWO =
      House.REQUEST
          + "Vraag 2: Welke aandoeningen heeft zij?\nCategorie 2: medische samenvatting\n";

  private static RequestText known(House house, MessageRef ref) {
    return RequestText.read(file(house, ref).facts().orElseThrow().reveal());
  }

  /** Each question's fate, for him who asked: gone on or not, and why in the facts alone. */
  @Test
  void ofARequestThatIsCoveredInPartAllWaitsOrThatPartGoes() {
    try (House house = House.in(folder.resolve("all"))) {
      house.consent(ConsentRecord.Type.CONSENT, "wot:oost", "gp:A");
      MessageRef ref = request(house, TWO);
      assertThat(file(house, ref).state()).isEqualTo(RequestState.HELD);
      assertThat(known(house, ref).outcomes().get(2)).isEqualTo("CATEGORY_NOT_COVERED");
      assertThat(house.readByGp(last(house, House.GP))).doesNotContain("Vraag 1: doorgestuurd.");
    }
    try (House house = House.in(folder.resolve("part"), House::withPartlyForwarded)) {
      house.consent(ConsentRecord.Type.CONSENT, "wot:oost", "gp:A");
      MessageRef ref = request(house, TWO);
      assertThat(file(house, ref).state()).isEqualTo(RequestState.FORWARDED);
      assertThat(known(house, ref).outcomes())
          .containsOnly(Map.entry(1, RequestText.PERMITTED), Map.entry(2, RequestText.NOT_COVERED));
      assertThat(known(house, ref).questions()).containsOnlyKeys(1);
      assertThat(house.readByGp(last(house, House.GP)))
          .contains("Vraag 1: doorgestuurd.")
          .doesNotContain("Vraag 2: doorgestuurd.");
    }
  }

  /** What only a person can settle does not lapse; what is given back is over. */
  @Test
  void onlyWhatWaitsForConsentLapses() {
    try (House house = House.in(folder)) {
      MessageRef refused = request(house, House.REQUEST.replaceAll("Geboortedatum.*\n", ""));
      assertThat(file(house, refused).state()).isEqualTo(RequestState.REFUSED);
      assertThat(file(house, refused).lapsesAt()).isEmpty();
      Address unknown = Address.of("poort@wotschiedam.nl");
      MessageRef nowhere =
          house.receive(
              unknown,
              house.sealed(
                  House.GP,
                  "gp/a.devries.p12",
                  unknown,
                  "gateway/poort.pem",
                  "<3@gp.example>",
                  House.REQUEST));
      house.work();
      assertThat(house.store.holds().show(nowhere).orElseThrow().detail())
          .startsWith("NOT_ROUTABLE");
      assertThat(file(house, nowhere).state()).isEqualTo(RequestState.HELD);
      assertThat(file(house, nowhere).lapsesAt()).isEmpty();
      assertThat(house.readByGp(last(house, House.GP))).contains("Vraag 1: ");
      MessageRef letter = house.receive(House.OOST, house.fromGp("<2@gp.example>", House.REFERRAL));
      house.work();
      assertThat(house.store.requests().show(letter)).as("no request").isEmpty();
      MessageRef words = house.receive(House.OOST, house.fromGp("<4@gp.example>", "Hoi"));
      house.work();
      assertThat(house.store.cases().newest(1)).first().matches(c -> !c.status().isOpen());
      assertThat(house.store.requests().show(words)).as("given back, and no request").isEmpty();
    }
  }

  private static MessageRef toCase(
      House house, CaseNumber number, Address from, String p12, int mail, String body) {
    MessageRef ref =
        house.receive(
            House.CASES,
            Optional.of(house.rooms.identity().caseAddress(number)),
            house.sealed(
                from,
                p12,
                House.CASES,
                "gateway/zaak.pem",
                "<a" + mail + "@intern.wotschiedam.nl>",
                "Zaaknummer: " + number + "\n" + body));
    house.work();
    return ref;
  }

  private static MessageRef byTeam(House house, CaseNumber number, int mail, String body) {
    return toCase(house, number, House.TEAM_OOST, "team/oost.p12", mail, body);
  }

  private static final String MORE =
      "Antwoord 1: Ja, Sanne Jansen.\nAntwoord 2: Iedere week bezoek.\nCategorie 2: plan\n";

  /** It tells more than was asked: the one who wrote it says whether it may go. */
  @Test
  void anAnswerThatTellsMoreWaitsForItsSender() {
    try (House house = House.in(folder)) {
      house.consent(ConsentRecord.Type.CONSENT, "wot:oost", "gp:A");
      MessageRef ref = request(house, House.REQUEST);
      CaseNumber number = file(house, ref).caseNumber();
      MessageRef answer = byTeam(house, number, 1, MORE);
      HeldMessage held = house.store.holds().show(answer).orElseThrow();
      assertThat(held.detail()).startsWith("CONFIRM_ANSWER/");
      assertThat(house.readByTeam(last(house, House.TEAM_OOST)))
          .contains("- Antwoord 2: vraag 2 is niet gesteld.", "Bevestigen: ja");
      assertThat(house.readByTeam(last(house, House.TEAM_OOST)).lines())
          .as("what goes beyond the questions, and no other finding")
          .filteredOn(line -> line.startsWith("- "))
          .allMatch(line -> line.startsWith("- Antwoord 2: "));

      MessageRef no = byTeam(house, number, 2, "Bevestigen: nee\n");
      assertThat(journal(house, no, "ANSWER_NOT_CONFIRMED")).hasSize(1);
      assertThat(journal(house, answer, "SENDER_CONFIRMED")).isEmpty();
      assertThat(house.store.holds().show(answer)).isPresent();
      assertThat(house.readByTeam(last(house, House.TEAM_OOST))).contains("U bevestigt het niet");

      int told = house.post.takenFor(House.GP).size();
      MessageRef yes = byTeam(house, number, 3, "Bevestigen: ja\n");
      assertThat(journal(house, yes, "ANSWER_CONFIRMED")).hasSize(1);
      assertThat(journal(house, answer, "SENDER_CONFIRMED")).containsExactly("SUCCESS test case -");
      assertThat(house.store.holds().show(answer)).isEmpty();
      assertThat(house.post.takenFor(House.TEAM_OOST))
          .anyMatch(p -> house.readByTeam(p.letter()).contains("U bevestigt dat uw antwoord"));
      assertThat(house.post.takenFor(House.GP)).hasSize(told + 1);
      assertThat(house.readByGp(last(house, House.GP))).contains("Iedere week bezoek");
      assertThat(file(house, ref).state()).isEqualTo(RequestState.ANSWERED);
    }
  }

  /** The one who asked cannot say it for the one who answered. */
  @Test
  void nobodyElseConfirmsIt() {
    try (House house = House.in(folder)) {
      house.consent(ConsentRecord.Type.CONSENT, "wot:oost", "gp:A");
      CaseNumber number = file(house, request(house, House.REQUEST)).caseNumber();
      MessageRef answer = byTeam(house, number, 1, MORE);
      toCase(house, number, House.GP, "gp/a.devries.p12", 2, "Bevestigen: ja\n");
      assertThat(house.store.holds().show(answer)).isPresent();
      assertThat(journal(house, answer, "SENDER_CONFIRMED")).isEmpty();
    }
  }

  @Test
  void aMendedAnswerTakesThePlaceOfTheOneThatWaits() {
    try (House house = House.in(folder)) {
      house.consent(ConsentRecord.Type.CONSENT, "wot:oost", "gp:A");
      MessageRef ref = request(house, House.REQUEST);
      CaseNumber number = file(house, ref).caseNumber();
      MessageRef answer = byTeam(house, number, 1, MORE);
      MessageRef mended = byTeam(house, number, 2, "Antwoord 1: Ja, Sanne Jansen.\n");
      assertThat(house.store.holds().show(mended)).isEmpty();
      assertThat(house.store.holds().show(answer)).isEmpty();
      assertThat(journal(house, answer, "SUPERSEDED")).hasSize(1);
      assertThat(journal(house, mended, "SUPERSEDED")).isEmpty();
      assertThat(house.readByGp(last(house, House.GP)))
          .contains("Sanne Jansen")
          .doesNotContain("Iedere week");
      assertThat(file(house, ref).state()).isEqualTo(RequestState.ANSWERED);
    }
  }

  private static Bytes last(House house, Address to) {
    List<Post.Parcel> taken = house.post.takenFor(to);
    return taken.get(taken.size() - 1).letter();
  }
}
