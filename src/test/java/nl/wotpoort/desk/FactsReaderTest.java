package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Attachment;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.ConsentStatement;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.LetterHead;
import nl.wotpoort.letter.Party;
import nl.wotpoort.mime.Missing;
import nl.wotpoort.mime.Reading;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.rules.judge.Decision;
import nl.wotpoort.rules.judge.Discounted;
import nl.wotpoort.rules.judge.Facts;
import nl.wotpoort.store.CaseStatus;
import nl.wotpoort.store.ClientPseudonyms;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.NewCase;
import nl.wotpoort.store.OutgoingLetter;
import nl.wotpoort.store.Store;
import nl.wotpoort.store.StoreTrouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the judge is given beside the letter: whose case it is, and what is known of the client. */
class FactsReaderTest {

  private static final AtomicLong NUMBERS = new AtomicLong(500_000);
  private static final Address POST = Address.of("post@wotschiedam.nl");
  private static final Address SMIT = Address.of("b.smit@praktijk-delinde.example");

  @TempDir static Path folder;

  private static House house;
  private static FactsReader reader;

  @BeforeAll
  static void open() {
    house = House.in(folder);
    reader = new FactsReader(house.rooms.directory(), house.store);
  }

  @AfterAll
  static void close() {
    house.close();
  }

  private static ClientPseudonyms known(String name) {
    return house.store.pseudonyms().client(House.client(name)).orElseThrow();
  }

  private static String facts(Optional<Address> handlerAt) {
    return new CaseText(
            Decision.Matter.REFERRAL,
            "wot:oost",
            handlerAt,
            true,
            false,
            Optional.of(LocalDate.of(1980, 4, 2)),
            Set.of("mentor"),
            List.of("support"),
            List.of("contact"))
        .write();
  }

  /** A case as its row says. */
  private static final class Case {
    private CaseStatus status = CaseStatus.FORWARDED;
    private Address sender = House.GP;
    private Optional<String> team = Optional.empty();
    private Optional<String> worker = Optional.empty();
    private Optional<String> name = Optional.empty();
    private Optional<String> facts = Optional.of(facts(Optional.empty()));
    private Optional<String> mail = Optional.empty();

    Case at(String someTeam, String someWorker) {
      team = Optional.of(someTeam).filter(t -> !t.isEmpty());
      worker = Optional.of(someWorker).filter(w -> !w.isEmpty());
      return this;
    }

    Case of(String someClient) {
      name = Optional.of(someClient);
      return this;
    }

    CaseNumber opened() {
      CaseNumber number = CaseNumber.ofRandom(NUMBERS.addAndGet(2));
      NewCase row =
          new NewCase(
              number,
              status,
              House.START,
              sender,
              Optional.empty(),
              team,
              worker,
              name.map(FactsReaderTest::known),
              "REFERRAL");
      Consequences all = Consequences.none().opening(facts.map(row::knowing).orElse(row));
      Bytes sealed = Bytes.of("x", StandardCharsets.US_ASCII);
      house
          .store
          .outbox()
          .post(
              mail.map(
                      id ->
                          all.sending(
                              OutgoingLetter.of(
                                      OutgoingLetter.Kind.FORWARD, id, House.TEAM_OOST, sealed)
                                  .inCase(number)))
                  .orElse(all),
              House.START);
      return number;
    }
  }

  private static Case aCase() {
    return new Case();
  }

  private static Case withMail(String id) {
    Case some = new Case();
    some.mail = Optional.of(id);
    return some;
  }

  private static LetterHead head(
      Optional<String> subject,
      List<Address> to,
      List<Address> cc,
      Optional<String> replyTo,
      String... references) {
    return new LetterHead(
        House.GP,
        Optional.empty(),
        to,
        cc,
        subject.map(Confidential::of),
        Optional.empty(),
        Optional.of("<1@gp.example>"),
        replyTo,
        List.of(references));
  }

  private static final LetterHead PLAIN =
      head(Optional.empty(), List.of(), List.of(), Optional.empty());

