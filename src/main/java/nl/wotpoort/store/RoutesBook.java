package nl.wotpoort.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import nl.wotpoort.letter.Address;

/**
 * The versions of the routes files: all nodes on a store work with the newest. Versions are added
 * and never changed or removed. Thread-safe.
 */
public final class RoutesBook {

  private final Database database;
  private final Strongbox box;
  private final Journal journal;
  private final DeliveryBook deliveries;

  RoutesBook(Database database, Strongbox box, Journal journal, DeliveryBook deliveries) {
    this.database = database;
    this.box = box;
    this.journal = journal;
    this.deliveries = deliveries;
  }

  /**
   * What is in force: nothing about the routes changed as long as this is the same.
   *
   * @param number of the version; 0 when none was ever activated
   * @param awaited how many delivery addresses did not answer yet
   */
  public record State(int number, int awaited) {}

  /** Cheap: asked before every message. */
  public State state() {
    return database.read(
        "asking for the state of the routes",
        tx ->
            tx.first(
                    "SELECT (SELECT COALESCE(MAX(number), 0) FROM routes_version) AS n,"
                        + " (SELECT COUNT(*) FROM delivery_address WHERE confirmed_at IS NULL)"
                        + " AS awaited",
                    row -> new State(row.count("n"), row.count("awaited")))
                .orElseThrow());
  }

  /** The number of the version in force; 0 when none was ever activated. */
  public int newest() {
    return database.read("asking for the routes version", RoutesBook::newest);
  }

  private static int newest(Tx tx) throws SQLException {
    return tx.first(
            "SELECT COALESCE(MAX(number), 0) AS n FROM routes_version", row -> row.count("n"))
        .orElse(0);
  }

  /** The version in force. */
  public Optional<RoutesVersion> active() {
    return database.read(
        "reading the routes version",
        tx -> tx.first("SELECT * FROM routes_version ORDER BY number DESC LIMIT 1", this::version));
  }

  public Optional<RoutesVersion> version(int number) {
    return database.read("reading a routes version", tx -> version(tx, number));
  }

  private Optional<RoutesVersion> version(Tx tx, int number) throws SQLException {
    return tx.first("SELECT * FROM routes_version WHERE number = ?", this::version, number);
  }

  /** The newest first, at most {@code max}. */
  public List<RoutesVersion> history(int max) {
    return database.read(
        "listing routes versions",
        tx ->
            tx.list(
                "SELECT * FROM routes_version ORDER BY number DESC LIMIT ?", this::version, max));
  }

  /**
   * Puts a version in force, with what follows from it in the journal, in one transaction. Its
   * number is one more than the version it was made from. Of its delivery addresses, those never
   * seen before are awaited ({@link DeliveryBook}).
   *
   * <p>What if the process dies? Before the commit the old version stays; after it every node finds
   * the new one.
   *
   * @throws RoutesMoved when another one was activated since: what changes must be looked at anew
   */
  public void activate(
      RoutesVersion next, Set<Address> deliveryAddresses, List<JournalEntry> journalled) {
    // beside the transaction: while it lasts, no other node writes
    byte[] actor =
        box.close("routes.actor", Fields.of(next.by().id(), next.by().role().orElse("")));
    byte[] change = box.close("routes.change", Fields.of(next.changes()));
    byte[] files = box.closeBytes("routes.files", Packed.of(joined(next.files())));
    byte[] certificates =
        box.closeBytes("routes.certificates", Packed.of(joined(next.certificates())));
    List<DeliveryBook.Named> named = deliveries.named(deliveryAddresses);
    database.write(
        "activating routes",
        tx -> {
          int added =
              tx.update(
                  "INSERT INTO routes_version (number, digest, at, actor_box, change_box, files_box,"
                      + " certificates_box) VALUES (?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
                  next.number(),
                  next.digest(),
                  next.at(),
                  actor,
                  change,
                  files,
                  certificates);
          int newest = newest(tx);
          if (added == 0 || newest != next.number()) {
            throw new RoutesMoved(newest);
          }
          journal.append(tx, journalled);
          deliveries.enrol(tx, next, one -> version(one, next.number() - 1), named);
          return added;
        });
  }

  private static String joined(Map<String, String> map) {
    List<String> fields = new ArrayList<>();
    new TreeMap<>(map)
        .forEach(
            (key, value) -> {
              fields.add(key);
              fields.add(value);
            });
    return Fields.of(fields);
  }

  private static Map<String, String> parted(String joined) {
    List<String> fields = Fields.split(joined);
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i + 1 < fields.size(); i += 2) {
      map.put(fields.get(i), fields.get(i + 1));
    }
    return map;
  }

  private RoutesVersion version(Row row) throws SQLException {
    List<String> actor = Fields.split(box.open("routes.actor", row.box("actor_box")));
    return new RoutesVersion(
        row.count("number"),
        row.text("digest"),
        row.instant("at"),
        new Actor(
            actor.get(0), Optional.empty(), Optional.of(actor.get(1)).filter(r -> !r.isEmpty())),
        Fields.split(box.open("routes.change", row.box("change_box"))),
        parted(Packed.opened(box.openBytes("routes.files", row.box("files_box")))),
        parted(Packed.opened(box.openBytes("routes.certificates", row.box("certificates_box")))));
  }
}
