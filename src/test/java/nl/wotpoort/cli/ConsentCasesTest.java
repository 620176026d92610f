package nl.wotpoort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import nl.wotpoort.rules.consent.ConsentPolicy;
import nl.wotpoort.settings.PolicyFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The worked cases that came with the consent policy, read and judged as the command does it. */
class ConsentCasesTest {

  private static final Path CASES = Path.of("src/test/resources/consent/consent-cases.jsonl");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> workedCases() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String line : Files.readAllLines(CASES, StandardCharsets.UTF_8)) {
      JsonNode root = JSON.readTree(line);
      tests.add(
          DynamicTest.dynamicTest(
              root.path("scenario").path("id").asText() + " " + root.path("situation").asText(),
              () -> check(line, root.path("expected"))));
    }
    assertThat(tests).hasSize(12);
    return tests.stream();
  }

  private static void check(String line, JsonNode expected) throws Exception {
    String written =
        ScenarioJson.write(
            ConsentPolicy.decide(
                ScenarioJson.read(line), PolicyFile.read(Path.of("routes/policy.yaml"))));
    JsonNode decision = JSON.readTree(written);
    expected
        .properties()
        .forEach(
            member ->
                assertThat(decision.path(member.getKey()))
                    .as(member.getKey())
                    .isEqualTo(member.getValue()));
  }
}
