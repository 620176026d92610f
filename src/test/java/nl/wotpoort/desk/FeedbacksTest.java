package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.CaseFile;
import nl.wotpoort.store.CaseStatus;
import nl.wotpoort.store.Documentation;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.OutgoingFile;
import nl.wotpoort.store.OutgoingLetter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the other side of a referral reads, what its writer reads of that, and who has the case. */
class FeedbacksTest {

  private static final Address JANSEN = Address.of("s.jansen@intern.wotschiedam.nl");
  private static final Address ZUID = Address.of("zuid@intern.wotschiedam.nl");
  private static final Address COORDINATOR = Address.of("coordinator-oost@intern.wotschiedam.nl");

  @TempDir Path folder;

  private House house;
  private CaseNumber number;
  private int mails;

  @BeforeEach
  void refer() {
    house = House.in(folder);
    house.receive(House.OOST, house.fromGp("<0@gp.example>", House.REFERRAL));
    house.work();
    number = house.store.cases().newest(1).get(0).number();
    assertThat(house.post.takenFor(House.TEAM_OOST)).hasSize(1);
    house.post.taken.clear();
  }

  @AfterEach
  void close() {
    house.close();
  }

  private MessageRef says(Address from, String p12, String body) {
    mails++;
    MessageRef ref =
        house.receive(
            House.CASES,
            Optional.of(house.rooms.identity().caseAddress(number)),
            house.sealed(
                from,
                p12,
                House.CASES,
                "gateway/zaak.pem",
                "<a" + mails + "@intern.wotschiedam.nl>",
                "Zaaknummer: " + number + "\n" + body));
    house.work();
    return ref;
  }

  private MessageRef teamSays(String body) {
    return says(House.TEAM_OOST, "team/oost.p12", body);
  }

  private MessageRef gpSays(String body) {
    return says(House.GP, "gp/a.devries.p12", body);
  }

  private String read(Address reader, String p12) {
    List<Post.Parcel> taken = house.post.takenFor(reader);
    assertThat(taken).as(reader.toString()).isNotEmpty();
    return house.read(taken.get(taken.size() - 1).letter(), reader, p12);
  }

  private String gpReads() {
    return read(House.GP, "gp/a.devries.p12");
  }

  private String teamReads() {
    return read(House.TEAM_OOST, "team/oost.p12");
  }

  private CaseFile file() {
    return house.store.cases().show(number).orElseThrow();
  }

  private String handler() {
    return CaseText.read(file().facts().orElseThrow().reveal()).handler();
  }

  private OutgoingFile sent(MessageRef ref, Address to) {
    return house.store.outbox().of(ref).stream()
        .filter(letter -> letter.recipient().equals(to))
        .findFirst()
        .orElseThrow();
  }

  /** The lines that may be there; of the rest none is. */
  private static final Map<Character, String> LINES =
      Map.of(
          '!',
              "Bent u het er niet mee eens? Beantwoord dit bericht met het woord Oneens. Dan kijkt de",
          '?', "Beantwoord dit bericht met de informatie die ontbreekt. Bellen kan ook: 010 754 15",
          'c', "Uw contactpersoon is Sanne Jansen, team Oost. Bereikbaar: 010 754 15 15, s.jansen@",
          'p', "Uw contactpersoon is Tom Peters, team Oost. Bereikbaar: 010 754 15 15.",
          'r', "Waarom: er is nu geen plaats; het adres van de cliënt.",
          'w', "Waarom: te hoge schulden.",
          'x', "Hierbij is geschreven: eerst naar de bank");

