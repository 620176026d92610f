package nl.wotpoort.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import nl.wotpoort.letter.Address;
import nl.wotpoort.route.Ports;
import nl.wotpoort.smime.CryptoInUse;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.JournalEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a monitor is told over HTTP, held against what really happened. */
class StatusTest {

  private static final String GP = "a.devries@praktijk-delinde.example";

  @TempDir Path home;

  @Test
  void figuresSayWhatHappened() throws IOException {
    try (PostOffice office = PostOffice.open();
        House house = open(office)) {
      assertThat(house.metrics())
          .contains("wotpoort_received_total 0.0", "wotpoort_held_total{cause=\"poison\"} 0.0");
      send(office, "referral-to-team", "oost@wotschiedam.nl");
      send(office, "referral-to-team", "oost@wotschiedam.nl");
      send(office, "request-without-consent", "oost@wotschiedam.nl");
      send(office, "stranger", "oost@wotschiedam.nl");
      house.settle(office);

      assertThat(ask(house, "/metrics").body())
          .contains(
              "wotpoort_received_total 4.0",
              "wotpoort_decided_total{outcome=\"forwarded\"} 1.0",
              "wotpoort_decided_total{outcome=\"duplicate\"} 1.0",
              "wotpoort_decided_total{outcome=\"held\"} 2.0",
              "wotpoort_decided_total{outcome=\"refused\"} 0.0",
              "wotpoort_held_total{cause=\"not_decided\"} 1.0",
              "wotpoort_held_total{cause=\"not_verified\"} 1.0",
              "wotpoort_hold_messages{cause=\"not_verified\"} 1.0",
              "wotpoort_hold_messages{cause=\"loop\"} 0.0",
              "wotpoort_consent_refused_total{reason=\"no_consent\"} 1.0",
              "wotpoort_delivered_total{kind=\"forward\"} 1.0",
              "wotpoort_queue_messages{state=\"received\"} 0.0",
              "wotpoort_queue_letters{state=\"queued\"} 0.0",
              "wotpoort_queue_age_seconds{what=\"undecided\"} 0.0",
              "wotpoort_intake_up{account=\"alles\"} 1.0",
              "wotpoort_store_up 1.0",
              "wotpoort_crypto_provider{operation=\"sign\",provider=\""
                  + CryptoInUse.signer()
                  + "\"} 1.0")
          // the referral and the request; the second copy's receipt is an old one
          .contains("wotpoort_receipt_latency_seconds_count 2")
          .containsPattern("wotpoort_certificate_days_left\\{kind=\"key\"\\} [0-9]{3,}")
          .containsPattern("jvm_memory_used_bytes\\{area=\"heap\"");
    }
  }

  @Test
  void readyWhenAllIsWell() throws IOException {
    try (PostOffice office = PostOffice.open();
        House house = open(office)) {
      assertThat(ask(house, "/health/live")).isEqualTo(new Reply(200, "{\"live\":true}"));
      Await.until("ready", () -> ready(house).code() == 200, () -> ready(house));
      assertThat(ready(house).body()).isEqualTo("{\"ready\":true,\"reasons\":[],\"alerts\":[]}");
    }
  }

  /** An alert is for a person to look at, and no reason to take the gateway out of service. */
  @Test
  void alertsAreSeenByAMonitorForADay() throws IOException {
    try (PostOffice office = PostOffice.open();
        House house = open(office)) {
      Await.until("ready", () -> ready(house).code() == 200, () -> ready(house));
      assertThat(house.metrics())
          .contains(
              "wotpoort_alerts{event=\"many_cases\"} 0.0",
              "wotpoort_alerts{event=\"silent_route\"} 0.0",
              "wotpoort_alerts{event=\"practice_changed\"} 0.0",
              "wotpoort_delivery_addresses{state=\"awaited\"} 0.0");
      for (String event : List.of("ALERT_MANY_CASES", "ALERT_SILENT_ROUTE")) {
        house
            .store()
            .journal()
            .write(
                JournalEntry.of(
                    house.clock().instant(),
                    event,
                    JournalEntry.Action.READ,
                    Actor.gateway(),
                    "worker:w1"));
      }
      assertThat(house.metrics())
          .contains(
              "wotpoort_alerts{event=\"many_cases\"} 1.0",
              "wotpoort_alerts{event=\"silent_route\"} 1.0",
              "wotpoort_alerts{event=\"practice_changed\"} 0.0");
      assertThat(ready(house).code()).isEqualTo(200);
      assertThat(ready(house).body())
          .contains("\"alerts\":[\"ALERT_MANY_CASES\",\"ALERT_SILENT_ROUTE\"]");
      house.clock().move(Duration.ofHours(25));
      assertThat(house.metrics()).contains("wotpoort_alerts{event=\"many_cases\"} 0.0");
    }
  }

