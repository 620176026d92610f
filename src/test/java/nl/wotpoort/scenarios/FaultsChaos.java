package nl.wotpoort.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import nl.wotpoort.cli.Typed;
import nl.wotpoort.route.Ports;
import nl.wotpoort.store.OutgoingFile;
import nl.wotpoort.store.OutgoingState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults of the surroundings, one by one, in the middle of the work: nothing is lost, nothing goes
 * twice (but for what docs/queue.md says), and what a person is told is true. Profile {@code
 * chaos}: some need minutes, a file system of their own or a database server.
 */
class FaultsChaos {

  private static final String TEAM = "oost@intern.wotschiedam.nl";
  private static final String GP = Mails.GP.toString();

  @TempDir Path home;

  private final Mails mails = new Mails();
  private PostOffice office;
  private Wire wire;

  @BeforeEach
  void open() {
    office = PostOffice.open();
    wire = new Wire();
  }

  @AfterEach
  void close() {
    wire.close();
    office.close();
  }

  @Test
  void aNextHopThatRefusesForGood() throws IOException {
    onlyOnce();
    wire.treat(TEAM, Wire.Manners.REFUSE);
    try (House house = House.open(plan())) {
      send(1);
      house.settle(office);
      assertThat(wire.to(TEAM)).isEmpty();
      assertThat(wire.to(GP)).as("the sender hears, once").hasSize(1);
      person(house).seesNothingHeld().seesReady().hearsOf(1, "FORWARD");
      assertThat(house.type("journal", "message", "M1").out())
          .contains("niet te bezorgen, opgegeven");
      assertThat(house.events(0)).contains("FORWARDED", "UNDELIVERABLE").doesNotContain("EXPIRED");
      assertThat(house.metrics())
          .contains(
              "wotpoort_undelivered_total{reason=\"refused\"} 1.0",
              "wotpoort_delivered_total{kind=\"notice\"} 1.0",
              "wotpoort_delivered_total{kind=\"receipt\"} 0.0");
    }
  }

  @Test
  void aNextHopThatRefusesForNow() throws IOException {
    onlyOnce();
    wire.treat(TEAM, Wire.Manners.LATER);
    try (House house = House.open(plan())) {
      send(1);
      Await.until("a first try", () -> isDeferred(house), () -> house.store().outbox().unsent(9));
      assertThat(wire.letters()).as("no receipt before the forward").isEmpty();
      assertThat(house.ready()).contains("\"ready\":true");
      house.clock().move(Duration.ofHours(5));
      person(house).sees("LETTERS_WAIT").seesNothingHeld().hearsOf(2, "FORWARD");
      Await.until("a notice", () -> wire.to(GP).size() == 1, () -> wire.letters());
      wire.treat(TEAM, Wire.Manners.TAKE);
      house.clock().move(Duration.ofHours(3));
      house.settle(office);
      assertThat(wire.to(TEAM)).hasSize(1);
      assertThat(wire.to(GP)).as("delayed, and then forwarded").hasSize(2);
      assertThat(house.ready()).contains("\"ready\":true");
    }
  }

  /** One recipient whose server never answers keeps nobody else waiting. */
  @Test
  void aTarpit() throws IOException {
    onlyOnce();
    wire.treat(TEAM, Wire.Manners.TARPIT);
    try (House house = House.open(plan())) {
      send(1);
      Await.until(
          "a letter that sticks",
          () -> house.metrics().contains("wotpoort_queue_letters{state=\"sending\"} 1.0"),
          house::metrics);
      person(house).seesReady().seesNothingHeld().hearsOf(2, "FORWARD");
      incomplete();
      Await.until("the other's receipt", () -> wire.to(GP).size() == 1, () -> wire.letters());
      assertThat(wire.to(TEAM)).isEmpty();
      wire.treat(TEAM, Wire.Manners.TAKE);
      Await.until("given up", () -> isDeferred(house), () -> house.store().outbox().unsent(9));
      house.clock().move(Duration.ofMinutes(11));
      house.settle(office);
      assertThat(wire.to(TEAM)).hasSize(1);
      assertThat(wire.to(GP)).hasSize(2);
    }
  }

