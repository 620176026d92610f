package nl.wotpoort.store;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Address;

/**
 * Received messages, from arrival to decision; docs/queue.md is its table of states. Every method
 * is one transaction. Thread-safe, and safe for several nodes on one database.
 */
public final class MessageQueue {

  private final Database database;
  private final StoreSettings settings;
  private final Strongbox box;
  private final Duplicates duplicates;
  private final Journal journal;
  private final Clerk clerk;

  MessageQueue(
      Database database,
      StoreSettings settings,
      Strongbox box,
      Duplicates duplicates,
      Journal journal,
      Clerk clerk) {
    this.database = database;
    this.settings = settings;
    this.box = box;
    this.duplicates = duplicates;
    this.journal = journal;
    this.clerk = clerk;
  }

  /**
   * When this returns the mail is on the disk; only then may it be moved, flagged or answered 250.
   * The same origin again changes nothing and is answered as known.
   */
  public Acceptance received(Arrival arrival) {
    return received(List.of(arrival)).get(0);
  }

  /** The same for several in one commit, all or none; answers in their order. */
  public List<Acceptance> received(List<Arrival> arrivals) {
    return database.write(
        "receiving mail",
        tx -> {
          List<Acceptance> acceptances = new ArrayList<>();
          List<JournalEntry> lines = new ArrayList<>();
          for (Arrival arrival : arrivals) {
            Acceptance acceptance = accept(tx, arrival);
            acceptances.add(acceptance);
            if (!acceptance.known()) {
              lines.add(
                  event(acceptance.ref(), "RECEIVED", arrival.at())
                      .comingFrom(arrival.origin().source()));
            }
          }
          journal.append(tx, lines);
          return List.copyOf(acceptances);
        });
  }

  private Acceptance accept(Tx tx, Arrival arrival) throws SQLException {
    Optional<Long> added =
        tx.first(
            "INSERT INTO message (source, origin_key, mailbox_box, envelope_box, state, attempts,"
                + " fence, due_at, received_at, size, sha256) VALUES (?,?,?,?,?,0,0,?,?,?,?)"
                + " ON CONFLICT DO NOTHING RETURNING id",
            row -> row.number("id"),
            arrival.origin().source(),
            arrival.origin().key(),
            box.close("message.mailbox", arrival.mailbox().toString()),
            arrival.envelopeRecipient().map(to -> box.close("message.envelope", to.toString())),
            MessageState.RECEIVED,
            arrival.at(),
            arrival.at(),
            (long) arrival.sealed().length(),
            Clerk.sha256(arrival.sealed()));
    if (added.isEmpty()) {
      return new Acceptance(known(tx, arrival.origin()), true);
    }
    tx.update(
        "INSERT INTO message_body (message_id, sealed) VALUES (?, ?)",
        added.get(),
        arrival.sealed());
    return new Acceptance(new MessageRef(added.get()), false);
  }

  private static MessageRef known(Tx tx, Origin origin) throws SQLException {
    return tx.first(
            "SELECT id FROM message WHERE source = ? AND origin_key = ?",
            row -> new MessageRef(row.number("id")),
            origin.source(),
            origin.key())
        .orElseThrow(() -> new StoreException.Damaged("a message is there and is not"));
  }

  /**
   * Takes up to {@code max} messages, the longest waiting first, and counts an attempt for each
   * before anybody works on it. Those whose attempts are used up are held instead. Fewer come back
   * when they are large ({@link StoreSettings#claimBytes}).
   */
  public List<Claimed> claim(Instant now, Duration lease, String node, int max) {
    return claim(now, lease, node, max, Long.MAX_VALUE);
  }

  /**
   * The same of messages of at most {@code largest} sealed bytes: larger ones are not even loaded.
   */
  public List<Claimed> claim(Instant now, Duration lease, String node, int max, long largest) {
    return database.write(
        "claiming messages",
        tx -> {
          List<Due> due = due(tx, now, max, largest);
          // Each round holds at least one, so there is an end to it.
          while (holdPoison(tx, due, now)) {
            due = due(tx, now, max, largest);
          }
          List<Claimed> claimed = new ArrayList<>();
          for (Due one : Due.within(settings.claimBytes(), due)) {
            claimed.add(claim(tx, one, now.plus(lease), node));
          }
          return List.copyOf(claimed);
        });
  }

