package nl.wotpoort.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nl.wotpoort.desk.Desk;
import nl.wotpoort.desk.Furnishing;
import nl.wotpoort.desk.LiveRooms;
import nl.wotpoort.desk.Rooms;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.route.Ports;
import nl.wotpoort.route.status.StatusDesk;
import nl.wotpoort.settings.Configuration;
import nl.wotpoort.settings.PolicyFile;
import nl.wotpoort.smime.SoftHsm;
import nl.wotpoort.store.Arrival;
import nl.wotpoort.store.Claimed;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.MessageState;
import nl.wotpoort.store.Origin;
import nl.wotpoort.store.Store;
import nl.wotpoort.texts.Language;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real token that is taken out while the gateway works with it, and put back. In the profile
 * {@code servers}.
 */
@EnabledIf(
    value = "nl.wotpoort.smime.SoftHsm#isThere",
    disabledReason = "SoftHSM is not here (Debian: apt-get install softhsm2)")
class TokenTakenOut {

  private static final Address OOST = Address.of("oost@wotschiedam.nl");
  private static final Path KEY =
      TestHome.REPOSITORY.resolve("certs-sample/gateway/oost.p12").toAbsolutePath();

  @TempDir private Path folder;
  private final ClockInHand clock = new ClockInHand(Typed.NOW);
  private SoftHsm.Removable token;

  @BeforeEach
  void settle() throws Exception {
    token = SoftHsm.Removable.next();
    TestHome home = TestHome.in(folder);
    home.replace(
        "wotpoort.properties",
        "keys.oost.file = " + TestHome.REPOSITORY.resolve("certs-sample/gateway/oost.p12"),
        "keys.oost.token = %s%nkeys.oost.slot = %d%nkeys.oost.pin = env:WOTPOORT_TOKEN_PIN"
            .formatted(SoftHsm.library(), token.slot()));
    home.replace("wotpoort.properties", "keys.oost.password = env:WOTPOORT_KEY_PASSWORD\n", "");
    home.replace(
        "wotpoort.properties",
        "keys.oost.2.file = "
            + TestHome.REPOSITORY.resolve("certs-sample/gateway/oost-oud.p12")
            + "\nkeys.oost.2.password = env:WOTPOORT_KEY_PASSWORD\n",
        "");
  }

  @Test
  void mailWaitsUncountedAndGoesOnByItselfWhenTheKeysAreBack() throws Exception {
    try (Gateway gateway = new Gateway()) {
      MessageRef before = gateway.receive(1, "openssl-detached-rfc822-aes-256-gcm");
      gateway.workFor(1);
      assertThat(gateway.isWaiting(before)).isFalse();

      token.takeKeysOut();
      MessageRef waiting = gateway.receive(2, "openssl-opaque-rfc822-aes-256-gcm");
      gateway.workFor(gateway.attemptsAllowed() * 3);
      assertThat(gateway.isWaiting(waiting)).isTrue();
      assertThat(gateway.attemptsCounted()).isZero();
      assertThat(gateway.health()).contains("KEY_TOKEN_AWAY", "Een sleuteltoken antwoordt niet.");

      token.putKeysBack(pemKey());
      gateway.workFor(10);
      assertThat(gateway.isWaiting(waiting)).isFalse();
      assertThat(gateway.health()).startsWith("{\"ready\":true,\"reasons\":[],\"alerts\":[]}");
    }
  }

  /**
   * SoftHSM's library does not get over the loss of the folder inside one program, which is why
   * KEY_TOKEN_AWAY says to start anew then. Nothing was lost: here a program of its own opens the
   * mail, as the next start does.
   */
  @Test
  void mailWaitsUncountedWhenAllOfItIsGoneAndIsReadByTheNextStart() throws Exception {
    try (Gateway gateway = new Gateway()) {
      token.takeOut();
      MessageRef waiting = gateway.receive(1, "openssl-detached-rfc822-aes-256-gcm");
      gateway.workFor(gateway.attemptsAllowed() * 3);
      assertThat(gateway.isWaiting(waiting)).isTrue();
      assertThat(gateway.attemptsCounted()).isZero();
      assertThat(gateway.health()).contains("KEY_TOKEN_AWAY", "Een sleuteltoken antwoordt niet.");

      token.putBack();
      assertThat(verdictOfAnotherProgram("openssl-detached-rfc822-aes-256-gcm"))
          .contains("\"verdict\":\"ACCEPT\"");
      gateway.workFor(3);
      assertThat(gateway.isWaiting(waiting)).isTrue();
    }
  }

