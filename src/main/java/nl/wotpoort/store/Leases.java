package nl.wotpoort.store;

import java.time.Duration;
import java.time.Instant;

/**
 * Something one node does at a time, such as polling a mailbox. Who holds a lease renews it well
 * before its end; when a node dies another takes it over at the end. Thread-safe.
 */
public final class Leases {

  /** In the place of a node: the time until which something was done, not who is doing it. */
  static final String NOBODY = "-";

  private final Database database;

  Leases(Database database) {
    this.database = database;
  }

  /** The same as a thing to hold on to; asks the database no more often than it must. */
  public Duty duty(String name, String node) {
    return new Duty(this, name, node);
  }

  /**
   * Takes or renews the lease; false while another node has it. One that lasts longer than it could
   * is from before the clock was set back, and is not believed.
   */
  public boolean hold(String name, String node, Instant now, Duration length) {
    return database.write(
        "taking a lease",
        tx ->
            tx.update(
                    "INSERT INTO lease (name, node, until_at) VALUES (?, ?, ?)"
                        + " ON CONFLICT (name) DO UPDATE"
                        + " SET node = excluded.node, until_at = excluded.until_at"
                        + " WHERE lease.node = excluded.node OR lease.until_at <= ?"
                        + " OR lease.until_at > ?",
                    name,
                    node,
                    now.plus(length),
                    now,
                    now.plus(length).plus(Waits.SLACK))
                == 1);
  }

  /** Lets another take it at once; nothing happens when it is not ours. */
  public void release(String name, String node) {
    database.write(
        "releasing a lease",
        tx -> tx.update("DELETE FROM lease WHERE name = ? AND node = ?", name, node));
  }

  /**
   * Whether it is time for something that is done once an {@code interval}, whichever node does it;
   * who hears true is to do it, and nobody else hears true within the interval. What is kept also
   * holds after a restart. A time kept by a clock that ran ahead is not believed.
   */
  public boolean isTimeFor(String what, Instant now, Duration interval) {
    return database.write(
        "asking whether it is time",
        tx ->
            tx.update(
                    "INSERT INTO lease (name, node, until_at) VALUES (?, ?, ?)"
                        + " ON CONFLICT (name) DO UPDATE SET until_at = excluded.until_at"
                        + " WHERE lease.until_at <= ? OR lease.until_at > excluded.until_at",
                    what,
                    NOBODY,
                    now.plus(interval),
                    now)
                == 1);
  }

  /** It did not work: it is time again after {@code pause}, for any node. */
  public void againAfter(String what, Instant now, Duration pause) {
    database.write(
        "asking for another time",
        tx ->
            tx.update(
                "UPDATE lease SET until_at = ? WHERE name = ? AND node = ?",
                now.plus(pause),
                what,
                NOBODY));
  }
}
