package nl.wotpoort.rules.routing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Expertise;
import nl.wotpoort.directory.Worker;
import nl.wotpoort.rules.Finding;

/**
 * Rule 6 of the order of routing once more, said as plainly as can be: everybody is looked at, and
 * all who may are put in order. {@link Candidates} must say the same, quicker.
 */
final class ByTheBook {

  private final RoutingFacts facts;
  private final Directory directory;
  private final LocalDate today;
  private final List<Worker> skilled;
  private final List<Worker> eligible;

  ByTheBook(RoutingFacts facts, Directory directory, LocalDate today) {
    this.facts = facts;
    this.directory = directory;
    this.today = today;
    this.skilled = directory.workers().stream().filter(this::hasWhatIsAsked).toList();
    this.eligible =
        skilled.stream()
            .filter(w -> isThere(w) && hasRoom(w) && facts.covered().test(w.party()))
            .sorted(order())
            .toList();
  }

  private boolean hasWhatIsAsked(Worker worker) {
    boolean takes =
        worker.function() == Worker.Function.WORKER
            || worker.function() == Worker.Function.COORDINATOR;
    return takes
        && wanted().stream().allMatch(any -> any.stream().anyMatch(worker.expertise()::contains));
  }

  /** Of each set one. */
  private List<Set<String>> wanted() {
    if (!facts.expertise().isEmpty()) {
      return facts.expertise().stream().map(Set::of).toList();
    }
    return facts.situations().stream()
        .map(
            ground ->
                directory.expertise().stream()
                    .filter(e -> e.grounds().contains(ground))
                    .map(Expertise::code)
                    .collect(Collectors.toSet()))
        .filter(codes -> !codes.isEmpty())
        .toList();
  }

  private boolean isThere(Worker worker) {
    return worker.presenceOn(today) == Worker.Presence.PRESENT && worker.isReachable();
  }

  private boolean hasRoom(Worker worker) {
    return facts.load().openCases(worker.id()) < worker.capacity();
  }

  private Comparator<Worker> order() {
    return byRatio().thenComparing(byHome()).thenComparing(byWait()).thenComparing(Worker::id);
  }

  private Comparator<Worker> byRatio() {
    return Comparator.comparing(w -> facts.load().openCases(w.id()) / (double) w.capacity());
  }

  private Comparator<Worker> byHome() {
    return Comparator.comparing(
        w ->
            facts
                    .postcode()
                    .flatMap(p -> directory.teamOf(p.reveal()))
                    .filter(team -> team.id().equals(w.team()))
                    .isPresent()
                ? 0
                : 1);
  }

  private Comparator<Worker> byWait() {
    return Comparator.comparing(w -> facts.load().lastAssigned(w.id()).orElse(Instant.MIN));
  }

  Optional<Worker> first() {
    return eligible.stream().findFirst();
  }

  /** How many there were, and what became of them. */
  Finding finding() {
    if (eligible.isEmpty()) {
      long away = skilled.stream().filter(w -> !isThere(w)).count();
      long full = skilled.stream().filter(w -> isThere(w) && !hasRoom(w)).count();
      return Code.EXPERTISE_NOBODY.with(skilled.size(), away, full, skilled.size() - away - full);
    }
    Worker first = eligible.get(0);
    return Code.EXPERTISE_CHOSEN.with(
        first.id(),
        first.team(),
        facts.load().openCases(first.id()),
        first.capacity(),
        eligible.size());
  }

  /** By what the first was put before the second, unless by load. */
  Optional<Finding> tie() {
    if (eligible.size() < 2 || byRatio().compare(eligible.get(0), eligible.get(1)) != 0) {
      return Optional.empty();
    }
    Worker first = eligible.get(0);
    Worker second = eligible.get(1);
    if (byHome().compare(first, second) != 0) {
      return Optional.of(Code.TIE_HOME_TEAM.with(first.id()));
    }
    return Optional.of(
        byWait().compare(first, second) != 0
            ? Code.TIE_LONGEST_WITHOUT.with(first.id())
            : Code.TIE_ID.with(first.id()));
  }
}
