package nl.wotpoort.rules.routing;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.directory.Absence;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Team;
import nl.wotpoort.directory.Worker;
import nl.wotpoort.directory.WorkerId;
import nl.wotpoort.rules.Finding;

/**
 * Who takes a letter for one person: that person, the substitute, the coordinator, the deputy, and
 * when none of them is there the team's own mailbox.
 */
final class People {

  private final RoutingFacts facts;
  private final Directory directory;
  private final LocalDate today;
  private final Candidates candidates;
  private final List<Finding> findings;
  private final Set<Mark> marks;

  /** {@code findings} and {@code marks} are added to. */
  People(
      RoutingFacts facts,
      Directory directory,
      LocalDate today,
      Candidates candidates,
      List<Finding> findings,
      Set<Mark> marks) {
    this.facts = facts;
    this.directory = directory;
    this.today = today;
    this.candidates = candidates;
    this.findings = findings;
    this.marks = marks;
  }

  /** The one the sender wrote to, who is told when it is somebody else. */
  Outcome named(Worker worker) {
    switch (worker.presenceOn(today)) {
      case LEFT -> marks.add(Mark.WORKER_LEFT);
      case ABSENT -> marks.add(Mark.WORKER_ABSENT);
      case PRESENT -> {}
    }
    return contactPerson(worker);
  }

  Outcome contactPerson(Worker worker) {
    return switch (worker.presenceOn(today)) {
      case LEFT -> {
        findings.add(Code.WORKER_LEFT.with(worker.id()));
        yield coordinatorOf(worker);
      }
      case ABSENT ->
          substitute(worker)
              .<Outcome>map(Outcome.ToWorker::new)
              .orElseGet(() -> coordinatorOf(worker));
      case PRESENT -> present(worker);
    };
  }

  /** The coordinator, else the deputy, else the general address of the team (agreement R3). */
  Outcome coordinator(Team team) {
    return coordinatorInPerson(team)
        .orElseGet(
            () -> {
              findings.add(Code.COORDINATOR_NONE.with(team.id()));
              return new Outcome.ToTeam(team);
            });
  }

  /** The coordinator, else the deputy; empty when neither is at work. */
  Optional<Outcome> coordinatorInPerson(Team team) {
    Worker coordinator = worker(team.coordinator());
    if (candidates.isAtWork(coordinator)) {
      findings.add(Code.COORDINATOR.with(team.id(), coordinator.id()));
      return Optional.of(new Outcome.ToCoordinator(team, coordinator));
    }
    Optional<Worker> deputy = team.deputy().map(this::worker).filter(candidates::isAtWork);
    deputy.ifPresent(d -> findings.add(Code.COORDINATOR_DEPUTY.with(team.id(), d.id())));
    return deputy.map(d -> new Outcome.ToCoordinator(team, d));
  }

  private Outcome present(Worker worker) {
    if (!worker.isReachable()) {
      findings.add(
          (worker.isAwaited() ? Code.WORKER_AWAITED : Code.WORKER_UNREACHABLE).with(worker.id()));
      return coordinatorOf(worker);
    }
    findings.add(Code.WORKER_PRESENT.with(worker.id()));
    return new Outcome.ToWorker(worker);
  }

  /** One step only: a substitute's substitute is a guess. */
  private Optional<Worker> substitute(Worker absent) {
    Optional<WorkerId> named = absent.absenceOn(today).flatMap(Absence::substitute);
    if (named.isEmpty()) {
      findings.add(Code.WORKER_NO_SUBSTITUTE.with(absent.id()));
      return Optional.empty();
    }
    Worker substitute = worker(named.get());
    if (!candidates.isAtWork(substitute) || !facts.covered().test(substitute.party())) {
      findings.add(Code.WORKER_SUBSTITUTE_CANNOT.with(absent.id(), substitute.id()));
      return Optional.empty();
    }
    findings.add(Code.WORKER_SUBSTITUTE.with(absent.id(), substitute.id()));
    return Optional.of(substitute);
  }

  private Outcome coordinatorOf(Worker worker) {
    return coordinator(directory.team(worker.team()).orElseThrow());
  }

  private Worker worker(WorkerId id) {
    return directory.worker(id).orElseThrow();
  }
}
