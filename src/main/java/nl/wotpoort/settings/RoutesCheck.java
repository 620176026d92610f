package nl.wotpoort.settings;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.directory.Absence;
import nl.wotpoort.directory.Expertise;
import nl.wotpoort.directory.Mailbox;
import nl.wotpoort.directory.Team;
import nl.wotpoort.directory.Worker;
import nl.wotpoort.directory.WorkerId;
import nl.wotpoort.letter.Address;
import nl.wotpoort.settings.RoutesDraft.Claim;
import nl.wotpoort.settings.RoutesDraft.Drafted;
import nl.wotpoort.settings.RoutesDraft.Place;
import nl.wotpoort.settings.RoutesDraft.Reference;

/** What must hold between the entries of the three files. */
final class RoutesCheck {

  private final RoutesDraft draft;
  private final LocalDate today;
  private final Problems problems;

  RoutesCheck(RoutesDraft draft, LocalDate today) {
    this.draft = draft;
    this.today = today;
    this.problems = draft.problems;
  }

  void check() {
    draft.references.forEach(this::mustBeKnown);
    mustBeOnce(draft.claims, "ADDRESS_TWICE");
    mustBeOnce(draft.ownDeliveries, "DELIVERY_TWICE");
    mustNotLoop();
    namesMustDiffer();
    draft.teams.forEach(this::coordinatorMustBeThere);
    draft.workers.forEach(this::workerMustBeReachable);
    draft.workers.forEach(this::absenceShouldHaveSubstitute);
    // An entry left out for a fault would be missed here, and that is not what must be mended.
    if (!problems.hasErrors()) {
      draft.expertise.forEach(this::expertiseShouldHaveRoom);
      draft.teams.forEach(this::teamShouldHaveMailbox);
      youthShouldHaveDesk();
    }
  }

  private void mustBeKnown(Reference reference) {
    Map<String, Place> known = draft.known(reference.kind());
    if (known.containsKey(reference.id())) {
      return;
    }
    String code = "UNKNOWN_" + reference.kind().name();
    Optional<String> meant =
        problems.isFull() ? Optional.empty() : Suggestion.forWord(reference.id(), known.keySet());
    Place place = reference.place();
    if (meant.isPresent()) {
      problems.error(place.file(), place.line(), code + "_MEANT", reference.id(), meant.get());
    } else {
      problems.error(place.file(), place.line(), code, reference.id());
    }
  }

  private void mustBeOnce(List<Claim> claims, String code) {
    Map<Address, Place> first = new HashMap<>();
    for (Claim claim : claims) {
      Place before = first.putIfAbsent(claim.address(), claim.place());
      if (before != null) {
        Place here = claim.place();
        problems.error(
            here.file(), here.line(), code, claim.address(), before.file(), before.line());
      }
    }
  }

  private void mustNotLoop() {
    Map<Address, Place> served = new HashMap<>();
    draft.served.forEach(c -> served.putIfAbsent(c.address(), c.place()));
    for (Claim delivery : draft.deliveries) {
      Place intake = served.get(delivery.address());
      if (intake != null) {
        Place here = delivery.place();
        problems.error(
            here.file(),
            here.line(),
            "DELIVERY_LOOP",
            delivery.address(),
            intake.file(),
            intake.line());
      }
    }
  }

  /** A sender may write a team or an expertise by its name. */
  private void namesMustDiffer() {
    Map<String, Integer> teams = new HashMap<>();
    for (Drafted<Team> team : draft.teams) {
      Set<String> names = new HashSet<>(List.of(folded(team.value().id().value())));
      names.add(folded(team.value().name()));
      names.forEach(n -> nameOnce(teams, n, team.at()));
    }
    Map<String, Integer> expertise = new HashMap<>();
    for (Drafted<Expertise> topic : draft.expertise) {
      Set<String> names = new HashSet<>(List.of(folded(topic.value().code())));
      names.add(folded(topic.value().name()));
      names.forEach(n -> nameOnce(expertise, n, topic.at()));
    }
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static void nameOnce(Map<String, Integer> seen, String name, YamlMap at) {
    Integer before = seen.putIfAbsent(name, at.line("name"));
    if (before != null) {
      at.error("name", "NAME_TWICE", name, before);
    }
  }

  private void coordinatorMustBeThere(Drafted<Team> team) {
    Optional<Worker> coordinator = worker(team.value().coordinator());
    if (coordinator.isEmpty()) {
      return; // Told as an unknown worker, or as a fault of that worker's own entry.
    }
    if (coordinator.get().presenceOn(today) == Worker.Presence.LEFT) {
      team.at().warning("coordinator", "COORDINATOR_LEFT", team.value().id());
    }
    if (!coordinator.get().isReachable()) {
      team.at().warning("coordinator", "COORDINATOR_UNREACHABLE", team.value().id());
    }
  }

  private Optional<Worker> worker(WorkerId id) {
    return draft.workers.stream().map(Drafted::value).filter(w -> w.id().equals(id)).findFirst();
  }

  private void workerMustBeReachable(Drafted<Worker> worker) {
    if (worker.value().delivery().isEmpty() && !worker.at().has("delivery")) {
      worker.at().warning("id", "WORKER_WITHOUT_DELIVERY", worker.value().id());
    }
  }

  private void absenceShouldHaveSubstitute(Drafted<Worker> worker) {
    boolean open =
        worker.value().absences().stream()
            .filter(a -> a.until().map(last -> !last.isBefore(today)).orElse(true))
            .map(Absence::substitute)
            .anyMatch(Optional::isEmpty);
    if (open) {
      worker.at().warning("absences", "ABSENCE_WITHOUT_SUBSTITUTE", worker.value().id());
    }
  }

  private void expertiseShouldHaveRoom(Drafted<Expertise> expertise) {
    String code = expertise.value().code();
    boolean room =
        draft.workers.stream()
            .map(Drafted::value)
            .filter(w -> w.presenceOn(today) != Worker.Presence.LEFT)
            .anyMatch(w -> w.capacity() > 0 && w.expertise().contains(code));
    if (!room) {
      expertise.at().warning("code", "EXPERTISE_WITHOUT_CAPACITY", code);
    }
  }

  private void teamShouldHaveMailbox(Drafted<Team> team) {
    boolean has =
        draft.mailboxes.stream()
            .map(Drafted::value)
            .anyMatch(
                m ->
                    m instanceof Mailbox.TeamMailbox mailbox
                        && mailbox.team().equals(team.value().id()));
    if (!has) {
      team.at().warning("id", "TEAM_WITHOUT_MAILBOX", team.value().id());
    }
  }

  private void youthShouldHaveDesk() {
    boolean has =
        draft.mailboxes.stream()
            .map(Drafted::value)
            .anyMatch(
                m -> m instanceof Mailbox.Desk desk && desk.kind() == Mailbox.Desk.Kind.YOUTH);
    if (!has) {
      problems.warning(Routes.MAILBOXES, 1, "NO_YOUTH_DESK");
    }
  }
}
