package nl.wotpoort.store;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Purpose;

/**
 * The journal NEN 7513 asks for: append-only, and each line holds an HMAC-SHA-256 over the line
 * before it and its own columns, so that a change, a gap or a swap shows. Keyed, because a plain
 * hash could be made again by whoever can write the file. Lines are written in the transaction of
 * what they tell about. Thread-safe.
 */
public final class Journal {

  private static final String START = "0".repeat(64);
  private static final int PAGE = 1000;
  private static final String COLUMNS =
      "seq, at, event, action, outcome, actor_box, client_pseudonyms, object, case_number, purpose,"
          + " consent_ids, rule_ids, emergency, source, correlation, detail_box, previous, hash";

  private final Database database;
  private final Strongbox box;
  private final SecretKeySpec chainKey;
  private final SecretKeySpec actorKey;
  private final JournalSigner signer;

  Journal(Database database, Strongbox box, StoreKey key) {
    this.database = database;
    this.box = box;
    this.chainKey = key.derive("journal");
    this.actorKey = key.derive("journal actors");
    this.signer = new JournalSigner(key);
  }

  /** One entry by itself, for what has no other place in the store. */
  public void write(JournalEntry entry) {
    database.write("writing the journal", tx -> append(tx, List.of(entry)));
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
          Set<Long> numbers = new TreeSet<>();
          for (Pseudonym one : client.all()) {
            numbers.addAll(
                tx.list(
                    "SELECT seq FROM journal_client WHERE pseudonym = ?",
                    row -> row.number("seq"),
                    one.toString()));
          }
          List<JournalLine> lines = new ArrayList<>();
          for (long number : numbers) {
            lines.addAll(
                tx.list("SELECT " + COLUMNS + " FROM journal WHERE seq = ?", this::line, number));
          }
          return List.copyOf(lines);
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
                          "SELECT " + COLUMNS + " FROM journal WHERE seq < ? ORDER BY seq",
                          this::line,
                          indexed)
                      .stream()
                      .filter(line -> line.entry().actor().id().equalsIgnoreCase(wanted))
                      .toList());
          lines.addAll(
              tx.list(
                  "SELECT j.* FROM journal_actor a JOIN journal j ON j.seq = a.seq"
                      + " WHERE a.pseudonym = ? ORDER BY j.seq",
                  this::line,
                  pseudonym(wanted)));
          return List.copyOf(lines);
        });
  }

  private String pseudonym(String actor) {
    byte[] mac =
        StoreKey.hmac(actorKey, actor.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(Arrays.copyOf(mac, 16));
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
          Head end = head(tx);
          if (end.number() == 0
              || tx.exists("SELECT 1 FROM journal_seal WHERE upto = ?", end.number())) {
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
          return Optional.of(seal);
        });
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
        tx -> tx.list("SELECT " + COLUMNS + " FROM journal " + where, this::line, arguments));
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
    TreeMap<Long, JournalSeal> seals = new TreeMap<>();
    for (JournalSeal seal : Stream.concat(seals().stream(), noted.stream()).toList()) {
      JournalSeal other = seals.putIfAbsent(seal.upto(), seal);
      boolean two = other != null && !other.head().equals(seal.head());
      if (two || !signer.isGenuine(seal)) {
        return new ChainCheck(0, START, Optional.of(seal.upto()));
      }
    }
    ChainCheck walked = walk(seals);
    boolean cutOff = walked.isSound() && !seals.isEmpty() && seals.lastKey() > walked.lines();
    return cutOff
        ? new ChainCheck(walked.lines(), walked.head(), Optional.of(walked.lines() + 1))
        : walked;
  }

  private ChainCheck walk(Map<Long, JournalSeal> seals) {
    long expected = 1;
    String previous = START;
    while (true) {
      List<Link> links = links(expected);
      for (Link link : links) {
        boolean sound =
            link.number() == expected
                && link.previous().equals(previous)
                && link.hash().equals(link.computed())
                && isAsSealed(link, Optional.ofNullable(seals.get(link.number())));
        if (!sound) {
          return new ChainCheck(expected - 1, previous, Optional.of(expected));
        }
        previous = link.hash();
        expected++;
      }
      if (links.size() < PAGE) {
        return againstHead(expected, previous);
      }
    }
  }

  private static boolean isAsSealed(Link link, Optional<JournalSeal> seal) {
    return seal.map(s -> s.head().equals(link.hash())).orElse(true);
  }

  private record Link(long number, String previous, String hash, String computed) {}

  private List<Link> links(long from) {
    return database.read(
        "verifying the journal",
        tx ->
            tx.list(
                "SELECT " + COLUMNS + " FROM journal WHERE seq >= ? ORDER BY seq LIMIT ?",
                row ->
                    new Link(
                        row.number("seq"),
                        row.text("previous"),
                        row.text("hash"),
                        hash(stored(row), row.text("previous"))),
                from,
                PAGE));
  }

  /** Lines may have been added while we walked, so the head may be further; never nearer. */
  private ChainCheck againstHead(long next, String previous) {
    Head head = database.read("verifying the journal", Journal::head);
    boolean cutOff = head.number() >= next && links(next).isEmpty();
    boolean forged = head.number() < next - 1;
    boolean other = head.number() == next - 1 && !head.hash().equals(previous);
    Optional<Long> broken = cutOff || forged || other ? Optional.of(next) : Optional.empty();
    return new ChainCheck(next - 1, previous, broken);
  }

  private record Head(long number, String hash) {}

  private static Head head(Tx tx) throws SQLException {
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
    Stored row = stored(number, entry);
    String hash = hash(row, previous);
    tx.update(
        "INSERT INTO journal (" + COLUMNS + ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
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
        pseudonym(entry.actor().id()),
        number);
    if (entry.client().isPresent()) {
      for (Pseudonym one : entry.client().get().all()) {
        tx.update(
            "INSERT INTO journal_client (pseudonym, seq) VALUES (?, ?)", one.toString(), number);
      }
    }
    return hash;
  }

  /** A line exactly as its columns hold it. */
  private record Stored(
      long number,
      long at,
      String event,
      String action,
      String outcome,
      byte[] actorBox,
      String clients,
      String object,
      String caseNumber,
      String purpose,
      String consents,
      String rules,
      int emergency,
      String source,
      String correlation,
      Optional<byte[]> detailBox) {}

  private Stored stored(long number, JournalEntry entry) {
    return new Stored(
        number,
        entry.at().toEpochMilli(),
        entry.event(),
        entry.action().name(),
        entry.outcome().name(),
        box.close("journal.actor", actorText(entry.actor())),
        entry.client().map(ClientPseudonyms::joined).orElse(""),
        entry.object(),
        entry.caseNumber().map(CaseNumber::value).orElse(""),
        entry.purpose().map(Purpose::code).orElse(""),
        entry.consentIds().stream().sorted().collect(Collectors.joining(" ")),
        String.join(" ", entry.ruleIds()),
        entry.emergency() ? 1 : 0,
        entry.source(),
        entry.correlation(),
        entry.detail().map(text -> box.close("journal.detail", text.reveal())));
  }

  private static Stored stored(Row row) throws SQLException {
    return new Stored(
        row.number("seq"),
        row.number("at"),
        row.text("event"),
        row.text("action"),
        row.text("outcome"),
        row.box("actor_box"),
        row.text("client_pseudonyms"),
        row.text("object"),
        row.text("case_number"),
        row.text("purpose"),
        row.text("consent_ids"),
        row.text("rule_ids"),
        row.count("emergency"),
        row.text("source"),
        row.text("correlation"),
        row.maybeBox("detail_box"));
  }

  /** Lengths in front of every column, so that no two lines have the same bytes. */
  private String hash(Stored row, String previous) {
    String text =
        Fields.of(
            previous,
            Long.toString(row.number()),
            Long.toString(row.at()),
            row.event(),
            row.action(),
            row.outcome(),
            HexFormat.of().formatHex(row.actorBox()),
            row.clients(),
            row.object(),
            row.caseNumber(),
            row.purpose(),
            row.consents(),
            row.rules(),
            Integer.toString(row.emergency()),
            row.source(),
            row.correlation(),
            row.detailBox().map(HexFormat.of()::formatHex).orElse("-"));
    return HexFormat.of().formatHex(StoreKey.hmac(chainKey, text.getBytes(StandardCharsets.UTF_8)));
  }

  private JournalLine line(Row row) throws SQLException {
    Stored stored = stored(row);
    JournalEntry entry =
        new JournalEntry(
            row.instant("at"),
            stored.event(),
            JournalEntry.Action.valueOf(stored.action()),
            JournalEntry.Outcome.valueOf(stored.outcome()),
            actor(box.open("journal.actor", stored.actorBox())),
            ClientPseudonyms.split(stored.clients()),
            stored.object(),
            some(stored.caseNumber()).map(CaseNumber::new),
            some(stored.purpose()).map(Purpose::new),
            Set.copyOf(words(stored.consents())),
            words(stored.rules()),
            stored.emergency() == 1,
            stored.source(),
            stored.correlation(),
            stored.detailBox().map(b -> Confidential.of(box.open("journal.detail", b))));
    return new JournalLine(stored.number(), entry, row.text("hash"));
  }

  private static String actorText(Actor actor) {
    return Fields.of(actor.id(), actor.onBehalfOf().orElse(""), actor.role().orElse(""));
  }

  private static Actor actor(String text) {
    List<String> fields = Fields.split(text);
    return new Actor(fields.get(0), some(fields.get(1)), some(fields.get(2)));
  }

  private static Optional<String> some(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
  }
}
