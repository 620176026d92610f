package nl.wotpoort.store;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Confidential;

/**
 * Outgoing letters, from posting to the next hop's answer; docs/queue.md is its table of states.
 * Every method is one transaction. Thread-safe, and safe for several nodes on one database.
 */
public final class Outbox {

  private final Database database;
  private final StoreSettings settings;
  private final Strongbox box;
  private final Pseudonyms pseudonyms;
  private final Journal journal;
  private final Clerk clerk;

  Outbox(
      Database database,
      StoreSettings settings,
      Strongbox box,
      Pseudonyms pseudonyms,
      Journal journal,
      Clerk clerk) {
    this.database = database;
    this.settings = settings;
    this.box = box;
    this.pseudonyms = pseudonyms;
    this.journal = journal;
    this.clerk = clerk;
  }

  /**
   * Takes up to {@code max} letters that may go, receipts and notices first, then the longest
   * waiting, and counts an attempt for each before anybody sends it.
   */
  public List<OutgoingClaim> claim(Instant now, Duration lease, String node, int max) {
    return claim(now, lease, node, max, Set.of());
  }

  /** The same without letters to {@code busy}, who have as many under way as they may. */
  public List<OutgoingClaim> claim(
      Instant now, Duration lease, String node, int max, Set<Address> busy) {
    return claim(now, lease, node, max, busy, Long.MAX_VALUE);
  }

  /** The same of letters of at most {@code largest} bytes: larger ones are not even loaded. */
  public List<OutgoingClaim> claim(
      Instant now, Duration lease, String node, int max, Set<Address> busy, long largest) {
    List<String> without =
        busy.stream().map(address -> pseudonyms.address(address).value()).sorted().toList();
    return database.write(
        "claiming letters",
        tx -> {
          List<Due> due = new ArrayList<>();
          for (OutgoingLetter.Priority priority : OutgoingLetter.Priority.values()) {
            due.addAll(due(tx, priority, now, max - due.size(), without, largest));
          }
          List<OutgoingClaim> claims = new ArrayList<>();
          for (Due one : Due.within(settings.claimBytes(), due)) {
            claims.add(claim(tx, one, now.plus(lease), node));
          }
          return List.copyOf(claims);
        });
  }

  /** One priority at a time, so that the index gives them in order however many wait for later. */
  private List<Due> due(
      Tx tx,
      OutgoingLetter.Priority priority,
      Instant now,
      int max,
      List<String> without,
      long largest)
      throws SQLException {
    List<Object> arguments = new ArrayList<>(List.of(priority.rank(), now, largest));
    arguments.addAll(without);
    arguments.add(max);
    return tx.list(
        "SELECT id, attempts, size FROM outgoing WHERE priority = ? AND due_at <= ?"
            + " AND size <= ?"
            + notTo(without.size())
            + " ORDER BY due_at, id LIMIT ?"
            + database.dialect().skipLocked(),
        Due::read,
        arguments.toArray());
  }

  /** Those of nobody known are from before this was written down. */
  private static String notTo(int destinations) {
    return destinations == 0
        ? ""
        : " AND (destination_pseudonym IS NULL OR destination_pseudonym NOT IN ("
            + String.join(", ", Collections.nCopies(destinations, "?"))
            + "))";
  }

  private OutgoingClaim claim(Tx tx, Due one, Instant until, String node) throws SQLException {
    tx.update(
        "UPDATE outgoing SET state = ?, attempts = attempts + 1, fence = fence + 1, due_at = ?,"
            + " node = ? WHERE id = ?",
        OutgoingState.SENDING,
        until,
        node,
        one.id());
    Set<String> consents =
        new LinkedHashSet<>(
            tx.list(
                "SELECT consent_id FROM outgoing_consent WHERE outgoing_id = ?",
                row -> row.text("consent_id"),
                one.id()));
    return tx.first(
            "SELECT o.*, b.sealed FROM outgoing o JOIN outgoing_body b ON b.outgoing_id = o.id"
                + " WHERE o.id = ?",
            row -> claimed(row, consents),
            one.id())
        .orElseThrow(() -> new StoreException.Damaged("a letter without its bytes"));
  }

  private OutgoingClaim claimed(Row row, Set<String> consents) throws SQLException {
    return new OutgoingClaim(
        new OutgoingRef(row.number("id")),
        row.count("attempts"),
        OutgoingLetter.Kind.valueOf(row.text("kind")),
        row.text("mail_id"),
        row.maybeBox("sender_box").map(b -> Address.of(box.open("outgoing.sender", b))),
        Address.of(box.open("outgoing.recipient", row.box("recipient_box"))),
        row.bytes("sealed"),
        row.maybeText("case_number").map(CaseNumber::new),
        row.maybeNumber("message_id").map(MessageRef::new),
        row.maybeBox("recheck_box")
            .map(
                b ->
                    new OutgoingLetter.Recheck(
                        consents, Confidential.of(box.open("outgoing.recheck", b)))),
        row.instant("created_at"),
        row.number("fence"));
  }

