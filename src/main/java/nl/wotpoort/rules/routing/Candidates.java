package nl.wotpoort.rules.routing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nl.wotpoort.directory.Taker;
import nl.wotpoort.directory.TeamId;
import nl.wotpoort.directory.Worker;
import nl.wotpoort.directory.WorkerId;
import nl.wotpoort.rules.Finding;

/** Who among several workers may take a case today, and who of them takes it. */
final class Candidates {

  private final RoutingFacts facts;
  private final LocalDate today;

  Candidates(RoutingFacts facts, LocalDate today) {
    this.facts = facts;
    this.today = today;
  }

  /** Who it is, if anybody, and how it came to be. */
  record Choice(Optional<Worker> worker, List<Finding> findings) {}

  /** In service, not away, and reachable. */
  boolean isAtWork(Worker worker) {
    return worker.presenceOn(today) == Worker.Presence.PRESENT && worker.isReachable();
  }

  private Seen seen(Worker worker) {
    return new Seen(worker, facts.load().openCases(worker.id()));
  }

  /** Of those who may take a case today, the one who is first by load; empty when nobody may. */
  Optional<Worker> firstOf(Stream<Worker> workers) {
    return workers
        .filter(this::isAtWork)
        .map(this::seen)
        .filter(Seen::hasRoom)
        .filter(seen -> facts.covered().test(seen.worker().party()))
        .min(byLoad(Optional.empty()))
        .map(Seen::worker);
  }

  /** Somebody and his load, which is looked up once however often he is compared. */
  private record Seen(Worker worker, int open) {

    boolean hasRoom() {
      return open < worker.capacity();
    }

    /** open/capacity, compared without rounding; only for those with a capacity above 0. */
    int compareRatio(Seen other) {
      return Long.compare(
          (long) open * other.worker.capacity(), (long) other.open * worker.capacity());
    }
  }

  /**
   * One walk over those with the expertise, who may be thousands. Who cannot is counted under the
   * first thing that stands in the way.
   */
  Choice choose(Collection<Taker> skilled, Optional<TeamId> home) {
    Comparator<Seen> order = byLoad(home);
    int away = 0;
    int full = 0;
    int eligible = 0;
    Optional<Seen> best = Optional.empty();
    Optional<Seen> next = Optional.empty();
    for (Taker taker : skilled) {
      if (!isAtWork(taker.worker())) {
        away++;
        continue;
      }
      Seen here = seen(taker.worker());
      if (!here.hasRoom()) {
        full++;
      } else if (facts.covered().test(taker.party())) {
        eligible++;
        if (isBefore(here, best, order)) {
          next = best;
          best = Optional.of(here);
        } else if (isBefore(here, next, order)) {
          next = Optional.of(here);
        }
      }
    }
    if (best.isEmpty()) {
      int size = skilled.size();
      return new Choice(
          Optional.empty(),
          List.of(Code.EXPERTISE_NOBODY.with(size, away, full, size - away - full)));
    }
    return chosen(best.get(), next, home, eligible);
  }

  private static boolean isBefore(Seen here, Optional<Seen> other, Comparator<Seen> order) {
    return other.isEmpty() || order.compare(here, other.get()) < 0;
  }

  private Choice chosen(Seen best, Optional<Seen> next, Optional<TeamId> home, int eligible) {
    List<Finding> findings = new ArrayList<>();
    Worker worker = best.worker();
    findings.add(
        Code.EXPERTISE_CHOSEN.with(
            worker.id(), worker.team(), best.open(), worker.capacity(), eligible));
    next.flatMap(other -> tie(best, other, home)).ifPresent(findings::add);
    return new Choice(Optional.of(worker), findings);
  }

  private Optional<Finding> tie(Seen best, Seen next, Optional<TeamId> home) {
    if (best.compareRatio(next) != 0) {
      return Optional.empty();
    }
    WorkerId id = best.worker().id();
    if (byHome(home).compare(best, next) != 0) {
      return Optional.of(Code.TIE_HOME_TEAM.with(id));
    }
    return Optional.of(
        byLongestWithout().compare(best, next) != 0
            ? Code.TIE_LONGEST_WITHOUT.with(id)
            : Code.TIE_ID.with(id));
  }

  /** Lowest load ratio; tie: home team, then longest without a case, then id. */
  private Comparator<Seen> byLoad(Optional<TeamId> home) {
    Comparator<Seen> byRatio = Seen::compareRatio;
    return byRatio
        .thenComparing(byHome(home))
        .thenComparing(byLongestWithout())
        .thenComparing(seen -> seen.worker().id());
  }

  private static Comparator<Seen> byHome(Optional<TeamId> home) {
    return Comparator.comparing(seen -> !home.map(seen.worker().team()::equals).orElse(false));
  }

  /** Who never had a case waits longest. */
  private Comparator<Seen> byLongestWithout() {
    return Comparator.comparing(
        seen -> facts.load().lastAssigned(seen.worker().id()).orElse(Instant.MIN));
  }
}
