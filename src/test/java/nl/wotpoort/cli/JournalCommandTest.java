package nl.wotpoort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import nl.wotpoort.letter.CaseNumber;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The views of the journal, on a store in which a referral came in; each look is a line in it. */
class JournalCommandTest {

  @TempDir Path folder;
  private TestHome home;

  @BeforeEach
  void aReferralCameIn() throws Exception {
    home = TestHome.in(folder);
    home.receive("oost@wotschiedam.nl", HoldTest.REFERRAL);
  }

  private void isJournalled(String event, String by) {
    List<JsonNode> last = home.type("journal", "show", "--max", "1000", "--json").json();
    assertThat(last)
        .filteredOn(line -> line.path("event").asText().equals(event))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.path("actor").asText()).isEqualTo(by);
              assertThat(line.path("action").asText()).isEqualTo("READ");
              assertThat(line.path("source").asText()).isEqualTo("cli");
            });
  }

  @Test
  void aClientReadsItInWords() {
    Typed typed =
        home.type(
            "journal", "client", "--name", "J. Voorbeeld", "--born", "1980-04-02", "--by", "fg");
    assertThat(typed.exit()).isZero();
    assertThat(typed.out())
        .contains(
            "15-06-2026 12:00  doorgestuurd (Praktijk De Linde): naar wijkteam Oost; doel"
                + " ondersteuning; de afzender verklaart dat de cliënt toestemming gaf; zaak ")
        .contains("ten minste vijf jaar")
        .doesNotContain("wot:oost", "gp:A", "FORWARDED", "999990019", "999 990 019");
    isJournalled("JOURNAL_CLIENT_VIEWED", "fg");
    assertThat(home.type("journal", "client", "--name", "N. Iemand", "--born", "1970-01-01").out())
        .contains("niets over deze cliënt");
  }

  @Test
  void aClientSeesThatSomebodyLooked() {
    home.type("journal", "client", "--bsn", "999990019", "--by", "fg");
    assertThat(home.type("journal", "client", "--bsn", "999990019").out())
        .contains("logboek ingezien over een cliënt (fg)");
  }

  @Test
  void whatSomebodyDid() {
    Typed typed = home.type("journal", "worker", "a.devries@praktijk-delinde.example");
    assertThat(typed.exit()).isZero();
    assertThat(typed.out())
        .contains(
            "bericht M1: doorgestuurd (a.devries@praktijk-delinde.example, namens Praktijk De Linde)");
    isJournalled("JOURNAL_WORKER_VIEWED", "beheer");
    assertThat(home.type("journal", "worker", "niemand@elders.example").exit()).isEqualTo(1);
  }

  @Test
  void whoGotAMessageAndWhen() {
    Typed typed = home.type("journal", "message", "M1");
    assertThat(typed.out())
        .contains("doorgestuurd bericht aan oost@intern.wotschiedam.nl", "15-06-2026 12:00");
    JsonNode json = home.type("journal", "message", "M1", "--json").json().get(0);
    assertThat(json.path("letters").findValuesAsText("recipient"))
        .containsExactlyInAnyOrder(
            "oost@intern.wotschiedam.nl", "a.devries@praktijk-delinde.example");
    assertThat(home.type("journal", "message", "twaalf").err()).contains("Schrijf het als M12");
  }

  @Test
  void theBreachPackNamesWhoGotItWhatHappenedAndWhatToDo() {
    String number = home.type("case", "list", "--json").json().get(0).path("number").asText();
    Typed typed = home.type("journal", "breach", number, "--by", "fg");
    assertThat(typed.exit()).isZero();
    assertThat(typed.out())
        .contains(
            number,
            "Wie kreeg iets, en wanneer:",
            "oost@intern.wotschiedam.nl",
            "Wat er gebeurde, in volgorde:",
            "bericht M1: doorgestuurd (a.devries@praktijk-delinde.example",
            "Wat nu:");
    isJournalled("JOURNAL_BREACH_VIEWED", "fg");
    assertThat(home.type("journal", "breach", number, "--json").json().get(0).path("case").asText())
        .isEqualTo(number);
    assertThat(home.type("journal", "breach", CaseNumber.ofRandom(154).toString()).exit())
        .isEqualTo(1);
  }

  /** Looking at the journal as it stands is a look too. */
  @Test
  void showIsJournalled() {
    home.type("journal", "show", "M1");
    isJournalled("JOURNAL_SHOWN", "beheer");
  }

  @Test
  void everyExportHasEveryLineAndIsItselfOne() {
    Typed csv = home.type("journal", "export", "--csv");
    List<JsonNode> lines = home.type("journal", "export", "--lines", "--json").json();
    List<JsonNode> fhir = home.type("journal", "export", "--fhir", "--json").json();
    assertThat(csv.out().lines().findFirst().orElseThrow())
        .isEqualTo(
            "sequence,at,event,action,outcome,actor,onBehalfOf,role,client,object,case,purpose,"
                + "consents,rules,emergency,source,correlation,hash,recipient");
    long there = csv.out().lines().count() - 1;
    assertThat(lines).hasSize((int) there + 1);
    assertThat(fhir).hasSize((int) there + 2);
    assertThat(csv.out() + lines + fhir).doesNotContain("Voorbeeld", "999990019");
    assertThat(fhir)
        .extracting(event -> event.path("subtype").get(0).path("code").asText())
        .contains("JOURNAL_EXPORTED", "FORWARDED");
  }

  /** What https://hl7.org/fhir/R4/auditevent.html requires and what FHIR's JSON forbids. */
  @Test
  void theAuditEventsHaveWhatR4Requires() {
    for (JsonNode event : home.type("journal", "export", "--fhir", "--json").json()) {
      assertThat(event.path("resourceType").asText()).isEqualTo("AuditEvent");
      assertThat(event.path("subtype").get(0).path("code").asText()).isNotEmpty();
      assertThat(event.path("action").asText()).matches("[CRUDE]");
      assertThat(event.path("outcome").asText()).matches("[048]|12");
      assertThat(event.path("recorded").asText())
          .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
      assertThat(event.path("id").asText()).matches("[A-Za-z0-9.-]{1,64}");
      assertThat(event.path("agent")).isNotEmpty();
      event.path("agent").forEach(a -> assertThat(a.path("requestor").isBoolean()).isTrue());
      assertThat(event.path("source").path("observer").isObject()).isTrue();
      nothingIsEmpty(event);
    }
  }

  private static void nothingIsEmpty(JsonNode node) {
    if (node.isTextual()) {
      assertThat(node.asText()).isNotBlank();
    }
    assertThat(node.isContainerNode() && node.isEmpty()).as(node.toString()).isFalse();
    node.forEach(JournalCommandTest::nothingIsEmpty);
  }
}
