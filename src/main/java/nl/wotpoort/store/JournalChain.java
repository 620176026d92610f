package nl.wotpoort.store;

import java.sql.SQLException;
import java.util.List;

/**
 * The chain as it grows: each line holds an HMAC-SHA-256 over the line before it and its own
 * columns. Written in the transaction of what the lines tell about. Stateless.
 */
final class JournalChain {

  /** What the first line follows on. */
  static final String START = "0".repeat(64);

  private final JournalForm form;

  JournalChain(JournalForm form) {
    this.form = form;
  }

  /** The end of the chain: the last line's number and hash. */
  record Head(long number, String hash) {}

  static Head head(Tx tx) throws SQLException {
    return tx.first(
            "SELECT seq, hash FROM journal_head WHERE one = 1",
            row -> new Head(row.number("seq"), row.text("hash")))
        .orElseThrow(() -> new StoreException.Damaged("the journal has no head"));
  }

  /**
   * From here on no other transaction writes the journal, on any node: for what must be looked at
   * and then written, and is journalled anyway.
   */
  static void alone(Tx tx) throws SQLException {
    tx.update("UPDATE journal_head SET seq = seq WHERE one = 1");
  }

  int append(Tx tx, List<JournalEntry> entries) throws SQLException {
    if (entries.isEmpty()) {
      return 0;
    }
    // Takes the row lock, so that two nodes on one database never fork the chain.
    tx.update("UPDATE journal_head SET seq = seq + ? WHERE one = 1", entries.size());
    Head end = head(tx);
    long number = end.number() - entries.size();
    String previous = end.hash();
    for (JournalEntry entry : entries) {
      number++;
      previous = insert(tx, number, previous, entry);
      tx.tell(onlooker -> onlooker.journalled(entry));
    }
    tx.update("UPDATE journal_head SET hash = ? WHERE one = 1", previous);
    return entries.size();
  }

  private String insert(Tx tx, long number, String previous, JournalEntry entry)
      throws SQLException {
    JournalForm.Stored row = form.stored(number, entry);
    String hash = form.hash(row, previous);
    tx.update(
        "INSERT INTO journal ("
            + JournalForm.COLUMNS
            + ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        row.number(),
        row.at(),
        row.event(),
        row.action(),
        row.outcome(),
        row.actorBox(),
        row.clients(),
        row.object(),
        row.caseNumber(),
        row.purpose(),
        row.consents(),
        row.rules(),
        row.emergency(),
        row.source(),
        row.correlation(),
        row.detailBox(),
        previous,
        hash);
    tx.update(
        "INSERT INTO journal_actor (pseudonym, seq) VALUES (?, ?)",
        form.pseudonym(entry.actor().id()),
        number);
    if (entry.client().isPresent()) {
      for (Pseudonym one : entry.client().get().all()) {
        tx.update(
            "INSERT INTO journal_client (pseudonym, seq) VALUES (?, ?)", one.toString(), number);
      }
    }
    return hash;
  }
}