  private static final class ClockInHand extends Clock {
    private Instant now;

    ClockInHand(Instant now) {
      this.now = now;
    }

    synchronized void move(Duration by) {
      now = now.plus(by);
    }

    @Override
    public synchronized Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  private Path pemKey() throws Exception {
    KeyStore store = KeyStore.getInstance(KEY.toFile(), "wotpoort-sample".toCharArray());
    byte[] key =
        store.getKey(store.aliases().nextElement(), "wotpoort-sample".toCharArray()).getEncoded();
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
    return Files.writeString(
        folder.resolve("nog-een.pem"),
        "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
  }

  private String verdictOfAnotherProgram(String mail) throws IOException, InterruptedException {
    ProcessBuilder open =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Wotpoort.class.getName(),
            "open",
            "--home",
            folder.toString(),
            "--allow-sample-keys",
            "--json",
            "--at",
            Typed.NOW.toString(),
            fixture(mail).toString());
    open.environment().putAll(secrets());
    Process program = open.redirectErrorStream(true).start();
    String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    program.waitFor();
    return said;
  }

  private static Path fixture(String mail) {
    return TestHome.FIXTURES.resolve("accept/" + mail + ".eml");
  }

  private static Map<String, String> secrets() {
    Map<String, String> secrets = new HashMap<>(Typed.SECRETS);
    secrets.put("WOTPOORT_TOKEN_PIN", SoftHsm.PIN);
    return secrets;
  }

  /** The desk of a gateway on this home. */
  private final class Gateway implements AutoCloseable {
    private final LiveRooms live;
    private final Desk desk;
    private final Store store;

    Gateway() throws Exception {
      Configuration configuration =
          Configuration.load(
                  folder.resolve("wotpoort.properties"),
                  name -> Optional.ofNullable(secrets().get(name)),
                  Times.day(Typed.NOW))
              .value()
              .orElseThrow();
      Rooms rooms =
          Furnishing.rooms(
              configuration,
              PolicyFile.read(folder.resolve("routes/policy.yaml")),
              Furnishing.SampleKeys.ALLOWED,
              clock,
              "test");
      store = rooms.store();
      live = LiveRooms.following(configuration, rooms);
      desk = new Desk(live, Duration.ofMinutes(1));
    }

    MessageRef receive(int number, String mail) throws IOException {
      Bytes bytes = Bytes.wrap(Files.readAllBytes(fixture(mail)));
      Origin origin = new Origin("test", String.valueOf(number));
      return store
          .queue()
          .received(new Arrival(origin, OOST, Optional.empty(), bytes, clock.instant()))
          .ref();
    }

    /** What a monitor is told. */
    String health() throws IOException {
      StatusDesk status =
          new StatusDesk(
              new StatusDesk.Sources(
                  store,
                  () -> true,
                  Map::of,
                  List::of,
                  live::isTokenAway,
                  0,
                  Duration.ofDays(1),
                  clock,
                  Language.NL));
      int port = Ports.free();
      status.open("127.0.0.1", port);
      try {
        HttpURLConnection ready =
            (HttpURLConnection)
                new URL("http://127.0.0.1:" + port + "/health/ready").openConnection();
        InputStream body =
            ready.getResponseCode() == 200 ? ready.getInputStream() : ready.getErrorStream();
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
      } finally {
        status.close();
      }
    }

    /** So many looks, half a minute after one another. */
    void workFor(int looks) {
      for (int i = 0; i < looks; i++) {
        desk.work();
        clock.move(Duration.ofSeconds(30));
      }
    }

    int attemptsAllowed() {
      return store.queue().maxAttempts();
    }

    boolean isWaiting(MessageRef ref) {
      return store.queue().state(ref).equals(Optional.of(MessageState.RECEIVED));
    }

    /** Of the one that waits. */
    int attemptsCounted() {
      Claimed claimed =
          store.queue().claim(clock.instant(), Duration.ofMinutes(1), "another", 1).get(0);
      store.queue().giveBack(claimed, clock.instant());
      return claimed.attempt() - 1;
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
