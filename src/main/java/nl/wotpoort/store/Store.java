package nl.wotpoort.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The door of the store: everything the gateway remembers. Open one per process and share it; all
 * of it is thread-safe, and several processes may have the same store open. Any method may throw
 * {@link StoreException}, and then nothing of what was asked has happened, with one exception the
 * database allows no other answer to: when the very commit fails, the caller cannot know, and must
 * do the same again (each method is safe to repeat, see docs/queue.md).
 */
public final class Store implements AutoCloseable {

  /** The fact that a store was moved to another place. */
  static final String MOVED = "moved";

  private static final String KEY_CHECK = "key_check";

  private final Database database;
  private final MessageQueue queue;
  private final Duplicates duplicates;
  private final Outbox outbox;
  private final Holds holds;
  private final CaseBook cases;
  private final ConsentRegister consents;
  private final RequestBook requests;
  private final Journal journal;
  private final Figures figures;
  private final ReferralBook referrals;
  private final RoutesBook routes;
  private final DeliveryBook deliveries;
  private final AlertBook alerts;
  private final Leases leases;
  private final Health health;
  private final Pseudonyms pseudonyms;

  private Store(Database database, StoreSettings settings) {
    Strongbox box = new Strongbox(settings.key());
    this.database = database;
    this.pseudonyms = new Pseudonyms(settings.key());
    this.journal = new Journal(database, box, settings.key());
    this.cases = new CaseBook(database, box, pseudonyms);
    this.consents = new ConsentRegister(database, box, journal);
    this.requests = new RequestBook(database, box);
    this.referrals = new ReferralBook(database);
    this.figures = new Figures(database, referrals, settings.key());
    Clerk clerk = new Clerk(box, pseudonyms, cases, consents, requests, journal, referrals);
    this.duplicates = new Duplicates(database, pseudonyms);
    this.queue = new MessageQueue(database, settings, box, duplicates, journal, clerk);
    this.outbox = new Outbox(database, settings, box, pseudonyms, journal, clerk);
    this.holds = new Holds(database, box, journal, clerk);
    this.deliveries =
        new DeliveryBook(
            database, box, pseudonyms, journal, clerk, settings.key().marks("delivery code"));
    this.routes = new RoutesBook(database, box, journal, deliveries);
    this.leases = new Leases(database);
    this.alerts = new AlertBook(database, journal, leases);
    this.health = new Health(database);
  }

  /**
   * Opens the store, makes it when there is none, and brings its tables up to date. Throws {@link
   * StoreException.WrongKey} before anything is changed, {@link StoreException.SchemaTooNew},
   * {@link StoreException.Damaged}, {@link StoreException.Unavailable}, {@link
   * StoreException.Unsuitable}, {@link StoreException.NotInUse}, {@link StoreException.DiskFull}.
   */
  public static Store open(StoreSettings settings) {
    return open(settings, connection -> connection);
  }

  static Store open(StoreSettings settings, Database.Wrapper wrapper) {
    Dialect dialect = Dialect.of(settings);
    dialect.prepare();
    Database database = new Database(dialect, wrapper);
    boolean opened = false;
    try {
      boolean current = Migrations.of(dialect).areIn(database) || new Schema(dialect).isCurrent();
      if (current) {
        check(database, settings.key());
      }
      if (!current || keyCheck(database).isEmpty()) {
        makeCurrent(dialect, database, settings.key());
      }
      opened = true;
      return new Store(database, settings);
    } finally {
      if (!opened) {
        database.close();
      }
    }
  }

  /**
   * Only where something is to be made: a store that is as it should be is opened without a write,
   * so that a person can look into it while the disk is full or somebody else writes.
   */
  private static void makeCurrent(Dialect dialect, Database database, StoreKey key) {
    try (Connection lock = dialect.openingLock()) {
      Schema schema = new Schema(dialect);
      if (!schema.isNew()) {
        check(database, key);
      }
      schema.migrate();
      setKey(database, key);
      checkKey(database, key);
    } catch (SQLException e) {
      throw dialect.explain("opening the store", e);
    }
  }

  private static void check(Database database, StoreKey key) {
    checkKey(database, key);
    refuseWhenShut(database);
  }

  private static String checkValue(StoreKey key) {
    return HexFormat.of().formatHex(key.derive("key check").getEncoded());
  }

  private static void setKey(Database database, StoreKey key) {
    database.write(
        "setting the key check",
        tx ->
            tx.update(
                "INSERT INTO fact (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING",
                KEY_CHECK,
                checkValue(key)));
  }

  private static void refuseWhenShut(Database database) {
    for (String why : List.of(MOVED, Manifest.TAKEN)) {
      Optional<String> when =
          database.read(
              "looking whether the store is in use",
              tx ->
                  tx.first("SELECT value FROM fact WHERE name = ?", row -> row.text("value"), why));
      if (when.isPresent()) {
        throw new StoreException.NotInUse(
            why.equals(MOVED) ? "storeMoved" : "storeIsBackup", when.get());
      }
    }
  }