  private static Reading reading(LetterHead head, Letter letter, String text) {
    return new Reading(
        head, letter, Confidential.of(text), List.of(), List.of(), Reading.Form.LABELS);
  }

  private static Facts read(Reading reading) {
    return reader.read(House.OOST, reading, Permission.NONE, House.START).facts();
  }

  private static Optional<CaseNumber> running(LetterHead head, Letter letter) {
    return read(reading(head, letter, "")).running().map(Facts.CaseFacts::number);
  }

  /** Every kind that can name its case, about that client. */
  private static List<Letter> letters(Client client, Optional<CaseNumber> number) {
    return List.of(
        new Letter.Referral(
            client,
            Optional.empty(),
            List.of(),
            Set.of(),
            List.of(),
            Letter.Urgency.NORMAL,
            Optional.empty(),
            ConsentStatement.unknown(),
            Optional.empty(),
            number),
        new Letter.InformationRequest(
            client,
            List.of(),
            Optional.empty(),
            List.of(),
            ConsentStatement.unknown(),
            Optional.empty(),
            number),
        new Letter.InformationReply(client, List.of(), number),
        new Letter.Consultation(client, Optional.empty(), number),
        new Letter.Feedback(
            Letter.Feedback.Outcome.ACCEPTED,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            number),
        new Letter.Confirmation(true, number),
        free(number));
  }

  private static Letter free(Optional<CaseNumber> number) {
    return new Letter.FreeText(Confidential.of("iets"), number);
  }

  private static final Letter FREE = free(Optional.empty());
  private static final Letter NOTICE =
      new Letter.AutomaticNotice(Letter.AutomaticNotice.Kind.OUT_OF_OFFICE);
  private static final Letter UNCLEAR =
      new Letter.Unrecognised(Letter.Unrecognised.Why.UNKNOWN_VALUE, "state");
  private static final Letter BROKEN =
      new Letter.Unrecognised(Letter.Unrecognised.Why.MALFORMED_JSON, "json");

  @Test
  void aCaseIsFoundByTheNumberTheLetterNames() {
    CaseNumber number = aCase().opened();
    for (Letter letter : letters(Client.unknown(), Optional.of(number))) {
      assertThat(running(PLAIN, letter)).as(letter.getClass().getSimpleName()).contains(number);
    }
    for (Letter letter : letters(Client.unknown(), Optional.empty())) {
      assertThat(running(PLAIN, letter)).isEmpty();
    }
    CaseNumber nobodys = CaseNumber.ofRandom(NUMBERS.addAndGet(2));
    assertThat(running(PLAIN, free(Optional.of(nobodys)))).isEmpty();
    LetterHead subject =
        head(Optional.of("[" + number + "]"), List.of(), List.of(), Optional.empty());
    assertThat(running(subject, FREE)).as("a subject is no line of the letter").isEmpty();
  }

  /** Its writer is asked what he meant, and for that his case is looked for anywhere. */
  @Test
  void ofADecisionThatCannotBeReadTheOutsideCounts() {
    CaseNumber number = aCase().opened();
    CaseNumber other = aCase().opened();
    Optional<String> subject = Optional.of("Re: [" + number + "] vraag");
    List<Address> to = List.of(house.rooms.identity().caseAddress(number));
    List<Address> none = List.of();
    assertThat(running(head(subject, none, none, Optional.empty()), UNCLEAR)).contains(number);
    assertThat(running(head(Optional.empty(), to, none, Optional.empty()), UNCLEAR))
        .contains(number);
    assertThat(running(head(Optional.empty(), none, to, Optional.empty()), UNCLEAR))
        .contains(number);
    assertThat(running(head(subject, to, to, Optional.empty()), UNCLEAR)).contains(number);
    assertThat(running(head(subject, to, none, Optional.empty()), BROKEN)).isEmpty();
    assertThat(running(head(subject, to, none, Optional.empty()), NOTICE)).isEmpty();
    List<Address> elsewhere = List.of(house.rooms.identity().caseAddress(other));
    assertThat(running(head(subject, elsewhere, none, Optional.empty()), UNCLEAR))
        .as("two that disagree")
        .isEmpty();
  }

