package nl.wotpoort.rules.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.junit.jupiter.api.Test;

/** Ten thousand workers: a guard against something quadratic, not a benchmark. */
final class RoutingSpeedTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

  @Test
  void aDecisionAmongTenThousandWorkersIsAMatterOfMilliseconds() {
    Directory directory = town();
    Map<WorkerId, Integer> open = new HashMap<>();
    directory.workers().forEach(w -> open.put(w.id(), w.id().hashCode() & 15));
    RoutingFacts facts =
        RoutingFacts.to(RoutingTown.at("info"))
            .withBirthDate(Optional.of(Confidential.of(LocalDate.of(1980, 1, 1))))
            .withExpertise(List.of("e7"))
            .withLoad(Load.of(open, Map.of()));
    long[] nanos = new long[400];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      assertThat(Router.route(facts, directory, TODAY).outcome())
          .isInstanceOf(Outcome.ToWorker.class);
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    // Under 1 ms is what is asked; ten times that leaves room for a busy machine.
    assertThat(nanos[nanos.length / 2]).isLessThan(10_000_000);
  }

  private static Directory town() {
    TeamId team = new TeamId("t");
    List<Worker> workers = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      String id = "w" + i;
      workers.add(
          new Worker(
              new WorkerId(id),
              Confidential.of("Iemand"),
              Worker.Function.WORKER,
              "MEE",
              team,
              Optional.empty(),
              Optional.of(RoutingTown.delivery(id)),
              Optional.empty(),
              Set.of("e" + i % 12),
              20,
              Set.of(),
              List.of(),
              Optional.empty()));
    }
    List<Expertise> expertise = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      expertise.add(new Expertise("e" + i, "E" + i, Set.of()));
    }
    return Directory.of(
        new Entries(
            "v",
            List.of(
                new Team(
                    team, "T", new WorkerId("w0"), Optional.empty(), RoutingTown.delivery("t"))),
            workers,
            expertise,
            List.of(),
            List.of(new Mailbox.General(RoutingTown.at("info"), Set.of(), Optional.empty())),
            PostcodeTable.empty()));
  }
}
