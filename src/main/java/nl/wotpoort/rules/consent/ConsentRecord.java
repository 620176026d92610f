package nl.wotpoort.rules.consent;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;

/**
 * One consent or objection, as the policy judges it. {@code client} is whatever identifies the
 * client to the caller (in the register a keyed pseudonym); {@code by} names the givers: {@code
 * client}, a guardian or a representative as named there.
 */
public record ConsentRecord(
    String id,
    Type type,
    String client,
    Set<String> by,
    Set<Party> holders,
    Set<Party> recipients,
    Set<Purpose> purposes,
    Set<Category> categories,
    Instant recorded,
    Optional<Moment> from,
    Optional<Moment> until,
    Optional<Instant> withdrawn,
    State state,
    Optional<String> replaces,
    Evidence evidence,
    Optional<Boolean> givenCapable) {

  public enum Type {
    CONSENT,
    OBJECTION
  }

  /** Only ACTIVE counts. The others are FHIR R4 consent states. */
  public enum State {
    ACTIVE,
    DRAFT,
    PROPOSED,
    REJECTED,
    INACTIVE,
    ENTERED_IN_ERROR
  }

  /**
   * RECORDED is a record in the register or dossier; an assertion is only somebody's word in a
   * message.
   */
  public enum Evidence {
    RECORDED,
    ASSERTED_BY_SENDER,
    ASSERTED_BY_REQUESTER
  }

  public ConsentRecord {
    by = Set.copyOf(by);
    holders = Set.copyOf(holders);
    recipients = Set.copyOf(recipients);
    purposes = Set.copyOf(purposes);
    categories = Set.copyOf(categories);
  }
}