  /**
   * The next hop has taken it: a fact, so it is written down even when the lease was lost or the
   * letter was given up meanwhile. Releases what waited for it. False when it was SENT already;
   * then nothing is written.
   */
  public boolean sent(OutgoingClaim claim, Instant at, Reply reply, List<JournalEntry> journalled) {
    return database.write(
        "writing down that a letter was sent",
        tx -> {
          int changed =
              tx.update(
                  "UPDATE outgoing SET state = ?, settled_at = ?, due_at = NULL, node = NULL,"
                      + " fence = fence + 1, reply_code = ?, reply_box = ? WHERE id = ?"
                      + " AND state NOT IN ('SENT', 'REPLACED')",
                  OutgoingState.SENT,
                  at,
                  reply.code(),
                  box.close("outgoing.reply", reply.text()),
                  claim.ref().number());
          if (changed == 0) {
            return false;
          }
          tx.update(
              "UPDATE outgoing SET state = ?, due_at = ? WHERE waits_for = ? AND state = ?",
              OutgoingState.QUEUED,
              at,
              claim.ref().number(),
              OutgoingState.WAITING);
          RequestBook.forwarded(tx, claim.ref().number(), at);
          journal.append(tx, journalled);
          Optional<Instant> answered = answered(tx, claim.ref());
          tx.tell(onlooker -> onlooker.sent(claim.kind(), at, answered));
          return true;
        });
  }

  /** When the message came in whose first receipt this is: not a copy, not news after a hold. */
  private static Optional<Instant> answered(Tx tx, OutgoingRef ref) throws SQLException {
    return tx.first(
        "SELECT m.received_at FROM outgoing o JOIN message m ON m.id = o.message_id"
            + " WHERE o.id = ? AND o.kind = 'RECEIPT' AND o.copy_no = 0 AND NOT EXISTS (SELECT 1"
            + " FROM outgoing e WHERE e.message_id = o.message_id AND e.kind = 'RECEIPT'"
            + " AND e.state <> 'REPLACED' AND e.id < o.id)",
        row -> row.instant("received_at"),
        ref.number());
  }

  /**
   * Keeps a claim ours until {@code until}, for a next hop that takes its time. False when it is
   * not ours any more.
   */
  public boolean extend(OutgoingClaim claim, Instant until) {
    return database.write(
            "extending a lease",
            tx ->
                tx.update(
                    "UPDATE outgoing SET due_at = ? WHERE id = ? AND state = ? AND fence = ?",
                    until,
                    claim.ref().number(),
                    OutgoingState.SENDING,
                    claim.fence()))
        == 1;
  }

  /** Not now; again from {@code nextAttempt} on. Throws {@link LeaseLost}. */
  public void deferred(OutgoingClaim claim, Instant nextAttempt, Reply reply) {
    database.write(
        "deferring a letter",
        tx -> {
          ours(claim, OutgoingState.QUEUED, tx, Optional.empty(), Optional.of(nextAttempt), reply);
          return claim;
        });
  }

  /**
   * Refused for good, or given up. {@code consequences} goes in the same transaction; what waited
   * for this letter is replaced by its letters, and IllegalArgumentException is thrown when there
   * are none: somebody would never hear. Throws {@link LeaseLost}.
   */
  public void failed(OutgoingClaim claim, Instant at, Reply reply, Consequences consequences) {
    end(claim, OutgoingState.FAILED, at, reply, consequences);
  }

  /** The policy forbids it now; {@code reason} is its code. Otherwise as {@link #failed}. */
  public void stopped(OutgoingClaim claim, Instant at, String reason, Consequences consequences) {
    end(claim, OutgoingState.STOPPED, at, new Reply(0, reason), consequences);
  }

  /**
   * The policy forbids it now, and the message it followed from is judged anew: that one is
   * RECEIVED again, with all its attempts, and what waited for the letter is replaced by whatever
   * is then decided. False, and nothing is written, when that message is not DONE or its bytes are
   * gone. Throws {@link LeaseLost}.
   */
  public boolean takenBack(
      OutgoingClaim claim, Instant at, String reason, Consequences consequences) {
    return database.write(
        "taking a letter back",
        tx -> {
          if (claim.message().isEmpty() || !MessageQueue.reopen(tx, claim.message().get(), at)) {
            return false;
          }
          Reply reply = new Reply(0, reason);
          ours(claim, OutgoingState.STOPPED, tx, Optional.of(at), Optional.empty(), reply);
          replaceWaiting(tx, claim.ref(), at);
          clerk.write(tx, consequences, claim.message(), at);
          return true;
        });
  }

