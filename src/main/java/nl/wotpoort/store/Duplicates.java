package nl.wotpoort.store;

import java.sql.SQLException;
import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.CaseNumber;

/**
 * What decided messages are known by when they come again: signer, signed content and recipient; in
 * docs/queue.md under Duplicates. Thread-safe, and the same for all nodes on one database.
 */
public final class Duplicates {

  private final Database database;
  private final Pseudonyms pseudonyms;

  Duplicates(Database database, Pseudonyms pseudonyms) {
    this.database = database;
    this.pseudonyms = pseudonyms;
  }

  /** In the transaction that decides; throws {@link AlreadyDecided} when another copy was. */
  void remember(Tx tx, MessageRef ref, Fingerprint print, Consequences consequences)
      throws SQLException {
    Optional<CaseNumber> number =
        consequences.opened().stream()
            .map(NewCase::number)
            .findFirst()
            .or(() -> consequences.updated().stream().map(CaseUpdate::number).findFirst());
    int added =
        tx.update(
            "INSERT INTO fingerprint (signer_pseudonym, content_sha256, recipient_pseudonym,"
                + " message_id, mail_id_pseudonym, case_number) VALUES (?,?,?,?,?,?)"
                + " ON CONFLICT (signer_pseudonym, content_sha256, recipient_pseudonym)"
                + " DO UPDATE SET message_id = excluded.message_id,"
                + " mail_id_pseudonym = excluded.mail_id_pseudonym,"
                + " case_number = excluded.case_number WHERE NOT "
                + counts("fingerprint"),
            pseudonyms.address(print.signer()).value(),
            print.contentSha256(),
            pseudonyms.address(print.recipient()).value(),
            ref.number(),
            print.messageId().map(id -> pseudonyms.messageId(id).value()),
            number.map(CaseNumber::value));
    if (added == 0) {
      throw new AlreadyDecided(ref);
    }
  }

  /**
   * A first try of which nothing reached anybody is no reason to call a later one a duplicate: the
   * letters it led to were all refused, given up or stopped. A late 250 for one of them makes it
   * count again.
   */
  private static String counts(String print) {
    String letters =
        "EXISTS (SELECT 1 FROM outgoing c WHERE c.message_id = "
            + print
            + ".message_id AND c.kind IN ('FORWARD', 'FEEDBACK') AND c.copy_no = 0";
    return "(NOT "
        + letters
        + ") OR "
        + letters
        + " AND c.state NOT IN ('FAILED', 'STOPPED', 'REPLACED')))";
  }

  /**
   * The decided message with the same signer, content and recipient, unless all it led to failed.
   */
  public Optional<Earlier> of(Address signer, String contentSha256, Address recipient) {
    return database.read(
        "looking for a duplicate",
        tx ->
            tx.first(
                "SELECT f.message_id, f.case_number, (SELECT MAX(o.id) FROM outgoing o"
                    + " JOIN outgoing_body b ON b.outgoing_id = o.id"
                    + " WHERE o.message_id = f.message_id AND o.kind = 'RECEIPT'"
                    + " AND o.copy_no = 0 AND o.state <> 'REPLACED') AS receipt"
                    + " FROM fingerprint f WHERE f.signer_pseudonym = ?"
                    + " AND f.content_sha256 = ? AND f.recipient_pseudonym = ? AND "
                    + counts("f"),
                row ->
                    new Earlier(
                        new MessageRef(row.number("message_id")),
                        row.maybeText("case_number").map(CaseNumber::new),
                        row.maybeNumber("receipt").map(OutgoingRef::new)),
                pseudonyms.address(signer).value(),
                contentSha256,
                pseudonyms.address(recipient).value()));
  }

  /**
   * The content digest under which this signer used this Message-ID in a decided message; when
   * there were several, the first. One that led nowhere is none: whether it was ever permitted is
   * not for its sender to find out.
   */
  public Optional<String> contentUnder(Address signer, String messageId) {
    return database.read(
        "looking for a Message-ID",
        tx ->
            tx.first(
                "SELECT f.content_sha256 FROM fingerprint f WHERE f.mail_id_pseudonym = ?"
                    + " AND f.signer_pseudonym = ? AND "
                    + counts("f")
                    + " ORDER BY f.message_id LIMIT 1",
                row -> row.text("content_sha256"),
                pseudonyms.messageId(messageId).value(),
                pseudonyms.address(signer).value()));
  }
}
