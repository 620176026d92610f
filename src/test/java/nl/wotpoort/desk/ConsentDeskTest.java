package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.Claimed;
import nl.wotpoort.store.ConsentEntry;
import nl.wotpoort.store.Documentation;
import nl.wotpoort.store.HoldCause;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.MessageState;
import nl.wotpoort.store.Posting;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a worker's mail to the consent desk writes down, and what it is sent back for. */
class ConsentDeskTest {

  private static final Address DESK = Address.of("toestemming@wotschiedam.nl");
  private static final Address WORKER = Address.of("s.jansen@intern.wotschiedam.nl");
  private static final Pattern ID = Pattern.compile("Vastgelegd als (C-[^.]+)\\.");

  @TempDir static Path folder;

  private static House house;
  private static int mails;

  @BeforeAll
  static void open() {
    house = House.in(folder);
  }

  @AfterAll
  static void close() {
    house.close();
  }

  /** A consent of a client of that name with only what must be said. */
  private static String note(String client) {
    return String.join(
        "\n",
        "Cliënt: " + client,
        "Geboortedatum: 2-4-1980",
        "Gegeven door: cliënt",
        "Houder: wot:oost",
        "Ontvanger: gp:A",
        "Doel: ondersteuning",
        "Gegevens: support",
        "Wijze: mondeling",
        "Plaats: huisbezoek",
        "Gevraagd door: Sanne Jansen",
        "Dossier: dossier Oost 12",
        "Verteld: wat en waarvoor",
        "");
  }

  private static MessageRef send(House house, String body) {
    mails++;
    String id = "<c" + mails + "@intern.wotschiedam.nl>";
    MessageRef ref =
        house.receive(
            DESK,
            house.sealed(WORKER, "team/s.jansen.p12", DESK, "gateway/toestemming.pem", id, body));
    house.work();
    return ref;
  }

  private static String answer(House house, String body) {
    send(house, body);
    return last(house);
  }

  private static String last(House house) {
    List<Post.Parcel> taken = house.post.takenFor(WORKER);
    return house.read(taken.get(taken.size() - 1).letter(), WORKER, "team/s.jansen.p12");
  }

  private static String answer(String body) {
    return answer(house, body);
  }

  /** The id it was written down under. */
  private static String recorded(String body) {
    Matcher id = ID.matcher(answer(body));
    assertThat(id.find()).isTrue();
    return id.group(1);
  }

  private static ConsentEntry entry(String id) {
    return house.store.consents().show(id).orElseThrow();
  }

  private static int count() {
    return house.store.consents().list("", 1000).size();
  }

  /** What stands in the way, as the worker reads it; and nothing was written down. */
  private static List<String> wrong(String body) {
    int before = count();
    String answer = answer(body);
    assertThat(answer).contains("Er is niets vastgelegd.");
    assertThat(count()).isEqualTo(before);
    return answer.lines().filter(line -> line.startsWith("- ")).toList();
  }

  private static List<JournalEntry> journal(House house, MessageRef ref) {
    return house.store.journal().about(ref.toString()).stream()
        .map(line -> line.entry())
        .filter(entry -> !entry.event().equals("RECEIVED") && !entry.event().equals("SENT"))
        .toList();
  }