  @Test
  void withoutANumberItIsTheCaseOfWhatIsRepliedTo() {
    CaseNumber one = withMail("<een@wotschiedam.nl>").opened();
    CaseNumber two = withMail("<twee@wotschiedam.nl>").opened();
    List<Address> none = List.of();
    Optional<String> replyTo = Optional.of("<een@wotschiedam.nl>");
    LetterHead reply = head(Optional.empty(), none, none, replyTo);
    assertThat(running(reply, FREE)).contains(one);
    assertThat(running(reply, NOTICE)).contains(one);
    assertThat(running(reply, free(Optional.of(two)))).as("the number goes first").contains(two);
    assertThat(running(head(Optional.empty(), none, none, Optional.empty(), replyTo.get()), FREE))
        .contains(one);
    assertThat(running(head(Optional.empty(), none, none, replyTo, replyTo.get()), FREE))
        .contains(one);
    LetterHead both = head(Optional.empty(), none, none, replyTo, "<twee@wotschiedam.nl>");
    assertThat(running(both, FREE)).as("two that disagree").isEmpty();
    LetterHead strange = head(Optional.empty(), none, none, Optional.of("<x@elders.example>"));
    assertThat(running(strange, FREE)).isEmpty();
  }

  @Test
  void whatTheCaseSays() {
    Case some = aCase().at("oost", "w401").of("J. Zaak");
    CaseNumber number = some.opened();
    Facts.CaseFacts facts =
        read(reading(PLAIN, free(Optional.of(number)), "")).running().orElseThrow();
    assertThat(facts.matter()).isEqualTo(Decision.Matter.REFERRAL);
    assertThat(facts.opener()).isEqualTo(new Party("gp:A/d1"));
    assertThat(facts.openerAddress()).isEqualTo(House.GP);
    assertThat(facts.handler()).isEqualTo(new Party("wot:oost"));
    assertThat(facts.consented()).isTrue();
    assertThat(facts.stated()).isFalse();
    assertThat(facts.clientKey()).contains(known("J. Zaak").primary().value());
    assertThat(facts.born()).contains(LocalDate.of(1980, 4, 2));
    assertThat(facts.guardians()).containsExactly("mentor");
    assertThat(facts.purposes()).containsExactly("support");
    assertThat(facts.asked()).containsExactly("contact");
    Case without = aCase();
    without.facts = Optional.empty();
    assertThat(running(PLAIN, free(Optional.of(without.opened())))).as("no facts").isEmpty();
    Case stranger = aCase();
    stranger.sender = Address.of("iemand@elders.example");
    assertThat(running(PLAIN, free(Optional.of(stranger.opened())))).as("no party").isEmpty();
  }

  private static Optional<Address> handlerAddress(Case some) {
    return read(reading(PLAIN, free(Optional.of(some.opened())), ""))
        .running()
        .orElseThrow()
        .handlerAddress();
  }

  /** The worker's own, else the team's, else what the case says. */
  @Test
  void whereTheHandlerIsReached() {
    Address jansen = Address.of("s.jansen@intern.wotschiedam.nl");
    assertThat(handlerAddress(aCase().at("oost", "w401"))).contains(jansen);
    assertThat(handlerAddress(aCase().at("zuid", "w401"))).contains(jansen);
    assertThat(handlerAddress(aCase().at("oost", "w402"))).contains(House.TEAM_OOST);
    assertThat(handlerAddress(aCase().at("oost", ""))).contains(House.TEAM_OOST);
    assertThat(handlerAddress(aCase().at("oost", "weg"))).contains(House.TEAM_OOST);
    assertThat(handlerAddress(aCase())).isEmpty();
    Case practice = aCase();
    practice.facts = Optional.of(facts(Optional.of(SMIT)));
    assertThat(handlerAddress(practice)).contains(SMIT);
    practice.at("oost", "");
    assertThat(handlerAddress(practice)).contains(House.TEAM_OOST);
  }

