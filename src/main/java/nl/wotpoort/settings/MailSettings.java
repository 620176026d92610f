package nl.wotpoort.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Address;
import nl.wotpoort.settings.Settings.HostCheck;
import nl.wotpoort.settings.Settings.Intake;
import nl.wotpoort.settings.Settings.Listener;
import nl.wotpoort.settings.Settings.Login;
import nl.wotpoort.settings.Settings.NextHop;
import nl.wotpoort.settings.Settings.Security;
import nl.wotpoort.settings.Settings.Submission;

/** The part of the settings about mail servers: {@code intake.*} and {@code submission.*}. */
final class MailSettings {

  private static final List<String> INTAKE_FIELDS =
      List.of(
          "protocol",
          "host",
          "port",
          "security",
          "user",
          "password",
          "folder",
          "moveTo",
          "mailbox",
          "interval");

  /** New mail is noticed within two seconds, also where the server has no IDLE. */
  private static final Duration USUAL_INTERVAL = Duration.ofSeconds(1);

  private static final List<String> HOP_FIELDS =
      List.of("domains", "host", "port", "security", "user", "password", "verifyHost");

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  private static final Map<String, Security> SECURITIES =
      Map.of("tls", Security.TLS, "starttls", Security.STARTTLS, "none", Security.NONE);

  private enum Protocol {
    IMAP,
    IMAPS
  }

  private final PropertyFile file;
  private final PropertyAsker ask;
  private final Problems problems;

  MailSettings(PropertyFile file, PropertyAsker ask, Problems problems) {
    this.file = file;
    this.ask = ask;
    this.problems = problems;
  }

  /** Those that fetch, and those that listen. */
  record Intakes(List<Intake> accounts, List<Listener> listeners) {}

  Intakes intakes() {
    List<String> fields = new ArrayList<>(INTAKE_FIELDS);
    fields.addAll(ListenerSettings.FIELDS);
    Set<String> names = file.namesBetween("intake.", fields);
    if (names.isEmpty()) {
      problems.error(file.name(), file.lastLine(), "INTAKE_NONE");
    }
    ListenerSettings listening = new ListenerSettings(file, ask);
    List<Intake> accounts = new ArrayList<>();
    List<Listener> listeners = new ArrayList<>();
    for (String name : names) {
      if (listening.isOne(name)) {
        listening.listener(name).ifPresent(listeners::add);
      } else {
        intake(name).ifPresent(accounts::add);
      }
    }
    tellSameFolderTwice(accounts);
    tellSamePortTwice(listeners);
    return new Intakes(accounts, listeners);
  }

  private void tellSamePortTwice(List<Listener> listeners) {
    Map<Integer, String> seen = new HashMap<>();
    for (Listener listener : listeners) {
      String before = seen.putIfAbsent(listener.port(), listener.name());
      if (before != null) {
        ask.wrong("intake." + listener.name() + ".", "PORT_TWICE", listener.name(), before);
      }
    }
  }

  private Optional<Intake> intake(String name) {
    String group = "intake." + name + ".";
    Optional<Protocol> protocol =
        ask.choice(
            group + "protocol",
            Map.of("imap", Protocol.IMAP, "imaps", Protocol.IMAPS),
            Protocol.IMAPS);
    Optional<String> host = ask.host(group, "host", "imap.example.org");
    boolean implicit = protocol.map(Protocol.IMAPS::equals).orElse(true);
    int port = ask.port(group + "port").orElse(implicit ? 993 : 143);
    Optional<Security> security =
        ask.choice(group + "security", SECURITIES, implicit ? Security.TLS : Security.STARTTLS);
    if (protocol.isPresent()
        && security.isPresent()
        && implicit != (security.get() == Security.TLS)) {
      ask.wrong(group + "security", "PROTOCOL_SECURITY", group + "security");
    }
    refuseOpenLine(group, host, security);
    Optional<String> user = ask.requiredIn(group, "user", "oost@wotschiedam.nl");
    Optional<Secret> password = ask.secret(group, "password");
    String folder = ask.text(group + "folder").orElse("INBOX");
    Optional<String> moveTo = ask.text(group + "moveTo");
    if (moveTo.map(folder::equals).orElse(false)) {
      ask.wrong(group + "moveTo", "MOVE_TO_ITSELF", group + "moveTo");
    }
    Optional<String> mailbox = ask.requiredIn(group, "mailbox", "oost@wotschiedam.nl");
    boolean all = mailbox.map("catch-all"::equals).orElse(false);
    Optional<Address> address =
        mailbox.filter(m -> !all).flatMap(m -> ask.optionalAddress(group + "mailbox", m));
    Duration interval = ask.duration(group + "interval").orElse(USUAL_INTERVAL);
    boolean whole =
        host.isPresent()
            && security.isPresent()
            && user.isPresent()
            && password.isPresent()
            && (all || address.isPresent());
    return whole
        ? Optional.of(
            new Intake(
                name,
                host.get(),
                port,
                security.get(),
                user.get(),
                password.get(),
                folder,
                moveTo,
                address,
                interval))
        : Optional.empty();
  }

