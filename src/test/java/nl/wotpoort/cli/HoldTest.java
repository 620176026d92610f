package nl.wotpoort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Held messages, cases and the journal, after real mail went through the desk. */
class HoldTest {

  static final String REFERRAL = "accept/openssl-detached-bare-aes-256-cbc.eml";
  private static final String REQUEST = "accept/openssl-detached-rfc822-aes-256-cbc.eml";
  private static final String ALTERED = "reject/header-mismatch--other-date.eml";

  @TempDir private Path folder;
  private TestHome home;

  @BeforeEach
  void install() throws Exception {
    home = TestHome.in(folder);
    home.receive("oost@wotschiedam.nl", REFERRAL, REQUEST, ALTERED);
  }

  @Test
  void listTellsWhatWaitsAndWhy() {
    Typed typed = home.type("hold", "list");
    assertThat(typed.exit()).isZero();
    assertThat(typed.out())
        .contains(
            "M2  15-06-2026 12:00  oost@wotschiedam.nl  een mens moet beslissen: wacht op toestemming",
            "M3  15-06-2026 12:00  oost@wotschiedam.nl  afzender niet vastgesteld: header-mismatch",
            "2 bericht(en) wachten.");
    assertThat(home.type("hold", "list", "--cause", "not_verified", "--json").json())
        .singleElement()
        .satisfies(json -> assertThat(json.path("id").asText()).isEqualTo("M3"));
  }

  @Test
  void showTellsTheStoryAndWhatToDo() {
    Typed typed = home.type("hold", "show", "M2");
    assertThat(typed.out())
        .contains(
            "M2, voor oost@wotschiedam.nl, ontvangen 15-06-2026 12:00",
            "ontvangstbewijs aan a.devries@praktijk-delinde.example",
            "ontvangen: M2",
            "wotpoort hold release M2");
    assertThat(home.type("hold", "show", "M2", "--json").json().get(0).path("journal").size())
        .isPositive();
  }

  @Test
  void whatIsNotHeldCannotBeShownReleasedOrRejected() {
    assertThat(home.type("hold", "show", "M1").exit()).isEqualTo(1);
    assertThat(home.type("hold", "release", "M1").err()).contains("M1 wordt niet vastgehouden");
    assertThat(home.type("hold", "reject", "M99", "--reason", "SPAM").exit()).isEqualTo(1);
    assertThat(home.type("hold", "show", "twaalf").err())
        .contains("is geen nummer van een bericht");
  }

  @Test
  void oneIsReleasedAndTheJournalSaysByWhom() {
    Typed typed = home.type("hold", "release", "M2", "--by", "p.klaassen");
    assertThat(typed.exit()).isZero();
    assertThat(typed.out()).contains("M2 is vrijgegeven en wordt opnieuw beoordeeld.");
    assertThat(home.type("hold", "list").out()).doesNotContain("M2 ");
    assertThat(home.type("journal", "show", "M2").out())
        .contains("vrijgegeven: M2, door p.klaassen");
  }

  @Test
  void allOrOneCause() {
    assertThat(home.type("hold", "release", "--cause", "NOT_VERIFIED").out())
        .contains("1 bericht(en) vrijgegeven");
    assertThat(
            home.type("hold", "release", "--all", "--json").json().get(0).path("released").asInt())
        .isEqualTo(1);
    assertThat(home.type("hold", "release", "--all", "M2").exit()).isEqualTo(2);
    assertThat(home.type("hold", "release", "--all", "--rate", "0").exit()).isEqualTo(2);
    assertThat(home.type("hold", "release", "M2", "--rate", "9").exit()).isEqualTo(2);
    assertThat(home.type("hold", "release").exit()).isEqualTo(2);
  }

  /**
   * The second may start half a minute after the first, whatever happens to the gateway meanwhile.
   */
  @Test
  void manyComeBackAtARate() throws Exception {
    assertThat(home.type("hold", "release", "--all", "--rate", "2").out())
        .contains("2 bericht(en) vrijgegeven", "hoogstens 2 per minuut");
    home.receive("oost@wotschiedam.nl", List.of());
    assertThat(home.type("hold", "list").out()).contains("1 bericht(en) wachten");
  }

  @Test
  void aSecondPersonIsForAMessageThatWaitsForOne() {
    assertThat(home.type("hold", "release", "M2", "--second-person").exit()).isEqualTo(2);
    Typed other = home.type("hold", "release", "M2", "--second-person", "--by", "w401");
    assertThat(other.exit()).isEqualTo(1);
    assertThat(other.err()).contains("M2 wacht niet op een tweede persoon", "hold show M2");
    assertThat(home.type("journal", "show", "M2").out()).doesNotContain("tweede persoon akkoord");
  }

