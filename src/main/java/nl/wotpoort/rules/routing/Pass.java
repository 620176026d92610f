package nl.wotpoort.rules.routing;

import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import nl.wotpoort.directory.Delivery;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Mailbox;
import nl.wotpoort.directory.Mailbox.Desk;
import nl.wotpoort.directory.Team;
import nl.wotpoort.directory.TeamId;
import nl.wotpoort.directory.Worker;
import nl.wotpoort.directory.WorkerId;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.Postcode;
import nl.wotpoort.rules.Finding;
import nl.wotpoort.rules.routing.Outcome.Hold;
import nl.wotpoort.rules.routing.Outcome.Hold.Cause;

/** One walk through the rules. The first rule that has an outcome ends it. */
final class Pass {

  /** Older than anybody ever was: a slip of the pen, not an age. */
  private static final int OLDEST = 125;

  private final RoutingFacts facts;
  private final Directory directory;
  private final LocalDate today;
  private final Candidates candidates;
  private final People people;
  private final List<Finding> findings = new ArrayList<>();
  private final Set<Mark> marks = EnumSet.noneOf(Mark.class);

  Pass(RoutingFacts facts, Directory directory, LocalDate today) {
    this.facts = facts;
    this.directory = directory;
    this.today = today;
    this.candidates = new Candidates(facts, today);
    this.people = new People(facts, directory, today, candidates, findings, marks);
  }

  Routing run() {
    Outcome outcome =
        directory
            .mailbox(facts.addressed())
            .map(this::at)
            .map(this::brought)
            .orElseGet(() -> hold(Cause.UNKNOWN_MAILBOX, Code.MAILBOX_UNKNOWN.with()));
    return new Routing(outcome, marks, findings);
  }

  private Outcome at(Mailbox mailbox) {
    return mailbox.fold(
        new Mailbox.Cases<Outcome>() {
          @Override
          public Outcome team(Mailbox.TeamMailbox m) {
            find(Code.NAMED_NONE.with());
            return byRules(Optional.of(teamWith(m.team())), Optional.empty());
          }

          @Override
          public Outcome general(Mailbox.General m) {
            find(Code.NAMED_NONE.with());
            return byRules(Optional.empty(), Optional.of(m));
          }

          @Override
          public Outcome worker(Mailbox.WorkerMailbox m) {
            find(Code.NAMED_WORKER.with(m.worker()));
            return people.named(directory.worker(m.worker()).orElseThrow());
          }

          @Override
          public Outcome desk(Desk m) {
            find(Code.MAILBOX_DESK.with(m.kind()));
            return new Outcome.ToDesk(m);
          }

          @Override
          public Outcome closed(Mailbox.Closed m) {
            find(Code.MAILBOX_CLOSED.with());
            return new Outcome.Closed(m);
          }
        });
  }

  /**
   * Nothing is brought to a new address that did not answer yet: the team's goes to its
   * coordinator, all else to a person.
   */
  private Outcome brought(Outcome outcome) {
    boolean may =
        outcome
            .recipient()
            .flatMap(Outcome.Recipient::delivery)
            .map(Delivery::isConfirmed)
            .orElse(true);
    if (may) {
      return outcome;
    }
    if (outcome instanceof Outcome.ToTeam to) {
      find(Code.TEAM_AWAITED.with(to.team().id()));
      return people
          .coordinatorInPerson(to.team())
          .orElseGet(() -> hold(Cause.DELIVERY_AWAITED, Code.DELIVERY_AWAITED.with()));
    }
    return hold(Cause.DELIVERY_AWAITED, Code.DELIVERY_AWAITED.with());
  }

