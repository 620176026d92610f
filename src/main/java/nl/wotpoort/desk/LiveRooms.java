package nl.wotpoort.desk;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Entries;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.settings.Configuration;
import nl.wotpoort.settings.Loaded;
import nl.wotpoort.settings.Problem;
import nl.wotpoort.settings.Routes;
import nl.wotpoort.smime.KeyRing;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.RoutesBook;
import nl.wotpoort.store.RoutesMoved;
import nl.wotpoort.store.RoutesVersion;
import nl.wotpoort.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rooms as they are now. A message takes them once and keeps to them to its end, so that it
 * never sees half a change; the next message may get others: when another version of the routes was
 * activated, by whichever process on this store, or when keys, authorities, lists or approved
 * certificates on this machine changed. A version that cannot be used here (a certificate file that
 * is not on this machine) leaves the last good one in force, loudly. Thread-safe.
 */
public final class LiveRooms implements Supplier<Rooms> {

  private static final Logger LOG = LoggerFactory.getLogger(LiveRooms.class);

  /** Files are looked at this seldom; what is being copied looks different the next time. */
  static final Duration LOOKING = Duration.ofSeconds(2);

  private final Optional<Configuration> start;
  private final Seldom seldom = new Seldom();
  private final KeyLooks looks;
  private volatile Optional<Configuration> inForce;
  private volatile Rooms now;
  private volatile RoutesBook.State state;
  private volatile Optional<Integer> unusable = Optional.empty();
  private volatile boolean tokenAway;

  private LiveRooms(Optional<Configuration> start, Rooms rooms) {
    this.start = start;
    this.inForce = start;
    this.looks = new KeyLooks(start.map(Configuration::settings).map(KeyPlaces::new));
    this.now = rooms;
    // how many addresses are awaited is asked at the first look
    this.state = new RoutesBook.State(number(rooms.directory()), -1);
  }

  /** Rooms that never change. */
  public static LiveRooms fixed(Rooms rooms) {
    return new LiveRooms(Optional.empty(), rooms);
  }

  /**
   * Rooms that follow what is activated. On a store where nothing ever was, the files the
   * configuration was read from become version 1 now.
   *
   * @throws nl.wotpoort.store.StoreException when the store is away
   */
  public static LiveRooms following(Configuration configuration, Rooms rooms) {
    LiveRooms live = new LiveRooms(Optional.of(configuration), rooms);
    live.begin(configuration);
    return live;
  }

  private void begin(Configuration configuration) {
    if (now.store().routes().newest() == 0) {
      Routes.bytes(configuration.settings().routes())
          .value()
          .ifPresent(
              files -> {
                try {
                  new Activation(configuration.settings(), now.store(), samples(), now.clock())
                      .activate(files, Actor.gateway(), "ROUTES_ACTIVATED");
                } catch (RoutesMoved another) {
                  LOG.info("another node activated first: version={}", another.active());
                }
              });
    }
    follow();
    KeyJournal.taken(Optional.empty(), now);
  }

  @Override
  public Rooms get() {
    return now;
  }

  /** The version in use; 0 when it was read from files and never activated. */
  public int version() {
    return state.number();
  }

  /** The version in force that this node cannot use; empty when all is well. */
  public Optional<Integer> unusable() {
    return unusable;
  }

  /** Whether a key token did not answer, and has not since it was asked anew. */
  public boolean isTokenAway() {
    return tokenAway;
  }

  /**
   * Takes over what was activated since, and which delivery addresses were confirmed. Cheap when
   * nothing was; called before every message.
   *
   * @throws nl.wotpoort.store.StoreException when the store is away
   */
  public void follow() {
    if (start.isEmpty()) {
      return;
    }
    RoutesBook.State newest = now.store().routes().state();
    if (!newest.equals(state) && !isKnownUnusable(newest.number())) {
      take(start.get(), newest);
    }
    if (looks.isChanged(now.clock().instant())) {
      try {
        takeKeys(now.keys());
      } catch (StoreException away) {
        looks.again();
        throw away;
      }
    }
  }

