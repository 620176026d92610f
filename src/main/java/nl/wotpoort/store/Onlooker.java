package nl.wotpoort.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Hears what this process has written, after the commit, for figures and the technical log. A crash
 * between the commit and the call is a line that nobody counted; the journal has it. Called by the
 * thread that wrote, after its locks are given back. Must be quick, thread-safe, and must not
 * throw: what it would tell of has happened already.
 */
public interface Onlooker {

  /** A line of the journal, as it was written. */
  void journalled(JournalEntry entry);

  /** A message waits for a person from now on. */
  void held(HoldCause cause);

  /**
   * The next hop took a letter.
   *
   * @param answered set for the first receipt of a message: when that message was received
   */
  void sent(OutgoingLetter.Kind kind, Instant at, Optional<Instant> answered);

  /** How long something took, never less than nothing: clocks are set back. */
  static Duration between(Instant start, Instant end) {
    return end.isAfter(start) ? Duration.between(start, end) : Duration.ZERO;
  }
}
