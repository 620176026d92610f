package nl.wotpoort.route;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nl.wotpoort.desk.Alerts;
import nl.wotpoort.desk.Chores;
import nl.wotpoort.desk.ClockCare;
import nl.wotpoort.desk.DeliveryCodes;
import nl.wotpoort.desk.Desk;
import nl.wotpoort.desk.Dispatch;
import nl.wotpoort.desk.Furnishing;
import nl.wotpoort.desk.LiveRooms;
import nl.wotpoort.desk.RetryLadder;
import nl.wotpoort.desk.Rooms;
import nl.wotpoort.desk.RoutesWatch;
import nl.wotpoort.route.imap.ImapAccount;
import nl.wotpoort.route.status.StatusDesk;
import nl.wotpoort.rules.consent.PolicyTables;
import nl.wotpoort.settings.Configuration;
import nl.wotpoort.settings.RoutesSettings;
import nl.wotpoort.settings.Secret;
import nl.wotpoort.settings.Settings;
import nl.wotpoort.smime.Deadline;
import nl.wotpoort.store.Occupancy;
import nl.wotpoort.store.Onlooker;
import nl.wotpoort.store.Retention;
import nl.wotpoort.store.StoreException;

/**
 * A whole gateway, from a configuration to running routes: what {@code wotpoort run} starts, and
 * what the demo starts on its embedded mail server. Closing stops the routes first and the store
 * last.
 */
public final class Running implements AutoCloseable {

  private static final String MOVED_TO = "WOTpoort-ontvangen";
  private static final String SET_ASIDE = "WOTpoort-te-groot";

  private final LiveRooms live;
  private final Occupancy occupancy;
  private final Couriers courier;
  private final Gateway gateway;
  private final StatusDesk status;

  private Running(
      LiveRooms live, Occupancy occupancy, Couriers courier, Gateway gateway, StatusDesk status) {
    this.live = live;
    this.occupancy = occupancy;
    this.courier = courier;
    this.gateway = gateway;
    this.status = status;
  }

  /**
   * Furnishes and starts.
   *
   * @param routes the folder with the {@code *.camel.xml} files
   * @param onlookers hear what happens, besides the figures, which always do
   * @throws Furnishing.CannotFurnish when keys, certificates or secrets cannot be used
   * @throws IOException when a route file cannot be read
   * @throws nl.wotpoort.store.StoreException when the store cannot be opened
   */
  public static Running start(
      Configuration configuration,
      PolicyTables tables,
      Path routes,
      Furnishing.SampleKeys samples,
      Clock clock,
      Onlooker... onlookers)
      throws Furnishing.CannotFurnish, IOException {
    Rooms rooms =
        Furnishing.rooms(
            configuration, tables, samples, clock, node(configuration.settings().home()));
    return start(configuration, rooms, routes, onlookers);
  }

  /**
   * Starts the routes around rooms furnished before, and takes them over: closing closes their
   * store, and so does failing to start.
   *
   * @param routes the folder with the {@code *.camel.xml} files
   * @throws IOException when a route file cannot be read
   * @throws StoreException when another gateway works in an embedded store, or the store is away
   */
  public static Running start(
      Configuration configuration, Rooms rooms, Path routes, Onlooker... onlookers)
      throws IOException {
    Settings settings = configuration.settings();
    Occupancy occupancy = occupied(rooms);
    Couriers courier = couriers(settings);
    try {
      List<ImapAccount> accounts =
          settings.intakes().stream().map(intake -> account(intake, settings)).toList();
      LiveRooms live = LiveRooms.following(configuration, rooms);
      Chores chores =
          watching(
              settings,
              live,
              Chores.of(live, new Retention(settings.upkeep().content()))
                  .with("alerts", Alerts.INTERVAL, new Alerts(live, settings.routesCare()))
                  .with("delivery-codes", DeliveryCodes.INTERVAL, new DeliveryCodes(live))
                  .with("clock", ClockCare.INTERVAL, clockCare(settings, rooms)));
      Gateway gateway =
          new Gateway(
              live,
              new Desk(live, settings.limits().time()),
              dispatch(settings, live, courier),
              chores,
              new Gateway.Turns(settings.limits().workers(), settings.dispatching().connections()),
              routes,
              new Gateway.Intakes(accounts, SmtpDoors.of(settings)));
      for (Onlooker onlooker : onlookers) {
        rooms.store().show(onlooker);
      }
      StatusDesk status = status(settings, live, gateway);
      open(status, settings, gateway);
      return new Running(live, occupancy, courier, gateway, status);
    } catch (IOException | IllegalStateException | StoreException e) {
      courier.close();
      occupancy.close();
      rooms.store().close();
      throw e;
    }
  }

  private static Chores watching(Settings settings, LiveRooms live, Chores chores) {
    return settings.routesCare().watch() == RoutesSettings.Watch.ON
        ? chores.with("routes-watch", RoutesWatch.INTERVAL, new RoutesWatch(settings, live))
        : chores;
  }

  private static ClockCare clockCare(Settings settings, Rooms rooms) {
    return new ClockCare(rooms.store(), ladder(settings.retry()), settings.limits().time());
  }

