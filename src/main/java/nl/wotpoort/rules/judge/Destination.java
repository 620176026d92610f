package nl.wotpoort.rules.judge;

import java.util.Optional;
import nl.wotpoort.directory.Sealing;
import nl.wotpoort.directory.TeamId;
import nl.wotpoort.directory.WorkerId;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Party;

/**
 * Who gets the letter: the address it is brought to and how it is sealed.
 *
 * @param role what the sender may be told about the place, a code with a sentence in bundle {@code
 *     judge}
 * @param shownAs the team's name or the desk's address, for people; never a client
 */
public record Destination(
    Address address,
    Sealing sealing,
    Party party,
    Role role,
    String shownAs,
    Optional<TeamId> team,
    Optional<WorkerId> worker) {

  /** What kind of place it is. */
  public enum Role {
    TEAM,
    WORKER,
    COORDINATOR,
    DESK,
    CENTRAL,
    PARTNER,
    /** A practice or GP whom a worker writes to. */
    ADDRESSEE
  }
}
