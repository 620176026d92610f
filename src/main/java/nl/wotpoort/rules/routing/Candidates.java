package nl.wotpoort.rules.routing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nl.wotpoort.directory.TeamId;
import nl.wotpoort.directory.Worker;
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

  private boolean hasRoom(Worker worker) {
    return facts.load().openCases(worker.id()) < worker.capacity();
  }

  private boolean isCovered(Worker worker) {
    return facts.covered().test(worker.party());
  }

  Stream<Worker> eligible(Stream<Worker> workers) {
    return workers.filter(this::isAtWork).filter(this::hasRoom).filter(this::isCovered);
  }

  Choice choose(Stream<Worker> skilled, Optional<TeamId> home) {
    List<Worker> all = skilled.toList();
    List<Worker> eligible = eligible(all.stream()).toList();
    if (eligible.isEmpty()) {
      return new Choice(Optional.empty(), List.of(nobody(all)));
    }
    Comparator<Worker> order = byLoad(home);
    Worker best = eligible.get(0);
    Optional<Worker> next = Optional.empty();
    for (Worker worker : eligible.subList(1, eligible.size())) { // thousands, so in one walk
      if (order.compare(worker, best) < 0) {
        next = Optional.of(best);
        best = worker;
      } else if (next.isEmpty() || order.compare(worker, next.get()) < 0) {
        next = Optional.of(worker);
      }
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Code.EXPERTISE_CHOSEN.with(
            best.id(),
            best.team(),
            facts.load().openCases(best.id()),
            best.capacity(),
            eligible.size()));
    if (next.isPresent()) {
      tie(best, next.get(), home).ifPresent(findings::add);
    }
    return new Choice(Optional.of(best), findings);
  }

  /** Why none: each is counted once, under the first thing that stands in the way. */
  private Finding nobody(List<Worker> all) {
    long away = all.stream().filter(w -> !isAtWork(w)).count();
    long full = all.stream().filter(this::isAtWork).filter(w -> !hasRoom(w)).count();
    return Code.EXPERTISE_NOBODY.with(all.size(), away, full, all.size() - away - full);
  }

  private Optional<Finding> tie(Worker best, Worker next, Optional<TeamId> home) {
    if (byRatio().compare(best, next) != 0) {
      return Optional.empty();
    }
    if (byHome(home).compare(best, next) != 0) {
      return Optional.of(Code.TIE_HOME_TEAM.with(best.id()));
    }
    return Optional.of(
        byLongestWithout().compare(best, next) != 0
            ? Code.TIE_LONGEST_WITHOUT.with(best.id())
            : Code.TIE_ID.with(best.id()));
  }

  /** Lowest load ratio; tie: home team, then longest without a case, then id. */
  Comparator<Worker> byLoad(Optional<TeamId> home) {
    return byRatio()
        .thenComparing(byHome(home))
        .thenComparing(byLongestWithout())
        .thenComparing(Worker::id);
  }

  /** open/capacity, compared without rounding; only for those with a capacity above 0. */
  private Comparator<Worker> byRatio() {
    return (a, b) ->
        Long.compare(
            (long) facts.load().openCases(a.id()) * b.capacity(),
            (long) facts.load().openCases(b.id()) * a.capacity());
  }

  private static Comparator<Worker> byHome(Optional<TeamId> home) {
    return Comparator.comparing(w -> !home.map(w.team()::equals).orElse(false));
  }

  /** Who never had a case waits longest. */
  private Comparator<Worker> byLongestWithout() {
    return Comparator.comparing(w -> facts.load().lastAssigned(w.id()).orElse(Instant.MIN));
  }
}