  private static RetryLadder ladder(Settings.Retry retry) {
    return new RetryLadder(retry.ladder(), retry.delayNotice(), retry.expiry());
  }

  private static Dispatch dispatch(Settings settings, LiveRooms live, Couriers courier) {
    Settings.Dispatching dispatching = settings.dispatching();
    return new Dispatch(
        live,
        courier,
        ladder(settings.retry()),
        new Dispatch.Hands(dispatching.connections(), dispatching.perRecipient()),
        dispatching.refusals());
  }

  private static Occupancy occupied(Rooms rooms) {
    try {
      return rooms.store().occupy(rooms.clock().instant());
    } catch (StoreException e) {
      rooms.store().close();
      throw e;
    }
  }

  /** The rooms as they are at this moment. */
  public Rooms rooms() {
    return live.get();
  }

  /** How each intake is doing. */
  public List<IntakeHealth> health() {
    return gateway.health();
  }

  /** The port on which health and figures can be asked for; 0 when the settings name none. */
  public int statusPort() {
    return status.port();
  }

  /** The figures, as Prometheus reads them. */
  public String metrics() {
    return status.metrics();
  }

  /** Counts from before the routes start. */
  private static StatusDesk status(Settings settings, LiveRooms live, Gateway gateway) {
    Rooms rooms = live.get();
    StatusDesk status =
        new StatusDesk(
            new StatusDesk.Sources(
                rooms.store(),
                gateway::isRunning,
                () -> up(gateway.health()),
                () -> deadlines(live.get()),
                live::isTokenAway,
                settings.limits().freeDisk(),
                settings.retry().delayNotice(),
                rooms.clock(),
                settings.language()));
    rooms.store().show(status.onlooker());
    return status;
  }

  /** The port first: one in use must not stop routes that are at work already. */
  private static void open(StatusDesk status, Settings settings, Gateway gateway) {
    boolean open = false;
    try {
      settings.http().ifPresent(http -> listen(status, http));
      gateway.start();
      open = true;
    } finally {
      if (!open) {
        status.close();
      }
    }
  }

  private static void listen(StatusDesk status, Settings.Http http) {
    try {
      status.open(http.host(), http.port());
    } catch (IOException e) {
      throw new IllegalStateException(
          "http.port: " + http.host() + ":" + http.port() + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, Boolean> up(List<IntakeHealth> intakes) {
    Map<String, Boolean> up = new LinkedHashMap<>();
    intakes.forEach(intake -> up.put(intake.name(), intake.isWorking()));
    return up;
  }

  private static List<Deadline> deadlines(Rooms rooms) {
    return Stream.of(rooms.sealer().deadlines(), rooms.opener().deadlines())
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public void close() {
    status.close();
    gateway.close();
    courier.close();
    live.get().store().close();
    occupancy.close();
  }

  /**
   * This installation on this machine, the same after a restart: what it held when it was killed is
   * at once its own again, and no other node's.
   */
  private static String node(Path home) {
    return machine() + ":" + home;
  }

  private static String machine() {
    Path name = Path.of("/proc/sys/kernel/hostname"); // asks no name server
    try {
      return Files.isReadable(name)
          ? Files.readString(name).strip()
          : InetAddress.getLocalHost().getHostName();
    } catch (IOException unnamed) {
      return "process-" + ProcessHandle.current().pid();
    }
  }

  private static Couriers couriers(Settings settings) {
    Couriers couriers = Couriers.with(courier(settings.submission(), settings));
    for (Settings.NextHop hop : settings.dispatching().hops()) {
      couriers = couriers.and(hop.domains(), courier(hop.server(), settings));
    }
    return couriers;
  }

  private static SmtpCourier courier(Settings.Submission server, Settings settings) {
    return new SmtpCourier(account(server, settings), settings.dispatching().connections());
  }

  private static SmtpAccount account(Settings.Submission submission, Settings settings) {
    return new SmtpAccount(
        submission.host(),
        submission.port(),
        switch (submission.security()) {
          case TLS -> SmtpAccount.Security.TLS;
          case STARTTLS -> SmtpAccount.Security.STARTTLS;
          case NONE -> SmtpAccount.Security.NONE;
        },
        submission.hostCheck() == Settings.HostCheck.VERIFY,
        submission.login().map(Settings.Login::user),
        submission.login().map(login -> text(login.password())).orElse(null),
        settings.organisation().domain());
  }

  private static ImapAccount account(Settings.Intake intake, Settings settings) {
    return new ImapAccount(
        intake.name(),
        switch (intake.security()) {
          case TLS -> ImapAccount.Security.TLS;
          case STARTTLS -> ImapAccount.Security.STARTTLS;
          case NONE -> ImapAccount.Security.NONE;
        },
        intake.host(),
        intake.port(),
        true,
        intake.user(),
        text(intake.password()),
        intake.folder(),
        intake.moveTo().orElse(MOVED_TO),
        SET_ASIDE,
        intake.mailbox(),
        intake.interval(),
        Math.toIntExact(settings.limits().maxMail()));
  }

  /** Jakarta Mail wants passwords as strings; they live as long as the account does. */
  private static String text(Secret secret) {
    char[] characters = secret.reveal();
    String text = new String(characters);
    Arrays.fill(characters, '\0');
    return text;
  }
}
