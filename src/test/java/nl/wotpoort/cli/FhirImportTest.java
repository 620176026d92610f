package nl.wotpoort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import nl.wotpoort.store.Pseudonyms;
import nl.wotpoort.store.StoreKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Consents of others. HL7's own examples narrow a consent by exceptions, data, labels, classes and
 * times that our register has no place for; read without them, each would share more than was
 * meant. The sample is what three validators of others called valid (src/test/fhir/run.sh).
 */
class FhirImportTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pseudonyms PSEUDONYMS =
      new Pseudonyms(
          StoreKey.of("for this test: thirty-two bytes.".getBytes(StandardCharsets.US_ASCII)));
  private static final Path SAMPLE =
      TestHome.REPOSITORY.resolve("src/test/resources/fhir/export.ndjson");

  /** What stands in it, where (JSON pointer of its holder), its name, and the path that is told. */
  private static final List<String[]> NOT_KEPT =
      List.of(
          new String[] {"/provision", "provision", "[{\"type\": \"deny\"}]", "provision.provision"},
          new String[] {
            "/provision", "dataPeriod", "{\"start\": \"2015-01-01\"}", "provision.dataPeriod"
          },
          new String[] {
            "/provision",
            "data",
            "[{\"meaning\": \"related\", \"reference\": {\"reference\": \"Task/ex\"}}]",
            "provision.data"
          },
          new String[] {
            "/provision", "securityLabel", "[{\"code\": \"PSY\"}]", "provision.securityLabel"
          },
          new String[] {
            "/provision", "class", "[{\"code\": \"application/hl7-cda\"}]", "provision.class"
          },
          new String[] {
            "/provision", "action", "[{\"coding\": [{\"code\": \"collect\"}]}]", "provision.action"
          },
          new String[] {
            "/provision/actor/0/role/coding/0", "code", "\"CST\"", "provision.actor.role"
          },
          new String[] {
            "/provision/modifierExtension/0",
            "url",
            "\"http://example.org/not\"",
            "provision.modifierExtension"
          },
          new String[] {
            "", "modifierExtension", "[{\"url\": \"http://example.org/not\"}]", "modifierExtension"
          },
          new String[] {"", "implicitRules", "\"http://example.org/rules\"", "implicitRules"});

  /** The same, for what lacks or is in words that are not ours. */
  private static final List<String[]> LACKS =
      List.of(
          new String[] {"", "dateTime", "\"2016-05-11\"", "dateTime"},
          new String[] {"", "patient", "{\"reference\": \"Patient/f001\"}", "contained.Patient"},
          new String[] {"/contained/0", "birthDate", "\"1980\"", "contained.Patient.birthDate"},
          new String[] {
            "",
            "organization",
            "[{\"reference\": \"Organization/f001\"}]",
            "organization.identifier (system urn:wotpoort:party)"
          },
          new String[] {
            "/provision/purpose/0",
            "system",
            "\"http://terminology.hl7.org/CodeSystem/v3-ActReason\"",
            "provision.purpose (system urn:wotpoort:purpose)"
          },
          new String[] {"/provision", "type", "\"opt-in\"", "provision.type"},
          new String[] {"", "resourceType", "\"Contract\"", "resourceType"});

  @TempDir private Path folder;
  private TestHome home;

  @BeforeEach
  void install() throws Exception {
    home = TestHome.in(folder);
  }

  @Test
  void whatFitsIsTakenOverAndWrittenTheSame() throws Exception {
    assertThat(imported(Files.readString(SAMPLE)).out()).contains("Vastgelegd: 3.");
    assertThat(home.type("consent", "export").out()).isEqualTo(Files.readString(SAMPLE));
  }

  /** The shape of before the categories moved is still read. */
  @Test
  void categoriesAsCodesAreReadToo() throws Exception {
    ObjectNode consent = sample();
    ObjectNode provision = (ObjectNode) consent.at("/provision");
    provision.remove("modifierExtension");
    provision.set(
        "code",
        JSON.readTree(
            "[{\"coding\": [{\"system\": \"urn:wotpoort:category\", \"code\": \"social\"}]}]"));
    assertThat(imported(consent.toString()).out()).contains("Vastgelegd: 1.");
    assertThat(home.type("consent", "list").out()).contains("; social;");
  }

  @Test
  void whatWouldShareMoreIsRefusedWithItsPlaceAndWhatToDo() throws Exception {
    for (String[] row : NOT_KEPT) {
      assertThat(refused(row)).isEqualTo("NOT_KEPT " + row[3]);
    }
    Typed typed = imported(changed(NOT_KEPT.get(0)));
    assertThat(typed.exit()).isEqualTo(2);
    assertThat(typed.err())
        .contains("Regel 1 zegt in provision.provision iets dat ons register niet kan bewaren")
        .contains("wotpoort consent add", "Er is niets vastgelegd.");
  }

  @Test
  void whatLacksIsToldByItsPlace() throws Exception {
    for (String[] row : LACKS) {
      assertThat(refused(row)).isEqualTo("LACKS " + row[3]);
    }
    Typed typed = imported(changed(LACKS.get(0)));
    assertThat(typed.exit()).isEqualTo(2);
    assertThat(typed.err())
        .contains("dateTime ontbreekt of is niet te lezen", "docs/fhir-consent.md")
        .doesNotContain("Proef", "Exception");
  }

  private static String refused(String[] row) throws Exception {
    try {
      FhirReader.read(JSON.readTree(changed(row)), PSEUDONYMS);
      return "read";
    } catch (FhirReader.Unfit e) {
      return e.why() + " " + e.member();
    }
  }

  /** One identifier is not enough, wherever the consent comes from. */
  @Test
  void aPatientWithABsnAloneIsNobody() throws Exception {
    ObjectNode consent = sample();
    ((ObjectNode) consent.at("/contained/0")).retain(List.of("resourceType", "id", "identifier"));
    assertThat(imported(consent.toString()).err()).contains("contained.Patient");
  }

  private static ObjectNode sample() throws Exception {
    return (ObjectNode) JSON.readTree(Files.readAllLines(SAMPLE).get(1));
  }

  private static String changed(String[] row) throws Exception {
    ObjectNode consent = sample();
    ((ObjectNode) consent.at(row[0])).set(row[1], JSON.readTree(row[2]));
    return consent.toString();
  }

  private Typed imported(String consents) throws Exception {
    Path file = Files.writeString(folder.resolve("others.ndjson"), consents);
    return home.type("consent", "import", file.toString());
  }
}
