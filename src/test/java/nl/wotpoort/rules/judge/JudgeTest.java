package nl.wotpoort.rules.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The judge as a table: each row of judge/cases.txt reads as a sentence of the agreement. */
class JudgeTest {

  private static List<JudgeRow> rows() throws IOException {
    return Files.readAllLines(JudgeRow.FILE).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(JudgeRow::parse)
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> everyRow() throws IOException {
    return rows().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.sentence(), () -> assertThat(row.decision()).isEqualTo(row.expected())));
  }

  @Test
  void thereAreEnoughRows() throws IOException {
    assertThat(rows()).hasSizeGreaterThan(100);
    assertThat(rows()).extracting(JudgeRow::sentence).doesNotHaveDuplicates();
  }

  @Test
  void everyFindingHasASentenceInBothLanguages() throws IOException {
    for (JudgeRow row : rows()) {
      row.judged()
          .because()
          .forEach(
              finding -> {
                assertThat(finding.say(Language.NL)).isNotBlank();
                assertThat(finding.say(Language.EN)).isNotBlank();
              });
    }
  }

  /** Rule 12: nobody may see from a hold whether a person is known, or refused something. */
  @Test
  void allHoldsThatTurnOnTheClientReadTheSame() {
    for (Language language : Language.values()) {
      Texts texts = Texts.of("judge", language);
      assertThat(
              Stream.of(
                      Decision.Hold.Cause.AWAITING_CONSENT,
                      Decision.Hold.Cause.CLIENT_AMBIGUOUS,
                      Decision.Hold.Cause.REGISTER_AWAY)
                  .map(cause -> texts.say("hold." + cause))
                  .distinct())
          .hasSize(1);
    }
  }

  /** What a sender may read has a sentence, whatever the decision. */
  @Test
  void everythingASenderMayReadHasItsSentence() {
    for (Language language : Language.values()) {
      Texts texts = Texts.of("judge", language);
      Stream.of(
              Stream.of(Decision.Hold.Cause.values()).map(c -> "hold." + c),
              Stream.of(Decision.Return.Why.values())
                  .flatMap(w -> Stream.of("return." + w + ".why", "return." + w + ".todo")),
              Stream.of(Lack.values()).map(l -> "lack." + l),
              Stream.of(Destination.Role.values()).map(r -> "role." + r),
              Stream.of(Discounted.Cause.values()).map(c -> "discounted." + c),
              Stream.of(Letter.AutomaticNotice.Kind.values()).map(k -> "AUTOMATIC_" + k),
              Stream.of(Letter.Unrecognised.Why.values()).map(w -> "UNRECOGNISED_" + w))
          .flatMap(keys -> keys)
          .forEach(key -> assertThat(texts.has(key)).as(key).isTrue());
    }
  }

  /**
   * Given back or forwarded or held by what the letter says: with a letter that could not go by
   * itself, no register that refuses makes the answer another one.
   */
  @Test
  void aRefusalIsAFunctionOfTheLetterAlone() {
    List<String> registers =
        List.of(
            "",
            "register=two",
            "reg=objection~gp:A~wot:oost~support~social",
            "reg=objection~*~*~*~*",
            "reg=consent~gp:A~wot:oost~support~contact",
            "reg=consent~gp:A~wot:oost~support~contact+social+medical.summary~withdrawn",
            "reg=consent~gp:A~wot:zuid~support~contact+social+medical.summary");
    for (String letter :
        List.of("", "says=no", "says=yes until=2020-01-01", "law=gi-ots-7.3.11", "help=no")) {
      assertThat(
              registers.stream()
                  .map(register -> JudgeRow.parse("x|" + letter + " " + register + "|").decision())
                  .distinct())
          .as(letter)
          .hasSize(1);
    }
    for (String request :
        List.of(
            "kind=request purposes=unrecognised asks=support.status",
            "kind=request purposes=support asks=support.status law=vital-interest")) {
      assertThat(
              registers.stream()
                  .map(register -> JudgeRow.parse("x|" + request + " " + register + "|").decision())
                  .distinct())
          .as(request)
          .hasSize(1);
    }
  }
}
