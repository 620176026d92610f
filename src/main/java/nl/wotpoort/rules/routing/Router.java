package nl.wotpoort.rules.routing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import nl.wotpoort.directory.Directory;

/**
 * Finds the right desk. Deterministic and total: the same facts, directory and day always give the
 * same one outcome, whatever the order of entries; it never throws for a valid directory.
 * Stateless, thread-safe. Source: agreement R3–R6, and docs/decisions/routing-readings.md for what
 * the agreement leaves open.
 */
public final class Router {

  private static final ZoneId AMSTERDAM = ZoneId.of("Europe/Amsterdam");

  private Router() {}

  /** Routes at a moment; its day is the one in Europe/Amsterdam. */
  public static Routing route(RoutingFacts facts, Directory directory, Instant now) {
    return route(facts, directory, LocalDate.ofInstant(now, AMSTERDAM));
  }

  /** Routes on a day. */
  public static Routing route(RoutingFacts facts, Directory directory, LocalDate today) {
    return new Pass(facts, directory, today).run();
  }
}
