package nl.wotpoort.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.CaseNumber;

/** Writes the consequences of a decision, inside the transaction of that decision. */
final class Clerk {

  private final Strongbox box;
  private final Pseudonyms pseudonyms;
  private final CaseBook cases;
  private final ConsentRegister consents;
  private final RequestBook requests;
  private final Journal journal;
  private final ReferralBook referrals;

  Clerk(
      Strongbox box,
      Pseudonyms pseudonyms,
      CaseBook cases,
      ConsentRegister consents,
      RequestBook requests,
      Journal journal,
      ReferralBook referrals) {
    this.box = box;
    this.pseudonyms = pseudonyms;
    this.cases = cases;
    this.consents = consents;
    this.requests = requests;
    this.journal = journal;
    this.referrals = referrals;
  }

  void write(Tx tx, Consequences consequences, Optional<MessageRef> message, Instant at)
      throws SQLException {
    for (NewCase opened : consequences.opened()) {
      cases.open(tx, opened);
    }
    for (CaseUpdate update : consequences.updated()) {
      cases.update(tx, update);
    }
    for (ReferralChange change : consequences.referrals()) {
      referrals.change(tx, change);
    }
    for (RegisteredConsent consent : consequences.consents()) {
      consents.record(tx, consent, Actor.gateway(), at);
    }
    for (RequestUpdate request : consequences.requests()) {
      requests.write(tx, request);
    }
    for (Consequences.HeldDeed deed : consequences.held()) {
      Holds.does(tx, deed, journal, at);
    }
    journal.append(tx, consequences.journal());
    queueAll(tx, consequences.letters(), message, at);
    if (consequences.repeat().isPresent()) {
      repeat(tx, consequences.repeat().get(), at);
    }
  }

  /**
   * One that is waited for goes in before the one that waits, in whatever order they were named.
   */
  private void queueAll(
      Tx tx, List<OutgoingLetter> letters, Optional<MessageRef> message, Instant at)
      throws SQLException {
    List<OutgoingLetter> left = new ArrayList<>(letters);
    while (!left.isEmpty()) {
      int before = left.size();
      for (OutgoingLetter letter : List.copyOf(left)) {
        if (letter.waitsFor().isEmpty() || awaited(tx, letter).isPresent()) {
          queue(tx, letter, message, at);
          left.remove(letter);
        }
      }
      if (left.size() == before) {
        throw new IllegalArgumentException("a letter waits for one that is not there");
      }
    }
  }

  private record Awaited(long id, OutgoingState state) {
    boolean maySend() {
      return state == OutgoingState.WAITING
          || state == OutgoingState.QUEUED
          || state == OutgoingState.SENDING;
    }
  }

  /** Changes nothing but takes the row, so that it is not sent between this look and our commit. */
  private static Optional<Awaited> awaited(Tx tx, OutgoingLetter letter) throws SQLException {
    return tx.first(
        "UPDATE outgoing SET priority = priority WHERE mail_id = ? AND copy_no = 0"
            + " RETURNING id, state",
        row -> new Awaited(row.number("id"), OutgoingState.valueOf(row.text("state"))),
        letter.waitsFor());
  }

