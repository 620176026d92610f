package nl.wotpoort.rules.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.ConsentDecision.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The properties that always hold, and the second reading, over seeded random worlds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RandomWorldsTest {

  private static final int CONTINENTS = 8;

  /** {@code -Dworlds=} for more or fewer. */
  private static final int WORLDS = Integer.getInteger("worlds", 120_000);

  private static final long SEED = 20_261_121L;

  private final Map<Reason, Integer> seen = new EnumMap<>(Reason.class);

  /** Each continent has a seed of its own, so they can be visited at the same time. */
  @BeforeAll
  void allPropertiesInEveryWorld() {
    IntStream.range(0, CONTINENTS)
        .parallel()
        .mapToObj(continent -> visit(SEED + continent, WORLDS / CONTINENTS))
        .toList()
        .forEach(counts -> counts.forEach((reason, n) -> seen.merge(reason, n, Integer::sum)));
  }

  private static Map<Reason, Integer> visit(long seed, int number) {
    Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
    Worlds worlds = new Worlds(seed);
    for (int n = 0; n < number; n++) {
      Scenario world = worlds.next();
      ConsentDecision decision = decide(world);
      counts.merge(decision.reason(), 1, Integer::sum);
      try {
        agreesWithSecondReading(world, decision);
        isWhole(world, decision);
        orderAndDuplicates(world, decision, n);
        additions(world, decision, worlds);
        withdrawals(world, decision);
        askingForLess(world, decision);
        noRecordNoAccess(world);
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + ", world " + n + ": " + world, e);
      }
    }
    return counts;
  }

  @Test
  void theWorldsReachEveryReason() {
    Set<Reason> missing = EnumSet.allOf(Reason.class);
    missing.removeAll(seen.keySet());
    assertThat(missing).as("%s", seen).isEmpty();
    assertThat(seen.getOrDefault(Reason.CONSENT, 0)).as("%s", seen).isGreaterThan(WORLDS / 50);
    assertThat(seen.getOrDefault(Reason.OBJECTION, 0)).isGreaterThan(WORLDS / 50);
    assertThat(seen.getOrDefault(Reason.IMPLIED_FEEDBACK, 0)).isGreaterThan(WORLDS / 2000);
  }

  private static ConsentDecision decide(Scenario scenario) {
    return ConsentPolicy.decide(scenario, Case.TABLES);
  }

  private static void agreesWithSecondReading(Scenario world, ConsentDecision decision) {
    assertSame(SecondAnswer.of(decision), new SecondReading(world).answer());
  }

  /** AssertJ describes even what succeeds, which is too slow here. */
  private static void assertSame(Object actual, Object expected) {
    if (!actual.equals(expected)) {
      assertThat(actual).isEqualTo(expected);
    }
  }

  private static void assertWithin(
      Collection<Category> smaller, Collection<Category> larger, String property) {
    if (!larger.containsAll(smaller)) {
      assertThat(larger).as(property).containsAll(smaller);
    }
  }

  private static void isWhole(Scenario world, ConsentDecision decision) {
    if (decision.reason() == Reason.NOT_PERSONAL) {
      return;
    }
    List<Category> both = new ArrayList<>(decision.permitted());
    both.addAll(decision.refused().keySet());
    assertSame(both.size(), world.categories().size());
    assertSame(new HashSet<>(both), new HashSet<>(world.categories()));
    Outcome outcome =
        decision.permitted().isEmpty()
            ? Outcome.DENY
            : decision.refused().isEmpty() ? Outcome.PERMIT : Outcome.PARTIAL;
    assertSame(decision.outcome(), outcome);
  }

  private static void orderAndDuplicates(Scenario world, ConsentDecision decision, int number) {
    List<ConsentRecord> shuffled = new ArrayList<>(world.consents());
    if (!shuffled.isEmpty() && number % 2 == 0) {
      shuffled.add(shuffled.get(0));
    }
    Collections.shuffle(shuffled, new Random(number));
    assertSame(decide(with(world, shuffled)), decision);
  }

  private static void additions(Scenario world, ConsentDecision decision, Worlds worlds) {
    List<ConsentRecord> more = new ArrayList<>(world.consents());
    more.add(worlds.record("added", true));
    assertWithin(
        decide(with(world, more)).permitted(), decision.permitted(), "an objection never grants");
    more.set(more.size() - 1, worlds.record("added", false));
    assertWithin(
        decision.permitted(), decide(with(world, more)).permitted(), "a consent never takes away");
  }

  private static void withdrawals(Scenario world, ConsentDecision decision) {
    for (int i = 0; i < world.consents().size(); i++) {
      ConsentRecord record = world.consents().get(i);
      if (record.type() == ConsentRecord.Type.CONSENT && record.withdrawn().isEmpty()) {
        List<ConsentRecord> fewer = new ArrayList<>(world.consents());
        fewer.set(i, withdrawn(record, world));
        assertWithin(
            decide(with(world, fewer)).permitted(),
            decision.permitted(),
            "a withdrawal never grants");
        return;
      }
    }
  }

  private static void askingForLess(Scenario world, ConsentDecision decision) {
    if (world.categories().size() > 1) {
      List<Category> fewer = world.categories().subList(1, world.categories().size());
      List<Category> still = new ArrayList<>(decision.permitted());
      still.retainAll(fewer);
      assertWithin(
          still, decide(asking(world, world.purposes(), fewer)).permitted(), "asking for less");
    }
    // With a ground for one purpose alone the ground decides, and reaches what it states.
    if (world.purposes().size() > 1 && world.grounds().isEmpty()) {
      List<Purpose> fewer = world.purposes().subList(1, world.purposes().size());
      assertWithin(
          decision.permitted(),
          decide(asking(world, fewer, world.categories())).permitted(),
          "asking for fewer purposes");
    }
  }

  private static void noRecordNoAccess(Scenario world) {
    ConsentDecision decision = decide(with(world, List.of()));
    boolean without =
        decision.permitted().isEmpty()
            || decision.reason() == Reason.LEGAL_GROUND
            || decision.permitted().stream().allMatch(c -> c.code().equals("support.status"));
    assertSame(without, true);
  }

  private static Scenario with(Scenario s, List<ConsentRecord> records) {
    return copy(s, s.purposes(), s.categories(), records);
  }

  private static Scenario asking(Scenario s, List<Purpose> purposes, List<Category> categories) {
    return copy(s, purposes, categories, s.consents());
  }

  private static Scenario copy(
      Scenario s, List<Purpose> purposes, List<Category> categories, List<ConsentRecord> records) {
    return new Scenario(
        s.id(),
        s.flow(),
        s.phase(),
        s.client(),
        s.requester(),
        s.holder(),
        s.recipient(),
        purposes,
        categories,
        s.questions(),
        s.requestedAt(),
        s.evaluatedAt(),
        records,
        s.grounds(),
        s.context());
  }

  private static ConsentRecord withdrawn(ConsentRecord r, Scenario world) {
    return new ConsentRecord(
        r.id(),
        r.type(),
        r.client(),
        r.by(),
        r.holders(),
        r.recipients(),
        r.purposes(),
        r.categories(),
        r.recorded(),
        r.from(),
        r.until(),
        Optional.of(world.evaluatedAt()),
        r.state(),
        r.replaces(),
        r.evidence(),
        r.givenCapable());
  }
}
