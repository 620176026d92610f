package nl.wotpoort.store;

import static nl.wotpoort.store.Sample.LEASE;
import static nl.wotpoort.store.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "What if the process dies after this line?", asked of every line (docs/queue.md). */
class CrashTest {

  /** The transitions of docs/queue.md; old and new state of a message or letter. */
  private static final Set<String> ALLOWED =
      Set.of(
          "message RECEIVED WORKING",
          "message RECEIVED HELD",
          "message WORKING WORKING",
          "message WORKING RECEIVED",
          "message WORKING HELD",
          "message WORKING DONE",
          "message HELD RECEIVED",
          "message HELD HELD",
          "message HELD DONE",
          "message DONE RECEIVED",
          "outgoing WAITING QUEUED",
          "outgoing WAITING REPLACED",
          "outgoing QUEUED SENDING",
          "outgoing QUEUED SENT",
          "outgoing SENDING SENDING",
          "outgoing SENDING QUEUED",
          "outgoing SENDING SENT",
          "outgoing SENDING FAILED",
          "outgoing SENDING STOPPED",
          "outgoing FAILED SENT",
          "outgoing STOPPED SENT");

  @TempDir Path folder;

  private final List<String> wire = new ArrayList<>();

  private static Road road(Store store, List<String> wire) {
    return new Road(store, "node-a", LEASE, wire::add);
  }

  private void once(Path place, Faulty faulty) {
    try (Store store = Store.open(Sample.settings(place), faulty)) {
      Road road = road(store, wire);
      road.receive(1, NOON);
      road.workToTheEnd(NOON);
    } catch (StoreException.Unavailable e) {
      assertThat(faulty.isDead()).isTrue();
    }
  }

  @Test
  void whereverItDiesARedoEndsWithExactlyOneOfEverything() throws IOException, SQLException {
    Path sound = Files.createDirectory(folder.resolve("sound"));
    Sample.open(sound).close();
    int opening = momentsOfOpening(copy(sound, "opening"));
    Faulty counting = Faulty.never();
    once(copy(sound, "counting"), counting);
    assertThat(wire).containsExactly(Sample.forwardId(1), Sample.receiptId(1));

    for (int moment = opening + 1; moment <= counting.moments(); moment++) {
      wire.clear();
      Path place = copy(sound, "at-" + moment);
      once(place, new Faulty(moment));
      redo(place, moment);
    }
  }

  private static int momentsOfOpening(Path place) {
    Faulty counting = Faulty.never();
    Store.open(Sample.settings(place), counting).close();
    return counting.moments();
  }

  private Path copy(Path from, String name) throws IOException, SQLException {
    Path to = Files.createDirectory(folder.resolve(name));
    Place.copy(from, to);
    return to;
  }

  private void redo(Path place, int moment) {
    Instant later = NOON.plus(Duration.ofHours(1));
    try (Store store = Sample.open(place)) {
      assertThat(store.journal().verify().isSound()).as("journal at %d", moment).isTrue();
      Road road = road(store, wire);
      road.receive(1, later);
      road.workToTheEnd(later);

      assertThat(store.cases().newest(9)).as("cases at %d", moment).hasSize(1);
      MessageRef message = store.cases().newest(9).get(0).message().orElseThrow();
      assertThat(store.outbox().of(message))
          .as("letters at %d", moment)
          .hasSize(2)
          .allMatch(file -> file.state() == OutgoingState.SENT);
      assertThat(store.journal().about(message.toString()))
          .as("journal at %d", moment)
          .extracting(line -> line.entry().event())
          .containsExactly("RECEIVED", "FORWARDED");
      assertThat(store.journal().verify().isSound()).isTrue();
      assertThat(new HashSet<>(wire))
          .as("on the wire at %d", moment)
          .containsExactlyInAnyOrder(Sample.forwardId(1), Sample.receiptId(1));
      assertThat(wire).as("the known window, once at most, at %d", moment).hasSizeBetween(2, 3);
    }
  }

  /** Stopped at the door: letter, receipt and message change together, or none of them. */
  @Test
  void whereverItDiesAMessageIsTakenBackAsAWhole() throws IOException, SQLException {
    Path sound = Files.createDirectory(folder.resolve("decided"));
    try (Store store = Sample.open(sound)) {
      Sample.decided(store, 1);
    }
    int opening = momentsOfOpening(copy(sound, "opened"));
    Faulty counting = Faulty.never();
    assertThat(takenBack(copy(sound, "counted"), counting)).isEqualTo(BACK);
    int undone = 0;
    for (int moment = opening + 1; moment <= counting.moments(); moment++) {
      List<String> left = takenBack(copy(sound, "cut-" + moment), new Faulty(moment));
      assertThat(left).as("after dying at %d", moment).isIn(BACK, UNDER_WAY, UNTOUCHED);
      undone += left.equals(BACK) ? 0 : 1;
    }
    assertThat(undone).as("it did die in the middle").isGreaterThan(5);
  }

  private static final List<String> BACK = List.of("RECEIVED", "STOPPED", "REPLACED");
  private static final List<String> UNDER_WAY = List.of("DONE", "SENDING", "WAITING");
  private static final List<String> UNTOUCHED = List.of("DONE", "QUEUED", "WAITING");

