package nl.wotpoort.route;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import nl.wotpoort.desk.Chores;
import nl.wotpoort.desk.Desk;
import nl.wotpoort.desk.Dispatch;
import nl.wotpoort.desk.LiveRooms;
import nl.wotpoort.desk.Rooms;
import nl.wotpoort.route.door.Door;
import nl.wotpoort.route.imap.ImapAccount;
import nl.wotpoort.route.imap.ImapComponent;
import nl.wotpoort.route.smtp.SmtpComponent;
import nl.wotpoort.route.smtp.SmtpDoor;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running gateway: Camel with the routes of a folder, and the beans they name. Made once,
 * started once, closed once; not for use by several threads.
 */
public final class Gateway implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  /** Where mail comes in. */
  record Intakes(List<ImapAccount> accounts, List<SmtpDoor> doors) {}

  /**
   * How long work under way may take when the gateway is stopped. Giving back the rest and stopping
   * the routes take a few seconds more, twenty together.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(11);

  private static final int STOP_SECONDS = 5;

  private final DefaultCamelContext camel;
  private final List<ImapAccount> accounts;
  private final List<SmtpDoor> doors;
  private final List<IntakeWatch> watches = new ArrayList<>();
  private final Desk desk;
  private final Dispatch dispatch;

  /**
   * How many turns there are at once, for the files of routes/ to name.
   *
   * @param pass of the desk
   * @param dispatch of the dispatch
   */
  public record Turns(int pass, int dispatch) {
    Properties named() {
      Properties properties = new Properties();
      properties.setProperty("limits.workers", Integer.toString(pass));
      properties.setProperty("dispatch.connections", Integer.toString(dispatch));
      return properties;
    }
  }

  /**
   * Furnishes Camel; nothing moves before {@link #start}. Throws IOException when a route file
   * cannot be read, naming it.
   */
  Gateway(
      LiveRooms live,
      Desk desk,
      Dispatch dispatch,
      Chores chores,
      Turns turns,
      Path routes,
      Intakes intakes)
      throws IOException {
    this.accounts = List.copyOf(intakes.accounts());
    this.doors = List.copyOf(intakes.doors());
    this.desk = desk;
    this.dispatch = dispatch;
    this.camel = new DefaultCamelContext();
    camel.getCamelContextExtension().setName("wotpoort");
    camel.setStartupSummaryLevel(StartupSummaryLevel.Off);
    camel.setMessageHistory(false);
    camel.setLogExhaustedMessageBody(false);
    camel.getShutdownStrategy().setTimeout(STOP_SECONDS);
    camel.getShutdownStrategy().setTimeUnit(TimeUnit.SECONDS);
    camel.getShutdownStrategy().setShutdownNowOnTimeout(true);
    camel.getPropertiesComponent().setInitialProperties(turns.named());
    bind(live, dispatch);
    camel.getRegistry().bind("chores", chores);
    RouteFiles.in(routes).addTo(camel);
  }

  private void bind(LiveRooms live, Dispatch dispatch) {
    Rooms rooms = live.get();
    Map<String, IntakeWatch> byName = new LinkedHashMap<>();
    Stream.concat(accounts.stream().map(ImapAccount::name), doors.stream().map(SmtpDoor::name))
        .forEach(name -> byName.put(name, new IntakeWatch(name, rooms.clock())));
    watches.addAll(byName.values());
    Door door =
        new Door(rooms.store(), () -> live.get().directory(), rooms.identity(), rooms.clock());
    camel.addComponent(
        ImapComponent.SCHEME,
        new ImapComponent(
            accounts,
            door,
            name -> rooms.store().leases().duty(name, rooms.node()),
            name -> Objects.requireNonNull(byName.get(name)),
            rooms.clock()));
    camel.addComponent(
        SmtpComponent.SCHEME,
        new SmtpComponent(
            doors, door, rooms.store().health(), name -> Objects.requireNonNull(byName.get(name))));
    camel.getRegistry().bind("quiet", new NoErrorHandlerDefinition());
    camel.getRegistry().bind("intake", new Intake(rooms.store()));
    camel.getRegistry().bind("desk", desk);
    camel.getRegistry().bind("dispatch", dispatch);
  }

  /**
   * Starts the routes and the intakes. An unreachable server does not stop the start: it is tried
   * again; a port that cannot be had does.
   */
  public void start() {
    camel.start();
    for (ImapAccount account : accounts) {
      addIntake(account.name(), ImapComponent.SCHEME + ":" + account.name());
    }
    for (SmtpDoor door : doors) {
      addIntake(door.name(), SmtpComponent.SCHEME + ":" + door.name());
    }
    LOG.info("gateway started: intakes={}", watches.size());
  }

  /** How each intake is doing, in the order of the accounts. May be asked by any thread. */
  public List<IntakeHealth> health() {
    return watches.stream().map(IntakeWatch::health).toList();
  }

  /** Whether the routes run. May be asked by any thread. */
  boolean isRunning() {
    return camel.isStarted();
  }

  private void addIntake(String name, String endpoint) {
    try {
      camel.addRouteFromTemplate("intake-" + name, "intake", Map.of("endpoint", endpoint));
    } catch (IllegalStateException e) {
      throw e;
    } catch (Exception e) { // what Camel's API declares
      throw new IllegalStateException(
          "cannot make the intake for account " + name + ": " + e.getMessage(), e);
    }
  }

  /** Lets work under way finish or gives it back, in 20 seconds at most. */
  @Override
  public void close() {
    dispatch.askToRest();
    long begun = System.nanoTime();
    desk.rest(PATIENCE);
    dispatch.rest(PATIENCE.minusNanos(System.nanoTime() - begun));
    camel.stop();
    LOG.info("gateway stopped");
  }
}