  @Test
  void notReadyAndWhy() throws IOException {
    try (PostOffice office = PostOffice.open();
        House house = open(office, "submission.port = " + Ports.free())) {
      send(office, "referral-to-team", "oost@wotschiedam.nl");
      Await.until("ready", () -> ready(house).code() == 200, () -> ready(house));
      Await.until(
          "a letter on its way",
          () -> house.metrics().contains("wotpoort_queue_letters{state=\"queued\"} 1.0"),
          house::metrics);

      house.clock().move(Duration.ofHours(5));
      Reply waits = ready(house);
      assertThat(waits.code()).isEqualTo(503);
      assertThat(waits.body())
          .contains("LETTERS_WAIT", "De langst wachtende brief is al 300 minuten onderweg.");

      house.clock().move(Duration.ofDays(20 * 365));
      assertThat(ready(house).body()).contains("KEY_EXPIRED", "CRL_EXPIRED", "wotpoort check");
      assertThat(house.metrics())
          .containsPattern("wotpoort_certificate_days_left\\{kind=\"crl\"\\} -[0-9]");
    }
  }

  @Test
  void anIntakeThatIsDown() throws IOException {
    try (PostOffice office = PostOffice.open();
        House house =
            House.open(
                House.Plan.of(home, office)
                    .withImapPassword("verkeerd")
                    .withSettings("http.port = " + Ports.free()))) {
      assertThat(ready(house).body()).contains("\"INTAKE_DOWN\"", "alles");
      assertThat(house.metrics()).contains("wotpoort_intake_up{account=\"alles\"} 0.0");
      office.acceptIntakePassword("verkeerd");
      Await.until("ready", () -> ready(house).code() == 200, () -> ready(house));
    }
  }

  /** A held message that a person releases is judged, and counted, again. */
  @Test
  void releasedAndHeldAgain() throws IOException {
    try (PostOffice office = PostOffice.open();
        House house = open(office)) {
      send(office, "stranger", "oost@wotschiedam.nl");
      house.settle(office);
      house
          .store()
          .holds()
          .release(house.held().get(0).ref(), Actor.of("beheer", "admin"), house.clock().instant());
      house.settle(office);
      assertThat(house.metrics())
          .contains(
              "wotpoort_received_total 1.0",
              "wotpoort_held_total{cause=\"not_verified\"} 2.0",
              "wotpoort_hold_messages{cause=\"not_verified\"} 1.0");
    }
  }

  @Test
  void answersOnlyThisMachineAndChangesNothing() throws IOException {
    try (PostOffice office = PostOffice.open();
        House house = open(office)) {
      assertThat(ask(house, "GET", "/metrics", "wotpoort.example").code()).isEqualTo(403);
      assertThat(ask(house, "GET", "/metrics", "localhost:1").code()).isEqualTo(200);
      assertThat(ask(house, "POST", "/health/live", "127.0.0.1").code()).isEqualTo(405);
      assertThat(ask(house, "/").code()).isEqualTo(404);
      assertThat(ask(house, "/metrics/../health/live").code()).isEqualTo(404);
      assertThat(ask(house, "HEAD", "/metrics", "127.0.0.1")).isEqualTo(new Reply(200, ""));
    }
  }

  private House open(PostOffice office, String... settings) throws IOException {
    String[] lines = new String[settings.length + 1];
    System.arraycopy(settings, 0, lines, 1, settings.length);
    lines[0] = "http.port = " + Ports.free();
    return House.open(House.Plan.of(home, office).withSettings(lines));
  }

  private static void send(PostOffice office, String scenario, String to) throws IOException {
    byte[] mail =
        Files.readAllBytes(
            House.PROJECT.resolve("src/test/resources/scenarios/" + scenario + "/mail.eml"));
    try (Sender sender = new Sender(office.smtpPort())) {
      sender.send(GP, to, mail);
    }
    assertThat(Address.of(to).domain()).isEqualTo("wotschiedam.nl");
  }

  private record Reply(int code, String body) {}

  private static Reply ready(House house) {
    return ask(house, "/health/ready");
  }

  private static Reply ask(House house, String path) {
    return ask(house, "GET", path, "127.0.0.1");
  }

  /** By hand: Java's own clients allow no Host but the true one. */
  private static Reply ask(House house, String method, String path, String host) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), house.statusPort())) {
      String request = "%s %s HTTP/1.0\r\nHost: %s\r\n\r\n".formatted(method, path, host);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      int code = Integer.parseInt(in.readLine().split(" ")[1]);
      while (!in.readLine().isEmpty()) {
        // the reply's head
      }
      return new Reply(code, in.lines().collect(Collectors.joining("\n")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