  @Test
  void whomItIsAbout() {
    CaseNumber number = aCase().of("J. Dossier").opened();
    List<Letter> letters = letters(House.client("A. Ander"), Optional.of(number));
    for (Letter letter : letters) {
      boolean names = letters.indexOf(letter) < 4;
      Facts facts = read(reading(PLAIN, letter, ""));
      assertThat(facts.clientKey())
          .as(letter.getClass().getSimpleName())
          .contains(known(names ? "A. Ander" : "J. Dossier").primary().value());
      assertThat(facts.register().oneClient()).isEqualTo(!names);
    }
    Letter same = letters(House.client("J. Dossier"), Optional.of(number)).get(0);
    assertThat(read(reading(PLAIN, same, "")).register().oneClient()).isTrue();
    Letter outside = letters(House.client("A. Ander"), Optional.empty()).get(0);
    assertThat(read(reading(PLAIN, outside, "")).register().oneClient()).isTrue();
    Facts nobody = read(reading(PLAIN, FREE, ""));
    assertThat(nobody.clientKey()).isEmpty();
    assertThat(nobody.register()).isEqualTo(Facts.Register.empty());
    FactsReader.Read read =
        reader.read(House.OOST, reading(PLAIN, same, ""), Permission.NONE, House.START);
    assertThat(read.client()).contains(known("J. Dossier"));
  }

  private static Optional<String> contactPerson(String name) {
    Letter letter = letters(House.client(name), Optional.empty()).get(0);
    return read(reading(PLAIN, letter, "")).contactPerson().map(worker -> worker.value());
  }

  @Test
  void whoHasTheClientNow() {
    assertThat(contactPerson("N. Nieuw")).isEmpty();
    aCase().at("oost", "w401").of("E. Een").opened();
    assertThat(contactPerson("E. Een")).contains("w401");
    aCase().at("oost", "w401").of("E. Een").opened();
    aCase().at("oost", "").of("E. Een").opened();
    assertThat(contactPerson("E. Een")).contains("w401");
    Case closed = aCase().at("oost", "w402").of("E. Een");
    closed.status = CaseStatus.CLOSED;
    closed.opened();
    assertThat(contactPerson("E. Een")).as("of open cases").contains("w401");
    aCase().at("groenoord", "w301").of("E. Een").opened();
    assertThat(contactPerson("E. Een")).as("two").isEmpty();
  }

  private static Optional<CaseNumber> forPractice(CaseNumber number, String to) {
    Facts facts =
        reader
            .read(
                POST,
                reading(PLAIN, free(Optional.of(number)), "Aan: " + to + "\n\nBeste collega"),
                Permission.NONE,
                House.START)
            .facts();
    return facts.running().map(Facts.CaseFacts::number);
  }

  @Test
  void aLetterForAPracticeIsInTheCaseWithThatPracticeOnly() {
    CaseNumber hers = aCase().opened();
    assertThat(forPractice(hers, House.GP.toString())).contains(hers);
    assertThat(forPractice(hers, SMIT.toString())).isEmpty();
    assertThat(forPractice(hers, House.GP + ", " + SMIT)).isEmpty();
    assertThat(forPractice(hers, "de huisarts")).isEmpty();
    Case asked = aCase();
    asked.sender = House.TEAM_OOST;
    asked.facts = Optional.of(facts(Optional.of(SMIT)));
    CaseNumber theirs = asked.opened();
    assertThat(forPractice(theirs, SMIT.toString())).contains(theirs);
    assertThat(forPractice(theirs, House.GP.toString())).isEmpty();
  }

