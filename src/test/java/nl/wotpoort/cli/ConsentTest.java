package nl.wotpoort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The consent register on the console and by file. */
class ConsentTest {

  private static final String FORM =
      """
      {"client": {"name": "Proef", "birthDate": "1980-02-01", "bsn": "111222333"},
       "by": ["client"], "holders": ["gp:A"], "recipients": ["wot:oost"],
       "purposes": ["support.intake"], "categories": ["contact", "social"],
       "until": "2027-01-01", "method": "mondeling", "obtainedBy": "A. de Vries",
       "place": "journaal 12", "told": "wat er gedeeld wordt", "where": "spreekuur",
       "obtainedOn": "2026-06-10", "evidence": "formulier 3"}
      """;

  private static final String ANSWERS =
      """
      Proef
      P
      1980-02-01
      3112 AB
      4
      111222333
      cliënt
      gp:A
      wot:oost
      support.intake
      contact, social

      2027-01-01
      mondeling
      2026-06-10
      spreekuur
      A. de Vries
      journaal 12
      wat er gedeeld wordt
      formulier 3
      """;

  @TempDir private Path folder;
  private TestHome home;

  @BeforeEach
  void install() throws Exception {
    home = TestHome.in(folder);
  }

  @Test
  void askedInOrderAndReadBack() {
    Typed typed = home.with(ANSWERS + "ja\n", "consent", "add", "--by", "p.klaassen");
    assertThat(typed.exit()).as(typed.all()).isZero();
    assertThat(typed.out())
        .contains(
            "de cliënt geeft toestemming voor cliënt Proef, geboren 1980-02-01: gp:A mag aan"
                + " wot:oost gegevens geven voor support.intake, namelijk contact, social, vanaf"
                + " nu, tot en met 2027-01-01. Gegeven: mondeling, op 2026-06-10, plaats spreekuur;"
                + " gevraagd door A. de Vries; dossier: journaal 12; verteld: wat er gedeeld wordt;"
                + " bewijs: formulier 3.")
        .containsPattern("Vastgelegd als C-[0-9A-Z]{4}-[0-9A-Z]{4}\\.");
    assertThat(home.type("journal", "show").out())
        .contains("toestemming vastgelegd", "door p.klaassen")
        .doesNotContain("Proef", "111222333");
  }