  @Test
  void everyLineIsWrittenDownAndReadBack() {
    String old = recorded(note("E. Verder"));
    MessageRef ref =
        send(
            house,
            """
            Soort: bezwaar
            Cliënt: E. Verder
            Voorletters: E.
            Geboortedatum: 2-4-1980
            Gegeven door: M. Verder (mentor tot 2027-01-01); cliënt
            Houder: gp:A, gp:B
            Ontvanger: wot:oost; wot:zuid
            Doel: ondersteuning
            Gegevens: medische samenvatting, status
            Vanaf: 2026-06-01
            Tot en met: 2027-06-01
            Wijze: mondeling
            Gegeven op: 2026-06-15
            Plaats: huisbezoek
            Gevraagd door: Sanne Jansen
            Dossier: dossier Oost 12
            Verteld: wat en waarvoor
            Bewijs: formulier 3
            Wilsbekwaam: nee
            Vervangt: %s
            """
                .formatted(old));
    String answer = last(house);
    Matcher found = ID.matcher(answer);
    assertThat(found.find()).isTrue();
    String id = found.group(1);
    assertThat(answer.replaceAll("\\s+", " "))
        .contains(
            "Vastgelegd als " + id + ". Lees het na:",
            "M. Verder (mentor), de cliënt maakt bezwaar voor cliënt E. Verder, geboren 1980-04-02:"
                + " gp:A, gp:B mag aan wot:oost, wot:zuid geen gegevens geven voor support, namelijk"
                + " medical.summary, support.status, vanaf 2026-06-01, tot en met 2027-06-01. Gegeven:"
                + " mondeling, plaats huisbezoek; gevraagd door Sanne Jansen; dossier: dossier Oost"
                + " 12; verteld: wat en waarvoor.",
            "met de regel: Vervangt: " + id + ".");
    ConsentEntry entry = entry(id);
    ConsentRecord record = entry.consent().record();
    assertThat(record.type()).isEqualTo(ConsentRecord.Type.OBJECTION);
    assertThat(record.by()).containsExactlyInAnyOrder("M. Verder", "client");
    assertThat(record.holders()).isEqualTo(Set.of(new Party("gp:A"), new Party("gp:B")));
    assertThat(record.recipients()).isEqualTo(Set.of(new Party("wot:oost"), new Party("wot:zuid")));
    assertThat(record.purposes()).isEqualTo(Set.of(new Purpose("support")));
    assertThat(record.categories())
        .isEqualTo(Set.of(new Category("medical.summary"), new Category("support.status")));
    assertThat(record.from()).contains(new Moment.Day(LocalDate.of(2026, 6, 1)));
    assertThat(record.until()).contains(new Moment.Day(LocalDate.of(2027, 6, 1)));
    assertThat(record.recorded()).isEqualTo(House.START);
    assertThat(record.givenCapable()).contains(false);
    assertThat(record.replaces()).contains(old);
    Documentation how = entry.consent().documentation();
    assertThat(how.method().reveal()).isEqualTo("mondeling");
    assertThat(how.obtainedBy().reveal()).isEqualTo("Sanne Jansen");
    assertThat(how.place().reveal()).isEqualTo("dossier Oost 12");
    assertThat(how.told().reveal()).isEqualTo("wat en waarvoor");
    assertThat(how.obtainedOn()).contains(LocalDate.of(2026, 6, 15));
    assertThat(how.where().map(Confidential::reveal)).contains("huisbezoek");
    assertThat(how.evidence().map(Confidential::reveal)).contains("formulier 3");
    assertThat(how.givers())
        .extracting(giver -> giver.authority() + " " + giver.until())
        .containsExactly("MENTOR Optional[2027-01-01]", "CLIENT Optional.empty");
    Client subject = entry.consent().subject().orElseThrow();
    assertThat(subject.initials().map(Confidential::reveal)).contains("E.");
    assertThat(journal(house, ref))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.event()).isEqualTo("CONSENT_BY_MAIL");
              assertThat(line.outcome()).isEqualTo(JournalEntry.Outcome.SUCCESS);
              assertThat(line.actor()).isEqualTo(Actor.of(WORKER.toString(), "worker"));
              assertThat(line.source()).isEqualTo("test");
              assertThat(line.client()).contains(entry.consent().client());
              assertThat(line.consentIds()).containsExactly(id);
            });
  }

  @Test
  void whatMayBeLeftOutIsReadBackToo() {
    assertThat(answer(note("L. Kort")).replaceAll("\\s+", " "))
        .contains(
            "de cliënt geeft toestemming voor cliënt L. Kort, geboren 1980-04-02: wot:oost mag aan"
                + " gp:A gegevens geven voor support, namelijk support, vanaf nu, tot en met het"
                + " wordt ingetrokken.");
    assertThat(answer(note("").replace("Cliënt: ", "BSN: 999990019")).replaceAll("\\s+", " "))
        .contains("voor cliënt ?, geboren 1980-04-02:");
  }

  /** It comes from the desk's address, on the worker's own mail, sealed for him. */
  @Test
  void theAnswerIsAReplyOfTheDesk() {
    int before = house.post.taken.size();
    answer(note("A. Antwoord"));
    assertThat(house.post.taken).hasSize(before + 1);
    Post.Parcel parcel = house.post.taken.get(before);
    assertThat(parcel.to()).isEqualTo(WORKER);
    assertThat(parcel.header("From")).contains("toestemming@wotschiedam.nl");
    assertThat(parcel.header("Content-Type")).contains("pkcs7-mime");
    assertThat(last(house)).contains("In-Reply-To: <c" + mails + "@intern.wotschiedam.nl>");
  }

  @Test
  void allThatLacksIsSaidAtOnce() {
    MessageRef ref = send(house, "Beste collega,\n\nKunt u dit vastleggen?\n");
    assertThat(last(house).lines().filter(line -> line.startsWith("- ")))
        .containsExactly(
            "- Er ontbreekt: Gegeven door",
            "- Er ontbreekt: Houder",
            "- Er ontbreekt: Ontvanger",
            "- Er ontbreekt: Doel",
            "- Er ontbreekt: Gegevens",
            "- Er ontbreekt: Wijze",
            "- Er ontbreekt: Plaats",
            "- Er ontbreekt: Gevraagd door",
            "- Er ontbreekt: Dossier",
            "- Er ontbreekt: Verteld",
            CLIENT);
    assertThat(journal(house, ref))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.event()).isEqualTo("CONSENT_NOT_RECORDED");
              assertThat(line.outcome()).isEqualTo(JournalEntry.Outcome.REFUSED);
            });
  }

  private static final String CLIENT =
      "- Het is niet zeker om wie het gaat. Geef ten minste twee kenmerken: achternaam en"
          + " geboortedatum, BSN en geboortedatum, of geboortedatum met postcode en huisnummer.";

  /**
   * A list of nothing is no list: an objection without one would bar everything, a consent nothing.
   */
  @ParameterizedTest
  @CsvSource({
    "Gegeven door",
    "Houder",
    "Ontvanger",
    "Doel",
    "Gegevens",
  })
  void aListOfNothingLacks(String field) {
    String body = note("N. Niets").replaceAll(field + ": .*", field + ": , ;");
    assertThat(wrong(body)).containsExactly("- Er ontbreekt: " + field);
    assertThat(wrong("Soort: bezwaar\n" + body)).containsExactly("- Er ontbreekt: " + field);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Gegeven door: J. Voorbeeld | Gegeven door",
        "Gegeven door: cliënt; J. Voorbeeld | Gegeven door",
        "Houder: gp:Q | Houder",
        "Houder: wot:oost, gp:Q | Houder",
        "Ontvanger: praktijk A | Ontvanger",
        "Doel: zomaar | Doel",
        "Gegevens: alles wat er is | Gegevens",
        "Geboortedatum: vorige week | Geboortedatum",
      })
  void whatCannotBeReadIsNamed(String line, String field) {
    String body = note("O. Onleesbaar").replaceAll("(?m)^" + field + ": .*$", line);
    assertThat(wrong(body)).contains("- Niet te lezen of niet bekend: " + field);
    assertThat(wrong(body).stream().filter(w -> w.contains("Niet te lezen"))).hasSize(1);
  }

  /** What is said twice, and not the same, is not said; several are named in one order. */
  @Test
  void whatContradictsItselfIsNamed() {
    assertThat(wrong(note("T. Twee") + "Tot en met: 1-1-2030\nTot en met: 1-1-2031\nVanaf: ooit\n"))
        .containsExactly(
            "- Niet te lezen of niet bekend: Vanaf", "- Niet te lezen of niet bekend: Tot en met");
  }

  /** By the day in Amsterdam: at ten in the evening of the 15th, UTC, it is the 16th. */
  @ParameterizedTest
  @CsvSource({
    "10, Tot en met: 2026-06-14, false",
    "10, Tot en met: 2026-06-15, true",
    "22, Tot en met: 2026-06-15, false",
    "22, Tot en met: 2026-06-16, true",
    "10, Gegeven op: 2026-06-16, false",
    "10, Gegeven op: 2026-06-15, true",
    "22, Gegeven op: 2026-06-16, true",
  })
  void noDayThatCannotBe(int hour, String line, boolean taken) {
    Instant at = Instant.parse("2026-06-15T%02d:00:00Z".formatted(hour));
    house.clock.move(Duration.between(house.clock.instant(), at));
    String body = note("D. Dag " + hour) + line + "\n";
    if (taken) {
      assertThat(answer(body)).contains("Vastgelegd als C-");
    } else {
      assertThat(wrong(body)).singleElement().asString().startsWith("- Een datum kan niet kloppen");
    }
    house.clock.move(Duration.between(house.clock.instant(), House.START));
  }

  @Test
  void whatIsReplacedMustBeThere() {
    int before = count();
    assertThat(answer(note("V. Vervang") + "Vervangt: C-0000-0000\n"))
        .contains("Er is geen toestemming C-0000-0000 in het register.", "Er is niets vastgelegd.");
    assertThat(count()).isEqualTo(before);
  }

  /** A name mended by replacing: under the wrong one the first would go on counting. */
  @ParameterizedTest
  @ValueSource(strings = {"Cliënt: W. Goed", "Cliënt: W. Fout\nBSN: 999990019"})
  void whatStandsUnderAnotherNameIsWithdrawnFirst(String client) {
    String old = recorded(note("W. Fout") + "Postcode: 3112 AB\nHuisnummer: 1\n");
    String mended = note("").replace("Cliënt: ", client) + "Vervangt: " + old + "\n";
    assertThat(wrong(mended))
        .singleElement()
        .asString()
        .startsWith("- " + old + " staat op naam van een cliënt met andere kenmerken");
    answer("Intrekken: " + old + "\nIngetrokken door: cliënt\nHoe: telefoon\n");
    assertThat(answer(mended + "\n")).contains("Vastgelegd als C-");
  }

  /** Said with more about the same client, it takes the other's place. */
  @Test
  void whatIsSaidOfTheSameClientReplaces() {
    String old = recorded(note("M. Meer"));
    String next =
        recorded(note("M. Meer") + "Postcode: 3112 AB\nHuisnummer: 1\nVervangt: " + old + "\n");
    assertThat(entry(next).consent().record().replaces()).contains(old);
    assertThat(wrong(note("M. Meer").replace("1980", "overal") + "Vervangt: " + old + "\n"))
        .as("who it is about is asked for, and that is all")
        .noneMatch(line -> line.contains(old));
  }

  @Test
  void whatIsWithdrawnCountsNoMore() {
    String id = recorded(note("I. Intrek"));
    MessageRef ref =
        send(
            house,
            "Intrekken: "
                + id.toLowerCase(Locale.ROOT)
                + "\nIngetrokken door: moeder\nHoe: per telefoon\n");
    assertThat(last(house)).contains(id + " is ingetrokken. Dit werkt meteen");
    ConsentEntry entry = entry(id);
    assertThat(entry.consent().record().withdrawn()).contains(House.START);
    assertThat(entry.withdrawal().orElseThrow().who().reveal()).isEqualTo("moeder");
    assertThat(entry.withdrawal().orElseThrow().how().reveal()).isEqualTo("per telefoon");
    assertThat(journal(house, ref))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.event()).isEqualTo("CONSENT_WITHDRAWN_BY_MAIL");
              assertThat(line.outcome()).isEqualTo(JournalEntry.Outcome.SUCCESS);
              assertThat(line.client()).contains(entry.consent().client());
              assertThat(line.consentIds()).containsExactly(id);
            });
  }

  @Test
  void whatIsNotThereCannotBeWithdrawn() {
    MessageRef ref = send(house, "Intrekken: C-1\nIngetrokken door: cliënt\nHoe: mail\n");
    assertThat(last(house)).contains("Er is geen toestemming C-1 in het register.");
    assertThat(journal(house, ref))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.event()).isEqualTo("CONSENT_NOT_KNOWN");
              assertThat(line.outcome()).isEqualTo(JournalEntry.Outcome.REFUSED);
            });
  }

  @Test
  void aWithdrawalSaysByWhomAndHow() {
    String id = recorded(note("H. Hoe"));
    assertThat(wrong("Intrekken: " + id + "\n"))
        .containsExactly("- Er ontbreekt: Ingetrokken door", "- Er ontbreekt: Hoe");
    assertThat(wrong("Intrekken: " + id + "\nHoe: mail\n"))
        .containsExactly("- Er ontbreekt: Ingetrokken door");
    assertThat(wrong("Intrekken: " + id + "\nIngetrokken door: cliënt\n"))
        .containsExactly("- Er ontbreekt: Hoe");
    assertThat(entry(id).consent().record().withdrawn()).isEmpty();
  }

  @Test
  void whatWaitedForItGoesOnInTheNameOfTheWorker() {
    MessageRef waits = house.receive(House.OOST, house.fromGp("<1@gp.example>", House.REQUEST));
    house.work();
    MessageRef ref = send(house, note("P. Ander"));
    assertThat(house.store.queue().state(waits)).contains(MessageState.HELD);
    answer(note("J. Voorbeeld"));
    assertThat(house.store.holds().show(waits)).isEmpty();
    assertThat(house.store.journal().about(waits.toString()))
        .map(line -> line.entry())
        .filteredOn(entry -> entry.event().equals("RELEASED"))
        .singleElement()
        .satisfies(
            entry -> assertThat(entry.actor()).isEqualTo(Actor.of(WORKER.toString(), "worker")));
    assertThat(journal(house, ref)).hasSize(1);
  }

  /** He could not read back what was written down, so it is not. */
  @Test
  void whoCannotBeToldIsNotRecordedFor(@TempDir Path other) {
    try (House without = House.in(other, usual -> House.sealingFor(usual, Map.of()))) {
      MessageRef ref = send(without, note("J. Voorbeeld"));
      assertThat(without.store.holds().show(ref).orElseThrow().detail())
          .isEqualTo("NO_RECIPIENT_CERTIFICATE");
      assertThat(without.store.consents().list("", 9)).isEmpty();
      assertThat(without.post.tried).isEmpty();
      assertThat(journal(without, ref)).isNotEmpty().noneMatch(e -> e.event().contains("CONSENT"));
    }
  }

  /** Nor for whoever is in no directory by now. */
  @Test
  void whoIsNotInTheDirectoryAnyMoreIsNotRecordedFor() throws CannotSeal {
    String pem = "gateway/toestemming.pem";
    Bytes mail = house.sealed(House.GP, "gp/a.devries.p12", DESK, pem, "<weg@gp.example>", "x");
    Examined.Judged judged =
        new Examiner(house.rooms)
            .examine(mail, DESK, House.START, Permission.NONE, House.START)
            .fold(
                unverified -> {
                  throw new AssertionError(unverified);
                },
                again -> {
                  throw new AssertionError(again);
                },
                all -> all);
    MessageRef ref = new MessageRef(1_000_000);
    Claimed claimed = new Claimed(ref, 0, mail, DESK, Optional.empty(), House.START, "test", 0);
    Rooms rooms = house.rooms.with(RequestRoadTest.withoutPartners(house.rooms.directory()));
    Posting posting =
        new ConsentDesk(rooms, new Envelopes(rooms))
            .posting(new Docket(rooms, claimed, judged, House.START));
    assertThat(posting.hold()).contains(new Posting.Hold(HoldCause.NOT_SEALABLE, "NO_PARTNER"));
    assertThat(posting.consequences().consents()).isEmpty();
    assertThat(posting.consequences().journal())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.event()).isEqualTo("HELD");
              assertThat(line.outcome()).isEqualTo(JournalEntry.Outcome.FAILED);
            });
  }
}
