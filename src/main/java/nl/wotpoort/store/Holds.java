package nl.wotpoort.store;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.CaseNumber;

/** Messages that wait for a person, and what a person can do with them. Thread-safe. */
public final class Holds {

  /** The first condition repeats the index's own, or SQLite does not use it. */
  private static final String HELD =
      "SELECT * FROM message WHERE state <> 'DONE' AND state = 'HELD'";

  /** How many in one transaction. */
  private static final int AT_ONCE = 200;

  private final Database database;
  private final Strongbox box;
  private final Journal journal;
  private final Clerk clerk;

  Holds(Database database, Strongbox box, Journal journal, Clerk clerk) {
    this.database = database;
    this.box = box;
    this.journal = journal;
    this.clerk = clerk;
  }

  /** The longest waiting first, at most {@code max}. */
  public List<HeldMessage> list(int max) {
    return database.read(
        "listing held messages",
        tx -> tx.list(HELD + " ORDER BY received_at, id LIMIT ?", this::held, max));
  }

  /** Those of one cause and detail, the longest waiting first, at most {@code max}. */
  public List<HeldMessage> waitingFor(HoldCause cause, String detail, int max) {
    return database.read(
        "listing held messages",
        tx ->
            tx.list(
                HELD + " AND hold_cause = ? AND hold_detail = ? ORDER BY received_at, id LIMIT ?",
                this::held,
                cause,
                detail,
                max));
  }

  /** Those whose sender was told of them in this case. */
  public List<HeldMessage> inCase(CaseNumber number) {
    return database.read(
        "listing the held messages of a case",
        tx ->
            tx.list(
                HELD
                    + " AND id IN (SELECT message_id FROM outgoing WHERE case_number = ?)"
                    + " ORDER BY received_at, id",
                this::held,
                number.value()));
  }

  /** Empty when there is no such message, or it is not held. */
  public Optional<HeldMessage> show(MessageRef ref) {
    return database.read(
        "reading a held message", tx -> tx.first(HELD + " AND id = ?", this::held, ref.number()));
  }

  /** The bytes as they came, of any message; empty when there is none or they were purged. */
  public Optional<Bytes> sealed(MessageRef ref) {
    return database.read(
        "reading a message",
        tx ->
            tx.first(
                "SELECT sealed FROM message_body WHERE message_id = ?",
                row -> row.bytes("sealed"),
                ref.number()));
  }

  /**
   * A message as it came.
   *
   * @param mailbox the address of ours it came to
   * @param envelopeRecipient the address it was sent to, when that is known
   */
  public record Original(
      Bytes sealed, Address mailbox, Optional<Address> envelopeRecipient, Instant receivedAt) {}

  /** Any message as it came; empty when there is none or its bytes were purged. */
  public Optional<Original> original(MessageRef ref) {
    return database.read(
        "reading a message",
        tx ->
            tx.first(
                "SELECT m.mailbox_box, m.envelope_box, m.received_at, b.sealed FROM message m"
                    + " JOIN message_body b ON b.message_id = m.id WHERE m.id = ?",
                row ->
                    new Original(
                        row.bytes("sealed"),
                        mailbox(row),
                        written(row),
                        row.instant("received_at")),
                ref.number()));
  }

  /** To be worked on again, with all its attempts. False when it is not held. */
  public boolean release(MessageRef ref, Actor who, Instant now) {
    return database.write("releasing a message", tx -> release(tx, ref.number(), now, who, now));
  }

  /**
   * The same for all, or all of one cause, the longest waiting first, at most {@code max}; each may
   * start {@code apart} after the one before it, so that a backlog comes back at a rate, also when
   * the gateway is started anew meanwhile. How many were released.
   *
   * <p>What if the process dies in the middle? Those that were released are; the rest is still
   * held.
   */
  public int release(Optional<HoldCause> cause, int max, Duration apart, Actor who, Instant now) {
    int released = 0;
    while (released < max) {
      int some =
          releaseSome(
              cause,
              Math.min(AT_ONCE, max - released),
              now.plus(apart.multipliedBy(released)),
              apart,
              who,
              now);
      if (some == 0) {
        return released;
      }
      released += some;
    }
    return released;
  }

