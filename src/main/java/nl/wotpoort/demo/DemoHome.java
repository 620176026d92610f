package nl.wotpoort.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import nl.wotpoort.settings.Configuration;
import nl.wotpoort.settings.Loaded;
import nl.wotpoort.settings.Problem;
import nl.wotpoort.texts.Language;

/**
 * A home for the gateway as an administrator would make one, in a temporary folder: the settings
 * file and the store. Routes and keys are the distribution's samples. Gone when closed; what was in
 * it is sealed anyhow.
 */
final class DemoHome implements AutoCloseable {

  private static final List<String> MAILBOXES =
      List.of(
          "info",
          "oost",
          "zuid",
          "centrum-west",
          "groenoord",
          "nieuwland",
          "noordrand",
          "toestemming",
          "post",
          "poort",
          "zaak",
          "f.yilmaz");

  private final Path folder;
  private final Path installation;
  private final Map<String, String> secrets;

  private DemoHome(Path folder, Path installation, Map<String, String> secrets) {
    this.folder = folder;
    this.installation = installation;
    this.secrets = secrets;
  }

  static DemoHome make(DemoOptions options, int smtpPort, int imapPort) throws IOException {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    Map<String, String> secrets =
        Map.of(
            "DEMO_STORE_KEY", Base64.getEncoder().encodeToString(key),
            "DEMO_MAIL_PASSWORD", DemoMail.PASSWORD,
            "DEMO_KEY_PASSWORD", Cast.KEY_PASSWORD);
    DemoHome home =
        new DemoHome(
            Files.createTempDirectory("wotpoort-demo"),
            options.installation().toAbsolutePath(),
            secrets);
    List<String> settings = home.settings(smtpPort, imapPort);
    if (options.rehearsal()) {
      settings.add("intake.mx.protocol = smtp");
      settings.add("intake.mx.port = " + freePort());
    }
    Files.write(home.properties(), settings);
    return home;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /**
   * The configuration, through the same reader as a real one.
   *
   * @throws IllegalStateException with every problem, when the samples are at fault
   */
  Configuration load(Language language) {
    Loaded<Configuration> loaded =
        Configuration.load(
            properties(),
            name -> Optional.ofNullable(secrets.get(name)),
            LocalDate.now(Cast.AMSTERDAM));
    return loaded
        .value()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    String.join(
                        "\n",
                        loaded.errors().stream().map((Problem p) -> p.say(language)).toList())));
  }

  Path routes() {
    return installation.resolve("routes");
  }

  Path certs() {
    return installation.resolve("certs-sample");
  }

  private Path properties() {
    return folder.resolve("wotpoort.properties");
  }

  private List<String> settings(int smtpPort, int imapPort) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "organisation.domain = wotschiedam.nl",
                "organisation.phone = 010 754 15 15",
                "gateway.address = poort@wotschiedam.nl",
                "case.address = zaak+{case}@wotschiedam.nl",
                "routes = " + routes(),
                "certificates = " + installation,
                "store.file = " + folder.resolve("wotpoort.db"),
                "store.key = env:DEMO_STORE_KEY",
                "intake.alles.protocol = imap",
                "intake.alles.security = none",
                "intake.alles.host = " + DemoMail.HOST,
                "intake.alles.port = " + imapPort,
                "intake.alles.user = " + DemoMail.INTAKE,
                "intake.alles.password = env:DEMO_MAIL_PASSWORD",
                "intake.alles.mailbox = catch-all",
                "intake.alles.interval = 200ms",
                "submission.host = " + DemoMail.HOST,
                "submission.port = " + smtpPort,
                "submission.security = none",
                "trust.huisartsen.anchors = " + certs().resolve("ca/zorg-root.pem"),
                "trust.huisartsen.intermediates = " + certs().resolve("ca/zorg-issuing.pem"),
                "trust.huisartsen.crls = "
                    + certs().resolve("ca/zorg-root.crl.pem")
                    + ", "
                    + certs().resolve("ca/zorg-issuing.crl.pem"),
                "trust.wot.anchors = " + certs().resolve("ca/wot-root.pem"),
                "trust.wot.intermediates = " + certs().resolve("ca/wot-issuing.pem"),
                "trust.wot.crls = "
                    + certs().resolve("ca/wot-root.crl.pem")
                    + ", "
                    + certs().resolve("ca/wot-issuing.crl.pem"),
                "trust.wot.domains = wotschiedam.nl, intern.wotschiedam.nl"));
    for (String mailbox : MAILBOXES) {
      lines.add("keys." + mailbox + ".file = " + certs().resolve("gateway/" + mailbox + ".p12"));
      lines.add("keys." + mailbox + ".password = env:DEMO_KEY_PASSWORD");
    }
    return lines;
  }

  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove the demo's folder " + folder, e);
    }
  }
}
