package nl.wotpoort.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every folder of src/test/resources/scenarios, each in a house of its own: mails made by OpenSSL,
 * sent over SMTP, and the letters that come back opened and verified by OpenSSL. Afterwards nothing
 * readable of them is in a log or on the disk.
 */
class ScenariosTest {

  @TempDir static Path folder;

  private static List<Scenario> scenarios;
  private static Openssl openssl;
  private static Canary canary;

  /** A stop takes Camel a while, and nobody has to wait for it. */
  private static ExecutorService closing;

  @BeforeAll
  static void open() throws IOException {
    scenarios = Scenario.all();
    openssl = new Openssl(Files.createDirectory(folder.resolve("openssl")));
    closing = Executors.newCachedThreadPool();
    canary = Canary.listening();
  }

  @TestFactory
  Stream<DynamicTest> scenarios() {
    if (System.getProperty("scenario") == null) {
      assertThat(scenarios).hasSizeGreaterThanOrEqualTo(30);
    }
    return scenarios.stream()
        .map(
            scenario ->
                DynamicTest.dynamicTest(
                    scenario.name() + ": " + scenario.story(), () -> play(scenario)));
  }

  private static void play(Scenario scenario) throws IOException {
    Path home = Files.createDirectory(folder.resolve(scenario.name()));
    PostOffice office = PostOffice.open();
    House house =
        House.open(
            House.Plan.of(home, office)
                .at(scenario.clock())
                .withDirectory(scenario.directory())
                .withSettings(scenario.settings()));
    try {
      new Performance(scenario, office, house, openssl).play();
      canary.looksAtFiles(home); // while it runs, so with the database's own log
    } finally {
      closing.execute(
          () -> {
            house.close();
            office.close();
          });
    }
  }

  @AfterAll
  static void nothingReadableIsLeft() throws Exception {
    closing.shutdown();
    boolean closed = closing.awaitTermination(2, TimeUnit.MINUTES);
    try (Canary heard = canary) {
      assertThat(closed).isTrue();
      heard.looksAtLogs();
      for (Scenario scenario : scenarios) {
        heard.looksAtFiles(folder.resolve(scenario.name()));
      }
    }
  }
}
