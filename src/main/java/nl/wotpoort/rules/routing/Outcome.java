package nl.wotpoort.rules.routing;

import java.util.Optional;
import nl.wotpoort.directory.Delivery;
import nl.wotpoort.directory.Mailbox;
import nl.wotpoort.directory.Team;
import nl.wotpoort.directory.TeamId;
import nl.wotpoort.directory.Worker;
import nl.wotpoort.letter.Party;

/**
 * Where a letter goes: exactly one place, or a hold. Closed: ask with {@link #fold}. Whoever is
 * named here can be reached.
 */
public sealed interface Outcome {

  /** One answer for each outcome. */
  interface Cases<R> {
    R toWorker(ToWorker outcome);

    R toCoordinator(ToCoordinator outcome);

    R toTeam(ToTeam outcome);

    R toDesk(ToDesk outcome);

    R toCentral(ToCentral outcome);

    R closed(Closed outcome);

    R hold(Hold outcome);
  }

  <R> R fold(Cases<R> cases);

  /** Who gets it; empty when nobody does. The final recipient, for whom consent is judged. */
  Optional<Recipient> recipient();

  /**
   * Who gets it.
   *
   * @param delivery empty at a desk the gateway itself minds
   */
  record Recipient(Party party, Optional<TeamId> team, Optional<Delivery> delivery) {}

  /** A worker, or a client supporter. */
  record ToWorker(Worker worker) implements Outcome {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.toWorker(this);
    }

    @Override
    public Optional<Recipient> recipient() {
      return Optional.of(
          new Recipient(worker.party(), Optional.of(worker.team()), worker.delivery()));
    }
  }

  /** The coordinator of {@code team}, or the deputy while the coordinator is away. */
  record ToCoordinator(Team team, Worker coordinator) implements Outcome {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.toCoordinator(this);
    }

    @Override
    public Optional<Recipient> recipient() {
      return Optional.of(
          new Recipient(coordinator.party(), Optional.of(team.id()), coordinator.delivery()));
    }
  }

  record ToTeam(Team team) implements Outcome {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.toTeam(this);
    }

    @Override
    public Optional<Recipient> recipient() {
      return Optional.of(
          new Recipient(team.party(), Optional.of(team.id()), Optional.of(team.delivery())));
    }
  }

  record ToDesk(Mailbox.Desk desk) implements Outcome {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.toDesk(this);
    }

    @Override
    public Optional<Recipient> recipient() {
      return Optional.of(new Recipient(desk.party(), Optional.empty(), desk.delivery()));
    }
  }

  /** The central intake behind a general mailbox. */
  record ToCentral(Mailbox.General mailbox) implements Outcome {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.toCentral(this);
    }

    @Override
    public Optional<Recipient> recipient() {
      return Optional.of(
          new Recipient(Mailbox.General.PARTY, Optional.empty(), mailbox.delivery()));
    }
  }

  /** The mailbox is closed; the sender gets its text. */
  record Closed(Mailbox.Closed mailbox) implements Outcome {
    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.closed(this);
    }

    @Override
    public Optional<Recipient> recipient() {
      return Optional.empty();
    }
  }

  /** A person must look. */
  record Hold(Cause cause) implements Outcome {

    /** Why. Each has a sentence {@code HOLD_…} in the bundle. */
    public enum Cause {
      UNKNOWN_MAILBOX,
      UNKNOWN_TEAM,
      UNKNOWN_EXPERTISE,
      UNKNOWN_CONTACT_PERSON,
      IMPOSSIBLE_BIRTH_DATE,
      NO_BIRTH_DATE,
      NO_POSTCODE,
      UNKNOWN_POSTCODE,
      AMBIGUOUS_POSTCODE,
      CONTRADICTION,
      NO_YOUTH_DESK,
      NO_SUPPORTER,
      DELIVERY_AWAITED
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.hold(this);
    }

    @Override
    public Optional<Recipient> recipient() {
      return Optional.empty();
    }
  }
}
