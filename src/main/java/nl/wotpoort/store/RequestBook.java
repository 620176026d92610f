package nl.wotpoort.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.rules.request.RequestState;

/**
 * The information requests and how far each is ({@link RequestState}). Steps are written in the
 * transaction of what they follow from. Thread-safe.
 */
public final class RequestBook {

  private final Database database;
  private final Strongbox box;

  RequestBook(Database database, Strongbox box) {
    this.database = database;
    this.box = box;
  }

  /** Empty when that message is no request, or was not judged yet. */
  public Optional<RequestFile> show(MessageRef message) {
    return database.read(
        "reading a request",
        tx -> tx.first("SELECT * FROM request WHERE message_id = ?", this::file, message.number()));
  }

  /** The requests of a case, the oldest first. */
  public List<RequestFile> ofCase(CaseNumber number) {
    return database.read(
        "listing requests",
        tx ->
            tx.list(
                "SELECT * FROM request WHERE case_number = ? ORDER BY asked_at, message_id",
                this::file,
                number.value()));
  }

  /** The newest first, at most {@code max}. */
  public List<RequestFile> newest(int max) {
    return database.read(
        "listing requests",
        tx -> tx.list("SELECT * FROM request ORDER BY message_id DESC LIMIT ?", this::file, max));
  }

  /** Those whose time is up, the longest over first, at most {@code max}. */
  public List<RequestFile> lapsed(Instant now, int max) {
    return database.read(
        "listing lapsed requests",
        tx ->
            tx.list(
                "SELECT * FROM request WHERE lapses_at <= ? ORDER BY lapses_at LIMIT ?",
                this::file,
                now,
                max));
  }

  /** Those that are out and rest on a consent that was withdrawn by {@code now}. */
  public List<RequestFile> outOnWithdrawnConsent(Instant now, int max) {
    return database.read(
        "listing requests",
        tx ->
            tx.list(
                "SELECT * FROM request r WHERE r.state = 'FORWARDED' AND EXISTS (SELECT 1"
                    + " FROM request_consent c JOIN consent k ON k.id = c.consent_id"
                    + " WHERE c.message_id = r.message_id AND k.withdrawn_at <= ?) LIMIT ?",
                this::file,
                now,
                max));
  }

  /** The requests that our letters with these Message-IDs brought on. */
  public Set<MessageRef> byMessageIds(Collection<String> messageIds) {
    return database.read(
        "finding a request",
        tx -> {
          Set<MessageRef> found = new LinkedHashSet<>();
          for (String messageId : messageIds) {
            found.addAll(
                tx.list(
                    "SELECT DISTINCT r.message_id AS id FROM outgoing o JOIN request r"
                        + " ON r.message_id = o.message_id WHERE o.mail_id = ?"
                        + " AND o.kind = 'FORWARD'",
                    row -> new MessageRef(row.number("id")),
                    messageId.strip()));
          }
          return Set.copyOf(found);
        });
  }

  /** One step by itself; false when its state does not allow it. */
  public boolean step(RequestUpdate update) {
    return database.write("moving a request on", tx -> write(tx, update));
  }

  /** A person gave the held message back; when it is no request, or lapsed, nothing changes. */
  static void refused(Tx tx, MessageRef message, Instant at) throws SQLException {
    tx.update(
        "UPDATE request SET state = ?, at = ?, lapses_at = NULL WHERE message_id = ?"
            + " AND state = ?",
        RequestState.REFUSED,
        at,
        message.number(),
        RequestState.HELD);
  }

  /** The next hop has taken the letter that brings a request on, or its answer back. */
  static void forwarded(Tx tx, long outgoing, Instant at) throws SQLException {
    tx.update(
        "UPDATE request SET state = ?, at = ?, lapses_at = NULL WHERE state = ? AND message_id ="
            + " (SELECT message_id FROM outgoing WHERE id = ? AND kind = 'FORWARD')",
        RequestState.FORWARDED,
        at,
        RequestState.PERMITTED,
        outgoing);
    tx.update(
        "UPDATE request SET state = ?, at = ?, lapses_at = NULL WHERE state IN ("
            + before(RequestState.ANSWERED)
            + ") AND answer_id = (SELECT message_id FROM outgoing WHERE id = ? AND kind ="
            + " 'FORWARD')",
        RequestState.ANSWERED,
        at,
        outgoing);
  }

  boolean write(Tx tx, RequestUpdate update) throws SQLException {
    if (update.answer().isPresent()) {
      return tx.update(
              "UPDATE request SET answer_id = ? WHERE message_id = ?",
              update.answer().map(MessageRef::number),
              update.message().number())
          == 1;
    }
    boolean changed =
        tx.update(
                "UPDATE request SET state = ?, at = ?, lapses_at = ?,"
                    + " facts_box = COALESCE(?, facts_box) WHERE message_id = ? AND state IN ("
                    + before(update.state())
                    + ")",
                update.state(),
                update.at(),
                update.lapsesAt(),
                update.facts().map(text -> box.close("request.facts", text.reveal())),
                update.message().number())
            == 1;
    if (changed || open(tx, update)) {
      rest(tx, update);
      return true;
    }
    return false;
  }

  private boolean open(Tx tx, RequestUpdate update) throws SQLException {
    return RequestState.RECEIVED.mayBecome(update.state())
        && update.caseNumber().isPresent()
        && tx.update(
                "INSERT INTO request (message_id, case_number, state, asked_at, at, lapses_at,"
                    + " facts_box) VALUES (?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
                update.message().number(),
                update.caseNumber().map(CaseNumber::value),
                update.state(),
                update.at(),
                update.at(),
                update.lapsesAt(),
                update.facts().map(text -> box.close("request.facts", text.reveal())))
            == 1;
  }

  private static void rest(Tx tx, RequestUpdate update) throws SQLException {
    for (String consent : update.consents()) {
      tx.update(
          "INSERT INTO request_consent (message_id, consent_id) VALUES (?, ?)"
              + " ON CONFLICT DO NOTHING",
          update.message().number(),
          consent);
    }
  }

  /** The states it may have come from, as SQL. */
  private static String before(RequestState state) {
    return Arrays.stream(RequestState.values())
        .filter(one -> one.mayBecome(state))
        .map(one -> "'" + one.name() + "'")
        .collect(Collectors.joining(", "));
  }

  private RequestFile file(Row row) throws SQLException {
    return new RequestFile(
        new MessageRef(row.number("message_id")),
        new CaseNumber(row.text("case_number")),
        RequestState.valueOf(row.text("state")),
        row.instant("asked_at"),
        row.instant("at"),
        row.maybeInstant("lapses_at"),
        row.maybeBox("facts_box").map(b -> Confidential.of(box.open("request.facts", b))));
  }
}
