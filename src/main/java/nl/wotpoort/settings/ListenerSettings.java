package nl.wotpoort.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.settings.Settings.Delivery;
import nl.wotpoort.settings.Settings.KeyFile;
import nl.wotpoort.settings.Settings.Listener;
import nl.wotpoort.settings.Settings.Security;

/**
 * The intakes that listen instead of fetching: {@code intake.NAME.protocol} is smtp or lmtp. A mail
 * server in front delivers there.
 */
final class ListenerSettings {

  static final List<String> FIELDS =
      List.of(
          "protocol",
          "host",
          "port",
          "security",
          "certificate",
          "certificatePassword",
          "from",
          "recipients",
          "connections",
          "idle",
          "backlog");

  /**
   * Five times what Postfix opens to one server. It opens new ones before we have seen the old ones
   * end, and after one refusal it puts all mail for us aside for minutes.
   */
  private static final int USUAL_CONNECTIONS = 100;

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1");

  private final PropertyFile file;
  private final PropertyAsker ask;

  ListenerSettings(PropertyFile file, PropertyAsker ask) {
    this.file = file;
    this.ask = ask;
  }

  /** Whether an intake is one of these. */
  boolean isOne(String name) {
    return file.ask("intake." + name + ".protocol")
        .map(line -> line.value().matches("(?i)smtp|lmtp"))
        .orElse(false);
  }

  Optional<Listener> listener(String name) {
    String group = "intake." + name + ".";
    Optional<Delivery> protocol =
        ask.choice(
            group + "protocol",
            Map.of("smtp", Delivery.SMTP, "lmtp", Delivery.LMTP),
            Delivery.LMTP);
    Optional<String> host =
        file.mentions(group + "host")
            ? ask.host(group, "host", "127.0.0.1")
            : Optional.of("127.0.0.1");
    int usual = protocol.map(Delivery.SMTP::equals).orElse(false) ? 2525 : 2424;
    int port = ask.port(group + "port").orElse(usual);
    boolean here = host.map(THIS_MACHINE::contains).orElse(true);
    Optional<Security> security =
        ask.choice(
            group + "security",
            Map.of("starttls", Security.STARTTLS, "none", Security.NONE),
            here ? Security.NONE : Security.STARTTLS);
    Optional<KeyFile> certificate = Optional.empty();
    if (security.map(Security.STARTTLS::equals).orElse(false)) {
      certificate = certificate(group);
    } else if (!here) {
      ask.wrong(group + "security", "OPEN_LINE", group + "security");
    }
    List<Network> from = from(group + "from");
    int recipients = ask.number(group + "recipients", 1, 1000).orElse(50);
    int connections = ask.number(group + "connections", 1, 500).orElse(USUAL_CONNECTIONS);
    Duration idle = ask.duration(group + "idle").orElse(Duration.ofMinutes(5));
    int backlog = ask.number(group + "backlog", 1, 10_000_000).orElse(5_000);
    boolean whole =
        protocol.isPresent()
            && host.isPresent()
            && security.isPresent()
            && (security.get() == Security.NONE || certificate.isPresent());
    return whole
        ? Optional.of(
            new Listener(
                name,
                protocol.get(),
                host.get(),
                port,
                certificate,
                from,
                recipients,
                connections,
                idle,
                backlog))
        : Optional.empty();
  }

  private Optional<KeyFile> certificate(String group) {
    Optional<Secret> password = ask.secret(group, "certificatePassword");
    return ask.requiredIn(group, "certificate", "keys/mail-tls.p12")
        .flatMap(text -> ask.existing(group + "certificate", text))
        .flatMap(path -> password.map(secret -> new KeyFile(path, secret)));
  }

  private List<Network> from(String key) {
    List<Network> networks = new ArrayList<>();
    for (String text : ask.listed(key)) {
      Optional<Network> network = Network.parse(text);
      if (network.isEmpty()) {
        ask.wrong(key, "VALUE_NOT_NETWORK", key);
      }
      network.ifPresent(networks::add);
    }
    if (networks.isEmpty()) {
      Network.parse("127.0.0.0/8").ifPresent(networks::add);
      Network.parse("::1").ifPresent(networks::add);
    }
    return networks;
  }
}
