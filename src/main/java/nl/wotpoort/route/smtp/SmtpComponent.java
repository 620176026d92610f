package nl.wotpoort.route.smtp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import nl.wotpoort.route.door.Door;
import nl.wotpoort.route.door.Watch;
import nl.wotpoort.store.Health;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** {@code wotpoort-smtp:LISTENER}: a port that mail is delivered to. */
public final class SmtpComponent extends DefaultComponent {

  public static final String SCHEME = "wotpoort-smtp";

  private final Map<String, SmtpDoor> doors = new LinkedHashMap<>();
  private final Map<String, Integer> ports = new ConcurrentHashMap<>();
  private final Door door;
  private final Health health;
  private final Function<String, Watch> watches;

  /**
   * @param watches who is told how a listener is doing, by its name
   */
  public SmtpComponent(
      List<SmtpDoor> doors, Door door, Health health, Function<String, Watch> watches) {
    doors.forEach(one -> this.doors.put(one.name(), one));
    this.door = door;
    this.health = health;
    this.watches = watches;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) {
    SmtpDoor found =
        Optional.ofNullable(doors.get(name))
            .orElseThrow(() -> new IllegalArgumentException("no such listener: " + name));
    return new SmtpEndpoint(uri, this, found);
  }

  /** Where each listener that runs listens. */
  public Map<String, Integer> ports() {
    return Map.copyOf(ports);
  }

  void listens(SmtpDoor on, int port) {
    ports.put(on.name(), port);
  }

  Door door() {
    return door;
  }

  Health health() {
    return health;
  }

  Watch watch(SmtpDoor of) {
    return watches.apply(of.name());
  }
}