  private void queue(Tx tx, OutgoingLetter letter, Optional<MessageRef> message, Instant at)
      throws SQLException {
    if (letter.slot().isPresent() && !takeSlot(tx, letter.slot().get())) {
      return;
    }
    Optional<Awaited> awaited =
        letter.waitsFor().isPresent() ? awaited(tx, letter) : Optional.empty();
    boolean waits = awaited.isPresent() && awaited.get().state() != OutgoingState.SENT;
    if (waits && !awaited.get().maySend()) {
      throw new IllegalArgumentException("a letter waits for one that will not be sent");
    }
    Optional<Long> number =
        tx.first(
            "INSERT INTO outgoing (mail_id, copy_no, message_id, case_number, kind, sender_box,"
                + " recipient_box, recheck_box, priority, waits_for, state, attempts, fence, due_at,"
                + " created_at, size, sha256, destination_pseudonym)"
                + " VALUES (?,0,?,?,?,?,?,?,?,?,?,0,0,?,?,?,?,?)"
                + " ON CONFLICT DO NOTHING RETURNING id",
            row -> row.number("id"),
            letter.messageId(),
            message.map(MessageRef::number),
            letter.caseNumber().map(CaseNumber::value),
            letter.kind(),
            letter.envelopeFrom().map(from -> seal("outgoing.sender", from)),
            seal("outgoing.recipient", letter.recipient()),
            letter.recheck().map(r -> box.close("outgoing.recheck", r.facts().reveal())),
            letter.priority().rank(),
            awaited.map(Awaited::id),
            waits ? OutgoingState.WAITING : OutgoingState.QUEUED,
            waits ? Optional.empty() : Optional.of(at),
            at,
            (long) letter.sealed().length(),
            sha256(letter.sealed()),
            pseudonyms.address(letter.recipient()).value());
    long id =
        number.orElseThrow(
            () -> new IllegalStateException("an outgoing Message-ID was used before"));
    tx.update("INSERT INTO outgoing_body (outgoing_id, sealed) VALUES (?, ?)", id, letter.sealed());
    if (letter.recheck().isPresent()) {
      for (String consent : letter.recheck().get().consentIds()) {
        tx.update(
            "INSERT INTO outgoing_consent (outgoing_id, consent_id) VALUES (?, ?)", id, consent);
      }
    }
  }

  private byte[] seal(String column, Address address) {
    return box.close(column, address.toString());
  }

  private boolean takeSlot(Tx tx, OutgoingLetter.NoticeSlot slot) throws SQLException {
    return tx.update(
            "INSERT INTO notice (correspondent_pseudonym, cause, day) VALUES (?, ?, ?)"
                + " ON CONFLICT DO NOTHING",
            pseudonyms.address(slot.correspondent()).value(),
            slot.cause(),
            slot.day().toString())
        == 1;
  }

  /** The same bytes under the same Message-ID, unless a copy of it is still to go. */
  private static void repeat(Tx tx, OutgoingRef receipt, Instant at) throws SQLException {
    long original = receipt.number();
    // Takes the row: two duplicates at the same moment make one copy.
    tx.update("UPDATE outgoing SET priority = priority WHERE id = ?", original);
    boolean underWay =
        tx.exists(
            "SELECT o.id FROM outgoing o JOIN outgoing first ON first.mail_id = o.mail_id"
                + " WHERE first.id = ? AND o.state IN ('WAITING', 'QUEUED', 'SENDING')",
            original);
    if (underWay || !tx.exists("SELECT 1 FROM outgoing_body WHERE outgoing_id = ?", original)) {
      return;
    }
    long copy =
        tx.first(
                "INSERT INTO outgoing (mail_id, copy_no, message_id, case_number, kind, sender_box,"
                    + " recipient_box, recheck_box, priority, state, attempts, fence, due_at,"
                    + " created_at, size, sha256, destination_pseudonym)"
                    + " SELECT mail_id, (SELECT MAX(copy_no) + 1 FROM outgoing m"
                    + " WHERE m.mail_id = o.mail_id), message_id, case_number, kind, sender_box,"
                    + " recipient_box, recheck_box, priority, 'QUEUED', 0, 0, ?, ?, size, sha256,"
                    + " destination_pseudonym"
                    + " FROM outgoing o WHERE id = ? RETURNING id",
                row -> row.number("id"),
                at,
                at,
                original)
            .orElseThrow(() -> new IllegalArgumentException("no letter " + receipt));
    tx.update(
        "INSERT INTO outgoing_body (outgoing_id, sealed)"
            + " SELECT ?, sealed FROM outgoing_body WHERE outgoing_id = ?",
        copy,
        original);
  }

  static String sha256(Bytes bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(bytes.readOnlyArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
