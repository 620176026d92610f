package nl.wotpoort.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.rules.consent.Flow;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.rules.consent.Scenario;
import nl.wotpoort.rules.judge.Decision;
import nl.wotpoort.store.ClientPseudonyms;
import nl.wotpoort.store.ConsentsFound;
import nl.wotpoort.store.Pseudonym;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the desk writes into the store as text comes back as it was, whatever is in it. */
class TextFormsTest {

  private static final Instant NOW = Instant.parse("2026-06-15T10:00:00Z");

  @Test
  void anyScenarioComesBackAsItWas() {
    for (long seed = 0; seed < 1_000; seed++) {
      Worlds worlds = new Worlds(seed);
      Scenario scenario = worlds.scenario();
      Optional<ClientPseudonyms> known = worlds.known();
      String text = ScenarioText.write(scenario, known);
      assertThat(ScenarioText.read(text, new ConsentsFound(List.of(), true), true, NOW))
          .as("seed " + seed)
          .isEqualTo(scenario);
      assertThat(ScenarioText.known(text)).as("seed " + seed).isEqualTo(known);
    }
  }

  @Test
  void anyCaseTextComesBackAsItWas() {
    for (long seed = 0; seed < 1_000; seed++) {
      Worlds worlds = new Worlds(seed);
      CaseText text = worlds.caseText();
      assertThat(CaseText.read(text.write())).as("seed " + seed).isEqualTo(text);
    }
  }

  /** A party may hold a comma: read as two it would reach one more. */
  @Test
  void oneRecipientNeverBecomesTwo() {
    NamedLines lines = new NamedLines();
    lines.putAll("recipients", List.of("wot:zuid,wot:oost", "a=b", "c\nrecipients=*", "d\te"));
    assertThat(NamedLines.read(lines.write()).list("recipients", s -> s))
        .containsExactly("wot:zuid,wot:oost", "a=b", "c\nrecipients=*", "d\te");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no name", "=value", "a=b\n\nc=d"})
  void whatIsNotOursIsSaidSo(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> NamedLines.read(text));
    assertThatIllegalArgumentException().isThrownBy(() -> CaseText.read(text));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScenarioText.read(text, new ConsentsFound(List.of(), true), true, NOW));
  }

  @Test
  void anUnknownMatterOrDateIsSaidSo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CaseText.read("matter=PARTY\nhandler=x\nconsented=true"));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> CaseText.read("matter=REFERRAL\nhandler=x\nconsented=true\nborn=gisteren"));
  }

  /** Random values with every character that could be mistaken for structure. */
  private static final class Worlds {
    private static final String NASTY = "ab,=:\\\n\r\t\"é;*/.";
    private static final String PATHS = "ab,=:\\\";*/.n";

    private final Random random;

    Worlds(long seed) {
      this.random = new Random(seed);
    }

    private String word(String alphabet) {
      StringBuilder word = new StringBuilder("w");
      for (int i = random.nextInt(6); i > 0; i--) {
        word.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      return word.toString();
    }

    private <T> T one(List<T> all) {
      return all.get(random.nextInt(all.size()));
    }

    private <T> List<T> some(Supplier<T> make) {
      Set<T> some = new LinkedHashSet<>();
      for (int i = random.nextInt(4); i > 0; i--) {
        some.add(make.get());
      }
      return new ArrayList<>(some);
    }

    private <T> Optional<T> maybe(Supplier<T> make) {
      return random.nextBoolean() ? Optional.of(make.get()) : Optional.empty();
    }

    private Party party() {
      return new Party(word(PATHS));
    }

    private Moment moment() {
      return random.nextBoolean()
          ? new Moment.Day(LocalDate.ofEpochDay(random.nextInt(40_000)))
          : new Moment.At(Instant.ofEpochSecond(random.nextInt(2_000_000_000), 123_000_000));
    }

    private LocalDate day() {
      return LocalDate.ofEpochDay(random.nextInt(20_000));
    }

    Optional<ClientPseudonyms> known() {
      return maybe(
          () ->
              new ClientPseudonyms(
                  List.of(
                      new Pseudonym(Pseudonym.Kind.BSN, "0123456789abcdef"),
                      new Pseudonym(Pseudonym.Kind.NAME_BORN, "fedcba9876543210"))));
    }

    CaseText caseText() {
      return new CaseText(
          one(List.of(Decision.Matter.values())),
          word(PATHS),
          maybe(() -> Address.of("a.devries@praktijk-delinde.example")),
          random.nextBoolean(),
          random.nextBoolean(),
          maybe(this::day),
          Set.copyOf(some(() -> word(NASTY))),
          some(() -> word(NASTY)),
          some(() -> word(NASTY)));
    }

    Scenario scenario() {
      Optional<Scenario.Client> client =
          maybe(
              () ->
                  new Scenario.Client(
                      word(NASTY),
                      maybe(this::day),
                      true,
                      Set.copyOf(some(() -> word(NASTY))),
                      List.of(),
                      Optional.empty()));
      return new Scenario(
          "",
          one(List.of(Flow.values())),
          "dispatch",
          client,
          maybe(this::party),
          maybe(this::party),
          maybe(this::party),
          some(() -> new Purpose(word(NASTY))),
          some(() -> new Category(word(NASTY))),
          random.nextInt(5),
          Optional.of(NOW),
          NOW,
          maybe(this::statement).stream().toList(),
          maybe(this::ground).stream().toList(),
          new Scenario.Context(
              random.nextBoolean(),
              true,
              true,
              true,
              maybe(
                  () ->
                      new Scenario.Referral(
                          maybe(this::party), maybe(this::party), random.nextBoolean()))));
    }

    private Scenario.Ground ground() {
      return new Scenario.Ground(
          word(NASTY),
          maybe(this::party),
          random.nextBoolean(),
          some(() -> new Category(word(NASTY))));
    }

    private ConsentRecord statement() {
      return new ConsentRecord(
          Decision.STATEMENT,
          ConsentRecord.Type.CONSENT,
          word(NASTY),
          Set.copyOf(some(() -> word(NASTY))),
          Set.copyOf(some(this::party)),
          Set.copyOf(some(this::party)),
          Set.copyOf(some(() -> new Purpose(word(NASTY)))),
          Set.copyOf(some(() -> new Category(word(NASTY)))),
          Instant.ofEpochSecond(1_700_000_000L + random.nextInt(1_000_000)),
          maybe(this::moment),
          maybe(this::moment),
          Optional.empty(),
          ConsentRecord.State.ACTIVE,
          Optional.empty(),
          ConsentRecord.Evidence.ASSERTED_BY_SENDER,
          Optional.empty());
    }
  }
}