  /** The states of message, forward and receipt afterwards, seen by the next start. */
  private static List<String> takenBack(Path place, Faulty faulty) {
    try (Store store = Store.open(Sample.settings(place), faulty)) {
      OutgoingClaim claim = Sample.claimLetter(store, NOON);
      store.outbox().takenBack(claim, NOON, "WITHDRAWN", Consequences.none());
    } catch (StoreException.Unavailable e) {
      assertThat(faulty.isDead()).isTrue();
    }
    try (Store store = Sample.open(place)) {
      MessageRef message = store.cases().newest(1).get(0).message().orElseThrow();
      List<String> states = new ArrayList<>();
      states.add(store.queue().state(message).orElseThrow().name());
      store.outbox().of(message).forEach(file -> states.add(file.state().name()));
      return states;
    }
  }

  @Test
  void noOtherTransitionEverHappens() throws SQLException {
    try (Store store = Sample.open(folder)) {
      watch();
      for (long uid = 1; uid <= 6; uid++) {
        store.queue().received(Sample.arrival(uid));
      }
      everyWayOutOfAMessage(store);
      everyWayOutOfALetter(store);
    }
    Set<String> seen = seen();
    assertThat(ALLOWED).containsAll(seen);
    assertThat(seen).as("this test takes nearly every one").hasSizeGreaterThan(14);
  }

  private static void everyWayOutOfAMessage(Store store) {
    MessageQueue queue = store.queue();
    Actor admin = Actor.administrator("beheer");
    queue.giveBack(Sample.claimOne(store), NOON);
    queue.tryAgain(Sample.claimOne(store), NOON);
    Claimed held = Sample.claimOne(store);
    queue.hold(held, HoldCause.FAULT, "X", List.of(), NOON);
    store.holds().release(held.ref(), admin, NOON);
    Claimed second = Sample.claimOne(store);
    queue.hold(second, HoldCause.FAULT, "X", List.of(), NOON);
    store.holds().reject(second.ref(), "NO", Consequences.none(), admin, NOON);
    Instant now = NOON;
    for (int round = 0; round < 5; round++) {
      queue.claim(now, LEASE, "a", 9);
      now = now.plus(LEASE);
    }
    assertThat(store.health().figures().held()).containsKey(HoldCause.POISON);
  }

  private static void everyWayOutOfALetter(Store store) {
    Outbox outbox = store.outbox();
    for (long uid = 11; uid <= 15; uid++) {
      Sample.decided(store, uid);
    }
    outbox.deferred(Sample.claimLetter(store, NOON), NOON, new Reply(451, "later"));
    outbox.sent(Sample.claimLetter(store, NOON), NOON, Sample.ok(), List.of());
    outbox.sent(Sample.claimLetter(store, NOON), NOON, Sample.ok(), List.of());
    OutgoingClaim failed = Sample.claimLetter(store, NOON);
    Consequences instead = Consequences.none().sending(Sample.receipt(91));
    outbox.failed(failed, NOON, new Reply(550, "no"), instead);
    outbox.sent(failed, NOON, Sample.ok(), List.of());
    outbox.sent(Sample.claimLetter(store, NOON), NOON, Sample.ok(), List.of());
    OutgoingClaim stopped = Sample.claimLetter(store, NOON);
    outbox.stopped(stopped, NOON, "WITHDRAWN", Consequences.none().sending(Sample.receipt(92)));
    outbox.sent(stopped, NOON, Sample.ok(), List.of());
    outbox.claim(NOON, LEASE, "a", 9);
    for (OutgoingClaim back : outbox.claim(NOON.plus(LEASE), LEASE, "b", 9)) {
      outbox.takenBack(back, NOON.plus(LEASE), "WITHDRAWN", Consequences.none());
    }
  }

  private void watch() throws SQLException {
    Place.raw(folder, "CREATE TABLE seen (what VARCHAR(100) PRIMARY KEY)");
    for (String table : List.of("message", "outgoing")) {
      String note =
          "INSERT INTO seen VALUES ('%s ' || old.state || ' ' || new.state) ON CONFLICT DO NOTHING;"
              .formatted(table);
      if (Place.isServer()) {
        Place.raw(
            folder,
            "CREATE FUNCTION watch_%s() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN %s RETURN new; END $$"
                .formatted(table, note),
            "CREATE TRIGGER watch AFTER UPDATE OF state ON %1$s FOR EACH ROW EXECUTE FUNCTION watch_%1$s()"
                .formatted(table));
      } else {
        Place.raw(
            folder,
            "CREATE TRIGGER watch_%1$s AFTER UPDATE OF state ON %1$s BEGIN %2$s END"
                .formatted(table, note));
      }
    }
  }

  private Set<String> seen() throws SQLException {
    Set<String> seen = new TreeSet<>();
    try (Connection connection = Place.raw(folder);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT what FROM seen")) {
      while (rows.next()) {
        seen.add(rows.getString(1));
      }
    }
    return seen;
  }
}