  /** Two that poll one folder would each take everything in. */
  private void tellSameFolderTwice(List<Intake> intakes) {
    Map<String, String> seen = new HashMap<>();
    for (Intake intake : intakes) {
      String account =
          String.join(
              "\n",
              intake.host().toLowerCase(Locale.ROOT),
              Integer.toString(intake.port()),
              intake.user(),
              intake.folder());
      String before = seen.putIfAbsent(account, intake.name());
      if (before != null) {
        ask.wrong("intake." + intake.name() + ".", "INTAKE_TWICE", intake.name(), before);
      }
    }
  }

  Optional<Submission> submission() {
    return server("submission.");
  }

  /** Other servers for some domains: {@code nextHop.NAME.*}. */
  List<NextHop> hops() {
    List<NextHop> hops = new ArrayList<>();
    Map<String, String> seen = new HashMap<>();
    for (String name : file.namesBetween("nextHop.", HOP_FIELDS)) {
      String group = "nextHop." + name + ".";
      Optional<Submission> server = server(group);
      Set<String> domains =
          ask.requiredIn(group, "domains", "intern.wotschiedam.nl").isPresent()
              ? ask.domains(group + "domains")
              : Set.of();
      for (String domain : domains) {
        Optional.ofNullable(seen.putIfAbsent(domain, name))
            .ifPresent(other -> ask.wrong(group + "domains", "HOP_DOMAIN_TWICE", domain, other));
      }
      server
          .filter(s -> !domains.isEmpty())
          .ifPresent(s -> hops.add(new NextHop(name, domains, s)));
    }
    return hops;
  }

  private Optional<Submission> server(String group) {
    Optional<String> host = ask.host(group, "host", "smtp.example.org");
    Optional<Security> security = ask.choice(group + "security", SECURITIES, Security.STARTTLS);
    int usualPort = security.map(Security.TLS::equals).orElse(false) ? 465 : 587;
    int port = ask.port(group + "port").orElse(usualPort);
    refuseOpenLine(group, host, security);
    Optional<Login> login = login(group);
    Optional<HostCheck> check =
        ask.choice(
            group + "verifyHost",
            Map.of("yes", HostCheck.VERIFY, "no", HostCheck.SKIP),
            HostCheck.VERIFY);
    if (check.map(HostCheck.SKIP::equals).orElse(false)
        && !host.map(THIS_MACHINE::contains).orElse(false)) {
      String key = group + "verifyHost";
      problems.warning(file.name(), ask.lineOf(key), "HOST_NOT_VERIFIED", key);
    }
    return host.isPresent() && security.isPresent() && check.isPresent()
        ? Optional.of(new Submission(host.get(), port, security.get(), login, check.get()))
        : Optional.empty();
  }

  private Optional<Login> login(String group) {
    if (!file.mentions(group + "user") && !file.mentions(group + "password")) {
      file.ask(group + "user");
      file.ask(group + "password");
      return Optional.empty();
    }
    Optional<String> user = ask.requiredIn(group, "user", "poort@wotschiedam.nl");
    Optional<Secret> password = ask.secret(group, "password");
    return user.flatMap(u -> password.map(p -> new Login(u, p)));
  }

  private void refuseOpenLine(String group, Optional<String> host, Optional<Security> security) {
    boolean open = security.map(Security.NONE::equals).orElse(false);
    boolean away = host.isPresent() && !THIS_MACHINE.contains(host.get());
    if (open && away) {
      ask.wrong(group + "security", "OPEN_LINE", group + "security");
    }
  }
}