  @Test
  void theLinesAboveALetterForAPracticeNameItsClient() {
    String text = "Aan: " + House.GP + "\nCliënt: B. Boven\nGeboortedatum: 2-4-1980\n\nBeste";
    Facts facts =
        reader.read(POST, reading(PLAIN, FREE, text), Permission.NONE, House.START).facts();
    assertThat(facts.clientKey()).contains(known("B. Boven").primary().value());
    assertThat(facts.cover().orElseThrow().addressees()).containsExactly(House.GP);
    Facts elsewhere = read(reading(PLAIN, FREE, text));
    assertThat(elsewhere.clientKey()).isEmpty();
    assertThat(elsewhere.cover()).isEmpty();
  }

  private static Reading with(Letter letter, List<Missing> missing, boolean file) {
    List<Attachment> files = new ArrayList<>();
    if (file) {
      files.add(new Attachment(Confidential.of("brief.pdf"), "application/pdf", 1, "00"));
    }
    return new Reading(PLAIN, letter, Confidential.of(""), files, missing, Reading.Form.LABELS);
  }

  @ParameterizedTest
  @EnumSource(Missing.Cause.class)
  void whatDidNotCountIsSaidForWhatItWas(Missing.Cause cause) {
    assertThat(read(with(FREE, List.of(new Missing("urgency", cause)), false)).discounted())
        .containsExactly(new Discounted("urgency", Discounted.Cause.valueOf(cause.name())));
  }

  /** In what may be an answer; a referral's files are the referrer's. */
  @Test
  void aFileNobodySpeaksOfCounts() {
    Discounted file = new Discounted("attachment.1", Discounted.Cause.UNANNOUNCED);
    CaseNumber number = aCase().opened();
    Letter reply = letters(Client.unknown(), Optional.empty()).get(2);
    Letter referral = letters(Client.unknown(), Optional.of(number)).get(0);
    assertThat(read(with(reply, List.of(), true)).discounted()).containsExactly(file);
    assertThat(read(with(free(Optional.of(number)), List.of(), true)).discounted())
        .containsExactly(file);
    assertThat(read(with(FREE, List.of(), true)).discounted()).isEmpty();
    assertThat(read(with(referral, List.of(), true)).discounted()).isEmpty();
    assertThat(read(with(reply, List.of(), false)).discounted()).isEmpty();
  }

  @Test
  void whatTheRegisterHas(@TempDir Path other) {
    house.consent(ConsentRecord.Type.CONSENT, "wot:oost", "gp:A");
    Letter letter = letters(House.client("J. Voorbeeld"), Optional.empty()).get(0);
    Facts.Register register = read(reading(PLAIN, letter, "")).register();
    assertThat(register.answers()).isTrue();
    assertThat(register.capable()).isTrue();
    assertThat(register.records()).hasSize(1);
    House.in(other).close();
    try (Store store = StoreTrouble.withoutRegister(House.storeSettings(other), () -> true)) {
      Facts away =
          new FactsReader(house.rooms.directory(), store)
              .read(House.OOST, reading(PLAIN, letter, ""), Permission.NONE, House.START)
              .facts();
      assertThat(away.register()).isEqualTo(Facts.Register.away());
    }
  }

  @Test
  void whoWroteItWhereAndWhatWasAgreedTo() {
    Reading reading = reading(PLAIN, FREE, "");
    Facts facts =
        reader
            .read(House.OOST, reading, new Permission(true, false, Set.of()), House.START)
            .facts();
    assertThat(facts.mailbox()).isEqualTo(House.OOST);
    assertThat(facts.signer()).isEqualTo(House.GP);
    assertThat(facts.sender()).contains(new Party("gp:A/d1"));
    assertThat(facts.now()).isEqualTo(House.START);
    assertThat(facts.secondPersonAgreed()).isTrue();
    assertThat(facts.senderConfirmed()).isFalse();
    Facts confirmed =
        reader
            .read(House.OOST, reading, new Permission(false, true, Set.of()), House.START)
            .facts();
    assertThat(confirmed.secondPersonAgreed()).isFalse();
    assertThat(confirmed.senderConfirmed()).isTrue();
  }
}