  private void end(
      OutgoingClaim claim,
      OutgoingState state,
      Instant at,
      Reply reply,
      Consequences consequences) {
    database.write(
        "giving a letter up",
        tx -> {
          ours(claim, state, tx, Optional.of(at), Optional.empty(), reply);
          if (replaceWaiting(tx, claim.ref(), at) > 0 && consequences.letters().isEmpty()) {
            throw new IllegalArgumentException("letters wait for " + claim.ref());
          }
          clerk.write(tx, consequences, claim.message(), at);
          return claim;
        });
  }

  private void ours(
      OutgoingClaim claim,
      OutgoingState state,
      Tx tx,
      Optional<Instant> settled,
      Optional<Instant> due,
      Reply reply)
      throws SQLException {
    int changed =
        tx.update(
            "UPDATE outgoing SET state = ?, settled_at = ?, due_at = ?, node = NULL,"
                + " fence = fence + 1, reply_code = ?, reply_box = ?"
                + " WHERE id = ? AND state = ? AND fence = ?",
            state,
            settled,
            due,
            reply.code(),
            box.close("outgoing.reply", reply.text()),
            claim.ref().number(),
            OutgoingState.SENDING,
            claim.fence());
    if (changed == 0) {
      throw new LeaseLost(claim.ref());
    }
  }

  /**
   * Replaces what waits for {@code awaited} by other letters (a receipt "forwarded" by one
   * "delayed"), in one transaction. False, and nothing is written, when nothing waits for it any
   * more.
   */
  public boolean replaceWaiting(OutgoingRef awaited, Instant at, Consequences consequences) {
    if (consequences.letters().isEmpty()) {
      throw new IllegalArgumentException("nothing in place of what waits for " + awaited);
    }
    return database.write(
        "replacing a waiting letter",
        tx -> {
          if (replaceWaiting(tx, awaited, at) == 0) {
            return false;
          }
          clerk.write(tx, consequences, messageOf(tx, awaited), at);
          return true;
        });
  }

  private static int replaceWaiting(Tx tx, OutgoingRef awaited, Instant at) throws SQLException {
    return tx.update(
        "UPDATE outgoing SET state = ?, settled_at = ? WHERE waits_for = ? AND state = ?",
        OutgoingState.REPLACED,
        at,
        awaited.number(),
        OutgoingState.WAITING);
  }

  private static Optional<MessageRef> messageOf(Tx tx, OutgoingRef ref) throws SQLException {
    return tx.first(
            "SELECT message_id FROM outgoing WHERE id = ?",
            row -> row.maybeNumber("message_id").map(MessageRef::new),
            ref.number())
        .orElse(Optional.empty());
  }

  /** Posts letters that follow from no message: a notice to an administrator, a delayed one. */
  public void post(Consequences consequences, Instant at) {
    database.write(
        "posting letters",
        tx -> {
          clerk.write(tx, consequences, Optional.empty(), at);
          return at;
        });
  }

  /** What followed from a message, in the order it was posted. */
  public List<OutgoingFile> of(MessageRef message) {
    return database.read(
        "listing letters",
        tx ->
            tx.list(
                "SELECT * FROM outgoing WHERE message_id = ? ORDER BY id",
                this::file,
                message.number()));
  }

  /** What is not SENT, the oldest first, at most {@code max}. */
  public List<OutgoingFile> unsent(int max) {
    return database.read(
        "listing letters",
        tx ->
            tx.list(
                "SELECT * FROM outgoing WHERE state <> 'SENT' ORDER BY created_at, id LIMIT ?",
                this::file,
                max));
  }

  private OutgoingFile file(Row row) throws SQLException {
    Optional<Integer> code = row.maybeNumber("reply_code").map(Long::intValue);
    Optional<String> text = row.maybeBox("reply_box").map(b -> box.open("outgoing.reply", b));
    return new OutgoingFile(
        new OutgoingRef(row.number("id")),
        OutgoingLetter.Kind.valueOf(row.text("kind")),
        OutgoingState.valueOf(row.text("state")),
        row.text("mail_id"),
        Address.of(box.open("outgoing.recipient", row.box("recipient_box"))),
        row.maybeText("case_number").map(CaseNumber::new),
        row.maybeNumber("waits_for").map(OutgoingRef::new),
        row.count("attempts"),
        row.instant("created_at"),
        row.maybeInstant("due_at"),
        row.maybeInstant("settled_at"),
        code.isPresent() ? Optional.of(new Reply(code.get(), text.orElse(""))) : Optional.empty());
  }
}