  private List<Due> due(Tx tx, Instant now, int max, long largest) throws SQLException {
    return tx.list(
        "SELECT id, attempts, size FROM message WHERE due_at <= ? AND size <= ?"
            + " ORDER BY due_at, id LIMIT ?"
            + database.dialect().skipLocked(),
        Due::read,
        now,
        largest,
        max);
  }

  private boolean holdPoison(Tx tx, List<Due> due, Instant now) throws SQLException {
    boolean any = false;
    for (Due one : due) {
      if (one.attempts() >= settings.maxAttempts()) {
        settle(tx, one.id(), now, Optional.of(new Posting.Hold(HoldCause.POISON, "ATTEMPTS")));
        journal.append(tx, List.of(held(new MessageRef(one.id()), HoldCause.POISON, now)));
        any = true;
      }
    }
    return any;
  }

  private Claimed claim(Tx tx, Due one, Instant until, String node) throws SQLException {
    tx.update(
        "UPDATE message SET state = ?, attempts = attempts + 1, fence = fence + 1, due_at = ?,"
            + " node = ? WHERE id = ?",
        MessageState.WORKING,
        until,
        node,
        one.id());
    return tx.first(
            "SELECT m.*, b.sealed FROM message m JOIN message_body b ON b.message_id = m.id"
                + " WHERE m.id = ?",
            this::claimed,
            one.id())
        .orElseThrow(() -> new StoreException.Damaged("a message without its bytes"));
  }

  private Claimed claimed(Row row) throws SQLException {
    return new Claimed(
        new MessageRef(row.number("id")),
        row.count("attempts"),
        row.bytes("sealed"),
        Address.of(box.open("message.mailbox", row.box("mailbox_box"))),
        row.maybeBox("envelope_box").map(b -> Address.of(box.open("message.envelope", b))),
        row.instant("received_at"),
        row.text("source"),
        row.number("fence"));
  }

  /**
   * Writes a decision and all that follows from it, or nothing. Throws {@link LeaseLost} when the
   * claim is no longer ours, {@link AlreadyDecided} when another copy was decided meanwhile, {@link
   * CaseNumberTaken} and {@link ConsentIdTaken} when a number must be drawn again. Throws
   * IllegalStateException when an outgoing Message-ID was used before, and IllegalArgumentException
   * when a letter waits for one that does not exist or will not be sent: bugs of the caller.
   */
  public void post(Claimed claimed, Posting posting, Instant now) {
    database.write(
        "posting a decision",
        tx -> {
          settleOurs(tx, claimed, now, posting.hold());
          if (posting.fingerprint().isPresent()) {
            duplicates.remember(
                tx, claimed.ref(), posting.fingerprint().get(), posting.consequences());
          }
          clerk.write(tx, posting.consequences(), Optional.of(claimed.ref()), now);
          return claimed.ref();
        });
  }

  /**
   * Keeps claims ours until {@code until}, for work that takes longer, or that waits behind other
   * work of the same claim. Those that are still ours come back; whoever lost one drops it.
   */
  public List<Claimed> extend(Collection<Claimed> claims, Instant until) {
    return database.write(
        "extending leases",
        tx -> {
          List<Claimed> ours = new ArrayList<>();
          for (Claimed claimed : claims) {
            if (tx.update(
                    "UPDATE message SET due_at = ? WHERE id = ? AND state = ? AND fence = ?",
                    until,
                    claimed.ref().number(),
                    MessageState.WORKING,
                    claimed.fence())
                == 1) {
              ours.add(claimed);
            }
          }
          return List.copyOf(ours);
        });
  }

  /**
   * Back to the queue, and this attempt does not count: for a graceful stop, or surroundings that
   * are away. Throws {@link LeaseLost}.
   */
  public void giveBack(Claimed claimed, Instant notBefore) {
    back(claimed, notBefore, claimed.attempt() - 1);
  }