  private static Optional<String> keyCheck(Database database) {
    return database.read(
        "checking the key",
        tx ->
            tx.first("SELECT value FROM fact WHERE name = ?", row -> row.text("value"), KEY_CHECK));
  }

  static void checkKey(Database database, StoreKey key) {
    Optional<String> check = keyCheck(database);
    if (check.isPresent() && !check.get().equals(checkValue(key))) {
      throw new StoreException.WrongKey();
    }
  }

  Database database() {
    return database;
  }

  /**
   * To be had by a gateway before it works, and closed after it. In an embedded store nobody else
   * can be at work then, so what a gateway that died had claimed comes back at once: its attempts
   * stay counted. With a database server that waits for the leases to end. Throws {@link
   * StoreException.InUse}.
   *
   * <p>What if the process dies after this? The operating system takes the lock away with it.
   */
  public Occupancy occupy(Instant now) {
    Occupancy occupancy = database.dialect().occupy();
    boolean ours = false;
    try {
      if (occupancy.isSole()) {
        takeBack(now);
      }
      ours = true;
      return occupancy;
    } finally {
      if (!ours) {
        occupancy.close();
      }
    }
  }

  private void takeBack(Instant now) {
    database.write(
        "taking back what was claimed",
        tx ->
            tx.update(
                    "UPDATE message SET state = ?, due_at = ?, node = NULL"
                        + " WHERE due_at IS NOT NULL AND state = ?",
                    MessageState.RECEIVED,
                    now,
                    MessageState.WORKING)
                + tx.update(
                    "UPDATE outgoing SET state = ?, due_at = ?, node = NULL"
                        + " WHERE due_at IS NOT NULL AND state = ?",
                    OutgoingState.QUEUED,
                    now,
                    OutgoingState.SENDING)
                + tx.update("DELETE FROM lease WHERE node <> ?", Leases.NOBODY));
  }

  /** Received messages, from arrival to decision. */
  public MessageQueue queue() {
    return queue;
  }

  /** What decided messages are known by when they come again. */
  public Duplicates duplicates() {
    return duplicates;
  }

  /** Outgoing letters, from posting to the next hop's answer. */
  public Outbox outbox() {
    return outbox;
  }

  /** Messages that wait for a person. */
  public Holds holds() {
    return holds;
  }

  public CaseBook cases() {
    return cases;
  }

  /** What the half-year figures are counted from. */
  public Figures figures() {
    return figures;
  }

  public ReferralBook referrals() {
    return referrals;
  }

  public ConsentRegister consents() {
    return consents;
  }

  /** Information requests, and how far each is. */
  public RequestBook requests() {
    return requests;
  }

  public Journal journal() {
    return journal;
  }

  /** What hints at mail that goes to the wrong place. */
  public AlertBook alerts() {
    return alerts;
  }

  /** The versions of the routes files. */
  public RoutesBook routes() {
    return routes;
  }

  /** Which delivery addresses are new and did not answer yet. */
  public DeliveryBook deliveries() {
    return deliveries;
  }

  public Leases leases() {
    return leases;
  }

  /** What waits for a time of the clock. */
  public Waits waits() {
    return new Waits(database);
  }

  public Health health() {
    return health;
  }

  /** The onlooker hears what this process writes from now on; other nodes tell their own. */
  public void show(Onlooker onlooker) {
    database.show(onlooker);
  }

  /** Pseudonyms under this store's key. */
  public Pseudonyms pseudonyms() {
    return pseudonyms;
  }

  /**
   * Removes the bytes of messages decided and letters sent before {@code before}, at most {@code
   * max} of each; rows, cases and journal stay. A message keeps its bytes while a letter that
   * followed from it is under way. How many were removed: call again until it is 0.
   */
  public int purge(Instant before, int max) {
    return database.write(
        "purging",
        tx ->
            tx.update(
                    "DELETE FROM message_body WHERE message_id IN (SELECT b.message_id"
                        + " FROM message_body b JOIN message m ON m.id = b.message_id"
                        + " WHERE m.state = 'DONE' AND m.settled_at < ? AND NOT EXISTS ("
                        + "SELECT 1 FROM outgoing o WHERE o.message_id = m.id"
                        + " AND o.state IN ('WAITING', 'QUEUED', 'SENDING')) LIMIT ?)",
                    before,
                    max)
                + tx.update(
                    "DELETE FROM outgoing_body WHERE outgoing_id IN (SELECT b.outgoing_id"
                        + " FROM outgoing_body b JOIN outgoing o ON o.id = b.outgoing_id"
                        + " WHERE o.state IN ('SENT', 'FAILED', 'STOPPED', 'REPLACED')"
                        + " AND o.settled_at < ? LIMIT ?)",
                    before,
                    max));
  }

  /**
   * Waits for the transaction that is running. What is claimed stays claimed until its lease ends.
   */
  @Override
  public void close() {
    database.close();
  }
}
