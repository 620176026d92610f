package nl.wotpoort.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
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

  /** How busy each worker is, from counts kept with the cases: the time does not grow with them. */
  public WorkerLoad load() {
    return database.read(
        "reading the load",
        tx ->
            tx.first(
                    "SELECT string_agg(entry, ',') AS joined FROM worker_load",
                    row -> row.maybeText("joined").map(WorkerLoad::parse))
                .flatMap(found -> found)
                .orElseGet(WorkerLoad::none));
  }

  /** The last cases that routing found a desk for, the newest first. */
  public List<RoutedCase> routed(int max) {
    return database.read(
        "listing routed cases",
        tx ->
            tx.list(
                "SELECT * FROM case_route ORDER BY at DESC, case_number LIMIT ?",
                row ->
                    new RoutedCase(
                        new CaseNumber(row.text("case_number")),
                        row.instant("at"),
                        row.text("routes"),
                        Confidential.of(box.open("case.route", row.box("facts_box")))),
                max));
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
    if (opened.worker().isPresent()) {
      boolean open = opened.status().isOpen();
      assign(tx, opened.worker().get(), open ? 1 : 0, Optional.of(opened.at()), opened.route());
    }
    note(tx, opened.number(), opened.at(), opened.route());
    if (opened.client().isPresent()) {
      for (Pseudonym one : opened.client().get().all()) {
        tx.update(
            "INSERT INTO case_client (pseudonym, case_number) VALUES (?, ?)",
            one.toString(),
            opened.number().value());
      }
    }
  }

  /** Who had the case, and whether it counted. */
  private record Had(Optional<String> worker, boolean open) {
    Optional<String> counted() {
      return worker.filter(w -> open);
    }
  }

  /** A case that is not there is left alone: an answer may name a case of long ago. */
  void update(Tx tx, CaseUpdate update) throws SQLException {
    // Changes nothing but takes the row, so that nobody else counts it in between.
    Optional<Had> before =
        tx.first(
            "UPDATE case_file SET number = number WHERE number = ? RETURNING worker, is_open",
            row -> new Had(row.maybeText("worker"), row.count("is_open") == 1),
            update.number().value());
    if (before.isEmpty()) {
      return;
    }
    recount(tx, before.get(), update);
    note(tx, update.number(), update.at(), update.route());
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

  private static void recount(Tx tx, Had before, CaseUpdate update) throws SQLException {
    Had after =
        new Had(
            update.worker().or(before::worker),
            update.status().map(CaseStatus::isOpen).orElse(before.open()));
    boolean same = before.worker().equals(after.worker());
    if (same && before.open() == after.open()) {
      return;
    }
    if (before.counted().isPresent()) {
      assign(tx, before.counted().get(), -1, Optional.empty(), Optional.empty());
    }
    if (after.worker().isPresent()) {
      Optional<Instant> at = same ? Optional.empty() : Optional.of(update.at());
      assign(tx, after.worker().get(), after.open() ? 1 : 0, at, update.route());
    }
  }

  /**
   * Counts, holding the worker's row until the commit: of two decisions at the same moment the
   * second one sees the first. Throws {@link WorkerFull} when that leaves no room.
   */
  private static void assign(
      Tx tx, String worker, int more, Optional<Instant> at, Optional<RouteMemo> route)
      throws SQLException {
    tx.update(
        "INSERT INTO worker_load (worker, open_cases, entry) VALUES (?, 0, '')"
            + " ON CONFLICT DO NOTHING",
        worker);
    int open =
        tx.first(
                "UPDATE worker_load SET open_cases = open_cases + ?,"
                    + " last_assigned = COALESCE(?, last_assigned),"
                    + " entry = worker || ' ' || (open_cases + ?) || ' '"
                    + " || COALESCE(?, last_assigned, 0) WHERE worker = ? RETURNING open_cases",
                row -> row.count("open_cases"),
                more,
                at,
                more,
                at,
                worker)
            .orElseThrow(() -> new StoreException.Damaged("no load of a worker"));
    if (more > 0 && route.flatMap(RouteMemo::capacity).map(most -> open > most).orElse(false)) {
      throw new WorkerFull(worker);
    }
  }

  private void note(Tx tx, CaseNumber number, Instant at, Optional<RouteMemo> route)
      throws SQLException {
    if (route.isPresent()) {
      tx.update(
          "INSERT INTO case_route (case_number, at, routes, facts_box) VALUES (?,?,?,?)"
              + " ON CONFLICT (case_number) DO UPDATE SET at = excluded.at,"
              + " routes = excluded.routes, facts_box = excluded.facts_box",
          number.value(),
          at,
          route.get().routes(),
          box.close("case.route", route.get().facts().reveal()));
    }
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
