package nl.wotpoort.store;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Confidential;

/** The cases: who asked, who has it, how far it is. Thread-safe. */
public final class CaseBook {

  private final Database database;
  private final Strongbox box;
  private final Pseudonyms pseudonyms;

  CaseBook(Database database, Strongbox box, Pseudonyms pseudonyms) {
    this.database = database;
    this.box = box;
    this.pseudonyms = pseudonyms;
  }

  public Optional<CaseFile> show(CaseNumber number) {
    return database.read(
        "reading a case",
        tx -> tx.first("SELECT * FROM case_file WHERE number = ?", this::file, number.value()));
  }

  /** The newest first, at most {@code max}. */
  public List<CaseFile> newest(int max) {
    return database.read(
        "listing cases",
        tx ->
            tx.list(
                "SELECT * FROM case_file ORDER BY created_at DESC, number LIMIT ?",
                this::file,
                max));
  }

  /** All cases of one sender, the newest first. */
  public List<CaseFile> ofSender(Address sender) {
    return database.read(
        "listing cases",
        tx ->
            tx.list(
                "SELECT * FROM case_file WHERE sender_pseudonym = ? ORDER BY created_at DESC",
                this::file,
                pseudonyms.address(sender).value()));
  }

  /** All cases of a client, by the strongest pseudonym both have. */
  public List<CaseFile> ofClient(ClientPseudonyms client) {
    return database.read(
        "listing cases",
        tx -> {
          Map<String, CaseFile> found = new TreeMap<>();
          for (Pseudonym one : client.all()) {
            for (CaseFile file :
                tx.list(
                    "SELECT f.* FROM case_client c JOIN case_file f ON f.number = c.case_number"
                        + " WHERE c.pseudonym = ?",
                    this::file,
                    one.toString())) {
              found.put(file.number().value(), file);
            }
          }
          return found.values().stream()
              .filter(file -> file.client().map(client::isSameAs).orElse(false))
              .toList();
        });
  }

  /**
   * The cases that any of these Message-IDs (In-Reply-To and References, with angle brackets)
   * belongs to: letters we sent, and letters we received and decided. More than one: never guess.
   */
  public Set<CaseNumber> byMessageIds(Collection<String> messageIds) {
    return database.read(
        "finding a case",
        tx -> {
          Set<CaseNumber> found = new LinkedHashSet<>();
          for (String messageId : messageIds) {
            found.addAll(
                tx.list(
                    "SELECT DISTINCT case_number FROM outgoing"
                        + " WHERE mail_id = ? AND case_number IS NOT NULL",
                    row -> new CaseNumber(row.text("case_number")),
                    messageId.strip()));
            found.addAll(
                tx.list(
                    "SELECT DISTINCT case_number FROM fingerprint"
                        + " WHERE mail_id_pseudonym = ? AND case_number IS NOT NULL",
                    row -> new CaseNumber(row.text("case_number")),
                    pseudonyms.messageId(messageId).value()));
          }
          return Set.copyOf(found);
        });
  }

  /** How many open cases each worker (directory id) has. */
  public Map<String, Integer> openLoad() {
    return database.read(
        "counting open cases",
        tx -> {
          Map<String, Integer> load = new HashMap<>();
          tx.list(
              "SELECT worker, COUNT(*) AS n FROM case_file"
                  + " WHERE is_open = 1 AND worker IS NOT NULL GROUP BY worker",
              row -> load.put(row.text("worker"), row.count("n")));
          return Map.copyOf(load);
        });
  }

  void open(Tx tx, NewCase opened) throws SQLException {
    int added =
        tx.update(
            "INSERT INTO case_file (number, status, created_at, sender_pseudonym, sender_box,"
                + " message_id, team, worker, client_pseudonyms, is_open, last_event, last_event_at,"
                + " facts_box) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
            opened.number().value(),
            opened.status(),
            opened.at(),
            pseudonyms.address(opened.sender()).value(),
            box.close("case.sender", opened.sender().toString()),
            opened.message().map(MessageRef::number),
            opened.team(),
            opened.worker(),
            opened.client().map(ClientPseudonyms::joined).orElse(""),
            opened.status().isOpen() ? 1 : 0,
            opened.event(),
            opened.at(),
            opened.facts().map(text -> box.close("case.facts", text.reveal())));
    if (added == 0) {
      throw new CaseNumberTaken(opened.number());
    }
    if (opened.client().isPresent()) {
      for (Pseudonym one : opened.client().get().all()) {
        tx.update(
            "INSERT INTO case_client (pseudonym, case_number) VALUES (?, ?)",
            one.toString(),
            opened.number().value());
      }
    }
  }

  /** A case that is not there is left alone: an answer may name a case of long ago. */
  void update(Tx tx, CaseUpdate update) throws SQLException {
    tx.update(
        "UPDATE case_file SET last_event = ?, last_event_at = ?, status = COALESCE(?, status),"
            + " is_open = COALESCE(?, is_open), team = COALESCE(?, team),"
            + " worker = NULLIF(COALESCE(?, worker), ''), facts_box = COALESCE(?, facts_box)"
            + " WHERE number = ?",
        update.event(),
        update.at(),
        update.status(),
        update.status().map(status -> status.isOpen() ? 1 : 0),
        update.team(),
        update.worker(),
        update.facts().map(text -> box.close("case.facts", text.reveal())),
        update.number().value());
  }

  private CaseFile file(Row row) throws SQLException {
    return new CaseFile(
        new CaseNumber(row.text("number")),
        CaseStatus.valueOf(row.text("status")),
        row.instant("created_at"),
        Address.of(box.open("case.sender", row.box("sender_box"))),
        row.maybeNumber("message_id").map(MessageRef::new),
        row.maybeText("team"),
        row.maybeText("worker"),
        ClientPseudonyms.split(row.text("client_pseudonyms")),
        row.text("last_event"),
        row.instant("last_event_at"),
        row.maybeBox("facts_box").map(b -> Confidential.of(box.open("case.facts", b))));
  }
}
