package nl.wotpoort.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The published schemas, which editors complete and check with, agree with the reader: what they
 * refuse the reader refuses; what only the reader can see (references, dates, files) they let pass.
 */
final class RoutesSchemaTest {

  private static final Path HOME = Path.of(System.getProperty("project.basedir", "."));

  private static Set<ValidationMessage> faults(String file, String yaml) throws IOException {
    Path schema = HOME.resolve("docs/schema/" + file.replace(".yaml", ".schema.json"));
    JsonNode node = new YAMLMapper().readTree(yaml);
    JsonSchema compiled =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(schema));
    return compiled.validate(node);
  }

  @Test
  void theSampleFilesAndTheTownFitTheSchemas() throws IOException {
    for (Map.Entry<String, String> file : RoutesCheckTest.town().entrySet()) {
      String sample = Files.readString(HOME.resolve("routes").resolve(file.getKey()));
      assertThat(faults(file.getKey(), sample)).as(file.getKey()).isEmpty();
      assertThat(faults(file.getKey(), file.getValue())).as(file.getKey()).isEmpty();
    }
  }

  @TestFactory
  Stream<DynamicTest> schemaAndReaderAgree() {
    return BrokenFixtures.read("/settings/broken-routes.txt", RoutesCheckTest.town()).stream()
        .filter(f -> Set.of("refuses", "accepts").contains(f.schema()))
        .map(f -> DynamicTest.dynamicTest(f.title(), () -> agree(f)));
  }

  private static void agree(BrokenFixtures.Fixture fixture) throws IOException {
    Set<ValidationMessage> faults = new HashSet<>();
    for (Map.Entry<String, String> file : fixture.files().entrySet()) {
      faults.addAll(faults(file.getKey(), file.getValue()));
    }
    assertThat(faults.isEmpty())
        .as(faults.toString())
        .isEqualTo(fixture.schema().equals("accepts"));
    if (!faults.isEmpty()) {
      assertThat(RoutesCheckTest.read(fixture.files()).isUsable()).isFalse();
    }
  }
}
