package nl.wotpoort.directory;

import java.util.Optional;
import nl.wotpoort.letter.Party;

/**
 * A neighbourhood team (WOT). {@code delivery} is the team's own mailbox; {@code deputy} stands in
 * for an absent coordinator.
 */
public record Team(
    TeamId id, String name, WorkerId coordinator, Optional<WorkerId> deputy, Delivery delivery) {

  /** Such as {@code wot:zuid}. */
  public Party party() {
    return new Party("wot:" + id);
  }
}