  /** The one case nobody can know: taken, and never said so. The same letter, so it can be told. */
  @Test
  void aNextHopThatHangsUpInsteadOfSaying250() {
    onlyOnce();
    wire.treat(TEAM, Wire.Manners.HANG_UP);
    try (House house = House.open(plan())) {
      send(1);
      Await.until("taken", () -> isDeferred(house), () -> house.store().outbox().unsent(9));
      person(house).seesReady().seesNothingHeld();
      wire.treat(TEAM, Wire.Manners.TAKE);
      house.clock().move(Duration.ofMinutes(2));
      house.settle(office);
      assertThat(wire.to(TEAM)).hasSize(2);
      assertThat(wire.to(TEAM).stream().map(Wire.Letter::id).distinct()).hasSize(1);
      assertThat(wire.to(GP)).as("one receipt").hasSize(1);
    }
  }

  @Test
  void anImapServerThatIsRestarted() throws IOException {
    onlyOnce();
    try (Gate gate = new Gate(office.imapPort());
        House house = House.open(plan().fetchingFrom(gate.port()))) {
      int count = 40;
      for (int n = 0; n < count; n++) {
        send(n);
        if (n % 8 == 4) {
          gate.shut();
          house.clock().move(Duration.ofSeconds(1));
          Await.until("intake down", () -> house.ready().contains("INTAKE_DOWN"), house::health);
          person(house).seesNothingHeld().hearsOf(50, "FORWARD");
          gate.open();
          Await.until("ready", () -> ticking(house) && isReady(house), () -> house.ready());
        }
      }
      Await.until("fetched", () -> ticking(house) && office.inIntake() == 0, house::health);
      house.settle(office);
      assertEachOnce(count);
      Await.until(
          "ready", () -> ticking(house) && house.ready().contains("\"ready\":true"), house::health);
      assertThat(gate.passed()).isGreaterThan(4);
    }
  }

  @Test
  void aClockThatJumps() {
    onlyOnce();
    wire.treat(TEAM, Wire.Manners.LATER);
    try (House house = House.open(plan())) {
      send(1);
      Await.until("a first try", () -> isDeferred(house), () -> house.store().outbox().unsent(9));
      wire.treat(TEAM, Wire.Manners.TAKE);
      house.clock().move(Duration.ofDays(1));
      house.settle(office);
      assertThat(wire.to(TEAM)).hasSize(1);
      send(2);
      house.settle(office);
      house.clock().move(Duration.ofDays(-1));
      send(3);
      house.settle(office);
      assertThat(wire.to(TEAM)).hasSize(3);
      assertThat(wire.to(TEAM).stream().map(Wire.Letter::id).distinct()).hasSize(3);
      assertThat(house.store().journal().verify().isSound()).isTrue();
      assertThat(house.ready()).contains("\"ready\":true");
    }
  }

  /** What was to be tried in a minute is tried in a minute, also when the clock is set back. */
  @Test
  void aClockThatIsSetBackWhileALetterWaits() {
    onlyOnce();
    wire.treat(TEAM, Wire.Manners.LATER);
    try (House house = House.open(plan())) {
      send(1);
      Await.until("a first try", () -> isDeferred(house), () -> house.store().outbox().unsent(9));
      wire.treat(TEAM, Wire.Manners.TAKE);
      house.clock().move(Duration.ofDays(-1));
      send(2);
      Await.until(
          "both, and a day is not over",
          () -> ticking(house) && wire.to(TEAM).size() == 2,
          () -> wire.letters());
      assertThat(house.clock().instant()).isBefore(House.NOW.minus(Duration.ofHours(12)));
      house.settle(office);
      assertThat(wire.to(TEAM)).hasSize(2);
      assertThat(wire.to(GP)).hasSize(2);
    }
  }