  /**
   * To be told when a token did not answer: its keys are asked for anew, once a minute, until it
   * does.
   */
  void tokenAway() {
    tokenAway = true;
    if (seldom.isTimeFor("token", now.clock().instant())) {
      LOG.error("a key token does not answer; it is asked again every minute");
      tokenAway = !takeKeys(KeyRing.of(Map.of()));
    }
  }

  /**
   * Keys, authorities, lists and approved certificates as they are now, around the same routes.
   * False when the last good ones stay.
   */
  private synchronized boolean takeKeys(KeyRing known) {
    if (inForce.isEmpty()) {
      return false;
    }
    try {
      Rooms next =
          now.with(
              now.directory(),
              Furnishing.keysAnew(now, known, inForce.get(), samples(), now.identity().language()));
      KeyJournal.taken(Optional.of(now), next);
      now = next;
      LOG.info("changed keys, certificates and lists are in use");
      return true;
    } catch (Furnishing.CannotFurnish cannot) {
      KeyJournal.refused(now, cannot.sentences().size());
      LOG.error(
          "changed keys, certificates or lists cannot be used, the last good ones stay:"
              + " faults={} (wotpoort check tells them)",
          cannot.sentences().size());
      return false;
    }
  }

  /** Its file may come yet: looked at again every minute. */
  private boolean isKnownUnusable(int newest) {
    return unusable.equals(Optional.of(newest))
        && !seldom.isTimeFor("routes-" + newest, now.clock().instant());
  }

  private synchronized void take(Configuration configuration, RoutesBook.State newest) {
    if (newest.equals(state) || newest.number() == 0) {
      return;
    }
    if (newest.number() == state.number()) {
      now = now.with(awaiting(now.directory()));
      state = newest;
      LOG.info("delivery addresses awaited: {}", newest.awaited());
      return;
    }
    RoutesVersion next = now.store().routes().version(newest.number()).orElseThrow();
    if (next.digest().equals(now.directory().version()) && state.number() == 0) {
      // the very files these rooms were furnished from: they only have a number now
      use(now.with(awaiting(named(now.directory(), next.name()))), next, newest);
      return;
    }
    LocalDate today = LocalDate.ofInstant(now.clock().instant(), Moment.AMSTERDAM);
    Loaded<Configuration> loaded =
        Configuration.activated(configuration.settings(), next.number(), next.bytes(), today);
    if (loaded.value().isEmpty()) {
      refuse(next, loaded.errors().stream().map(Problem::code).distinct().toList().toString());
      return;
    }
    try {
      Rooms rooms =
          now.with(
              awaiting(loaded.value().get().directory()),
              Furnishing.keysAround(
                  now, loaded.value().get(), samples(), now.identity().language()));
      inForce = loaded.value();
      use(rooms, next, newest);
    } catch (Furnishing.CannotFurnish cannot) {
      refuse(next, "certificates=" + cannot.sentences().size());
    }
  }

  /** Read after the state: what changes in between is found by the next look. */
  private Directory awaiting(Directory directory) {
    return directory.awaiting(now.store().deliveries().addresses());
  }

  private void use(Rooms next, RoutesVersion active, RoutesBook.State is) {
    now = next;
    state = is;
    unusable = Optional.empty();
    LOG.info("routes in use: version={}", active.name());
  }

  private void refuse(RoutesVersion next, String why) {
    unusable = Optional.of(next.number());
    LOG.error(
        "routes version {} cannot be used on this node, version {} stays: {}",
        next.name(),
        state.number(),
        why);
  }

  /** Sample keys are as welcome later as they were at the start. */
  Furnishing.SampleKeys samples() {
    return now.keys().samples().isEmpty()
        ? Furnishing.SampleKeys.REFUSED
        : Furnishing.SampleKeys.ALLOWED;
  }

  private static Directory named(Directory directory, String version) {
    Entries e = directory.entries();
    return Directory.of(
        new Entries(
            version,
            e.teams(),
            e.workers(),
            e.expertise(),
            e.partners(),
            e.mailboxes(),
            e.postcodes()));
  }

  /** Of a version's name, the number before the dash; 0 for a directory read from files. */
  private static int number(Directory directory) {
    int dash = directory.version().indexOf('-');
    return dash < 0 ? 0 : Integer.parseInt(directory.version().substring(0, dash));
  }
}