  /** Exactly one of the two is there: the addressed team, or the general mailbox. */
  private Outcome byRules(Optional<Team> addressed, Optional<Mailbox.General> general) {
    return Stream.<Supplier<Optional<Outcome>>>of(
            () -> clientSupporter(addressed, general),
            this::runningCase,
            this::chosenTeam,
            this::youth,
            () -> seriousOrConsultation(addressed, general),
            () -> expertise(addressed, general),
            () -> teamMailbox(addressed))
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> byPostcode(general, Outcome.ToTeam::new));
  }

  // Agreement R6: a client supporter, of the own team or, when objectivity is in doubt, another.

  private Optional<Outcome> clientSupporter(
      Optional<Team> addressed, Optional<Mailbox.General> general) {
    if (facts.supporter() == RoutingFacts.Supporter.NOT_ASKED) {
      find(Code.SUPPORTER_NOT_ASKED.with());
      return Optional.empty();
    }
    boolean elsewhere = facts.supporter() == RoutingFacts.Supporter.OTHER_TEAM;
    Optional<Team> chosen = facts.preferredTeam().flatMap(directory::teamNamed);
    if (facts.preferredTeam().isPresent() && chosen.isEmpty()) {
      return Optional.of(hold(Cause.UNKNOWN_TEAM, Code.TEAM_CHOSEN_UNKNOWN.with()));
    }
    Optional<Team> own = home().or(() -> addressed);
    if (own.isEmpty() && (elsewhere || chosen.isEmpty())) {
      return Optional.of(byPostcode(general, Outcome.ToTeam::new));
    }
    if (elsewhere && chosen.isPresent() && chosen.equals(own)) {
      return Optional.of(hold(Cause.CONTRADICTION, Code.SUPPORTER_CONTRADICTION.with()));
    }
    return Optional.of(supporterOf(own, chosen, elsewhere, general));
  }

  private Outcome supporterOf(
      Optional<Team> own,
      Optional<Team> chosen,
      boolean elsewhere,
      Optional<Mailbox.General> general) {
    Optional<TeamId> only = chosen.or(() -> elsewhere ? Optional.empty() : own).map(Team::id);
    Optional<TeamId> never = elsewhere ? own.map(Team::id) : Optional.empty();
    Optional<Worker> supporter =
        candidates.firstOf(
            directory
                .clientSupporters()
                .filter(w -> only.map(w.team()::equals).orElse(true))
                .filter(w -> !never.map(w.team()::equals).orElse(false))
                .filter(w -> !elsewhere || !facts.contactPerson().equals(Optional.of(w.id()))));
    if (supporter.isPresent()) {
      find(Code.SUPPORTER_CHOSEN.with(supporter.get().id(), supporter.get().team()));
      return new Outcome.ToWorker(supporter.get());
    }
    find(Code.SUPPORTER_NOBODY.with());
    marks.add(Mark.NO_CAPACITY);
    Optional<Team> fallback = chosen.or(() -> elsewhere ? Optional.empty() : own);
    return fallback.map(people::coordinator).orElseGet(() -> central(general, Cause.NO_SUPPORTER));
  }

  // Rule 2

  private Optional<Outcome> runningCase() {
    if (facts.contactPerson().isEmpty()) {
      find(Code.CASE_NONE.with());
      return Optional.empty();
    }
    WorkerId id = facts.contactPerson().get();
    Optional<Worker> contact = directory.worker(id);
    if (contact.isEmpty()) {
      return Optional.of(hold(Cause.UNKNOWN_CONTACT_PERSON, Code.CASE_CONTACT_UNKNOWN.with(id)));
    }
    find(Code.CASE_CONTACT_PERSON.with(id));
    return Optional.of(people.contactPerson(contact.get()));
  }

  // Rule 3

  private Optional<Outcome> chosenTeam() {
    if (facts.preferredTeam().isEmpty()) {
      find(Code.TEAM_NOT_CHOSEN.with());
      return Optional.empty();
    }
    Optional<Team> chosen = facts.preferredTeam().flatMap(directory::teamNamed);
    if (chosen.isEmpty()) {
      return Optional.of(hold(Cause.UNKNOWN_TEAM, Code.TEAM_CHOSEN_UNKNOWN.with()));
    }
    find(Code.TEAM_CHOSEN.with(chosen.get().id()));
    return Optional.of(new Outcome.ToTeam(chosen.get()));
  }

  // Rule 4

  private Optional<Outcome> youth() {
    Optional<Integer> age = age();
    if (age.isEmpty()) {
      find(Code.AGE_UNKNOWN.with());
      return Optional.empty();
    }
    if (age.get() < 0 || age.get() > OLDEST) {
      return Optional.of(hold(Cause.IMPOSSIBLE_BIRTH_DATE, Code.AGE_IMPOSSIBLE.with()));
    }
    if (age.get() >= 18) {
      find(Code.AGE_ADULT.with());
      return Optional.empty();
    }
    find(Code.AGE_MINOR.with());
    return Optional.of(
        directory
            .desk(Desk.Kind.YOUTH)
            .<Outcome>map(Outcome.ToDesk::new)
            .orElseGet(() -> hold(Cause.NO_YOUTH_DESK, Code.YOUTH_DESK_MISSING.with())));
  }

  /** Whole years today; somebody born on 29 February has a birthday on 1 March in other years. */
  private Optional<Integer> age() {
    return facts
        .birthDate()
        .map(Confidential::reveal)
        .map(born -> born.isAfter(today) ? -1 : Period.between(born, today).getYears());
  }

  // Rule 5

  private Optional<Outcome> seriousOrConsultation(
      Optional<Team> addressed, Optional<Mailbox.General> general) {
    boolean serious = facts.urgency() == Letter.Urgency.SERIOUS;
    if (!serious && facts.matter() != RoutingFacts.Matter.CONSULTATION) {
      find(Code.SERIOUS_NOT.with());
      return Optional.empty();
    }
    find(serious ? Code.SERIOUS.with() : Code.CONSULTATION.with());
    return Optional.of(
        addressed
            .map(people::coordinator)
            .orElseGet(() -> byPostcode(general, people::coordinator)));
  }

  // Rules 6 and 8

  private Optional<Outcome> expertise(Optional<Team> addressed, Optional<Mailbox.General> general) {
    if (addressed.isPresent() && facts.expertise().isEmpty()) {
      find(Code.EXPERTISE_NOT_NAMED.with());
      return Optional.empty();
    }
    if (facts.birthDate().isEmpty()) {
      find(Code.AGE_UNKNOWN_STOPS.with());
      return addressed.isPresent()
          ? Optional.empty()
          : Optional.of(central(general, Cause.NO_BIRTH_DATE));
    }
    Optional<Wanted> wanted = Wanted.in(facts, directory);
    if (wanted.isEmpty()) {
      return Optional.of(hold(Cause.UNKNOWN_EXPERTISE, Code.EXPERTISE_UNKNOWN.with()));
    }
    if (wanted.get().isNothing()) {
      find(Code.EXPERTISE_NONE.with());
      return Optional.empty();
    }
    return Optional.of(amongWorkers(wanted.get(), addressed, general));
  }

  private Outcome amongWorkers(
      Wanted wanted, Optional<Team> addressed, Optional<Mailbox.General> general) {
    find(Code.EXPERTISE_WANTED.with(wanted));
    Candidates.Choice choice = candidates.choose(wanted.takersIn(directory), home().map(Team::id));
    choice.findings().forEach(this::find);
    return choice
        .worker()
        .<Outcome>map(Outcome.ToWorker::new)
        .orElseGet(() -> noCapacity(addressed, general));
  }

  private Outcome noCapacity(Optional<Team> addressed, Optional<Mailbox.General> general) {
    find(Code.CAPACITY_NONE.with());
    marks.add(Mark.NO_CAPACITY);
    // The sender of a letter to a team's mailbox named that team; only then is there a second best.
    return home()
        .or(() -> addressed)
        .map(people::coordinator)
        .orElseGet(() -> byPostcode(general, people::coordinator));
  }

  // Rule 7

  private Optional<Outcome> teamMailbox(Optional<Team> addressed) {
    addressed.ifPresent(team -> find(Code.TEAM_MAILBOX.with(team.id())));
    return addressed.map(Outcome.ToTeam::new);
  }

  // Rules 9 and 10

  private Outcome byPostcode(Optional<Mailbox.General> general, Function<Team, Outcome> of) {
    if (facts.postcode().isEmpty()) {
      find(Code.POSTCODE_MISSING.with());
      return central(general, Cause.NO_POSTCODE);
    }
    Postcode postcode = facts.postcode().get().reveal();
    return switch (directory.postcodes().match(postcode)) {
      case SEVERAL -> hold(Cause.AMBIGUOUS_POSTCODE, Code.POSTCODE_AMBIGUOUS.with());
      case NONE -> {
        find(Code.POSTCODE_UNKNOWN.with());
        yield central(general, Cause.UNKNOWN_POSTCODE);
      }
      case ONE -> {
        Team home = directory.teamOf(postcode).orElseThrow();
        find(Code.HOME_TEAM.with(home.id()));
        yield of.apply(home);
      }
    };
  }

  private Outcome central(Optional<Mailbox.General> general, Cause otherwise) {
    Optional<Mailbox.General> central = general.filter(g -> g.delivery().isPresent());
    if (central.isEmpty()) {
      return hold(otherwise, Code.CENTRAL_NONE.with());
    }
    find(Code.CENTRAL_INTAKE.with());
    return new Outcome.ToCentral(central.get());
  }

  private Optional<Team> home() {
    return facts.postcode().map(Confidential::reveal).flatMap(directory::teamOf);
  }

  private Team teamWith(TeamId id) {
    return directory.team(id).orElseThrow();
  }

  private Outcome hold(Cause cause, Finding finding) {
    find(finding);
    return new Hold(cause);
  }

  private void find(Finding finding) {
    findings.add(finding);
  }
}