  /** A legal ground instead of consent: held, and on its way only once a second person agreed. */
  @Test
  void aLegalGroundGoesOnAfterASecondPerson() throws Exception {
    Files.writeString(
        folder.resolve("wotpoort.properties"),
        "hold.secondPersons = r.smits, a.proef\n",
        StandardOpenOption.APPEND);
    home.receive("oost@wotschiedam.nl", List.of(GpMail.withALegalGround()));
    assertThat(home.type("journal", "show", "M4").out()).contains("wettelijke grond genoemd: M4");
    assertThat(home.type("hold", "show", "M4").out())
        .contains("wacht op een tweede persoon", "--second-person --by NAAM");
    Typed alone = home.type("hold", "release", "M4");
    assertThat(alone.exit()).isEqualTo(1);
    assertThat(alone.err()).contains("Alleen een tweede persoon geeft het vrij");
    assertThat(second("zomaar.iemand")).contains("Wij kennen \"zomaar.iemand\" niet");
    assertThat(second("a.devries@praktijk-delinde.example")).contains("Wij kennen");
    assertThat(second("a.proef")).contains("zelf over de grond besliste"); // dr. A. Proef decided
    assertThat(home.type("consent", "grounds").out())
        .contains("M4  vitaal belang: wacht op een tweede persoon", "Gedeeld: 0. Wachten nog: 1.");

    assertThat(home.type("hold", "release", "M4", "--second-person", "--by", "R.Smits").exit())
        .isZero();
    home.receive("oost@wotschiedam.nl", List.of());
    assertThat(home.type("hold", "show", "M4").exit()).isEqualTo(1);
    assertThat(home.type("journal", "show", "M4").out())
        .contains("tweede persoon akkoord: M4", "doorgestuurd: M4");
    assertThat(home.type("consent", "grounds", "--by", "p.klaassen").out())
        .contains(
            "M4  vitaal belang: gedeeld",
            "  genoemd op 15-06-2026 12:00 door a.devries@praktijk-delinde.example, voor gp:A",
            "  besloten door: dr. A. Proef",
            "  afweging: acuut gevaar",
            "  cliënt geïnformeerd: nee, want: niet bereikbaar",
            "  noodzakelijk: alles wat in het bericht staat",
            "  tweede persoon: R.Smits, op 15-06-2026 12:00",
            "  doorgestuurd op 15-06-2026 12:00 aan wot:oost; doel safety; zaak WP-",
            "vitaal belang: 1",
            "Gedeeld: 1. Wachten nog: 0.");
    assertThat(home.type("consent", "grounds", "--json").json())
        .singleElement()
        .satisfies(
            use -> {
              assertThat(use.path("ground").asText()).isEqualTo("vital-interest");
              assertThat(use.path("decidedBy").asText()).isEqualTo("dr. A. Proef");
              assertThat(use.path("releasedBy").asText()).isEqualTo("R.Smits");
              assertThat(use.path("clientTold").asBoolean(true)).isFalse();
            });
    assertThat(home.type("journal", "show").out())
        .contains("rapport over wettelijke gronden bekeken: grounds, door p.klaassen")
        .doesNotContain("acuut gevaar");
  }

  /** What an unsuitable second person reads; the message stays where it is. */
  private String second(String by) {
    Typed typed = home.type("hold", "release", "M4", "--second-person", "--by", by);
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(home.type("hold", "show", "M4").exit()).isZero();
    return typed.err();
  }

  @Test
  void aWorkerMayBeTheSecondPersonWhileAtWork() throws Exception {
    home.replace(
        "routes/directory.yaml", "  - id: w301\n", "  - id: w301\n    endDate: 2026-06-12\n");
    home.receive("oost@wotschiedam.nl", List.of(GpMail.withALegalGround()));
    assertThat(second("w301")).contains("\"w301\" werkt hier niet meer");
    String address = "s.jansen@intern.wotschiedam.nl";
    assertThat(home.type("hold", "release", "M4", "--second-person", "--by", address).exit())
        .isZero();
    assertThat(home.type("journal", "show", "M4").out())
        .contains("tweede persoon akkoord: M4, door w401");
  }

  @Test
  void rejectNeedsACode() {
    assertThat(home.type("hold", "reject", "M3", "--reason", "zomaar").err())
        .contains("\"zomaar\" is geen code");
    assertThat(home.type("hold", "reject", "M3", "--reason", "SPAM").out())
        .contains("M3 is afgesloten (SPAM).");
    assertThat(home.type("hold", "reject", "M3", "--reason", "SPAM").exit()).isEqualTo(1);
  }

  @Test
  void casesAreListedAndShownWithoutClients() {
    Typed list = home.type("case", "list");
    assertThat(list.out()).containsPattern("WP-[0-9A-Z-]{9}  15-06-2026 12:00  .*team oost");
    String number = home.type("case", "list", "--json").json().get(0).path("number").asText();
    Typed shown = home.type("case", "show", number);
    assertThat(shown.exit()).isZero();
    assertThat(shown.out())
        .contains("Zaak " + number, "Afzender: a.devries@praktijk-delinde.example", "brief L");
    assertThat(home.type("case", "show", number, "--json").json().get(0).path("letters").size())
        .isPositive();
    assertThat(home.type("journal", "show", number).out()).contains("zaak " + number);
    assertThat(home.type("case", "show", "WP-0000").err()).contains("is geen zaaknummer");
    assertThat(home.type("case", "show", "WP-0000-0000").exit()).isEqualTo(1);
  }

  @Test
  void theJournalIsWhole() {
    Typed typed = home.type("journal", "verify");
    assertThat(typed.exit()).isZero();
    assertThat(typed.out()).contains("Het logboek is heel: ");
    assertThat(home.type("journal", "show", "M99").exit()).isEqualTo(1);
    assertThat(home.type("journal", "show", "--json", "--max", "2").json()).hasSize(2);
  }

  @Test
  void heldMessagesAreThereAlsoWhenAKeyIsNot() throws Exception {
    home.replace("wotpoort.properties", "gateway/zuid-ec.p12", "gateway/oost.pem");
    assertThat(home.type("hold", "list").exit()).isZero();
    assertThat(home.type("explain", TestHome.FIXTURES.resolve(REQUEST).toString()).exit())
        .isEqualTo(2);
  }
}
