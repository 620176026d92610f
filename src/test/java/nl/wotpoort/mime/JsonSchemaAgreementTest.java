package nl.wotpoort.mime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.Letter.Unrecognised.Why;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The published schema and the reader say the same: every field of every example is replaced by
 * every kind of value, and both must accept or both refuse.
 */
class JsonSchemaAgreementTest {

  private static final Path DOCS = Path.of(System.getProperty("project.basedir"), "docs/schema");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What the schema cannot say: the 11-test, the check character, and days that do not exist. */
  private static final Set<String> BEYOND_SCHEMA = Set.of("client.bsn", "caseId");

  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
          .getSchema(
              read("wotpoort-message-1.json"),
              SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());

  private static JsonNode read(String name) {
    try {
      return MAPPER.readTree(Files.readString(DOCS.resolve(name)));
    } catch (IOException e) {
      throw new AssertionError(name, e);
    }
  }

  private static Letter letter(JsonNode json) {
    try {
      Bytes bytes = Bytes.wrap(MAPPER.writeValueAsBytes(json));
      return new JsonLetter(Mails.GP, List.of(), Set.of()).read(bytes).letter();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"referral", "info-request", "answer", "feedback", "status"})
  void theExamplesAreValidAndUnderstood(String name) {
    JsonNode example = read("examples/" + name + ".json");
    assertThat(SCHEMA.validate(example)).isEmpty();
    assertThat(letter(example)).isNotInstanceOf(Letter.Unrecognised.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"referral", "info-request", "answer", "feedback", "status"})
  void schemaAndReaderAgreeOnEveryFieldAndValue(String name) throws IOException {
    ObjectNode example = (ObjectNode) read("examples/" + name + ".json");
    int compared = 0;
    for (JsonNode value : values()) {
      for (String field : fields(SCHEMA.getSchemaNode().get("properties"))) {
        ObjectNode changed = example.deepCopy();
        changed.set(field, value);
        compare(changed, field + " = " + value);
        compared++;
      }
      for (String parent : List.of("client", "consent", "legalGround", "purpose")) {
        JsonNode described = SCHEMA.getSchemaNode().get("$defs").get(parent).get("properties");
        for (String field : fields(described)) {
          ObjectNode changed = example.deepCopy();
          ObjectNode inner = MAPPER.createObjectNode();
          if (parent.equals("legalGround")) {
            inner.put("kind", "vital-interest");
          }
          inner.set(field, value);
          changed.set(parent, inner);
          compare(changed, parent + "." + field + " = " + value);
          compared++;
        }
      }
      for (String list : List.of("questions", "answers", "attachments")) {
        for (String field : List.of("nr", "text", "category", "name", "type", "sha256")) {
          ObjectNode changed = example.deepCopy();
          ObjectNode item = MAPPER.createObjectNode();
          item.put("nr", 1).put("sha256", "0".repeat(64));
          item.set(field, value);
          changed.set(list, MAPPER.createArrayNode().add(item));
          compare(changed, list + "[0]." + field + " = " + value);
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(1000);
  }

  private static void compare(ObjectNode json, String what) {
    boolean valid = SCHEMA.validate(json).isEmpty();
    boolean understood =
        !(letter(json) instanceof Letter.Unrecognised why)
            || why.why() == Why.CONTRADICTION
            || (BEYOND_SCHEMA.contains(why.detail()) && valid);
    assertThat(understood).as(what + " is valid: " + valid).isEqualTo(valid);
  }

  private static List<String> fields(JsonNode properties) {
    List<String> names = new ArrayList<>();
    properties.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<JsonNode> values() throws IOException {
    List<JsonNode> values = new ArrayList<>();
    for (String json :
        List.of(
            "null",
            "true",
            "1",
            "0",
            "1000",
            "1.0",
            "1.5",
            "\"\"",
            "\" \"",
            "\"x\"",
            "\"X Y\"",
            "\"medical.summary\"",
            "\"REFERRAL\"",
            "\"ACCEPTED\"",
            "\"FORWARDED\"",
            "\"URGENT\"",
            "\"2026-06-01\"",
            "\"2026-6-1\"",
            "\"2026-13-01\"",
            "\"2026-06-01T10:00:00Z\"",
            "\"2026-06-01T10:00\"",
            "\"3111AB\"",
            "\"999990019\"",
            "\"a@b\"",
            "[]",
            "[null]",
            "[\"x\"]",
            "[\"\"]",
            "[1]",
            "[\"jeugdhulp\"]",
            "[{}]",
            "{}",
            "{\"x\":1}")) {
      values.add(MAPPER.readTree(json));
    }
    values.add(MAPPER.getNodeFactory().textNode("y".repeat(301)));
    values.add(MAPPER.getNodeFactory().textNode("y".repeat(20_001)));
    ArrayNode many = MAPPER.createArrayNode();
    for (int i = 0; i < 101; i++) {
      many.add("x" + i);
    }
    values.add(many);
    return values;
  }

  @Test
  void theSchemaItselfIsASchema() {
    JsonSchema meta =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                com.networknt.schema.SchemaLocation.of(SpecVersion.VersionFlag.V202012.getId()));
    assertThat(meta.validate(SCHEMA.getSchemaNode())).isEmpty();
  }
}