  /**
   * Back to the queue, and this attempt counts: for a fault the message may have caused. Throws
   * {@link LeaseLost}.
   */
  public void tryAgain(Claimed claimed, Instant notBefore) {
    back(claimed, notBefore, claimed.attempt());
  }

  private void back(Claimed claimed, Instant notBefore, int attempts) {
    database.write(
        "giving a message back",
        tx -> {
          int changed =
              tx.update(
                  "UPDATE message SET state = ?, attempts = ?, due_at = ?, node = NULL"
                      + " WHERE id = ? AND state = ? AND fence = ?",
                  MessageState.RECEIVED,
                  attempts,
                  notBefore,
                  claimed.ref().number(),
                  MessageState.WORKING,
                  claimed.fence());
          return ours(claimed, changed);
        });
  }

  /**
   * Held without any answer; one journal line is written besides {@code journalled}. Throws {@link
   * LeaseLost}.
   */
  public void hold(
      Claimed claimed, HoldCause cause, String detail, List<JournalEntry> journalled, Instant now) {
    database.write(
        "holding a message",
        tx -> {
          settleOurs(tx, claimed, now, Optional.of(new Posting.Hold(cause, detail)));
          journal.append(tx, journalled);
          return journal.append(tx, List.of(held(claimed.ref(), cause, now)));
        });
  }

  /** How often work on one message may begin before it is held as poison. */
  public int maxAttempts() {
    return settings.maxAttempts();
  }

  /** Where a message stands; empty when there is none of this number. */
  public Optional<MessageState> state(MessageRef ref) {
    return database.read(
        "reading a message",
        tx ->
            tx.first(
                "SELECT state FROM message WHERE id = ?",
                row -> MessageState.valueOf(row.text("state")),
                ref.number()));
  }

  private void settleOurs(Tx tx, Claimed claimed, Instant now, Optional<Posting.Hold> hold)
      throws SQLException {
    int changed =
        tx.update(
            "UPDATE message SET fence = fence + 1 WHERE id = ? AND state = ? AND fence = ?",
            claimed.ref().number(),
            MessageState.WORKING,
            claimed.fence());
    ours(claimed, changed);
    settle(tx, claimed.ref().number(), now, hold);
  }

  private static MessageRef ours(Claimed claimed, int changed) {
    if (changed == 0) {
      throw new LeaseLost(claimed.ref());
    }
    return claimed.ref();
  }

  static void settle(Tx tx, long id, Instant now, Optional<Posting.Hold> hold) throws SQLException {
    tx.update(
        "UPDATE message SET state = ?, settled_at = ?, hold_cause = ?, hold_detail = ?,"
            + " due_at = NULL, node = NULL WHERE id = ?",
        hold.isPresent() ? MessageState.HELD : MessageState.DONE,
        now,
        hold.map(Posting.Hold::cause),
        hold.map(Posting.Hold::detail),
        id);
    hold.ifPresent(held -> tx.tell(onlooker -> onlooker.held(held.cause())));
  }

  /** To be worked on again; false when it is not DONE, or nothing is left of it to work on. */
  static boolean reopen(Tx tx, MessageRef ref, Instant now) throws SQLException {
    return tx.update(
            "UPDATE message SET state = ?, attempts = 0, due_at = ?, settled_at = NULL"
                + " WHERE id = ? AND state = ?"
                + " AND EXISTS (SELECT 1 FROM message_body b WHERE b.message_id = message.id)",
            MessageState.RECEIVED,
            now,
            ref.number(),
            MessageState.DONE)
        == 1;
  }

  private static JournalEntry held(MessageRef ref, HoldCause cause, Instant now) {
    return event(ref, "HELD", now)
        .ending(JournalEntry.Outcome.REFUSED)
        .restingOn(Set.of(), List.of(cause.name()));
  }

  private static JournalEntry event(MessageRef ref, String event, Instant at) {
    return JournalEntry.of(at, event, JournalEntry.Action.CREATE, Actor.gateway(), ref);
  }
}
