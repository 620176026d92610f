package nl.wotpoort.store;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import nl.wotpoort.letter.CaseNumber;

/**
 * The journal NEN 7513 asks for: append-only, and each line holds an HMAC-SHA-256 over the line
 * before it and its own columns, so that a change, a gap or a swap shows. Keyed, because a plain
 * hash could be made again by whoever can write the file. Lines are written in the transaction of
 * what they tell about. Thread-safe.
 */
public final class Journal {

  private final Database database;
  private final JournalForm form;
  private final JournalChain chain;
  private final JournalSigner signer;
  private final JournalVerifier verifier;

  Journal(Database database, Strongbox box, StoreKey key) {
    this.database = database;
    this.form = new JournalForm(box, key);
    this.chain = new JournalChain(form);
    this.signer = new JournalSigner(key);
    this.verifier = new JournalVerifier(database, form, signer);
  }

  /** One entry by itself, for what has no other place in the store. */
  public void write(JournalEntry entry) {
    write(List.of(entry));
  }

  /** Several, all or none, in this order. */
  public void write(List<JournalEntry> entries) {
    database.write("writing the journal", tx -> append(tx, entries));
  }

  /** In order of time; {@code object} as in {@link JournalEntry#object}. */
  public List<JournalLine> about(String object) {
    return read("WHERE object = ? OR correlation = ? ORDER BY seq", object, object);
  }

  public List<JournalLine> about(CaseNumber number) {
    return read("WHERE case_number = ? AND case_number <> '' ORDER BY seq", number.value());
  }

  /** Everything about a client under any of these pseudonyms: what the client may ask to see. */
  public List<JournalLine> about(ClientPseudonyms client) {
    return database.read(
        "reading the journal",
        tx -> {
          TreeMap<Long, JournalLine> lines = new TreeMap<>();
          for (Pseudonym one : client.all()) {
            tx.list(
                    "SELECT j.* FROM journal_client c JOIN journal j ON j.seq = c.seq"
                        + " WHERE c.pseudonym = ?",
                    form::line,
                    one.toString())
                .forEach(line -> lines.put(line.sequence(), line));
          }
          return List.copyOf(lines.values());
        });
  }

  /** What somebody did, by address or login, in order of time. */
  public List<JournalLine> by(String actor) {
    String wanted = actor.strip().toLowerCase(Locale.ROOT);
    return database.read(
        "reading the journal",
        tx -> {
          long indexed =
              tx.first(
                      "SELECT COALESCE(MIN(seq), 0) AS first FROM journal_actor",
                      row -> row.number("first"))
                  .orElse(0L);
          // lines from before the index was kept
          List<JournalLine> lines =
              new ArrayList<>(
                  tx
                      .list(
                          "SELECT "
                              + JournalForm.COLUMNS
                              + " FROM journal WHERE seq < ? ORDER BY seq",
                          form::line,
                          indexed)
                      .stream()
                      .filter(line -> line.entry().actor().id().equalsIgnoreCase(wanted))
                      .toList());
          lines.addAll(
              tx.list(
                  "SELECT j.* FROM journal_actor a JOIN journal j ON j.seq = a.seq"
                      + " WHERE a.pseudonym = ? ORDER BY j.seq",
                  form::line,
                  form.pseudonym(wanted)));
          return List.copyOf(lines);
        });
  }

  /**
   * Signs what was written since the last seal; empty when nothing was. Give its line to somebody
   * outside.
   */
  public Optional<JournalSeal> seal(Instant now) {
    return database.write(
        "sealing the journal",
        tx -> {
          alone(tx);
          JournalChain.Head end = JournalChain.head(tx);
          if (end.number() == 0 || isOnlyTheLastSeal(tx, end.number())) {
            return Optional.<JournalSeal>empty();
          }
          JournalSeal seal =
              signer.seal(end.number(), Instant.ofEpochMilli(now.toEpochMilli()), end.hash());
          tx.update(
              "INSERT INTO journal_seal (upto, at, head, signature) VALUES (?, ?, ?, ?)",
              seal.upto(),
              seal.at(),
              seal.head(),
              seal.signature());
          // so that a seal taken away leaves a line that misses it
          chain.append(
              tx,
              List.of(
                  JournalEntry.of(
                      now,
                      JournalSeal.EVENT,
                      JournalEntry.Action.CREATE,
                      Actor.gateway(),
                      seal.object())));
          return Optional.of(seal);
        });
  }

  /** Nothing was written since the last seal but the line that tells of it. */
  private static boolean isOnlyTheLastSeal(Tx tx, long end) throws SQLException {
    return tx.exists("SELECT 1 FROM journal_seal WHERE upto >= ?", end)
        || (tx.exists("SELECT 1 FROM journal_seal WHERE upto = ?", end - 1)
            && tx.exists(
                "SELECT 1 FROM journal WHERE seq = ? AND event = ?", end, JournalSeal.EVENT));
  }

  /** The seals that are kept, in order. */
  public List<JournalSeal> seals() {
    return database.read(
        "reading the journal's seals",
        tx ->
            tx.list(
                "SELECT upto, at, head, signature FROM journal_seal ORDER BY upto",
                row ->
                    new JournalSeal(
                        row.number("upto"),
                        row.instant("at"),
                        row.text("head"),
                        row.text("signature"))));
  }

  /** With this key anybody can check a seal: X.509 SubjectPublicKeyInfo, base64. */
  public String publicKey() {
    return signer.publicKey();
  }

  /** Those whose event begins with {@code prefix}, the newest first, at most {@code max}. */
  List<JournalLine> ofEvents(String prefix, int max) {
    return read(
        "WHERE event >= ? AND event < ? ORDER BY seq DESC LIMIT ?", prefix, prefix + "~", max);
  }

  /** At most {@code max} lines after {@code sequence} (0: from the first). */
  public List<JournalLine> after(long sequence, int max) {
    return read("WHERE seq > ? ORDER BY seq LIMIT ?", sequence, max);
  }

  private List<JournalLine> read(String where, Object... arguments) {
    return database.read(
        "reading the journal",
        tx ->
            tx.list(
                "SELECT " + JournalForm.COLUMNS + " FROM journal " + where, form::line, arguments));
  }

  /** Walks the whole chain. Memory stays flat; time grows with the journal. */
  public ChainCheck verify() {
    return verify(List.of());
  }

  /**
   * The same, held also to seals that were noted outside the store: only they show that the end was
   * cut off together with everything in the store that knew of it.
   */
  public ChainCheck verify(List<JournalSeal> noted) {
    return verifier.verify(seals(), noted);
  }

  /**
   * From here on no other transaction writes the journal, on any node: for what must be looked at
   * and then written, and is journalled anyway.
   */
  static void alone(Tx tx) throws SQLException {
    JournalChain.alone(tx);
  }

  /** In the transaction of what the lines tell about. */
  int append(Tx tx, List<JournalEntry> entries) throws SQLException {
    return chain.append(tx, entries);
  }
}
