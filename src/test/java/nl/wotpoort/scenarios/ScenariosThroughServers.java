package nl.wotpoort.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.stream.Stream;
import nl.wotpoort.route.Ports;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every scenario twice more, through Postfix and Dovecot with STARTTLS and a login: fetched from
 * Dovecot over IMAP, and delivered by a Postfix in front over LMTP. Only in the profile {@code
 * servers}: mvn -B -Pservers verify, as .ci/run does.
 */
@EnabledIf("nl.wotpoort.scenarios.RealServers#canStart")
class ScenariosThroughServers {

  @TempDir static Path folder;

  private static Openssl openssl;
  private static RealServers fetched;
  private static RealServers delivered;

  @BeforeAll
  static void start() throws IOException {
    openssl = new Openssl(Files.createDirectory(folder.resolve("openssl")));
    fetched = RealServers.start();
    delivered = RealServers.deliveringTo(Ports.free());
    trust(fetched.authority(), delivered.authority());
  }

  /** As an administrator does for an authority of the organisation's own: docs/operations.md. */
  private static void trust(Path... authorities) throws IOException {
    Path file = folder.resolve("trust.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (Path authority : authorities) {
        store.setCertificateEntry("mail" + store.size(), certificate(authority));
      }
      store.store(out, "changeit".toCharArray());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
    System.setProperty("javax.net.ssl.trustStore", file.toString());
    System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
  }

  private static Certificate certificate(Path pem) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(pem)) {
      return CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  @AfterAll
  static void stop() {
    fetched.close();
    delivered.close();
  }

  @TestFactory
  Stream<DynamicTest> everyScenarioFetchedFromDovecot() {
    return Scenario.all().stream()
        .map(
            scenario ->
                played(
                    scenario,
                    fetched,
                    () ->
                        assertThat(fetched.inFolder("WOTpoort-ontvangen"))
                            .as("moved away")
                            .isPositive()));
  }

  /**
   * What Postfix cannot hand over it keeps or bounces; nothing of either is left. An address that
   * is not ours does not get so far: see the next test.
   */
  @TestFactory
  Stream<DynamicTest> everyScenarioDeliveredByPostfix() {
    return Scenario.all().stream()
        .filter(scenario -> !scenario.name().equals("unknown-mailbox"))
        .map(
            scenario ->
                played(
                    scenario,
                    delivered,
                    () -> assertThat(delivered.inIntake()).as("handed over").isZero()));
  }

  @Test
  void postfixTellsTheSenderThatAnAddressIsNotOurs() throws IOException {
    Path home = Files.createTempDirectory(folder, "unknown");
    try (House house = House.open(delivered.plan(home))) {
      try (Sender sender = new Sender(delivered.smtpPort())) {
        sender.send(
            Mails.GP.toString(),
            "niemand@wotschiedam.nl",
            new Mails().sealed(1, House.NOW).toArray());
      }
      Await.until(
          "a bounce", () -> !delivered.inbox(Mails.GP).isEmpty(), () -> delivered.inIntake());
      assertThat(delivered.inbox(Mails.GP).get(0).decode(StandardCharsets.ISO_8859_1))
          .contains("Status: 5.1.1", "550 5.1.1 no such address here");
      assertThat(house.messages()).isEmpty();
    } finally {
      delivered.empty();
    }
  }

  private static DynamicTest played(Scenario scenario, RealServers servers, Runnable afterwards) {
    return DynamicTest.dynamicTest(
        scenario.name() + ": " + scenario.story(), () -> play(scenario, servers, afterwards));
  }

  private static void play(Scenario scenario, RealServers servers, Runnable afterwards)
      throws IOException {
    Path home = Files.createTempDirectory(folder, scenario.name());
    House.Plan plan =
        servers
            .plan(home)
            .at(scenario.clock())
            .withDirectory(scenario.directory())
            .withSettings(scenario.settings());
    try (House house = House.open(plan)) {
      new Performance(scenario, servers, house, openssl).play();
      afterwards.run();
    } finally {
      servers.empty();
    }
  }
}
