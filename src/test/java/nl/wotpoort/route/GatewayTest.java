package nl.wotpoort.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import nl.wotpoort.desk.Furnishing;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.settings.Configuration;
import nl.wotpoort.settings.PolicyFile;
import nl.wotpoort.settings.PolicyFileException;
import nl.wotpoort.settings.Problem;
import nl.wotpoort.store.Arrival;
import nl.wotpoort.store.HeldMessage;
import nl.wotpoort.store.Origin;
import nl.wotpoort.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole gateway with three intakes, of which one works. */
class GatewayTest {

  private static final Path ROOT =
      Path.of(System.getProperty("project.basedir", ".")).toAbsolutePath().normalize();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void anIntakeThatFailsStopsNoOtherAndShows()
      throws IOException, PolicyFileException, Furnishing.CannotFurnish {
    GreenMail imap =
        new GreenMail(
            new ServerSetup[] {
              new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP),
              new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP)
            });
    imap.start();
    imap.setUser("intake@wotschiedam.nl", "intake", "right");
    try (Running running = start(imap.getImap().getPort())) {
      GreenMailUtil.sendTextEmail(
          "intake@wotschiedam.nl",
          "iemand@elders.example",
          "hallo",
          "platte tekst",
          imap.getSmtp().getServerSetup());
      await(() -> running.rooms().store().holds().list(5).size() == 1);
      await(() -> running.health().stream().filter(IntakeHealth::isWorking).count() == 1);
      await(() -> running.health().stream().filter(h -> h.failure().isPresent()).count() == 2);
      assertThat(health(running, "goed").isWorking()).isTrue();
      assertThat(health(running, "weg").failure()).contains("ConnectException");
      assertThat(health(running, "fout").failure()).contains("AuthenticationFailedException");
      assertThat(health(running, "fout").lastSuccess()).isEmpty();
    } finally {
      imap.stop();
    }
  }

  /**
   * CVE-2025-27636, CVE-2025-29891 and CVE-2026-33454: a mail whose header fields steer Camel. In
   * any case, folded, and those of camel-mail's own that move and copy.
   */
  @Test
  void headersInAMailSteerNoCamel()
      throws IOException, MessagingException, PolicyFileException, Furnishing.CannotFurnish {
    GreenMail imap = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
    imap.start();
    GreenMailUser user = imap.setUser("intake@wotschiedam.nl", "intake", "right");
    Path steered = folder.resolve("steered");
    String fields =
        """
        CamelFileName: %1$s
        camelfilename: %1$s
        CAMELBEANMETHODNAME: exit
        CamelBeanMethodName: exit
        CamelBeanMethodName:
         exit
        cAmElExecCommandExecutable: touch
        CamelExecCommandArgs: %1$s
        CamelHttpUri: file:%1$s
        CamelToEndpoint: file:%1$s
        CamelRoutingSlipEndpoint: file:%1$s
        CamelMailMoveTo: steered
        CamelMailCopyTo: steered
        CamelMailDelete: true
        moveTo: steered
        copyTo: steered
        delete: true
        org.apache.camel.MessageHistory: x
        ORG.APACHE.CAMEL.Exchange: x
        breadcrumbId: x
        =?utf-8?q?CamelFileName?=: %1$s
        """
            .formatted(steered);
    String mail = "Subject: x\r\n" + fields.replace("\n", "\r\n") + "\r\nplatte tekst\r\n";
    user.deliver(new MimeMessage(null, new ByteArrayInputStream(mail.getBytes(UTF_8))));
    user.deliver(
        new MimeMessage(null, new ByteArrayInputStream("A: b\r\n\r\nc\r\n".getBytes(UTF_8))));
    try (Running running = start(imap.getImap().getPort())) {
      await(() -> running.rooms().store().holds().list(5).size() == 2);

      List<HeldMessage> held = running.rooms().store().holds().list(5);
      assertThat(held).extracting(HeldMessage::cause).containsOnly(held.get(0).cause());
      assertThat(held).extracting(HeldMessage::detail).containsOnly(held.get(0).detail());
      assertThat(held).extracting(HeldMessage::size).contains((long) mail.length());
      assertThat(steered).doesNotExist();
      assertThat(imap.getManagers().getImapHostManager().getFolder(user, "steered")).isNull();
    } finally {
      imap.stop();
    }
  }

  /** Stopped in the middle of a backlog: nothing stays claimed, and the next start takes it all. */
  @Test
  void aStopGivesBackWhatIsNotDoneAndTheNextStartTakesIt()
      throws IOException, PolicyFileException, Furnishing.CannotFurnish {
    Bytes mail =
        Bytes.wrap(
            Files.readAllBytes(
                ROOT.resolve(
                    "src/test/resources/fixtures/accept/openssl-detached-bare-aes-256-cbc.eml")));
    int backlog = 60;
    Running first = start(2);
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = 0; i < backlog; i++) {
      arrivals.add(
          new Arrival(
              Origin.imap("test", 1, i),
              Address.of("poort@wotschiedam.nl"),
              Optional.empty(),
              mail,
              Instant.now()));
    }
    first.rooms().store().queue().received(arrivals);
    await(() -> !first.rooms().store().holds().list(1).isEmpty());
    first.close();

    try (Running second = start(2)) {
      await(() -> second.rooms().store().holds().list(backlog).size() == backlog);
      assertThat(second.rooms().store().holds().list(backlog))
          .as("no attempt was lost at the stop")
          .allMatch(held -> held.attempts() == 1);
    }
  }

  @Test
  void aSecondGatewayOnTheSameFileIsRefused()
      throws IOException, PolicyFileException, Furnishing.CannotFurnish {
    try (Running running = start(2)) {
      assertThat(running.health()).hasSize(3);
      assertThatThrownBy(() -> start(2)).isInstanceOf(StoreException.InUse.class);
    }
    start(2).close();
  }

  private static IntakeHealth health(Running running, String name) {
    return running.health().stream().filter(h -> h.name().equals(name)).findFirst().orElseThrow();
  }

  private static void await(BooleanSupplier condition) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("waited long enough").isBefore(end);
      LockSupport.parkNanos(10_000_000);
    }
  }

  private Running start(int imapPort)
      throws IOException, PolicyFileException, Furnishing.CannotFurnish {
    Path properties = folder.resolve("wotpoort.properties");
    Files.write(properties, settings(imapPort));
    Map<String, String> secrets =
        Map.of(
            "STORE_KEY", Base64.getEncoder().encodeToString(key()),
            "RIGHT", "right",
            "WRONG", "wrong",
            "KEYS", "wotpoort-sample");
    var loaded =
        Configuration.load(
            properties, name -> Optional.ofNullable(secrets.get(name)), LocalDate.of(2026, 6, 15));
    return Running.start(
        loaded
            .value()
            .orElseThrow(
                () ->
                    new AssertionError(
                        loaded.errors().stream().map(Problem::toString).toList().toString())),
        PolicyFile.read(ROOT.resolve("routes/policy.yaml")),
        ROOT.resolve("routes"),
        Furnishing.SampleKeys.ALLOWED,
        Clock.systemUTC());
  }

  private static byte[] key() {
    byte[] key = new byte[32];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) i;
    }
    return key;
  }

  private List<String> settings(int imapPort) {
    List<String> lines = new ArrayList<>();
    lines.add("organisation.domain = wotschiedam.nl");
    lines.add("organisation.phone = 010 754 15 15");
    lines.add("gateway.address = poort@wotschiedam.nl");
    lines.add("case.address = zaak+{case}@wotschiedam.nl");
    lines.add("routes = " + ROOT.resolve("routes"));
    lines.add("certificates = " + ROOT);
    lines.add("store.file = " + folder.resolve("wotpoort.db"));
    lines.add("store.key = env:STORE_KEY");
    intake(lines, "goed", imapPort, "RIGHT");
    intake(lines, "fout", imapPort, "WRONG");
    intake(lines, "weg", 1, "RIGHT");
    lines.add("submission.host = 127.0.0.1");
    lines.add("submission.port = 1");
    lines.add("submission.security = none");
    for (String tree : List.of("zorg", "wot")) {
      String group = "trust." + (tree.equals("zorg") ? "huisartsen" : "wot");
      Path ca = ROOT.resolve("certs-sample/ca");
      lines.add(group + ".anchors = " + ca.resolve(tree + "-root.pem"));
      lines.add(group + ".intermediates = " + ca.resolve(tree + "-issuing.pem"));
      lines.add(
          group
              + ".crls = "
              + ca.resolve(tree + "-root.crl.pem")
              + ", "
              + ca.resolve(tree + "-issuing.crl.pem"));
    }
    lines.add("keys.poort.file = " + ROOT.resolve("certs-sample/gateway/poort.p12"));
    lines.add("keys.poort.password = env:KEYS");
    return lines;
  }

  private static void intake(List<String> lines, String name, int port, String password) {
    String group = "intake." + name + ".";
    lines.add(group + "protocol = imap");
    lines.add(group + "security = none");
    lines.add(group + "host = 127.0.0.1");
    lines.add(group + "port = " + port);
    // the same account under another spelling: two that poll one folder are refused by the settings
    lines.add(group + "user = " + (name.equals("fout") ? "intake@wotschiedam.nl" : "intake"));
    lines.add(group + "password = env:" + password);
    lines.add(group + "mailbox = catch-all");
    lines.add(group + "interval = 200ms");
  }
}
