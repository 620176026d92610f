package nl.wotpoort.store;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What waits for a time of the clock, when the clock is set back. Thread-safe, and safe for several
 * nodes on one database.
 */
public final class Waits {

  /** Clocks of nodes may differ by this; so much longer than it should may something wait. */
  public static final Duration SLACK = Duration.ofMinutes(1);

  private final Database database;

  Waits(Database database) {
    this.database = database;
  }

  /**
   * How long each thing may wait at the longest.
   *
   * @param rungs of a letter after its first attempt, its second, and so on; the last one repeats
   * @param letterLease of a letter under way
   * @param pause of a message between attempts
   * @param messageLease of a message somebody works on
   */
  public record Longest(
      List<Duration> rungs, Duration letterLease, Duration pause, Duration messageLease) {
    public Longest {
      rungs = List.copyOf(rungs);
    }
  }

  /**
   * What waits longer than it was ever told to, because the clock was set back since, may go now; a
   * lease ends where one that began now would, and whoever is alive prolongs his. Messages released
   * at a rate keep their times. How many were brought forward.
   *
   * <p>What if the process dies after this? Nothing else belongs to it: the next look does the
   * rest. A letter that is tried early is only tried early.
   */
  public int shorten(Instant now, Longest longest) {
    return database.write(
        "bringing forward what waits too long",
        tx -> letters(tx, now, longest) + messages(tx, now, longest));
  }

  private static int letters(Tx tx, Instant now, Longest longest) throws SQLException {
    int shortened = 0;
    int last = longest.rungs().size();
    for (OutgoingLetter.Priority priority : OutgoingLetter.Priority.values()) {
      for (int attempts = 1; attempts <= last; attempts++) {
        shortened +=
            tx.update(
                "UPDATE outgoing SET due_at = ? WHERE priority = ? AND due_at > ? AND state = ?"
                    + " AND attempts BETWEEN ? AND ?",
                now,
                priority.rank(),
                now.plus(longest.rungs().get(attempts - 1)).plus(SLACK),
                OutgoingState.QUEUED,
                attempts == 1 ? 0 : attempts,
                attempts == last ? Integer.MAX_VALUE : attempts);
      }
      Instant end = now.plus(longest.letterLease());
      shortened +=
          tx.update(
              "UPDATE outgoing SET due_at = ? WHERE priority = ? AND due_at > ? AND state = ?",
              end,
              priority.rank(),
              end.plus(SLACK),
              OutgoingState.SENDING);
    }
    return shortened;
  }

  private static int messages(Tx tx, Instant now, Longest longest) throws SQLException {
    Instant end = now.plus(longest.messageLease());
    return tx.update(
            "UPDATE message SET due_at = ? WHERE due_at > ? AND state = ?"
                + " AND (attempts > 0 OR due_at = received_at)",
            now,
            now.plus(longest.pause()).plus(SLACK),
            MessageState.RECEIVED)
        + tx.update(
            "UPDATE message SET due_at = ? WHERE due_at > ? AND state = ?",
            end,
            end.plus(SLACK),
            MessageState.WORKING);
  }
}
