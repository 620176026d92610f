package nl.wotpoort.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.rules.consent.ConsentRecord;

/**
 * The register of consents and objections. A version is never overwritten; the highest one counts.
 * Every addition and withdrawal stands in the journal, in the same transaction. Thread-safe.
 */
public final class ConsentRegister {

  private static final String NEWEST =
      "SELECT * FROM consent c WHERE %s"
          + " AND version = (SELECT MAX(version) FROM consent v WHERE v.id = c.id)";

  private final Database database;
  private final Strongbox box;
  private final Journal journal;

  ConsentRegister(Database database, Strongbox box, Journal journal) {
    this.database = database;
    this.box = box;
    this.journal = journal;
  }

  /** Throws {@link ConsentIdTaken} when the id is in use. */
  public void add(RegisteredConsent consent, Actor who, Instant at) {
    database.write(
        "recording a consent",
        tx -> {
          record(tx, consent, who, at);
          return consent;
        });
  }

  /**
   * The same for many, in one transaction: all or none. For filling a register; a journal line for
   * each.
   */
  public void addAll(List<RegisteredConsent> consents, Actor who, Instant at) {
    database.write(
        "recording consents",
        tx -> {
          for (RegisteredConsent consent : consents) {
            record(tx, consent, who, at);
          }
          return consents.size();
        });
  }

  /**
   * Adds a withdrawn version, from {@code withdrawal.when()} on. Empty when there is no such
   * consent; one that was withdrawn as early or earlier stays as it is and is returned.
   */
  public Optional<ConsentEntry> withdraw(
      String id, ConsentEntry.Withdrawal withdrawal, Actor who, Instant at) {
    return database.write(
        "withdrawing a consent",
        tx -> {
          Journal.alone(tx);
          Optional<ConsentEntry> now = newest(tx, id);
          if (now.isEmpty() || isWithdrawnBy(now.get(), withdrawal.when())) {
            return now;
          }
          ConsentEntry next = withdrawn(now.get(), withdrawal, at);
          insert(tx, next);
          journal.append(
              tx,
              List.of(
                  JournalEntry.of(at, "CONSENT_WITHDRAWN", JournalEntry.Action.UPDATE, who, id)
                      .concerning(next.consent().client())
                      .restingOn(Set.of(id), List.of())));
          return Optional.of(next);
        });
  }

  private static boolean isWithdrawnBy(ConsentEntry entry, Instant when) {
    return entry.consent().record().withdrawn().map(before -> !before.isAfter(when)).orElse(false);
  }

  private static ConsentEntry withdrawn(
      ConsentEntry entry, ConsentEntry.Withdrawal withdrawal, Instant at) {
    ConsentRecord old = entry.consent().record();
    ConsentRecord record =
        new ConsentRecord(
            old.id(),
            old.type(),
            old.client(),
            old.by(),
            old.holders(),
            old.recipients(),
            old.purposes(),
            old.categories(),
            old.recorded(),
            old.from(),
            old.until(),
            Optional.of(withdrawal.when()),
            old.state(),
            old.replaces(),
            old.evidence(),
            old.givenCapable());
    RegisteredConsent consent =
        new RegisteredConsent(
            record,
            entry.consent().documentation(),
            entry.consent().client(),
            entry.consent().subject());
    return new ConsentEntry(consent, entry.version() + 1, at, Optional.of(withdrawal));
  }

  /** The version that counts. */
  public Optional<ConsentEntry> show(String id) {
    return database.read("reading a consent", tx -> newest(tx, id));
  }

  /** Every version, the first one first. */
  public List<ConsentEntry> history(String id) {
    return database.read(
        "reading a consent",
        tx -> tx.list("SELECT * FROM consent WHERE id = ? ORDER BY version", this::entry, id));
  }

  /**
   * All consents of all clients by id, at most {@code max} after the id {@code after} ("": all).
   */
  public List<ConsentEntry> list(String after, int max) {
    return database.read(
        "listing consents",
        tx ->
            tx.list(NEWEST.formatted("id > ?") + " ORDER BY id LIMIT ?", this::entry, after, max));
  }

  /** Consents of this client; an objection is listed whenever it may be of this client. */
  public List<ConsentEntry> of(ClientPseudonyms client) {
    return database.read("listing consents", tx -> matching(tx, client));
  }

  /**
   * What the policy judges by. An objection counts when it may be of this client, a consent only
   * when it surely is ({@link ClientPseudonyms#isSameAs}). Cost grows with the consents of this
   * client only.
   */
  public ConsentsFound consentsFor(ClientPseudonyms client) {
    List<ConsentEntry> found = of(client);
    List<ConsentRecord> records = new ArrayList<>();
    for (ConsentEntry entry : found) {
      records.add(about(client, entry.consent().record()));
    }
    return new ConsentsFound(
        records, areOneClient(found), Deciders.representatives(found), Deciders.capable(found));
  }