  @ParameterizedTest
  @CsvSource({
    "kan ondersteunen\\Contactpersoon: Sanne Jansen, c, kan uw cliënt ondersteunen., ACCEPTED",
    "kan ondersteunen\\Contactpersoon: Tom Peters, p, kan uw cliënt ondersteunen., ACCEPTED",
    "'kan niet ondersteunen\\Reden: geen plaats, adres', r!, kan uw cliënt niet, DECLINED",
    "kan niet ondersteunen\\Reden: te hoge schulden\\Toelichting: eerst naar de bank, !, niet, DECLINED",
    "meer informatie nodig\\Reden: te hoge schulden, ?, heeft meer informatie nodig, FORWARDED",
    "tussenbericht, '', in behandeling, FORWARDED",
    "tussenbericht\\Contactpersoon: Sanne Jansen, c, in behandeling, FORWARDED",
    "afgerond, '', ondersteuning na uw verwijzing afgerond, CLOSED",
  })
  void whatTheReferrerReads(String body, String lines, String says, CaseStatus status) {
    if (body.equals("afgerond")) {
      teamSays("Besluit: kan ondersteunen\nContactpersoon: Sanne Jansen\n");
    }
    MessageRef ref = teamSays("Besluit: " + body.replace("\\", "\n") + "\n");
    String text = gpReads().replaceAll("\\s+", " ");
    assertThat(text).contains("Bericht over uw verwijzing", "wijkteam Oost", says);
    String receipt = teamReads().replaceAll("\\s+", " ");
    boolean ownWords = body.contains("schulden");
    LINES.forEach(
        (key, line) -> {
          boolean expected = lines.indexOf(key) >= 0;
          assertThat(text.contains(line)).as(line).isEqualTo(expected);
          assertThat(receipt.contains("| " + line)).as("| " + line).isEqualTo(expected);
        });
    assertThat(receipt).contains("Dit hebben wij gestuurd:").doesNotContain("U hoort uiterlijk");
    assertThat(receipt.contains("Uw eigen woorden gingen niet mee")).isEqualTo(ownWords);
    assertThat(sent(ref, House.GP).kind()).isEqualTo(OutgoingLetter.Kind.FEEDBACK);
    assertThat(house.post.takenFor(House.GP)).last().satisfies(FeedbacksTest::isFromTheTeam);
    assertThat(file().status()).isEqualTo(status);
    boolean jansen =
        body.startsWith("kan ondersteunen\\Contactpersoon: Sanne") || body.equals("afgerond");
    assertThat(handler())
        .isEqualTo("wot:oost" + (jansen ? "/w401" : lines.equals("p") ? "/w402" : ""));
    assertThat(file().worker().isPresent()).isEqualTo(jansen || lines.equals("p"));
  }

  private static void isFromTheTeam(Post.Parcel parcel) {
    assertThat(parcel.header("From")).contains("oost@wotschiedam.nl");
  }

  private void consents(String recipient, String purpose, String... categories) {
    ConsentForm form =
        new ConsentForm(
            ConsentRecord.Type.CONSENT,
            House.client("J. Voorbeeld"),
            Set.of("client"),
            Set.of(new Party(purpose.equals("support") ? "gp:A" : "wot:oost")),
            Set.of(new Party(recipient)),
            Set.of(new Purpose(purpose)),
            Set.copyOf(List.of(categories).stream().map(Category::new).toList()),
            Optional.empty(),
            Optional.empty(),
            Documentation.of("mondeling", "S. Jansen", "dossier", "wat"));
    assertThat(house.clerk().record(form, Actor.of("test", "worker"))).isPresent();
  }

  @Test
  void ownWordsGoWithConsentForThem() {
    consents("gp:A", "feedback", "support");
    teamSays(
        "Besluit: kan niet ondersteunen\nReden: te hoge schulden\nToelichting: eerst naar de bank\n");
    assertThat(gpReads().replaceAll("\\s+", " "))
        .contains(LINES.get('w'), LINES.get('x'), LINES.get('!'), "coördinator, Joost Verhagen");
    assertThat(teamReads().replaceAll("\\s+", " "))
        .contains("| " + LINES.get('w'), "| " + LINES.get('x'))
        .doesNotContain("eigen woorden");
    teamSays(
        "Besluit: meer informatie nodig\nReden: geen plaats\nToelichting: eerst naar de bank\n");
    assertThat(house.store.holds().list(9)).as("against what was decided").hasSize(1);
  }

  @Test
  void aStatusAloneIsNoLeaveForOwnWords() {
    consents("gp:A", "feedback", "support.status");
    teamSays("Besluit: tussenbericht\nToelichting: eerst naar de bank\n");
    assertThat(gpReads()).doesNotContain("bank");
    assertThat(teamReads()).contains("Uw eigen woorden gingen niet mee");
  }

