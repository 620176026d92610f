package nl.wotpoort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code wotpoort decide}, as a person or a script runs it. */
class DecideCommandTest {

  private static final Path CASES = Path.of("src/test/resources/consent/consent-cases.jsonl");

  /** A01, with a place to put more members. */
  private static final String SCENARIO =
      "{\"id\":\"A01\",\"flow\":\"INFO_REQUEST\",\"client\":{\"id\":\"K1\",\"born\":\"1980-04-02\"},"
          + "\"requester\":\"wot:zuid/w1\",\"holder\":\"gp:A/d1\",\"recipient\":\"wot:zuid/w1\","
          + "\"purposes\":[\"support\"],\"categories\":[\"medical.summary\"],\"questions\":2,"
          + "\"evaluatedAt\":\"2026-06-15T10:00+02:00\",\"consents\":[@records]@more}";

  private static final String CONSENT =
      "{\"id\":\"C1\",\"type\":\"consent\",\"by\":[\"client\"],\"holder\":[\"gp:A\"],"
          + "\"recipient\":[\"wot:zuid\"],\"recorded\":\"2026-01-01T09:00+01:00\","
          + "\"categories\":[\"medical\"],\"purposes\":[\"support\"]@more}";

  private static final String PERMITTED =
      "{\"id\":\"A01\",\"decision\":\"PERMIT\",\"permitted\":[\"medical.summary\"],"
          + "\"reason\":\"CONSENT\",\"records\":[\"C1\"],\"refused\":{}}";

  @TempDir private Path folder;

  private record Run(int exit, List<String> out, String err) {}

  private static Run run(String input, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
    Surroundings surroundings =
        new Surroundings(
            Clock.systemUTC(),
            name -> Optional.empty(),
            name -> Optional.empty(),
            new ByteArrayInputStream(bytes),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            () -> () -> {});
    String[] all = Stream.concat(Stream.of("decide"), Stream.of(arguments)).toArray(String[]::new);
    int exit = Wotpoort.execute(surroundings, all);
    return new Run(exit, out.toString().lines().toList(), err.toString());
  }

  private static String scenario(String record, String more) {
    return SCENARIO.replace("@records", record).replace("@more", more);
  }

  private static String consent(String more) {
    return CONSENT.replace("@more", more);
  }

  private static String reason(String scenario) {
    Run run = run(scenario);
    assertThat(run.out).hasSize(1);
    String line = run.out.get(0);
    return run.exit == 0 ? line.replaceAll(".*\"reason\":\"([A-Z_]+)\".*", "$1") : line;
  }

  @Test
  void aDecisionALineInTheOrderOfTheLines() {
    Run run = run("", CASES.toString());
    assertThat(run.exit).isZero();
    assertThat(run.err).isEmpty();
    assertThat(run.out).hasSize(12);
    assertThat(run.out.get(0)).isEqualTo(PERMITTED);
    assertThat(run.out.get(3))
        .isEqualTo(
            "{\"id\":\"C05\",\"decision\":\"PARTIAL\",\"permitted\":[\"medical.summary\"],"
                + "\"reason\":\"CATEGORY_NOT_COVERED\",\"records\":[\"C1\"],"
                + "\"refused\":{\"medical.psychiatry\":\"CATEGORY_NOT_COVERED\"}}");
  }

  @Test
  void fromStandardInputBareOrWrapped() {
    String bare = scenario(consent(""), "");
    String wrapped = "{\"situation\":\"x\",\"scenario\":" + bare + ",\"expected\":{}}";
    Run run = run(bare + "\n\n" + wrapped + "\r\n", "-");
    assertThat(run.exit).isZero();
    assertThat(run.out).containsExactly(PERMITTED, PERMITTED);
    assertThat(run("\ufeff" + bare, "-").out).containsExactly(PERMITTED);
    assertThat(run("").out).isEmpty();
  }

  @Test
  void aBadLineGivesAnErrorInItsPlaceAndTheOthersAreJudged() {
    String good = scenario(consent(""), "");
    Run run = run(good + "\n{\"id\":\n\n[]\n" + good.replace("REQUEST", "QUEST") + "\n" + good);
    assertThat(run.exit).isEqualTo(2);
    assertThat(run.out).hasSize(5);
    assertThat(run.out.get(0)).isEqualTo(PERMITTED);
    assertThat(run.out.get(1)).startsWith("{\"id\":null,\"error\":\"").endsWith("\"line\":2}");
    assertThat(run.out.get(2)).startsWith("{\"id\":null,\"error\":\"").endsWith("\"line\":4}");
    assertThat(run.out.get(3))
        .isEqualTo(
            "{\"id\":\"A01\",\"error\":\"\\\"flow\\\" heeft een waarde die wij niet kennen.\","
                + "\"line\":5}");
    assertThat(run.out.get(4)).isEqualTo(PERMITTED);
  }