  @Test
  void aDatabaseFileThatIsLocked() throws SQLException {
    onlyOnce();
    try (House house = House.open(plan())) {
      try (Connection other =
              DriverManager.getConnection("jdbc:sqlite:" + home.resolve("wotpoort.db"));
          Statement statement = other.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        IntStream.range(0, 5).forEach(this::send);
        Await.until("away", () -> house.ready().contains("STORE_AWAY"), () -> house.ready());
        assertThat(wire.letters()).isEmpty();
        assertThat(office.inIntake()).as("not moved before it is stored").isEqualTo(5);
        person(house).seesNothingHeld().isTold("niet bereikbaar", "hold", "release", "--all");
        statement.execute("ROLLBACK");
      }
      Await.until("fetched", () -> ticking(house) && office.inIntake() == 0, house::health);
      house.settle(office);
      assertEachOnce(5);
    }
  }

  @Test
  void aDiskThatIsFull() throws Exception {
    onlyOnce();
    Path disk = Files.createDirectory(home.resolve("disk"));
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString()))
        .as("may mount a file system")
        .isZero();
    try (House house =
        House.open(
            plan(disk).withSettings("limits.maxSize = 100KB", "http.port = " + Ports.free()))) {
      Path filler = disk.resolve("filler");
      fill(filler);
      IntStream.range(0, 5).forEach(this::send);
      Await.until("full", () -> house.ready().contains("DISK_LOW"), () -> house.ready());
      assertThat(office.inIntake()).as("not moved before it is stored").isPositive();
      person(house).seesNothingHeld().sees("DISK_LOW");
      Files.delete(filler);
      Await.until("fetched", () -> ticking(house) && office.inIntake() == 0, house::health);
      house.settle(office);
      assertEachOnce(5);
      assertThat(house.store().journal().verify().isSound()).isTrue();
      assertThat(house.ready()).contains("\"ready\":true");
    } finally {
      run("umount", "-l", disk.toString());
    }
  }

  private static void fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] block = new byte[4096];
      for (int n = 0; n < 1024; n++) {
        out.write(block);
        out.flush();
      }
    } catch (IOException full) {
      // that was the point
      return;
    }
    throw new AssertionError("the disk is larger than it should be");
  }

  private static EmbeddedPostgres server(Path data, int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setPort(port)
        .setServerConfig("fsync", "on")
        .setServerConfig("full_page_writes", "on")
        .start();
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
  }

  @Test
  void aDatabaseServerThatIsAwayForAMinute() throws IOException {
    assumeThat(System.getProperty("store.database")).isEqualTo("postgresql");
    Path data = home.resolve("data");
    int port = Ports.free();
    EmbeddedPostgres first = server(data, port);
    Duration away = Duration.ofSeconds(Integer.getInteger("chaos.away", 60));
    try (House house =
        House.open(
            plan()
                .withSettings(
                    "store.jdbcUrl = " + first.getJdbcUrl("postgres", "postgres"),
                    "http.port = " + Ports.free()))) {
      send(0);
      house.settle(office);
      first.close();
      Instant end = Instant.now().plus(away);
      IntStream.range(1, 6).forEach(this::send);
      Await.until("away", () -> house.ready().contains("STORE_AWAY"), () -> house.ready());
      Await.until("a minute", () -> Instant.now().isAfter(end), () -> "");
      assertThat(office.inIntake()).as("not moved before it is stored").isEqualTo(5);
      assertThat(house.metrics()).contains("wotpoort_store_up 0.0");
      person(house).isTold("niet bereikbaar", "hold", "list");
      try (EmbeddedPostgres again = server(data, port)) {
        assertThat(again.getPort()).isEqualTo(port);
        Await.until("fetched", () -> ticking(house) && office.inIntake() == 0, house::health);
        house.settle(office);
        assertEachOnce(6);
        assertThat(house.store().journal().verify().isSound()).isTrue();
        assertThat(house.ready()).contains("\"ready\":true");
        assertThat(house.metrics()).contains("wotpoort_store_up 1.0");
      }
    }
  }

  /** Two nodes, one mailbox, one database; then the one that has the mailbox goes away. */
  @Test
  void twoNodesOnOneMailbox() throws IOException {
    assumeThat(System.getProperty("store.database")).isEqualTo("postgresql");
    try (EmbeddedPostgres postgres = server(home.resolve("data"), Ports.free());
        House second = House.open(node("second", postgres), 1001)) {
      int count = 60;
      try (House first = House.open(node("first", postgres))) {
        IntStream.range(0, count / 2).forEach(this::send);
        Await.until("half", () -> wire.to(GP).size() == count / 2, () -> wire.letters().size());
        Await.until(
            "both ready, also the one that waits",
            () -> ticking(first) && ticking(second) && isReady(first) && isReady(second),
            () -> first.ready() + second.ready());
        person(first).seesNothingHeld();
        person(second).seesNothingHeld();
        IntStream.range(count / 2, count).forEach(this::send);
      }
      Await.until("fetched", () -> ticking(second) && office.inIntake() == 0, second::health);
      second.settle(office);
      assertEachOnce(count);
      Await.until("ready", () -> ticking(second) && isReady(second), second::ready);
      person(second).seesNothingHeld();
      assertThat(second.events(0).stream().filter("RECEIVED"::equals))
          .as("each taken in once")
          .hasSize(count);
    }
  }

  private House.Plan node(String name, EmbeddedPostgres postgres) throws IOException {
    return plan(Files.createDirectory(home.resolve(name)))
        .withSettings("store.jdbcUrl = " + postgres.getJdbcUrl("postgres", "postgres"));
  }

  /** What somebody is told who looks while it lasts. */
  private final class Person {
    private final House house;

    private Person(House house) {
      this.house = house;
    }

    Person seesReady() {
      return sees("\"ready\":true");
    }

    Person sees(String trouble) {
      assertThat(house.ready()).contains(trouble);
      return this;
    }

    Person seesNothingHeld() {
      Typed list = house.type("hold", "list", "--json");
      assertThat(list.exit()).as(list.all()).isZero();
      assertThat(list.out()).isEmpty();
      return this;
    }

    /** Of a mail that would come now: what would happen to it is what always would. */
    Person hearsOf(int number, String decision) throws IOException {
      Path file = home.resolve("look.eml");
      Files.write(file, mails.sealed(number, House.NOW).toArray());
      Typed explained = house.type("explain", file.toString(), "--json");
      assertThat(explained.json().get(0).path("decision").asText())
          .as(explained.all())
          .isEqualTo(decision);
      return this;
    }

    /** That it cannot be done now, and why. */
    Person isTold(String why, String... command) {
      Typed typed = house.type(command);
      assertThat(typed.exit()).as(typed.all()).isEqualTo(69);
      assertThat(typed.err()).contains(why);
      return this;
    }
  }

  private Person person(House house) {
    return new Person(house);
  }

  /** Under both databases this would show the same. */
  private static void onlyOnce() {
    assumeThat(System.getProperty("store.database", "sqlite")).isEqualTo("sqlite");
  }

  private House.Plan plan() {
    return plan(home);
  }

  private House.Plan plan(Path where) {
    return House.Plan.of(where, office)
        .sendingTo(wire.port())
        .withSettings("http.port = " + Ports.free());
  }

  private void send(int number) {
    send(mails.sealed(number, House.NOW).toArray());
  }

  /** One that gets its receipt without a forward. */
  private void incomplete() {
    try {
      send(
          Files.readAllBytes(
              House.PROJECT.resolve(
                  "src/test/resources/scenarios/referral-without-help-request/mail.eml")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void send(byte[] mail) {
    try (Sender sender = new Sender(office.smtpPort())) {
      sender.send(GP, Mails.OOST.toString(), mail);
    }
  }

  /** Time goes on: what is tried again later, and only then. */
  private static boolean ticking(House house) {
    house.clock().move(Duration.ofMillis(100));
    return true;
  }

  private static boolean isDeferred(House house) {
    List<OutgoingFile> unsent = house.store().outbox().unsent(10);
    return unsent.stream()
        .anyMatch(letter -> letter.attempts() > 0 && letter.state() == OutgoingState.QUEUED);
  }

  private static boolean isReady(House house) {
    return house.ready().contains("\"ready\":true");
  }

  private void assertEachOnce(int count) {
    assertThat(wire.to(TEAM).stream().map(Wire.Letter::id).distinct()).hasSize(count);
    assertThat(wire.to(TEAM)).hasSize(count);
    assertThat(wire.to(GP).stream().map(Wire.Letter::answers).distinct()).hasSize(count);
    assertThat(wire.to(GP)).hasSize(count);
  }
}