  @Test
  void theReferrerDisagreesWithTheCoordinator() {
    teamSays("Besluit: kan niet ondersteunen\nReden: geen plaats\n");
    house.clock.move(Duration.ofHours(1));
    MessageRef ref = gpSays("Besluit: oneens\n");
    String text = read(COORDINATOR, "team/coordinator-oost.p12");
    assertThat(text)
        .contains("Bericht van de huisarts over een verwijzing")
        .contains("De huisarts is het niet eens met de beslissing van het wijkteam Oost.")
        .doesNotContain("Bellen kan ook");
    assertThat(house.post.takenFor(COORDINATOR).get(0).header("From")).contains("poort@");
    assertThat(sent(ref, COORDINATOR).kind()).isEqualTo(OutgoingLetter.Kind.FORWARD);
    assertThat(gpReads()).contains("U hoort uiterlijk op 22-6-2026 meer van ons.");
    assertThat(handler()).isEqualTo("wot:oost");
  }

  @Test
  void theReferrerTakesItBack() {
    MessageRef ref = gpSays("Besluit: ingetrokken\n");
    assertThat(teamReads()).contains("De huisarts heeft deze verwijzing ingetrokken.");
    assertThat(sent(ref, House.TEAM_OOST).kind()).isEqualTo(OutgoingLetter.Kind.FORWARD);
    assertThat(gpReads()).contains("Dit hebben wij gestuurd:").doesNotContain("U hoort uiterlijk");
  }

  /** The bare word goes, also against an objection; what is written beside it does not. */
  @Test
  void theReferrersOwnWordsNeedConsentToo() {
    house.consent(ConsentRecord.Type.OBJECTION, "gp:A", "wot:oost");
    gpSays("Besluit: ingetrokken\nToelichting: eerst naar de bank\n");
    assertThat(teamReads())
        .contains("De huisarts heeft deze verwijzing ingetrokken.")
        .doesNotContain("bank");
    assertThat(gpReads()).contains("Uw eigen woorden gingen niet mee");
  }

  /** The referral itself goes on, and the referrer hears who has his client now. */
  @Test
  void handedOnToAColleague() {
    MessageRef ref = teamSays("Besluit: overgedragen\nContactpersoon: Sanne Jansen\n");
    assertThat(read(JANSEN, "team/s.jansen.p12")).contains("hulp bij het ordenen van post");
    assertThat(gpReads())
        .contains("Bericht over uw verwijzing", "Uw verwijzing is overgedragen.", LINES.get('c'));
    assertThat(sent(ref, House.GP).kind()).isEqualTo(OutgoingLetter.Kind.FEEDBACK);
    assertThat(house.post.takenFor(House.GP)).last().satisfies(FeedbacksTest::isFromTheTeam);
    assertThat(teamReads()).contains("| Uw verwijzing is overgedragen.", "| " + LINES.get('c'));
    assertThat(file().worker()).contains("w401");
    assertThat(file().team()).contains("oost");
    assertThat(handler()).isEqualTo("wot:oost/w401");
  }

  /** A team has it then, and the colleague who had it does not any more. */
  @Test
  void handedOnToATeam() {
    consents("wot:*", "support", "contact", "social", "medical.summary", "support");
    teamSays("Besluit: overgedragen\nContactpersoon: Sanne Jansen\n");
    assertThat(file().worker()).contains("w401");
    says(JANSEN, "team/s.jansen.p12", "Besluit: overgedragen\nContactpersoon: Zuid\n");
    assertThat(read(ZUID, "team/zuid.p12")).contains("hulp bij het ordenen van post");
    assertThat(gpReads())
        .contains("Het wijkteam Zuid neemt het nu over")
        .doesNotContain("Uw contactpersoon is");
    assertThat(house.post.takenFor(House.GP))
        .last()
        .satisfies(p -> assertThat(p.header("From")).contains("zuid@wotschiedam.nl"));
    assertThat(file().worker()).isEmpty();
    assertThat(file().team()).contains("zuid");
    assertThat(handler()).isEqualTo("wot:zuid");
  }

  /** Then what its colleague wrote is what there is to read. */
  @Test
  void handedOnWhenTheReferralIsPurged() {
    house.clock.move(Duration.ofMinutes(1));
    house.store.purge(house.clock.instant(), 100);
    teamSays("Besluit: overgedragen\nContactpersoon: Sanne Jansen\n");
    assertThat(read(JANSEN, "team/s.jansen.p12")).doesNotContain("ordenen van post");
    assertThat(file().worker()).contains("w401");
  }
}