  @Test
  void noMeansNothingIsRecorded() {
    Typed typed = home.with(ANSWERS + "nee\n", "consent", "add");
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.out()).contains("Er is niets vastgelegd.");
  }

  @Test
  void wrongAnswersAreAskedAgain() {
    String answers =
        ANSWERS
            .replace("111222333\n", "111222334\n111222333\n")
            .replace("wot:oost\n", "wot:ost\nwot:oost\n")
            .replace("support.intake\n", "gezellig\nsupport.intake\n")
            .replace("contact, social\n", "contact, alles\ncontact, social\n")
            .replace("2027-01-01\n", "1 mei\n2020-01-01\n2027-01-01\n")
            .replace("mondeling\n", "\nmondeling\n");
    Typed typed = home.with(answers + "misschien\nja\n", "consent", "add");
    assertThat(typed.exit()).as(typed.all()).isZero();
    assertThat(typed.out())
        .contains(
            "Dat is geen BSN: het getal klopt niet met de 11-proef.",
            "\"wot:ost\" is niet bekend.",
            "\"gezellig\" is geen doel uit het beleid.",
            "\"alles\" is geen soort gegevens uit het beleid.",
            "Dat is geen datum.",
            "De laatste dag is al voorbij.",
            "Dit moet worden ingevuld: hoe het is gegeven.",
            "Schrijf ja of nee.");
  }

  @Test
  void aClientWhoCouldBeAnybodyIsAskedForAgain() {
    Typed typed = home.with("Proef\n\n\n\n\n\n" + ANSWERS + "ja\n", "consent", "add");
    assertThat(typed.exit()).isZero();
    assertThat(typed.out()).contains("Zo is niet zeker om wie het gaat.");
  }

  @Test
  void aChildCannotConsentAlone() {
    Typed typed =
        home.with(ANSWERS.replace("1980-02-01", "2020-02-01") + "nee\n", "consent", "add");
    assertThat(typed.out()).contains("Let op: onder de 12 jaar");
    Typed between =
        home.with(ANSWERS.replace("1980-02-01", "2012-02-01") + "nee\n", "consent", "add");
    assertThat(between.out()).contains("Let op: van 12 tot 16 jaar");
    Typed adult = home.with(ANSWERS.replace("cliënt\n", "moeder\n") + "nee\n", "consent", "add");
    assertThat(adult.out()).contains("Let op: vanaf 16 jaar beslist de cliënt zelf.");
  }

  @Test
  void everyGiverHasARoleAndARepresentativeMakesTheAbilityAQuestion() {
    String answers =
        ANSWERS.replace("cliënt\n", "M. Jansen\nM. Jansen (mentor tot 2027-01-01)\nnee\n");
    Typed typed = home.with(answers + "ja\n", "consent", "add");
    assertThat(typed.exit()).as(typed.all()).isZero();
    assertThat(typed.out())
        .contains("Schrijf bij ieder de rol")
        .contains("M. Jansen (mentor) tot en met 2027-01-01 geeft toestemming");
  }

  @Test
  void inputThatStopsRecordsNothing() {
    Typed typed = home.with("Proef\n", "consent", "add");
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.err()).contains("De invoer hield op. Er is niets vastgelegd.");
  }

  @Test
  void byFileListedShownWithdrawn() throws Exception {
    String id = record(FORM);
    assertThat(home.type("consent", "list").out())
        .contains(id + "  toestemming  gp:A aan wot:oost; doel support.intake")
        .doesNotContain("Proef", "111222333");
    assertThat(home.type("consent", "show", id).out())
        .contains("gegeven door: de cliënt", "dossier: journaal 12", "gegeven op: 2026-06-10")
        .contains("gegeven bij: spreekuur", "bewijs: formulier 3")
        .doesNotContain("111222333");
    assertThat(home.type("journal", "show", id).out()).contains("toestemming bekeken");

    Typed withdrawn =
        home.type("consent", "withdraw", id, "--who", "client", "--how", "per telefoon");
    assertThat(withdrawn.out()).contains(id + " is ingetrokken. Dit werkt meteen");
    assertThat(home.type("consent", "withdraw", id, "--who", "x", "--how", "y").out())
        .contains("was al ingetrokken op 15-06-2026 12:00");
    assertThat(home.type("consent", "list", "--json").json().get(0).path("withdrawn").asText())
        .isEqualTo("2026-06-15T10:00:00Z");
  }

  /** Permission for the whole never includes what is restricted: said before it is agreed to. */
  @Test
  void whatIsRestrictedIsSaidNotToBelongToIt() {
    Typed typed = home.with(ANSWERS + "nee\n", "consent", "add");
    assertThat(typed.out()).contains("Let op: hier horen niet bij: social.safety.");
    Typed named =
        home.with(
            ANSWERS.replace("contact, social\n", "social, social.safety\n") + "nee\n",
            "consent",
            "add");
    assertThat(named.out()).doesNotContain("hier horen niet bij");
  }

  @Test
  void whatIsTypedIsReadKindlyAndAskedInFull() throws Exception {
    String id = record(FORM);
    assertThat(home.type("consent", "show", id.toLowerCase(Locale.ROOT)).exit()).isZero();
    Typed nobody = home.type("consent", "withdraw", id, "--who", " ", "--how", "");
    assertThat(nobody.exit()).isEqualTo(2);
    assertThat(nobody.err()).contains("Vul in wie intrekt", "Er is niets ingetrokken.");
    assertThat(home.type("consent", "list").out()).doesNotContain("INGETROKKEN");
    assertThat(home.type("consent", "list", "--max", "0").err()).contains("--max is 1 of meer.");
    assertThat(home.type("consent", "list", "--max", "1").out())
        .contains("wotpoort consent list --after " + id);
    assertThat(home.type("consent", "list", "--after", id).out()).contains("Na " + id);
  }

  private String record(String form) throws Exception {
    Path file = Files.writeString(folder.resolve("form.json"), form);
    Typed typed = home.type("consent", "add", "--json", "--from", file.toString());
    assertThat(typed.exit()).as(typed.all()).isZero();
    return typed.json().get(0).path("id").asText();
  }

  @Test
  void badFilesAreRefusedWithoutRepeatingThem() throws Exception {
    assertRefused(FORM.substring(0, 40), "geen geldige JSON");
    assertRefused("[1]", "één JSON-object");
    assertRefused(FORM.replace("111222333", "123456789"), "11-proef");
    assertRefused(FORM.replace("gp:A", "gp:Q"), "\"gp:Q\" is niet bekend");
    assertRefused(FORM.replace("[\"client\"]", "[\"M. Jansen\"]"), "Schrijf bij ieder de rol");
    assertRefused(FORM.replace("2026-06-10", "2026-06-16"), "Die dag moet nog komen");
    assertRefused(
        FORM.replace("\"name\": \"Proef\", \"birthDate\": \"1980-02-01\", ", ""),
        "ten minste twee kenmerken");
    assertRefused(FORM.replace("\"told\"", "\"verteld\""), "wat de cliënt is verteld");
    assertRefused(FORM.replace("2027-01-01", "01-01-2027"), "geen datum");
    assertRefused(FORM.replace("[\"client\"]", "[3]"), "\"by\" moet een lijst met teksten zijn");
    assertRefused(
        FORM.replace("\"birthDate\": \"1980-02-01\", \"bsn\": \"111222333\"", "\"x\": 1"),
        "niet zeker om wie het gaat");
  }

  private void assertRefused(String form, String why) throws Exception {
    Path file = Files.writeString(folder.resolve("bad.json"), form);
    Typed typed = home.type("consent", "add", "--from", file.toString());
    assertThat(typed.exit()).isEqualTo(2);
    assertThat(typed.err()).contains(why).doesNotContain("Proef", "Exception");
  }

  @Test
  void whatIsNotThereIsSaidToBeSo() throws Exception {
    assertThat(home.type("consent", "list").exit()).isEqualTo(69);
    record(FORM);
    assertThat(home.type("consent", "show", "C-0000-0000").exit()).isEqualTo(1);
    assertThat(home.type("consent", "withdraw", "C-0", "--who", "x", "--how", "y").err())
        .contains("Er is geen toestemming C-0.");
    assertThat(home.type("consent", "add", "--json").err()).contains("--from BESTAND.json");
  }

  @Test
  void outAndInAgainAsFhirIsTheSame() throws Exception {
    String id = record(FORM.replace("[\"client\"]", "[\"client\", \"M. Jansen (mentor)\"]"));
    record(FORM.replace("\"by\"", "\"type\": \"objection\", \"by\""));
    home.type("consent", "withdraw", id, "--who", "client", "--how", "per telefoon");
    Typed out = home.type("consent", "export");
    assertThat(out.exit()).as(out.all()).isZero();
    assertThat(out.json()).hasSize(2);
    for (JsonNode consent : out.json()) {
      assertThat(consent.path("resourceType").asText()).isEqualTo("Consent");
      assertThat(consent.at("/scope/coding/0/code").asText()).isEqualTo("patient-privacy");
      assertThat(consent.at("/category/0/coding/0/code").asText()).isEqualTo("59284-0");
      assertThat(consent.at("/policy/0/uri").asText()).isNotEmpty(); // invariant ppc-1 of R4
      assertThat(consent.at("/contained/0/birthDate").asText()).isEqualTo("1980-02-01");
      assertThat(consent.at("/provision/period/end").asText()).isEqualTo("2027-01-01");
      assertThat(consent.path("status").asText()).isIn("active", "inactive");
      assertThat(consent.at("/provision/type").asText()).isIn("permit", "deny");
    }

    Path file = Files.writeString(folder.resolve("register.ndjson"), out.out());
    assertThat(home.type("consent", "import", file.toString()).out())
        .contains("Vastgelegd: 0. Al in het register: 2.");
    TestHome other = TestHome.in(folder.resolve("other"));
    Typed in = other.type("consent", "import", file.toString());
    assertThat(in.out()).as(in.all()).contains("Vastgelegd: 2. Al in het register: 0.");
    assertThat(other.type("consent", "export").out()).isEqualTo(out.out());
    assertThat(home.type("consent", "grounds").out()).contains("toestemming: 0. Gedeeld: 0.");
  }

  @Test
  void aFhirFileThatLacksSomethingRecordsNothing() throws Exception {
    record(FORM);
    String good = home.type("consent", "export").out().strip();
    String bad = good.replace("\"dateTime\"", "\"x\"");
    Path file = Files.writeString(folder.resolve("bad.ndjson"), good + "\n" + bad + "\n");
    TestHome other = TestHome.in(folder.resolve("other"));
    Typed in = other.type("consent", "import", file.toString());
    assertThat(in.exit()).isEqualTo(2);
    assertThat(in.err()).contains("Regel 2", "dateTime").doesNotContain("Proef");
    assertThat(other.type("consent", "list").out()).contains("Het register is leeg.");
  }
}
