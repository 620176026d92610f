package nl.wotpoort.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every scenario once more, through Postfix and Dovecot with STARTTLS and a login. Only in the
 * profile {@code servers}: mvn -B -Pservers verify, as .ci/run does.
 */
@EnabledIf("nl.wotpoort.scenarios.RealServers#canStart")
class ScenariosThroughServers {

  @TempDir static Path folder;

  private static Openssl openssl;
  private static RealServers servers;

  @BeforeAll
  static void start() throws IOException {
    openssl = new Openssl(Files.createDirectory(folder.resolve("openssl")));
    servers = RealServers.start();
    trust(servers.authority());
  }

  /** As an administrator does for an authority of the organisation's own: docs/operations.md. */
  private static void trust(Path authority) throws IOException {
    Path file = folder.resolve("trust.p12");
    try (InputStream pem = Files.newInputStream(authority);
        OutputStream out = Files.newOutputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry(
          "mail", CertificateFactory.getInstance("X.509").generateCertificate(pem));
      store.store(out, "changeit".toCharArray());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
    System.setProperty("javax.net.ssl.trustStore", file.toString());
    System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  @TestFactory
  Stream<DynamicTest> everyScenarioThroughPostfixAndDovecot() {
    return Scenario.all().stream()
        .map(
            scenario ->
                DynamicTest.dynamicTest(
                    scenario.name() + ": " + scenario.story(), () -> play(scenario)));
  }

  private static void play(Scenario scenario) throws IOException {
    Path home = Files.createDirectory(folder.resolve(scenario.name()));
    House.Plan plan =
        House.Plan.of(home, servers)
            .at(scenario.clock())
            .withDirectory(scenario.directory())
            .withSettings(scenario.settings());
    try (House house = House.open(plan)) {
      new Performance(scenario, servers, house, openssl).play();
      assertThat(servers.inFolder("WOTpoort-ontvangen")).as("moved away").isPositive();
    } finally {
      servers.empty();
    }
  }
}