  @Test
  void aBadLineIsNeverRepeated() {
    Run run = run("{\"id\":\"A\",\"client\":\"999990019\"\n{\"id\":\"A\",\"born\": 999990019 9}");
    assertThat(run.exit).isEqualTo(2);
    assertThat(run.out).hasSize(2).noneMatch(line -> line.contains("999990019"));
  }

  @ParameterizedTest(name = "{0} → {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "\"2026-06-15T10:00+02:00\"|null|evaluatedAt",
        "\"2026-06-15T10:00+02:00\"|\"gisteren\"|evaluatedAt",
        "\"2026-06-15T10:00+02:00\"|\"2026-06-15T10:00+02:00x\"|evaluatedAt",
        "\"INFO_REQUEST\"|null|flow",
        "\"1980-04-02\"|\"2-4-1980\"|born",
        "\"1980-04-02\"|true|born",
        "\"questions\":2|\"questions\":\"twee\"|questions",
        "\"questions\":2|\"questions\":1.5|questions",
        "[\"support\"]|[1]|purposes",
        "\"gp:A/d1\"|\"gp A\"|holder",
        "[\"gp:A\"]|[\"g p\"]|holder",
        "\"type\":\"consent\",||type",
        "\"type\":\"consent\"|\"type\":\"perhaps\"|type",
        "\"id\":\"K1\"|\"id\":\"K1\",\"capable\":\"yes\"|capable",
        "{\"id\":\"K1\",\"born\":\"1980-04-02\"}|\"K1\"|client",
        "\"questions\":2|\"questions\":2,\"context\":[]|context",
        "\"questions\":2|\"questions\":2,\"grounds\":[1]|grounds",
        "\"questions\":2|\"questions\":2,\"questions\":3|teken",
        "\"questions\":2|\"questions\":2}{|teken",
      })
  void whatIsWrongIsNamed(String right, String wrong, String name) {
    String line = scenario(consent(""), "");
    assertThat(line).contains(right);
    Run run = run(line.replace(right, wrong == null ? "" : wrong));
    assertThat(run.exit).isEqualTo(2);
    assertThat(run.out).hasSize(1);
    assertThat(run.out.get(0)).contains(name).contains("\"error\"").contains("\"line\":1");
  }

  @ParameterizedTest(name = "{0} → {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "\"client\"|\"client\"|CONSENT",
        "[\"client\"]|\"client\"|CONSENT",
        "[\"client\"]|[null, \" \", \"client\"]|CONSENT",
        "[\"client\"]|null|NOT_ACTIVE",
        "\"questions\":2|\"questions\":[\"a\"]|CONSENT",
        "\"questions\":2|\"questions\":[]|INCOMPLETE_QUESTIONS",
        "\"questions\":2|\"questions\":null|INCOMPLETE_QUESTIONS",
        "[\"support\"]|[\"\"]|INCOMPLETE_PURPOSE",
        "[\"support\"],|[\"support\",\" \"],|UNKNOWN_PURPOSE",
        "[\"support\"],|[null,\"support\"],|UNKNOWN_PURPOSE",
        "medical.summary\"|medical.Psychiatry\"|NOT_NECESSARY",
        "medical.summary\"|medical.\"|NOT_NECESSARY",
        "medical.summary\"|medical..summary\"|NOT_NECESSARY",
        "medical.summary\"|medical.summary.labs\"|CONSENT",
        "{\"id\":\"K1\",\"born\":\"1980-04-02\"}|null|CLIENT_NOT_IDENTIFIED",
        "{\"id\":\"K1\",\"born\":\"1980-04-02\"}|{\"born\":\"1980-04-02\"}|CLIENT_NOT_IDENTIFIED",
        "{\"id\":\"K1\",\"born\":\"1980-04-02\"}|[{\"id\":\"a\"},{\"id\":\"b\"}]|"
            + "CLIENT_NOT_IDENTIFIED",
        "\"born\":\"1980-04-02\"|\"born\":null|GIVER_NOT_COMPETENT",
        "\"1980-04-02\"|\"1980-04-02\",\"deceased\":\"2026-06-15\"|CLIENT_DECEASED",
        "\"1980-04-02\"|\"1980-04-02\",\"deceased\":true|CLIENT_DECEASED",
        "\"1980-04-02\"|\"1980-04-02\",\"deceased\":false|CONSENT",
        "\"1980-04-02\"|\"1980-04-02\",\"capable\":false|GIVER_NOT_COMPETENT",
        "\"1980-04-02\"|\"1980-04-02\",\"unknown\":{}|CONSENT",
        "\"2026-06-15T10:00+02:00\"|\"2026-06-15T10:00\"|CONSENT",
        "\"2026-06-15T10:00+02:00\"|\"2026-06-15T10:00:00.5Z\"|CONSENT",
        "\"2026-06-15T10:00+02:00\"|\"2026-06-15\"|CONSENT",
        "\"2026-06-15T10:00+02:00\"|\"2026-01-01T09:00\"|CONSENT",
        "\"2026-06-15T10:00+02:00\"|\"2026-01-01T08:59:59\"|NO_CONSENT",
        "\"2026-01-01T09:00+01:00\"|\"2026-06-15\"|CONSENT",
        "\"2026-01-01T09:00+01:00\"|null|NO_CONSENT",
        "\"type\":\"consent\"|\"type\":\"objection\"|OBJECTION",
        "\"type\":\"consent\",\"by\"|\"type\":\"OBJECTION\",\"by\"|OBJECTION",
      })
  void absentAndOddlyWrittenMembers(String right, String wrong, String reason) {
    String line = scenario(consent(""), "");
    assertThat(line).contains(right);
    assertThat(reason(line.replace(right, wrong))).isEqualTo(reason);
  }

  @Test
  void anObjectionNotKnownToBeRecordedStillCounts() {
    String line = scenario(consent("").replace("\"consent\"", "\"objection\""), "");
    assertThat(reason(line.replace("\"2026-01-01T09:00+01:00\"", "null"))).isEqualTo("OBJECTION");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "\"withdrawn\":\"2026-06-15T10:00:00+02:00\"|WITHDRAWN",
        "\"withdrawn\":\"2026-06-15\"|WITHDRAWN",
        "\"withdrawn\":\"2026-06-16\"|CONSENT",
        "\"withdrawn\":true|WITHDRAWN",
        "\"withdrawn\":false|CONSENT",
        "\"withdrawn\":null|CONSENT",
        "\"state\":\"active\"|CONSENT",
        "\"state\":\"entered-in-error\"|NOT_ACTIVE",
        "\"state\":\"withdrawn\"|NOT_ACTIVE",
        "\"state\":null|CONSENT",
        "\"evidence\":\"recorded\"|CONSENT",
        "\"evidence\":\"signed-form\"|CONSENT",
        "\"evidence\":\"asserted-by-sender\"|ASSERTION_NOT_RECORDED",
        "\"evidence\":\"asserted-by-requester\"|ASSERTION_NOT_RECORDED",
        "\"evidence\":\"asserted\"|ASSERTION_NOT_RECORDED",
        "\"client\":\"K2\"|OTHER_CLIENT",
        "\"until\":\"2026-06-15\"|CONSENT",
        "\"until\":\"2026-06-14\"|EXPIRED",
        "\"until\":\"2026-06-15T10:00+02:00\"|CONSENT",
        "\"until\":\"2026-06-15T09:59:59+02:00\"|EXPIRED",
        "\"from\":\"2026-06-16\"|NOT_YET_VALID",
        "\"given_capable\":false|GIVER_NOT_COMPETENT",
      })
  void theMembersOfARecord(String member, String reason) {
    assertThat(reason(scenario(consent("," + member), ""))).isEqualTo(reason);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "\"context\":{\"requester_authenticated\":false}|REQUESTER_NOT_AUTHENTICATED",
        "\"context\":{\"personal\":false}|NOT_PERSONAL",
        "\"context\":{\"client_identified\":false}|CLIENT_NOT_IDENTIFIED",
        "\"context\":{\"store\":\"down\"}|INDETERMINATE",
        "\"context\":{\"store\":\"slow\"}|INDETERMINATE",
        "\"context\":{\"store\":\"up\"}|CONSENT",
        "\"context\":{\"store\":false}|INDETERMINATE",
        "\"context\":{\"store\":true}|CONSENT",
        "\"context\":null|CONSENT",
        "\"grounds\":[{\"kind\":\"vital-interest\",\"by\":\"dokter A\",\"justified\":true}]|CONSENT",
        "\"grounds\":null|CONSENT",
      })
  void theMembersAround(String member, String reason) {
    assertThat(reason(scenario(consent(""), "," + member))).isEqualTo(reason);
  }

  @Test
  void groundsRepresentativesGuardiansAndReferralAreRead() {
    String grounded =
        scenario(
                "", ",\"grounds\":[{\"kind\":\"vital-interest\",\"by\":\"%s\",\"justified\":true}]")
            .replace("[\"support\"]", "[\"safety\"]");
    assertThat(reason(grounded.replace("%s", "gp:A/d1"))).isEqualTo("LEGAL_GROUND");
    assertThat(reason(grounded.replace("%s", "dokter A"))).isEqualTo("GROUND_UNSUPPORTED");
    assertThat(reason(grounded.replace("true", "false").replace("%s", "gp:A/d1")))
        .isEqualTo("GROUND_UNSUPPORTED");
    String represented =
        scenario(consent("").replace("\"client\"", "\"m1\""), "")
            .replace(
                "\"1980-04-02\"",
                "\"1980-04-02\",\"capable\":false,\"reps\":[{\"id\":\"m1\",\"kind\":\"Mentor\","
                    + "\"until\":\"2026-06-15\"}]");
    assertThat(reason(represented)).isEqualTo("CONSENT");
    String child =
        scenario(consent("").replace("\"client\"", "\"mother\""), "")
            .replace("\"1980-04-02\"", "\"2020-01-01\",\"guardians\":[\"mother\"]");
    assertThat(reason(child)).isEqualTo("CONSENT");
    String feedback =
        scenario(
                "",
                ",\"context\":{\"referral\":{\"from\":\"wot:zuid/w1\",\"to\":\"gp:A\","
                    + "\"consented\":true}}")
            .replace("INFO_REQUEST", "feedback")
            .replace("[\"support\"]", "[\"feedback\"]")
            .replace("medical.summary", "support.status");
    assertThat(reason(feedback)).isEqualTo("IMPLIED_FEEDBACK");
  }

  @Test
  void aReceiptIsNotPersonalUnlessItSaysSo() {
    String ack = scenario("", "%s").replace("INFO_REQUEST", "ACK");
    assertThat(reason(String.format(ack, ""))).isEqualTo("NOT_PERSONAL");
    assertThat(reason(String.format(ack, ",\"context\":{\"personal\":true}")))
        .isEqualTo("NO_CONSENT");
  }

  @Test
  void anIdNobodyGaveIsEmptyAndANumberIsAText() {
    String line = scenario(consent(""), "");
    assertThat(run(line.replace("\"id\":\"A01\",", "")).out.get(0)).startsWith("{\"id\":\"\",");
    assertThat(run(line.replace("\"A01\"", "7")).out.get(0)).startsWith("{\"id\":\"7\",");
    assertThat(run(line.replace("A01", "é")).out.get(0)).startsWith("{\"id\":\"\\u00E9\",");
  }

  @Test
  void theInputOrThePolicyIsNotThere() throws IOException {
    Run noFile = run("", folder.resolve("none.jsonl").toString());
    assertThat(noFile.exit).isEqualTo(2);
    assertThat(noFile.err).contains("none.jsonl").contains("dit bestand is er niet");
    Run noPolicy = run("", "--policy", folder.resolve("none.yaml").toString());
    assertThat(noPolicy.exit).isEqualTo(2);
    assertThat(noPolicy.err).contains("none.yaml").contains("--policy");
    assertThat(noPolicy.out).isEmpty();
    Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "versions: []\n");
    assertThat(run("", "--policy", wrong.toString()).err).contains("regel 1");
    assertThat(run("", folder.toString()).exit).isEqualTo(2);
  }

  @Test
  void thePolicyOfTheInstallation() throws IOException {
    Path home = Files.createDirectories(folder.resolve("home/routes")).getParent();
    Files.copy(Path.of("routes/policy.yaml"), home.resolve("routes/policy.yaml"));
    Files.writeString(folder.resolve("one.jsonl"), scenario(consent(""), ""));
    String file = folder.resolve("one.jsonl").toString();
    assertThat(run("", file, "--home", home.toString()).out).containsExactly(PERMITTED);
    Files.delete(home.resolve("routes/policy.yaml"));
    assertThat(run("", file, "--home", home.toString()).exit).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "--version"})
  void itExplainsItself(String option) {
    assertThat(run("", option).exit).isZero();
  }

  /** However a line ends, and however long one is, each gets its own answer. */
  @Test
  void linesEndAsTheyLikeAndALongOneIsCutOff() throws IOException {
    BoundedLines lines = new BoundedLines(new StringReader("a\r\nbcdef\rg\n\n\rhijk\r\n\nl"), 3);
    List<String> seen = new ArrayList<>();
    for (Optional<BoundedLines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
      seen.add(line.get().text() + (line.get().whole() ? "" : "…"));
    }
    assertThat(seen).containsExactly("a", "bcd…", "g", "", "", "hij…", "", "l");
  }

  @Test
  void aLineThatIsTooLongIsAnErrorAndTheOthersAreJudged() {
    String scenario = SCENARIO.replace("@records", CONSENT).replace("@more", "");
    String line = "{\"x\":\"" + "a".repeat(17 * 1024 * 1024) + "\"}";
    Run run = run(line + "\n" + scenario + "\n");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).hasSize(2);
    assertThat(run.out().get(0)).contains("te lang", "\"line\":1");
    assertThat(run.out().get(1)).isEqualTo(PERMITTED);
  }
}
