package nl.wotpoort.route.status;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import nl.wotpoort.desk.Alerts;
import nl.wotpoort.smime.Deadline;
import nl.wotpoort.store.Onlooker;
import nl.wotpoort.store.QueueFigures;
import nl.wotpoort.store.Store;
import nl.wotpoort.store.StoreException;

/** Whether mail comes in, is decided and leaves, and why not. Asks anew each time. Thread-safe. */
final class Readiness {

  /**
   * When something is amiss.
   *
   * @param freeBytes less free space than this is too little
   * @param undecided how long a message may wait to be decided
   * @param unsent how long a letter may be under way
   */
  record Bounds(long freeBytes, Duration undecided, Duration unsent) {}

  private final Store store;
  private final Supplier<Map<String, Boolean>> intakes;
  private final Supplier<List<Deadline>> deadlines;
  private final BooleanSupplier tokenAway;
  private final Bounds bounds;
  private final Clock clock;

  Readiness(
      Store store,
      Supplier<Map<String, Boolean>> intakes,
      Supplier<List<Deadline>> deadlines,
      BooleanSupplier tokenAway,
      Bounds bounds,
      Clock clock) {
    this.store = store;
    this.intakes = intakes;
    this.deadlines = deadlines;
    this.tokenAway = tokenAway;
    this.bounds = bounds;
    this.clock = clock;
  }

  /**
   * What hinted at mail going astray in the last day, as JSON strings: for a person to look at, and
   * no reason not to be ready.
   */
  String alerts() {
    try {
      return store.alerts().since(clock.instant().minus(Alerts.NEWS)).keySet().stream()
          .sorted()
          .map(event -> "\"" + event + "\"")
          .collect(Collectors.joining(","));
    } catch (StoreException away) {
      return ""; // told as a reason
    }
  }

  /** Empty: ready. */
  List<Trouble> troubles() {
    Instant now = clock.instant();
    List<Trouble> troubles = new ArrayList<>();
    intakes
        .get()
        .forEach(
            (name, up) -> {
              if (!up) {
                troubles.add(Trouble.of(Trouble.Kind.INTAKE_DOWN, name));
              }
            });
    addStore(troubles, now);
    if (tokenAway.getAsBoolean()) {
      troubles.add(Trouble.of(Trouble.Kind.KEY_TOKEN_AWAY));
    }
    addOver(troubles, Deadline.Kind.KEY, Trouble.Kind.KEY_EXPIRED, now);
    addOver(troubles, Deadline.Kind.CRL, Trouble.Kind.CRL_EXPIRED, now);
    return troubles;
  }

  private void addStore(List<Trouble> troubles, Instant now) {
    try {
      store.health().probe(now);
      QueueFigures figures = store.health().figures();
      waiting(figures.oldestUndecided(), now, bounds.undecided())
          .map(minutes -> Trouble.of(Trouble.Kind.MESSAGES_WAIT, minutes))
          .ifPresent(troubles::add);
      waiting(figures.oldestUnsent(), now, bounds.unsent())
          .map(minutes -> Trouble.of(Trouble.Kind.LETTERS_WAIT, minutes))
          .ifPresent(troubles::add);
    } catch (StoreException.DiskFull full) {
      troubles.add(Trouble.of(Trouble.Kind.DISK_LOW, 0));
      return;
    } catch (StoreException away) {
      troubles.add(Trouble.of(Trouble.Kind.STORE_AWAY));
      return;
    }
    store.health().freeBytes().stream()
        .filter(free -> free < bounds.freeBytes())
        .mapToObj(free -> Trouble.of(Trouble.Kind.DISK_LOW, free >> 20))
        .forEach(troubles::add);
  }

  private static Optional<Long> waiting(Optional<Instant> since, Instant now, Duration bound) {
    return since
        .map(start -> Onlooker.between(start, now))
        .filter(waited -> waited.compareTo(bound) > 0)
        .map(Duration::toMinutes);
  }

  private void addOver(
      List<Trouble> troubles, Deadline.Kind what, Trouble.Kind trouble, Instant now) {
    long over =
        deadlines.get().stream()
            .filter(deadline -> deadline.kind() == what && deadline.end().isBefore(now))
            .count();
    if (over > 0) {
      troubles.add(Trouble.of(trouble, over));
    }
  }
}