  private int releaseSome(
      Optional<HoldCause> cause, int max, Instant first, Duration apart, Actor who, Instant now) {
    return database.write(
        "releasing messages",
        tx -> {
          List<Long> ids =
              tx.list(
                  HELD
                      + " AND hold_cause = COALESCE(?, hold_cause) ORDER BY received_at, id LIMIT ?",
                  row -> row.number("id"),
                  cause,
                  max);
          Instant due = first;
          for (long id : ids) {
            release(tx, id, due, who, now);
            due = due.plus(apart);
          }
          return ids.size();
        });
  }

  /** Nothing happens when it is not held any more. */
  static void does(Tx tx, Consequences.HeldDeed deed, Journal journal, Instant now)
      throws SQLException {
    long id = deed.message().number();
    switch (deed.kind()) {
      case RELEASE -> release(tx, id, now, deed.who(), journal, now);
      case SUPERSEDE -> {
        if (takeHeld(tx, id)) {
          MessageQueue.settle(tx, id, now, Optional.empty());
          journal.append(tx, List.of(event("SUPERSEDED", deed.message(), deed.who(), now)));
        }
      }
    }
  }

  private static boolean takeHeld(Tx tx, long id) throws SQLException {
    return tx.update(
            "UPDATE message SET fence = fence + 1 WHERE id = ? AND state = ?",
            id,
            MessageState.HELD)
        == 1;
  }

  private boolean release(Tx tx, long id, Instant due, Actor who, Instant now) throws SQLException {
    return release(tx, id, due, who, journal, now);
  }

  private static boolean release(
      Tx tx, long id, Instant due, Actor who, Journal journal, Instant now) throws SQLException {
    int changed =
        tx.update(
            "UPDATE message SET state = ?, attempts = 0, due_at = ?, settled_at = NULL,"
                + " hold_cause = NULL, hold_detail = NULL WHERE id = ? AND state = ?",
            MessageState.RECEIVED,
            due,
            id,
            MessageState.HELD);
    if (changed == 1) {
      journal.append(tx, List.of(event("RELEASED", new MessageRef(id), who, now)));
    }
    return changed == 1;
  }

  /**
   * Done with it, with the answer in {@code consequences}; {@code reason} is a code. False, and
   * nothing is written, when it is not held.
   */
  public boolean reject(
      MessageRef ref, String reason, Consequences consequences, Actor who, Instant now) {
    return database.write(
        "rejecting a message",
        tx -> {
          if (!takeHeld(tx, ref.number())) {
            return false;
          }
          MessageQueue.settle(tx, ref.number(), now, Optional.empty());
          clerk.write(tx, consequences, Optional.of(ref), now);
          RequestBook.refused(tx, ref, now);
          journal.append(
              tx, List.of(event("REJECTED", ref, who, now).restingOn(Set.of(), List.of(reason))));
          return true;
        });
  }

  private static JournalEntry event(String event, MessageRef ref, Actor who, Instant now) {
    return JournalEntry.of(now, event, JournalEntry.Action.UPDATE, who, ref);
  }

  private HeldMessage held(Row row) throws SQLException {
    return new HeldMessage(
        new MessageRef(row.number("id")),
        HoldCause.valueOf(row.text("hold_cause")),
        row.text("hold_detail"),
        row.instant("received_at"),
        row.instant("settled_at"),
        row.count("attempts"),
        row.text("source"),
        mailbox(row),
        written(row),
        row.number("size"));
  }

  private Address mailbox(Row row) throws SQLException {
    return Address.of(box.open("message.mailbox", row.box("mailbox_box")));
  }

  private Optional<Address> written(Row row) throws SQLException {
    return row.maybeBox("envelope_box").map(b -> Address.of(box.open("message.envelope", b)));
  }
}
