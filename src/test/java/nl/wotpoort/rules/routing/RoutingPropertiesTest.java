package nl.wotpoort.rules.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nl.wotpoort.directory.Absence;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Entries;
import nl.wotpoort.directory.Expertise;
import nl.wotpoort.directory.Mailbox;
import nl.wotpoort.directory.PostcodeTable;
import nl.wotpoort.directory.Team;
import nl.wotpoort.directory.TeamId;
import nl.wotpoort.directory.Worker;
import nl.wotpoort.directory.WorkerId;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Postcode;
import nl.wotpoort.letter.Situation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every town and every letter; the seed names the one that broke it. */
final class RoutingPropertiesTest {

  private static final int LETTERS = 40;
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
  private static final List<String> TOPICS = List.of("schulden", "wonen", "verslaving", "zorg");

  static IntStream seeds() {
    return IntStream.range(0, 150);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theSameLetterAlwaysGoesToTheSamePlaceWhateverTheOrderOfEntries(int seed) {
    Random random = new Random(seed);
    Entries entries = town(random);
    Directory straight = Directory.of(entries);
    Directory shuffled = Directory.of(shuffled(entries, random));
    for (int i = 0; i < LETTERS; i++) {
      RoutingFacts facts = letter(random, entries);
      Routing first = Router.route(facts, straight, TODAY);
      assertThat(Router.route(facts, straight, TODAY)).isEqualTo(first);
      Routing other = Router.route(facts, shuffled, TODAY);
      assertThat(other.outcome()).isEqualTo(first.outcome());
      assertThat(other.because()).isEqualTo(first.because());
      assertThat(other.marks()).isEqualTo(first.marks());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nobodyAbsentGoneOrUnreachableIsEverChosen(int seed) {
    Random random = new Random(seed);
    Entries entries = town(random);
    Directory directory = Directory.of(entries);
    for (int i = 0; i < LETTERS; i++) {
      Routing routing = Router.route(letter(random, entries), directory, TODAY);
      person(routing.outcome())
          .ifPresent(
              w -> {
                assertThat(w.presenceOn(TODAY)).isEqualTo(Worker.Presence.PRESENT);
                assertThat(w.isReachable()).isTrue();
              });
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nobodyFullOrUncoveredIsEverChosenForANewCaseAndNobodyEligibleIsLessBusy(int seed) {
    Random random = new Random(seed);
    Entries entries = town(random);
    Directory directory = Directory.of(entries);
    for (int i = 0; i < LETTERS; i++) {
      RoutingFacts facts =
          letter(random, entries).withContactPerson(Optional.empty()).withExpertise(named(random));
      Routing routing = Router.route(facts, directory, TODAY);
      boolean chosen =
          routing.because().stream().anyMatch(f -> f.code().equals("EXPERTISE_CHOSEN"));
      Optional<Worker> worker = person(routing.outcome()).filter(w -> chosen);
      worker
          .filter(w -> !facts.expertise().isEmpty())
          .ifPresent(w -> mustBeTheBest(w, facts, directory));
      ByTheBook plain = new ByTheBook(facts, directory, TODAY);
      routing.because().stream()
          .filter(f -> f.code().equals("EXPERTISE_CHOSEN") || f.code().equals("EXPERTISE_NOBODY"))
          .forEach(f -> assertThat(f).isEqualTo(plain.finding()));
      assertThat(worker).isEqualTo(chosen ? plain.first() : Optional.empty());
      assertThat(routing.because().stream().filter(f -> f.code().startsWith("TIE_")).findFirst())
          .isEqualTo(chosen ? plain.tie() : Optional.empty());
      boolean asked = routing.because().stream().anyMatch(f -> f.code().equals("EXPERTISE_NOBODY"));
      if (asked && !facts.expertise().isEmpty()) {
        assertThat(eligible(facts, directory)).isEmpty();
      }
    }
  }

  /** One topic or two, or none and then the grounds speak. */
  private static List<String> named(Random random) {
    return IntStream.range(0, random.nextInt(3))
        .mapToObj(i -> TOPICS.get(random.nextInt(TOPICS.size())))
        .toList();
  }

  private static void mustBeTheBest(Worker worker, RoutingFacts facts, Directory directory) {
    List<Worker> eligible = eligible(facts, directory).toList();
    assertThat(eligible).contains(worker);
    double own = ratio(worker, facts);
    assertThat(eligible).allMatch(w -> ratio(w, facts) >= own);
  }

  /** The rule once more, as plainly as it can be said. */
  private static Stream<Worker> eligible(RoutingFacts facts, Directory directory) {
    return directory.workers().stream()
        .filter(w -> w.expertise().containsAll(facts.expertise()))
        .filter(w -> w.function() == Worker.Function.WORKER)
        .filter(w -> w.presenceOn(TODAY) == Worker.Presence.PRESENT && w.isReachable())
        .filter(w -> facts.load().openCases(w.id()) < w.capacity())
        .filter(w -> facts.covered().test(w.party()));
  }

  private static double ratio(Worker worker, RoutingFacts facts) {
    return (double) facts.load().openCases(worker.id()) / worker.capacity();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyLetterHasOneOutcomeWithReasonsAndARecipientWhoCanBeReached(int seed) {
    Random random = new Random(seed);
    Entries entries = town(random);
    Directory directory = Directory.of(entries);
    for (int i = 0; i < LETTERS; i++) {
      Routing routing = Router.route(letter(random, entries), directory, TODAY);
      assertThat(routing.because()).isNotEmpty();
      boolean nobody =
          routing.outcome() instanceof Outcome.Hold || routing.outcome() instanceof Outcome.Closed;
      assertThat(routing.outcome().recipient().isEmpty()).isEqualTo(nobody);
      if (!(routing.outcome() instanceof Outcome.ToDesk)) {
        routing.outcome().recipient().ifPresent(r -> assertThat(r.delivery()).isPresent());
      }
    }
  }

  private static Optional<Worker> person(Outcome outcome) {
    if (outcome instanceof Outcome.ToWorker to) {
      return Optional.of(to.worker());
    }
    return outcome instanceof Outcome.ToCoordinator to
        ? Optional.of(to.coordinator())
        : Optional.empty();
  }

  private static Entries town(Random random) {
    int teamCount = 1 + random.nextInt(4);
    List<Team> teams = new ArrayList<>();
    List<Worker> workers = new ArrayList<>();
    List<Mailbox> mailboxes = new ArrayList<>();
    Map<Postcode, TeamId> postcodes = new HashMap<>();
    for (int t = 0; t < teamCount; t++) {
      TeamId id = new TeamId("t" + t);
      workers.add(worker(random, "c" + t, id, Worker.Function.COORDINATOR));
      for (int w = 0; w < random.nextInt(6); w++) {
        workers.add(worker(random, "w" + t + "-" + w, id, Worker.Function.WORKER));
      }
      workers.add(worker(random, "k" + t, id, Worker.Function.CLIENT_SUPPORTER));
      Optional<WorkerId> deputy =
          random.nextBoolean() ? Optional.of(new WorkerId("k" + t)) : Optional.empty();
      teams.add(
          new Team(id, "Team " + t, new WorkerId("c" + t), deputy, RoutingTown.delivery("t" + t)));
      mailboxes.add(new Mailbox.TeamMailbox(RoutingTown.at("t" + t), Set.of(), id));
      postcodes.put(new Postcode("311" + t, ""), id);
      postcodes.put(new Postcode("3119", "A" + (char) ('A' + t)), id);
    }
    mailboxes.add(
        new Mailbox.General(
            RoutingTown.at("info"),
            Set.of(),
            random.nextBoolean()
                ? Optional.of(RoutingTown.delivery("centraal"))
                : Optional.empty()));
    if (random.nextBoolean()) {
      Mailbox.Desk.Kind youth = Mailbox.Desk.Kind.YOUTH;
      mailboxes.add(
          new Mailbox.Desk(
              RoutingTown.at("jeugd"),
              Set.of(),
              youth,
              youth.usualParty(),
              Optional.of(RoutingTown.delivery("jeugd"))));
    }
    List<Expertise> expertise = TOPICS.stream().map(t -> new Expertise(t, t, grounds(t))).toList();
    return new Entries(
        "v", teams, workers, expertise, List.of(), mailboxes, PostcodeTable.of(postcodes));
  }

  private static Worker worker(Random random, String id, TeamId team, Worker.Function function) {
    Set<String> topics = new HashSet<>();
    TOPICS.stream().filter(t -> random.nextBoolean()).forEach(topics::add);
    List<Absence> absences =
        random.nextInt(4) == 0
            ? List.of(
                RoutingTown.away(
                    TODAY.minusDays(random.nextInt(3)),
                    TODAY.plusDays(random.nextInt(3)),
                    random.nextBoolean() ? "c0" : ""))
            : List.of();
    return new Worker(
        new WorkerId(id),
        Confidential.of("Iemand"),
        function,
        "MEE",
        team,
        Optional.of(RoutingTown.at(id)),
        random.nextInt(8) == 0 ? Optional.empty() : Optional.of(RoutingTown.delivery(id)),
        Optional.empty(),
        topics,
        function == Worker.Function.COORDINATOR ? 0 : random.nextInt(4),
        Set.of(),
        absences,
        random.nextInt(6) == 0
            ? Optional.of(TODAY.plusDays(random.nextInt(3) - 1))
            : Optional.empty());
  }

  private static RoutingFacts letter(Random random, Entries entries) {
    List<Mailbox> mailboxes = new ArrayList<>(Directory.of(entries).mailboxes());
    List<Worker> workers = entries.workers();
    Map<WorkerId, Integer> load = new HashMap<>();
    Map<WorkerId, Instant> last = new HashMap<>();
    for (Worker worker : workers) {
      load.put(worker.id(), random.nextInt(4));
      if (random.nextBoolean()) {
        last.put(worker.id(), Instant.ofEpochSecond(random.nextInt(3)));
      }
    }
    Set<Party> uncovered =
        workers.stream()
            .filter(w -> random.nextInt(4) == 0)
            .map(Worker::party)
            .collect(Collectors.toSet());
    Predicate<Party> covered = party -> !uncovered.contains(party);
    return RoutingFacts.to(
            random.nextInt(20) == 0
                ? RoutingTown.at("nergens")
                : mailboxes.get(random.nextInt(mailboxes.size())).address())
        .withPostcode(
            sometimes(random, Postcode.parse("311" + random.nextInt(10)).orElseThrow())
                .map(Confidential::of))
        .withBirthDate(
            sometimes(random, TODAY.minusDays(random.nextInt(30_000) - 100)).map(Confidential::of))
        .withExpertise(
            random.nextInt(3) == 0 ? List.of(TOPICS.get(random.nextInt(TOPICS.size()))) : List.of())
        .withSituations(random.nextBoolean() ? Set.of(any(random, Situation.values())) : Set.of())
        .withUrgency(any(random, Letter.Urgency.values()))
        .withMatter(any(random, RoutingFacts.Matter.values()))
        .withContactPerson(
            random.nextInt(5) == 0
                ? Optional.of(workers.get(random.nextInt(workers.size())).id())
                : Optional.empty())
        .withPreferredTeam(
            random.nextInt(6) == 0 ? Optional.of("t" + random.nextInt(5)) : Optional.empty())
        .withSupporter(
            random.nextInt(5) == 0
                ? any(random, RoutingFacts.Supporter.values())
                : RoutingFacts.Supporter.NOT_ASKED)
        .withLoad(Load.of(load, last))
        .withCovered(covered);
  }

  private static Set<Situation> grounds(String topic) {
    return switch (topic) {
      case "schulden", "wonen" -> Set.of(Situation.HOUSING_WORK_INCOME);
      case "verslaving" -> Set.of(Situation.ADDICTION);
      default -> Set.of();
    };
  }

  private static <T> T any(Random random, T[] values) {
    return List.of(values).get(random.nextInt(values.length));
  }

  private static <T> Optional<T> sometimes(Random random, T value) {
    return random.nextInt(4) == 0 ? Optional.empty() : Optional.of(value);
  }

  private static Entries shuffled(Entries entries, Random random) {
    return new Entries(
        entries.version(),
        mixed(entries.teams(), random),
        mixed(entries.workers(), random),
        mixed(entries.expertise(), random),
        mixed(entries.partners(), random),
        mixed(entries.mailboxes(), random),
        entries.postcodes());
  }

  private static <T> List<T> mixed(List<T> list, Random random) {
    List<T> mixed = new ArrayList<>(list);
    Collections.shuffle(mixed, random);
    return mixed;
  }
}
