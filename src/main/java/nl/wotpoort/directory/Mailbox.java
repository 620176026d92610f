package nl.wotpoort.directory;

import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Party;

/**
 * An address the gateway serves, and what it is. Closed: ask with {@link #fold}, so that a new kind
 * breaks every caller at compile time.
 */
public sealed interface Mailbox {

  /** One answer for each kind. */
  interface Cases<R> {
    R team(TeamMailbox mailbox);

    R general(General mailbox);

    R worker(WorkerMailbox mailbox);

    R desk(Desk mailbox);

    R closed(Closed mailbox);
  }

  <R> R fold(Cases<R> cases);

  Address address();

  /** Other addresses that mean the same mailbox. */
  Set<Address> aliases();

  /** Where its mail is brought, as far as the mailbox itself says so. */
  default Optional<Delivery> delivery() {
    return Optional.empty();
  }

  /** The mailbox of one team. */
  record TeamMailbox(Address address, Set<Address> aliases, TeamId team) implements Mailbox {
    public TeamMailbox {
      aliases = Set.copyOf(aliases);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.team(this);
    }
  }

  /** A mailbox of all teams together. {@code delivery} is the central intake, when there is one. */
  record General(Address address, Set<Address> aliases, Optional<Delivery> delivery)
      implements Mailbox {

    /** Inside {@code wot:*} and inside no single team. */
    public static final Party PARTY = new Party("wot:central");

    public General {
      aliases = Set.copyOf(aliases);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.general(this);
    }
  }

  /** A worker's own mailbox; made from the directory, never written twice. */
  record WorkerMailbox(Address address, Set<Address> aliases, WorkerId worker) implements Mailbox {
    public WorkerMailbox {
      aliases = Set.copyOf(aliases);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.worker(this);
    }
  }

  /**
   * A desk for one kind of matter. {@code delivery} is empty for the desks the gateway itself
   * minds.
   */
  record Desk(
      Address address, Set<Address> aliases, Kind kind, Party party, Optional<Delivery> delivery)
      implements Mailbox {

    /** The kinds of desk, and whether people or the gateway itself answer there. */
    public enum Kind {
      /** Compulsory mental health care (agreement O1). */
      WVGGZ("gem:wvggz", true),
      /** Agreement O2. */
      COMPLAINTS("gem:klachten", true),
      /** Where consents are reported. */
      CONSENT("wot:central", false),
      /** Welfare partners come to the makelaars. */
      MAKELAAR("wot:makelaar", true),
      /** Youth help, since 2024 by Mevis, which is no WOT. */
      YOUTH("mevis", true),
      /** Sends the smoelenboek back. */
      SMOELENBOEK("wot:poort", false),
      /** Tells a sender which check of his mail passed. */
      PING("wot:poort", false),
      /** Here a worker writes to a practice; the letter says to whom. */
      POST("wot:poort", false);

      private final String usualParty;
      private final boolean mindedByPeople;

      Kind(String usualParty, boolean mindedByPeople) {
        this.usualParty = usualParty;
        this.mindedByPeople = mindedByPeople;
      }

      /** The party it is unless the mailbox says otherwise. */
      public Party usualParty() {
        return new Party(usualParty);
      }

      /** Whether it is no desk without a delivery address. */
      public boolean isMindedByPeople() {
        return mindedByPeople;
      }
    }

    public Desk {
      aliases = Set.copyOf(aliases);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.desk(this);
    }
  }

  /** A mailbox that takes nothing any more; the sender gets {@code text}. */
  record Closed(Address address, Set<Address> aliases, String text) implements Mailbox {
    public Closed {
      aliases = Set.copyOf(aliases);
    }

    @Override
    public <R> R fold(Cases<R> cases) {
      return cases.closed(this);
    }
  }
}
