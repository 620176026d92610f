package nl.wotpoort.store;

import static nl.wotpoort.store.Sample.NOON;
import static nl.wotpoort.store.Sample.client;
import static nl.wotpoort.store.Sample.consent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.rules.consent.Scenario;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of the consent register, one test a rule. */
class ConsentRegisterTest {

  private static final Actor WORKER = Actor.of("w.wielewaal", "worker");
  private static final Optional<String> BSN_1 = Optional.of("999990019");
  private static final Optional<String> BSN_2 = Optional.of("123456782");
  private static final Optional<String> NO_BSN = Optional.empty();

  @TempDir Path folder;
  Store store;

  @BeforeEach
  void open() {
    store = Sample.open(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private ClientPseudonyms known(Client client) {
    return store.pseudonyms().client(client).orElseThrow();
  }

  private void add(String id, Client client, ConsentRecord.Type type) {
    store.consents().add(consent(id, known(client), type), WORKER, NOON);
  }

  private void add(String id, Client client) {
    add(id, client, ConsentRecord.Type.CONSENT);
  }

  private List<String> foundFor(Client client) {
    return store.consents().consentsFor(known(client)).records().stream()
        .map(ConsentRecord::id)
        .sorted()
        .toList();
  }

  @Test
  void aConsentComesBackAsItWasGiven() {
    RegisteredConsent given = consent("C-1", known(client()));
    store.consents().add(given, WORKER, NOON);

    ConsentEntry entry = store.consents().show("C-1").orElseThrow();
    ConsentRecord record = entry.consent().record();

    assertThat(record)
        .usingRecursiveComparison()
        .ignoringFields("client")
        .isEqualTo(given.record());
    assertThat(entry.consent().documentation()).isEqualTo(given.documentation());
    assertThat(entry.consent().client()).isEqualTo(given.client());
    assertThat(record.client()).isEqualTo(known(client()).primary().value());
    assertThat(entry.version()).isEqualTo(1);
  }

  @Test
  void anIdIsUsedOnce() {
    add("C-1", client());

    assertThatThrownBy(() -> add("C-1", client())).isInstanceOf(ConsentIdTaken.class);
    assertThat(store.consents().history("C-1")).hasSize(1);
  }

  @Test
  void aWithdrawalMakesANewVersionAndTheOldOneStays() {
    add("C-1", client());
    Instant when = NOON.plusSeconds(60);

    store
        .consents()
        .withdraw("C-1", ConsentEntry.Withdrawal.of(when, "cliënt", "telefonisch"), WORKER, when);

    assertThat(store.consents().history("C-1"))
        .extracting(entry -> entry.consent().record().withdrawn())
        .containsExactly(Optional.empty(), Optional.of(when));
    assertThat(store.consents().consentsFor(known(client())).records())
        .singleElement()
        .satisfies(record -> assertThat(record.withdrawn()).contains(when));
    assertThat(store.consents().byIds(List.of("C-1", "C-9")))
        .singleElement()
        .satisfies(record -> assertThat(record.withdrawn()).contains(when));
    assertThat(store.consents().show("C-1").flatMap(ConsentEntry::withdrawal))
        .hasValueSatisfying(w -> assertThat(w.how().reveal()).isEqualTo("telefonisch"));
  }

  @Test
  void anEarlierWithdrawalCountsAndALaterOneDoesNot() {
    add("C-1", client());
    withdrawAt(NOON.plusSeconds(60));
    withdrawAt(NOON.plusSeconds(90));
    withdrawAt(NOON.plusSeconds(30));

    assertThat(store.consents().show("C-1").orElseThrow().consent().record().withdrawn())
        .contains(NOON.plusSeconds(30));
    assertThat(store.consents().history("C-1")).hasSize(3);
    assertThat(store.consents().withdraw("C-9", withdrawal(NOON), WORKER, NOON)).isEmpty();
  }

  private void withdrawAt(Instant when) {
    store.consents().withdraw("C-1", withdrawal(when), WORKER, NOON);
  }

  private static ConsentEntry.Withdrawal withdrawal(Instant when) {
    return ConsentEntry.Withdrawal.of(when, "x", "y");
  }

  @Test
  void additionsAndWithdrawalsStandInTheJournalWithWho() {
    add("C-1", client());
    withdrawAt(NOON);

    assertThat(store.journal().about("C-1"))
        .extracting(line -> line.entry().event() + " by " + line.entry().actor().id())
        .containsExactly("CONSENT_RECORDED by w.wielewaal", "CONSENT_WITHDRAWN by w.wielewaal");
    assertThat(store.journal().about(known(client()))).hasSize(2);
  }

  @Test
  void aClientIsFoundByBsnByNameAndByAddress() {
    add("C-1", client("Merel", "A.", "1980-04-02", "3112 AB", "17", BSN_1));

    assertThat(foundFor(client("", "", "", "", "", BSN_1))).containsExactly("C-1");
    assertThat(foundFor(client("Merel", "", "1980-04-02", "", "", NO_BSN))).containsExactly("C-1");
    assertThat(foundFor(client("", "", "1980-04-02", "3112ab", "17", NO_BSN)))
        .containsExactly("C-1");
    assertThat(foundFor(client("Merel", "", "1980-04-03", "", "", NO_BSN))).isEmpty();
  }

  @Test
  void spellingMakesNoOtherPerson() {
    add("C-1", client("Van der Mérel-Lijster", "A.B.", "1980-04-02", "", "", NO_BSN));

    assertThat(foundFor(client("van der merel lijster", "ab", "1980-04-02", "", "", NO_BSN)))
        .containsExactly("C-1");
  }

  @Test
  void anotherBsnIsAnotherPersonWhateverElseAgrees() {
    add("C-1", client("Merel", "A.", "1980-04-02", "3112 AB", "17", BSN_1));

    assertThat(foundFor(client("Merel", "A.", "1980-04-02", "3112 AB", "17", BSN_2))).isEmpty();
  }

  /** Two identifiers must agree: one digit wrong in a BSN may be somebody else's, as sound. */
  @Test
  void theSameBsnWithAnotherBirthDateIsNotTheSamePerson() {
    add("C-1", client("Merel", "A.", "1980-04-02", "", "", BSN_1));
    add("O-1", client("Merel", "A.", "1980-04-02", "", "", BSN_1), ConsentRecord.Type.OBJECTION);

    assertThat(foundFor(client("", "", "1980-04-02", "", "", BSN_1))).containsExactly("C-1", "O-1");
    assertThat(foundFor(client("Mus", "B.", "1991-08-09", "", "", BSN_1)))
        .as("an objection is not missed over it")
        .containsExactly("O-1");
    assertThat(foundFor(client("Merel-Mus", "A.", "1980-04-02", "", "", BSN_1)))
        .as("a name may change")
        .containsExactly("C-1", "O-1");
  }

  @Test
  void twinsAtOneAddressAreTwo() {
    add("C-1", client("Merel", "A.", "2012-04-02", "3112 AB", "17", NO_BSN));

    assertThat(foundFor(client("Merel", "B.", "2012-04-02", "3112 AB", "17", NO_BSN))).isEmpty();
  }

  @Test
  void anObjectionIsNotMissedOverASpelling() {
    add(
        "O-1",
        client("Merel", "A.", "1980-04-02", "3112 AB", "17", NO_BSN),
        ConsentRecord.Type.OBJECTION);

    assertThat(foundFor(client("Meerel", "A.", "1980-04-02", "3112 AB", "17", BSN_1)))
        .containsExactly("O-1");
    assertThat(foundFor(client("Meerel", "A.", "1980-04-02", "3199 AB", "17", BSN_1))).isEmpty();
  }

  @Test
  void twoPeopleOfOneNameAreNotOneClient() {
    add("C-1", client("Merel", "", "1980-04-02", "", "", BSN_1));
    add("C-2", client("Merel", "", "1980-04-02", "", "", BSN_2));

    assertThat(
            store
                .consents()
                .consentsFor(known(client("Merel", "", "1980-04-02", "", "", NO_BSN)))
                .oneClient())
        .isFalse();
    assertThat(
            store
                .consents()
                .consentsFor(known(client("Merel", "", "1980-04-02", "", "", BSN_1)))
                .oneClient())
        .isTrue();
  }

  @Test
  void allConsentsCanBeListedPageByPage() {
    add("C-1", client());
    add("C-2", client());
    add("C-3", client("Merel", "", "1990-01-01", "", "", NO_BSN));
    withdrawAt(NOON);

    assertThat(store.consents().list("", 2))
        .extracting(ConsentEntry::id)
        .containsExactly("C-1", "C-2");
    assertThat(store.consents().list("C-2", 9)).extracting(ConsentEntry::id).containsExactly("C-3");
    assertThat(store.consents().of(known(client()))).hasSize(2);
  }

  @Test
  void aPostedConsentIsRecordedWithItsDecision() {
    store.queue().received(Sample.arrival(1));
    Claimed claimed = Sample.claimOne(store);
    store
        .queue()
        .post(
            claimed,
            Posting.done(Consequences.none().recording(consent("C-1", known(client())))),
            NOON);

    assertThat(foundFor(client())).containsExactly("C-1");
  }

  @Test
  void whoGaveItByWhatAuthorityWhenWhereAndWithWhatProofComesBack() {
    Giver mentor =
        new Giver(
            Optional.of(Confidential.of("M. Mees")),
            Giver.Authority.MENTOR,
            Optional.of(LocalDate.parse("2027-01-01")));
    RegisteredConsent plain = consent("C-1", known(client()));
    RegisteredConsent given =
        new RegisteredConsent(
            plain.record(),
            plain
                .documentation()
                .given(Optional.of(LocalDate.parse("2025-12-31")), Optional.of("thuis"))
                .provedBy(Optional.of("formulier 7"))
                .by(List.of(Giver.client(), mentor)),
            plain.client(),
            Optional.of(client()));
    store.consents().add(given, WORKER, NOON);
    store.consents().withdraw("C-1", withdrawal(NOON), WORKER, NOON);

    for (ConsentEntry entry : store.consents().history("C-1")) {
      assertThat(entry.consent().documentation()).isEqualTo(given.documentation());
      assertThat(entry.consent().subject()).isEqualTo(Optional.of(client()));
    }
    assertThat(store.consents().consentsFor(known(client())).representatives())
        .containsExactly(
            new Scenario.Representative(
                "M. Mees", "mentor", Optional.of(new Moment.Day(LocalDate.parse("2027-01-01")))));
  }

  @Test
  void aRecordOfTheFirstFormIsStillRead() {
    ClientPseudonyms whose = known(client());
    String first =
        Fields.of(
            "1",
            "C-1",
            "CONSENT",
            "6:client",
            "4:gp:A",
            "8:wot:zuid",
            "7:support",
            "7:medical",
            "2026-01-01T08:00:00Z",
            "",
            "",
            "",
            "ACTIVE",
            "",
            "RECORDED",
            "",
            "mondeling",
            "W. Wielewaal",
            "dossier",
            "verteld",
            "",
            "",
            "");
    ConsentEntry entry = ConsentText.read(first, whose, 1, NOON);
    assertThat(entry.consent().record().by()).containsExactly("client");
    assertThat(entry.consent().documentation())
        .isEqualTo(Documentation.of("mondeling", "W. Wielewaal", "dossier", "verteld"));
    assertThat(entry.consent().subject()).isEmpty();
  }
}
