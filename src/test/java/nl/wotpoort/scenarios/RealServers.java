package nl.wotpoort.scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;

/**
 * Dovecot and Postfix, started by src/test/servers/servers.sh: mail comes in through a Postfix that
 * knows no login, to be fetched or delivered on, leaves through one that wants STARTTLS and a
 * login, and lies in Dovecot's mailboxes, which are looked at as files.
 */
final class RealServers implements PostOffice {

  private static final Path SCRIPT = House.PROJECT.resolve("src/test/servers/servers.sh");
  private static final List<String> QUEUES = List.of("maildrop", "incoming", "active", "deferred");
  private static final Pattern DELIVERED_AT = Pattern.compile("(\\d+)\\.(?:V\\w+?)?M(\\d+)");
  private static final Pattern RETURN_PATH =
      Pattern.compile("^Return-Path: <(.*)>", Pattern.MULTILINE);

  private final Path folder;
  private final Map<String, Integer> ports;
  private final OptionalInt gateway;

  private RealServers(Path folder, Map<String, Integer> ports, OptionalInt gateway) {
    this.folder = folder;
    this.ports = ports;
    this.gateway = gateway;
  }

  /**
   * Whether this machine can: the programs are there, and they may be started, which is tried once.
   * Why not, the script says on standard error.
   */
  static boolean canStart() {
    if (!Files.isExecutable(Path.of("/usr/sbin/dovecot"))
        || !Files.isExecutable(Path.of("/usr/sbin/postfix"))) {
      return false;
    }
    try {
      start().close();
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /** Mail for the gateway waits in a mailbox. */
  static RealServers start() {
    return start(OptionalInt.empty());
  }

  /** Postfix delivers it by LMTP, at this port of the gateway. */
  static RealServers deliveringTo(int port) {
    return start(OptionalInt.of(port));
  }

  private static RealServers start(OptionalInt gateway) {
    List<String> command = new ArrayList<>(List.of("start"));
    gateway.ifPresent(port -> command.add(Integer.toString(port)));
    Map<String, String> said =
        run(command.toArray(String[]::new))
            .lines()
            .map(line -> line.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    Path folder = Path.of(said.remove("DIR"));
    Map<String, Integer> ports =
        said.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> Integer.valueOf(e.getValue())));
    return new RealServers(folder, ports, gateway);
  }

  private static String run(String... arguments) {
    List<String> command = new ArrayList<>(List.of("bash", SCRIPT.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new IllegalStateException(command + " failed: " + said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The authority of the servers' certificate, as PEM. */
  Path authority() {
    return folder.resolve("tls/ca.pem");
  }

  /** The next scenario finds empty mailboxes. */
  void empty() {
    try (Stream<Path> all = Files.walk(folder.resolve("vmail"))) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.equals(folder.resolve("vmail"))) {
          Files.delete(path);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int smtpPort() {
    return ports.get("MX");
  }

  @Override
  public int imapPort() {
    return ports.get("IMAP");
  }

  @Override
  public int submissionPort() {
    return ports.get("SUBMISSION");
  }

  @Override
  public List<String> settings() {
    return List.of(
        "intake.alles.security = starttls",
        "intake.alles.host = localhost",
        "intake.alles.user = intake@post.test",
        "submission.host = localhost",
        "submission.security = starttls",
        "submission.user = poort@post.test",
        "submission.password = env:SUBMISSION_PASSWORD");
  }

  @Override
  public void acceptIntakePassword(String password) {
    throw new UnsupportedOperationException("one password for all");
  }

  @Override
  public List<Envelope> envelopes() {
    record Delivery(String time, Envelope envelope) {}
    List<Delivery> deliveries = new ArrayList<>();
    for (Path domain : children(folder.resolve("vmail"))) {
      for (Path user : children(domain)) {
        String to = user.getFileName() + "@" + domain.getFileName();
        for (Path mail : mails(user.resolve("Maildir"))) {
          deliveries.add(new Delivery(deliveredAt(mail), new Envelope(returnPath(mail), to)));
        }
      }
    }
    return deliveries.stream()
        .filter(d -> !d.envelope().to().equals("intake@post.test"))
        .sorted(Comparator.comparing(Delivery::time))
        .map(Delivery::envelope)
        .toList();
  }

  private static String returnPath(Path mail) {
    Matcher line = RETURN_PATH.matcher(read(mail).decode(StandardCharsets.ISO_8859_1));
    if (!line.find()) {
      throw new IllegalStateException("delivered without a return path: " + mail);
    }
    return line.group(1);
  }

  /** Sorts as text: Maildir names begin with seconds and microseconds. */
  private static String deliveredAt(Path mail) {
    Matcher name = DELIVERED_AT.matcher(mail.getFileName().toString());
    if (!name.lookingAt()) {
      throw new IllegalStateException("not a Maildir name: " + mail);
    }
    return name.group(1) + String.format("%06d", Integer.valueOf(name.group(2)));
  }

  /** The plan of a house behind these servers. */
  House.Plan plan(Path home) {
    House.Plan plan = House.Plan.of(home, this);
    return gateway.isPresent() ? plan.deliveredBy("lmtp", gateway.getAsInt()) : plan;
  }

  /** Also what Postfix has still to bring. */
  @Override
  public int inIntake() {
    int onTheWay = 0;
    for (String queue : QUEUES) {
      onTheWay += files(folder.resolve("queue").resolve(queue));
    }
    return onTheWay + mails(intake()).size();
  }

  private Path intake() {
    return folder.resolve("vmail/post.test/intake/Maildir");
  }

  @Override
  public int inFolder(String name) {
    return mails(intake().resolve("." + name)).size();
  }

  @Override
  public List<String> intakeFolders() {
    return Stream.concat(
            Stream.of("INBOX"),
            children(intake()).stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> name.startsWith("."))
                .map(name -> name.substring(1)))
        .sorted()
        .toList();
  }

  @Override
  public List<Bytes> inbox(Address address) {
    String[] parts = address.toString().split("@");
    Path maildir = folder.resolve("vmail").resolve(parts[1]).resolve(parts[0]).resolve("Maildir");
    return mails(maildir).stream()
        .sorted(Comparator.comparing(RealServers::deliveredAt))
        .map(RealServers::read)
        .toList();
  }

  /** A Maildir has bare line feeds, where the wire has CRLF. */
  private static Bytes read(Path mail) {
    try {
      String text = Files.readString(mail, StandardCharsets.ISO_8859_1);
      return Bytes.wrap(text.replaceAll("\r?\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> mails(Path maildir) {
    return Stream.of("new", "cur")
        .flatMap(part -> children(maildir.resolve(part)).stream())
        .toList();
  }

  private static List<Path> children(Path parent) {
    try (Stream<Path> list = Files.list(parent)) {
      return list.toList();
    } catch (NoSuchFileException | java.nio.file.NotDirectoryException e) {
      return List.of(); // no mail for anybody there yet
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Postfix spreads some queues over folders, and moves files while they are counted. */
  private static int files(Path queue) {
    int count = 0;
    for (Path child : children(queue)) {
      count += Files.isDirectory(child) ? files(child) : 1;
    }
    return count;
  }

  @Override
  public void close() {
    run("stop", folder.toString());
  }
}
