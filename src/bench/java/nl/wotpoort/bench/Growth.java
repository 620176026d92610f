package nl.wotpoort.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.desk.Furnishing;
import nl.wotpoort.desk.Rooms;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.store.CaseStatus;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.NewCase;
import nl.wotpoort.store.Store;

/**
 * What a message costs, received, passed and sent, in a gateway that is new, in one with years of
 * messages behind it, in one with many consents, and in one with a large directory: the whole pass,
 * all in one JVM and by turns, so that what disturbs one disturbs the others.
 */
final class Growth {

  private static final int SMALL = 1000;
  private static final int WORKERS = 10_000;
  private static final int BATCH = 5000;
  private static final int WARM_UP_ROUNDS = 8;
  private static final int ROUNDS = Integer.getInteger("bench.rounds", 9);
  private static final int MESSAGES = 200;

  /** How far a ratio may be from 1 before it counts as growth: what is within the noise. */
  private static final double FLAT = 1.2;

  /** One gateway, and what a message cost in each round, in milliseconds of the process's CPU. */
  private record House(String name, Path home, Rooms rooms, Stages stages, List<Double> costs)
      implements AutoCloseable {

    static House of(String name, Path home) throws Furnishing.CannotFurnish {
      Rooms rooms = BenchHome.rooms(home);
      return new House(name, home, rooms, new Stages(rooms), new ArrayList<>());
    }

    double round() {
      return stages.round(MESSAGES).stream().mapToDouble(Stages.Cost::cpuMillis).sum();
    }

    @Override
    public void close() {
      rooms.store().close();
      BenchHome.delete(home);
    }
  }

  private Growth() {}

  /** {@code rows} is how many lines of journal, and how many consents, the old ones have. */
  static List<String> table(Goals goals, int rows) throws IOException, Furnishing.CannotFurnish {
    Path large = BenchHome.make();
    LargeHouse.in(large, WORKERS);
    try (House small = House.of(SMALL + " journal lines, and consents", BenchHome.make());
        House old = House.of(rows + " journal lines, " + rows / 5 + " cases", BenchHome.make());
        House consents = House.of(rows + " consents", BenchHome.make());
        House directory = House.of(WORKERS + " workers", large)) {
      history(small.rooms().store(), SMALL);
      RegisterBench.fill(small.rooms().store(), 0, SMALL);
      history(old.rooms().store(), rows);
      RegisterBench.fill(consents.rooms().store(), 0, rows);
      return compare(goals, List.of(small, old, consents, directory));
    }
  }

  /** What so many lines of journal come from: cases that are closed, of five lines each. */
  private static void history(Store store, int lines) {
    new JournalBench(Path.of(""), lines).fill(store);
    Instant then = Instant.parse("2026-06-15T08:00:00Z");
    for (int from = 0; from < lines / 5; from += BATCH) {
      List<NewCase> cases = new ArrayList<>();
      for (int n = from; n < Math.min(lines / 5, from + BATCH); n++) {
        cases.add(closed(n, then));
      }
      Consequences none = Consequences.none();
      store
          .outbox()
          .post(
              new Consequences(
                  cases,
                  none.updated(),
                  none.consents(),
                  none.requests(),
                  none.held(),
                  none.journal(),
                  none.letters(),
                  none.repeat(),
                  none.referrals()),
              then);
    }
  }

  private static NewCase closed(int number, Instant then) {
    return new NewCase(
        CaseNumber.ofRandom(2L * number),
        CaseStatus.CLOSED,
        then.minusSeconds(number),
        Address.of("a.devries@praktijk-delinde.example"),
        Optional.empty(),
        Optional.of(LargeHouse.TEAMS.get(number % LargeHouse.TEAMS.size())),
        Optional.empty(),
        Optional.empty(),
        "REFERRAL");
  }

  private static List<String> compare(Goals goals, List<House> houses) {
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      for (House house : houses) {
        double cost = house.round();
        if (round >= 0) {
          house.costs().add(cost);
        }
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            "%-46s %8s   %s",
            "growth: one message, " + ROUNDS + " turns", "CPU ms", "to the first"));
    List<Double> first = houses.get(0).costs();
    for (House house : houses) {
      List<Double> ratios = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        ratios.add(house.costs().get(round) / first.get(round));
      }
      ratios.sort(null);
      double ratio = ratios.get(ROUNDS / 2);
      lines.add(
          String.format(
              "%-46s %8.2f   %.2f (%.2f to %.2f)",
              house.name(), median(house.costs()), ratio, ratios.get(0), ratios.get(ROUNDS - 1)));
      if (house != houses.get(0)) {
        goals.atMost("CPU of a message, " + house.name(), FLAT, ratio, "x");
      }
    }
    return lines;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
