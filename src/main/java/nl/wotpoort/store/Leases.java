package nl.wotpoort.store;

import java.time.Duration;
import java.time.Instant;

/**
 * Something one node does at a time, such as polling a mailbox. Who holds a lease renews it well
 * before its end; when a node dies another takes it over at the end. Thread-safe.
 */
public final class Leases {

  private final Database database;

  Leases(Database database) {
    this.database = database;
  }

  /** The same as a thing to hold on to; asks the database no more often than it must. */
  public Duty duty(String name, String node) {
    return new Duty(this, name, node);
  }

  /** Takes or renews the lease; false while another node has it. */
  public boolean hold(String name, String node, Instant now, Duration length) {
    return database.write(
        "taking a lease",
        tx ->
            tx.update(
                    "INSERT INTO lease (name, node, until_at) VALUES (?, ?, ?)"
                        + " ON CONFLICT (name) DO UPDATE"
                        + " SET node = excluded.node, until_at = excluded.until_at"
                        + " WHERE lease.node = excluded.node OR lease.until_at <= ?",
                    name,
                    node,
                    now.plus(length),
                    now)
                == 1);
  }

  /** Lets another take it at once; nothing happens when it is not ours. */
  public void release(String name, String node) {
    database.write(
        "releasing a lease",
        tx -> tx.update("DELETE FROM lease WHERE name = ? AND node = ?", name, node));
  }
}
