package nl.wotpoort.rules.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wotpoort.directory.WorkerId;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Postcode;
import nl.wotpoort.letter.Situation;
import nl.wotpoort.rules.Finding;
import nl.wotpoort.texts.Language;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every row of routing/cases.txt. */
final class RoutingTableTest {

  private record Row(String sentence, String facts, String outcome, Set<String> findings) {}

  @TestFactory
  Stream<DynamicTest> theRightDesk() throws IOException {
    return rows().stream().map(row -> DynamicTest.dynamicTest(row.sentence(), () -> judge(row)));
  }

  @Test
  void thereAreAtLeastAHundredAndFifty() throws IOException {
    assertThat(rows()).hasSizeGreaterThanOrEqualTo(150);
    assertThat(rows().stream().map(Row::sentence)).doesNotHaveDuplicates();
  }

  @Test
  void everyThingTheRulesCanFindIsInTheTableAndHasASentence() throws IOException {
    Set<String> seen = new HashSet<>();
    for (Row row : rows()) {
      Case judged = new Case(row.facts());
      seen.addAll(codes(judged.route()));
    }
    assertThat(Stream.of(Code.values()).map(Enum::name).filter(c -> !seen.contains(c)))
        .containsExactly("YOUTH_DESK_MISSING");
    for (Language language : Language.values()) {
      for (Code code : Code.values()) {
        assertThat(code.with("a", "b", "c", "d", "e").say(language)).isNotBlank();
      }
    }
  }

  private static void judge(Row row) {
    Routing routing = new Case(row.facts()).route();
    assertThat(said(routing)).as(row.sentence()).isEqualTo(row.outcome());
    assertThat(codes(routing)).as(row.sentence()).containsAll(row.findings());
    assertThat(routing.because()).isNotEmpty();
    for (Finding finding : routing.because()) {
      assertThat(finding.say(Language.NL)).doesNotContain("{");
    }
  }

  private static Set<String> codes(Routing routing) {
    return routing.because().stream().map(Finding::code).collect(Collectors.toSet());
  }

  static String said(Routing routing) {
    String outcome =
        routing
            .outcome()
            .fold(
                new Outcome.Cases<String>() {
                  @Override
                  public String toWorker(Outcome.ToWorker o) {
                    return "worker " + o.worker().id();
                  }

                  @Override
                  public String toCoordinator(Outcome.ToCoordinator o) {
                    return "coordinator " + o.team().id() + " " + o.coordinator().id();
                  }

                  @Override
                  public String toTeam(Outcome.ToTeam o) {
                    return "team " + o.team().id();
                  }

                  @Override
                  public String toDesk(Outcome.ToDesk o) {
                    return "desk " + o.desk().kind();
                  }

                  @Override
                  public String toCentral(Outcome.ToCentral o) {
                    return "central";
                  }

                  @Override
                  public String closed(Outcome.Closed o) {
                    return "closed";
                  }

                  @Override
                  public String hold(Outcome.Hold o) {
                    return "hold " + o.cause();
                  }
                });
    return routing.marks().stream()
        .map(mark -> " + " + mark)
        .sorted()
        .reduce(outcome, String::concat);
  }

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : table().lines().toList()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] columns = line.split("\\|", -1);
      assertThat(columns).as(line).hasSize(4);
      Set<String> findings =
          Stream.of(columns[3].split(","))
              .map(String::strip)
              .filter(f -> !f.isEmpty())
              .collect(Collectors.toSet());
      rows.add(new Row(columns[0].strip(), columns[1].strip(), columns[2].strip(), findings));
    }
    return rows;
  }

  private static String table() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(RoutingTableTest.class.getResourceAsStream("/routing/cases.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The facts column, word by word. */
  private static final class Case {

    private final RoutingTown town = new RoutingTown();
    private final Map<WorkerId, Integer> load = new HashMap<>();
    private final Map<WorkerId, Instant> last = new HashMap<>();
    private final List<String> expertise = new ArrayList<>();
    private final Set<Situation> grounds = EnumSet.noneOf(Situation.class);
    private final Set<Address> awaited = new HashSet<>();
    private final List<Party> covers = new ArrayList<>();
    private LocalDate today = LocalDate.of(2026, 11, 21);
    private Optional<Integer> age = Optional.of(40);
    private Optional<LocalDate> born = Optional.empty();
    private RoutingFacts facts = RoutingFacts.to(RoutingTown.at("nobody"));

    Case(String text) {
      for (String part : text.split(",")) {
        String[] words = part.strip().split(" ", 2);
        read(words[0], words.length > 1 ? words[1].strip() : "");
      }
    }

    private void read(String word, String value) {
      switch (word) {
        case "to" -> facts = address(value);
        case "age" ->
            age = value.equals("none") ? Optional.empty() : Optional.of(Integer.parseInt(value));
        case "born" -> born = Optional.of(LocalDate.parse(value));
        case "on" -> today = LocalDate.parse(value);
        case "postcode" ->
            facts =
                facts.withPostcode(
                    Optional.of(Confidential.of(Postcode.parse(value).orElseThrow())));
        case "expertise" -> expertise.add(value);
        case "ground" -> grounds.add(Situation.ofCode(value).orElseThrow());
        case "serious" -> facts = facts.withUrgency(Letter.Urgency.SERIOUS);
        case "urgent" -> facts = facts.withUrgency(Letter.Urgency.URGENT);
        case "consultation" -> facts = facts.withMatter(RoutingFacts.Matter.CONSULTATION);
        case "contact" -> facts = facts.withContactPerson(Optional.of(new WorkerId(value)));
        case "chooses" -> facts = facts.withPreferredTeam(Optional.of(value));
        case "supporter" ->
            facts =
                facts.withSupporter(
                    value.equals("own")
                        ? RoutingFacts.Supporter.OWN_TEAM
                        : RoutingFacts.Supporter.OTHER_TEAM);
        case "load" -> load.put(key(value), Integer.parseInt(value(value)));
        case "last" ->
            last.put(
                key(value), LocalDate.parse(value(value)).atStartOfDay().toInstant(ZoneOffset.UTC));
        case "covers" -> covers.add(new Party(value));
        case "awaited" -> awaited.add(RoutingTown.delivery(value).address());
        case "absent" -> absent(value.split(" "));
        case "ends" -> town.ends(value.split(" ")[0], LocalDate.parse(value.split(" ")[1]));
        default -> throw new AssertionError(word);
      }
    }

    private RoutingFacts address(String name) {
      return RoutingFacts.to(RoutingTown.at(name));
    }

    private void absent(String[] words) {
      town.absent(
          words[0],
          LocalDate.parse(words[1]),
          LocalDate.parse(words[2]),
          words.length > 3 ? words[3] : "");
    }

    private static WorkerId key(String pair) {
      return new WorkerId(pair.substring(0, pair.indexOf('=')));
    }

    private static String value(String pair) {
      return pair.substring(pair.indexOf('=') + 1);
    }

    Routing route() {
      Optional<LocalDate> birth = born.or(() -> age.map(years -> today.minusYears(years)));
      RoutingFacts whole =
          facts
              .withExpertise(expertise)
              .withSituations(grounds)
              .withBirthDate(birth.map(Confidential::of))
              .withLoad(Load.of(load, last))
              .withCovered(
                  party -> covers.isEmpty() || covers.stream().anyMatch(c -> c.covers(party)));
      return Router.route(whole, town.directory().awaiting(awaited), today);
    }
  }
}