  /** The records with these ids as they stand now, {@code client} as in the register. */
  public List<ConsentRecord> byIds(Collection<String> ids) {
    return database.read(
        "reading consents",
        tx -> {
          List<ConsentRecord> records = new ArrayList<>();
          for (String id : ids) {
            newest(tx, id).ifPresent(entry -> records.add(entry.consent().record()));
          }
          return List.copyOf(records);
        });
  }

  private List<ConsentEntry> matching(Tx tx, ClientPseudonyms client) throws SQLException {
    Map<String, ConsentEntry> found = new LinkedHashMap<>();
    for (Pseudonym one : client.all()) {
      for (ConsentEntry entry :
          tx.list(
              NEWEST.formatted("id IN (SELECT consent_id FROM consent_client WHERE pseudonym = ?)"),
              this::entry,
              one.toString())) {
        ClientPseudonyms theirs = entry.consent().client();
        boolean objection = entry.consent().record().type() == ConsentRecord.Type.OBJECTION;
        if (objection ? client.mayBe(theirs) : client.isSameAs(theirs)) {
          found.put(entry.id(), entry);
        }
      }
    }
    return List.copyOf(found.values());
  }

  /** Different BSNs, or different names where no BSN decides, are different people. */
  private static boolean areOneClient(List<ConsentEntry> found) {
    Set<Pseudonym> bsns = new HashSet<>();
    Set<Pseudonym> names = new HashSet<>();
    for (ConsentEntry entry : found) {
      ClientPseudonyms client = entry.consent().client();
      client.of(Pseudonym.Kind.BSN).ifPresent(bsns::add);
      if (entry.consent().record().type() == ConsentRecord.Type.CONSENT) {
        client.of(Pseudonym.Kind.NAME_BORN).ifPresent(names::add);
      }
    }
    return bsns.size() <= 1 && (bsns.size() == 1 || names.size() <= 1);
  }

  private static ConsentRecord about(ClientPseudonyms client, ConsentRecord record) {
    return new ConsentRecord(
        record.id(),
        record.type(),
        client.primary().value(),
        record.by(),
        record.holders(),
        record.recipients(),
        record.purposes(),
        record.categories(),
        record.recorded(),
        record.from(),
        record.until(),
        record.withdrawn(),
        record.state(),
        record.replaces(),
        record.evidence(),
        record.givenCapable());
  }

  void record(Tx tx, RegisteredConsent consent, Actor who, Instant at) throws SQLException {
    String id = consent.record().id();
    Journal.alone(tx);
    if (tx.exists("SELECT id FROM consent WHERE id = ?", id)) {
      throw new ConsentIdTaken(id);
    }
    insert(tx, new ConsentEntry(consent, 1, at, Optional.empty()));
    for (Pseudonym one : consent.client().all()) {
      tx.update(
          "INSERT INTO consent_client (pseudonym, consent_id) VALUES (?, ?)", one.toString(), id);
    }
    journal.append(
        tx,
        List.of(
            JournalEntry.of(at, "CONSENT_RECORDED", JournalEntry.Action.CREATE, who, id)
                .concerning(consent.client())
                .restingOn(Set.of(id), List.of())));
  }

  private void insert(Tx tx, ConsentEntry entry) throws SQLException {
    ConsentRecord record = entry.consent().record();
    tx.update(
        "INSERT INTO consent (id, version, at, kind, withdrawn_at, client_pseudonyms, record_box)"
            + " VALUES (?,?,?,?,?,?,?)",
        record.id(),
        entry.version(),
        entry.at(),
        record.type(),
        record.withdrawn(),
        entry.consent().client().joined(),
        box.close("consent.record", ConsentText.write(entry)));
  }

  private Optional<ConsentEntry> newest(Tx tx, String id) throws SQLException {
    return tx.first(
        "SELECT * FROM consent WHERE id = ? ORDER BY version DESC LIMIT 1", this::entry, id);
  }

  private ConsentEntry entry(Row row) throws SQLException {
    ClientPseudonyms client =
        ClientPseudonyms.split(row.text("client_pseudonyms"))
            .orElseThrow(() -> new StoreException.Damaged("a consent without a client"));
    return ConsentText.read(
        box.open("consent.record", row.box("record_box")),
        client,
        row.count("version"),
        row.instant("at"));
  }
}
