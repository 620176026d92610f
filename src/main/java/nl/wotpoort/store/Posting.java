package nl.wotpoort.store;

import java.util.Optional;

/**
 * A decision about one message with everything that follows from it; {@link MessageQueue#post}
 * writes it in one transaction. Immutable.
 *
 * @param hold empty: DONE; otherwise HELD for this reason
 * @param fingerprint only a decided message leaves one
 */
public record Posting(
    Optional<Hold> hold, Optional<Fingerprint> fingerprint, Consequences consequences) {

  /** Why a message is held. {@code detail} is a code, never a text about a person. */
  public record Hold(HoldCause cause, String detail) {}

  public Posting {
    if (hold.isPresent() && fingerprint.isPresent()) {
      throw new IllegalArgumentException("a held message leaves no fingerprint");
    }
  }

  public static Posting done(Fingerprint fingerprint, Consequences consequences) {
    return new Posting(Optional.empty(), Optional.of(fingerprint), consequences);
  }

  /**
   * Decided without a fingerprint: a duplicate, or mail that is dropped after the journal has it.
   */
  public static Posting done(Consequences consequences) {
    return new Posting(Optional.empty(), Optional.empty(), consequences);
  }

  public static Posting held(HoldCause cause, String detail, Consequences consequences) {
    return new Posting(Optional.of(new Hold(cause, detail)), Optional.empty(), consequences);
  }
}
