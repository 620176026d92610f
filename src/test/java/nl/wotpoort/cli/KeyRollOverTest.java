package nl.wotpoort.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.desk.Chores;
import nl.wotpoort.desk.Desk;
import nl.wotpoort.desk.Furnishing;
import nl.wotpoort.desk.LiveRooms;
import nl.wotpoort.desk.Rooms;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.settings.Configuration;
import nl.wotpoort.settings.PolicyFile;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.smime.Finding;
import nl.wotpoort.smime.Opened;
import nl.wotpoort.smime.OuterHead;
import nl.wotpoort.smime.Recipient;
import nl.wotpoort.store.Arrival;
import nl.wotpoort.store.HoldCause;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.JournalLine;
import nl.wotpoort.store.Origin;
import nl.wotpoort.store.Retention;
import nl.wotpoort.store.Store;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New keys and certificates count in a running gateway, from one message to the next. */
class KeyRollOverTest {

  private static final Address OOST = Address.of("oost@wotschiedam.nl");
  private static final Address SMIT = Address.of("b.smit@praktijk-delinde.example");
  private static final Path SAMPLES = TestHome.REPOSITORY.resolve("certs-sample");

  @TempDir private Path folder;
  private TestHome home;

  /** Half a second later at every look. */
  private final Clock clock =
      new Clock() {
        private Instant now = Typed.NOW;

        @Override
        public synchronized Instant instant() {
          now = now.plus(Duration.ofMillis(500));
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
      };

  @BeforeEach
  void settle() throws IOException {
    home = TestHome.in(folder);
    Files.createDirectories(folder.resolve("sleutels"));
    Files.copy(SAMPLES.resolve("gateway/oost-oud.p12"), folder.resolve("sleutels/2024.p12"));
    home.replace(
        "wotpoort.properties",
        "keys.oost.file = " + SAMPLES.resolve("gateway/oost.p12"),
        "keys.oost.file = sleutels");
  }

  private interface Work {
    void with(LiveRooms live) throws Exception;
  }

  private void running(Work work) throws Exception {
    Configuration configuration =
        Configuration.load(
                folder.resolve("wotpoort.properties"),
                name -> Optional.ofNullable(Typed.SECRETS.get(name)),
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
    try (Store store = rooms.store()) {
      work.with(LiveRooms.following(configuration, rooms));
    }
  }

  private static List<JournalEntry> told(LiveRooms live, String event) {
    return live.get().store().journal().about("keys").stream()
        .map(JournalLine::entry)
        .filter(entry -> entry.event().equals(event))
        .toList();
  }

  /** As the desk does before every message, for the time of three looks at the disk. */
  private static void follow(LiveRooms live) {
    for (int i = 0; i < 15; i++) {
      live.follow();
    }
  }

  private static Bytes mail() throws IOException {
    return Bytes.wrap(
        Files.readAllBytes(
            TestHome.FIXTURES.resolve("accept/openssl-detached-rfc822-aes-256-gcm.eml")));
  }

  private static Arrival arrival() throws IOException {
    Origin origin = new Origin("test", "1");
    return new Arrival(origin, OOST, Optional.empty(), mail(), Typed.NOW);
  }

  private static Optional<Finding> finding(LiveRooms live) throws IOException {
    Opened opened = live.get().opener().open(mail(), OOST, Typed.NOW);
    return opened.fold(trusted -> Optional.empty(), refused -> Optional.of(refused.finding()));
  }

  @Test
  void aNewKeyBesideTheOldOneReadsAndSignsWithoutARestart() throws Exception {
    running(
        live -> {
          assertThat(finding(live)).contains(Finding.UNDECRYPTABLE);
          assertThat(live.get().keys().forSigning(OOST, Typed.NOW)).isEmpty();

          Files.copy(SAMPLES.resolve("gateway/oost.p12"), folder.resolve("sleutels/2026.p12"));
          Rooms before = live.get();
          follow(live);

          assertThat(finding(live)).isEmpty();
          assertThat(live.get().keys().forSigning(OOST, Typed.NOW).orElseThrow().source())
              .contains("2026.p12");
          assertThat(live.get().keys().of(OOST)).as("the old one still reads").hasSize(3);
          // a message that took its rooms before keeps to them
          assertThat(before.keys().forSigning(OOST, Typed.NOW)).isEmpty();
          assertThat(told(live, "KEYS_TAKEN"))
              .as("at the start, and once for the change")
              .hasSize(2)
              .last()
              .satisfies(
                  line -> {
                    assertThat(line.actor().id()).isEqualTo("wotpoort");
                    assertThat(line.source()).isEqualTo("test");
                    assertThat(line.detail().orElseThrow().reveal())
                        .matches("(?s)(\\+ KEY oost@wotschiedam.nl [0-9a-f]{64}\n?)+");
                  });
          // started anew with the same files there is nothing new to tell
          running(again -> assertThat(told(again, "KEYS_TAKEN")).hasSize(2));
        });
  }

  @Test
  void byCommand() throws Exception {
    String oost = OOST.toString();
    String file = SAMPLES.resolve("gateway/oost.p12").toString();
    running(
        live -> {
          assertThat(home.type("cert", "import-key", file, "--mailbox", oost).out())
              .contains("tekent en leest", "verlopen, leest");
          follow(live);
          assertThat(finding(live)).isEmpty();

          String signing =
              home.type("cert", "list", "--keys", "--json").json().stream()
                  .filter(key -> key.path("mailbox").asText().equals(oost))
                  .filter(key -> key.path("use").asText().equals("SIGNS"))
                  .map(key -> key.path("id").asText())
                  .findFirst()
                  .orElseThrow();
          Typed last = home.type("cert", "retire-key", signing, "--mailbox", oost);
          assertThat(last.exit()).isEqualTo(1);
          assertThat(last.err()).contains("enige sleutel");

          String old =
              home.type("cert", "list", "--keys", "--json").json().stream()
                  .filter(key -> key.path("source").asText().contains("2024.p12"))
                  .map(key -> key.path("id").asText())
                  .findFirst()
                  .orElseThrow();
          assertThat(home.type("cert", "retire-key", old, "--mailbox", oost).exit()).isZero();
          assertThat(folder.resolve("sleutels/retired/2024.p12")).exists();
          follow(live);
          assertThat(live.get().keys().of(OOST)).noneMatch(key -> key.source().contains("2024"));
        });
  }

  @Test
  void whatIsNoKeyOfThatMailboxIsNotPutInPlace() {
    String other = SAMPLES.resolve("gateway/zuid.p12").toString();
    Typed typed = home.type("cert", "import-key", other, "--mailbox", OOST.toString());
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.err()).contains("ander postvak");
    String old = SAMPLES.resolve("gateway/oost-oud.p12").toString();
    assertThat(home.type("cert", "import-key", old, "--mailbox", OOST.toString()).err())
        .contains("verlopen op 2026-01-01");
    assertThat(home.type("cert", "import-key", other, "--mailbox", "zuid@wotschiedam.nl").err())
        .contains("keys.zuid.file");
    assertThat(folder.resolve("sleutels").toFile().list()).hasSize(1);
  }

  @Test
  void aKeyFileThatIsDamagedLeavesTheLastGoodKeys() throws Exception {
    Files.copy(SAMPLES.resolve("gateway/oost.p12"), folder.resolve("sleutels/2026.p12"));
    running(
        live -> {
          Files.writeString(folder.resolve("sleutels/2027.p12"), "half gekopieerd");
          follow(live);
          assertThat(finding(live)).isEmpty();

          assertThat(told(live, "KEYS_REFUSED"))
              .singleElement()
              .satisfies(
                  line -> assertThat(line.outcome()).isEqualTo(JournalEntry.Outcome.REFUSED));

          Files.delete(folder.resolve("sleutels/2027.p12"));
          Files.delete(folder.resolve("sleutels/2026.p12"));
          follow(live);
          assertThat(finding(live)).contains(Finding.UNDECRYPTABLE);
        });
  }

  @Test
  void anApprovedCertificateIsSealedForWithoutARestart() throws Exception {
    home.replace(
        "routes/partners.yaml", "certs-sample/gp/b.smit.pem", "certs-sample/gp/verlopen.pem");
    Files.copy(SAMPLES.resolve("gateway/oost.p12"), folder.resolve("sleutels/2026.p12"));
    running(
        live -> {
          assertThat(catchThrowableOfType(CannotSeal.class, () -> seal(live)).reason())
              .isEqualTo(CannotSeal.Reason.RECIPIENT_CERTIFICATE_EXPIRED);

          String pem = SAMPLES.resolve("gp/b.smit.pem").toString();
          String id = home.type("cert", "import", "--json", pem).json().get(0).path("id").asText();
          follow(live);
          assertThat(catchThrowableOfType(CannotSeal.class, () -> seal(live)))
              .as("it waits for a person")
              .isNotNull();

          assertThat(home.type("cert", "approve", id).exit()).isZero();
          follow(live);
          assertThat(seal(live).length()).isPositive();

          home.type("cert", "retire", id);
          follow(live);
          assertThat(catchThrowableOfType(CannotSeal.class, () -> seal(live))).isNotNull();
        });
  }

  private static Bytes seal(LiveRooms live) throws CannotSeal {
    OuterHead head = OuterHead.of(OOST, SMIT, Typed.NOW, "<1@wotschiedam.nl>", "[...]");
    Bytes letter = Bytes.of("From: %s\r\n\r\nx\r\n".formatted(OOST), StandardCharsets.UTF_8);
    return live.get().sealer().seal(letter, head, OOST, Recipient.of(SMIT), Typed.NOW);
  }

  @Test
  void aRevocationListThatIsDamagedLeavesTheLastGoodOne() throws Exception {
    Files.copy(SAMPLES.resolve("gateway/oost.p12"), folder.resolve("sleutels/2026.p12"));
    Path list = folder.resolve("lijst.pem");
    Files.copy(SAMPLES.resolve("ca/zorg-issuing.crl.pem"), list);
    home.replace(
        "wotpoort.properties", SAMPLES.resolve("ca/zorg-issuing.crl.pem").toString(), "lijst.pem");
    running(
        live -> {
          Files.writeString(list, "<html>404</html>");
          follow(live);
          assertThat(finding(live)).isEmpty();
        });
  }

  /** The issuer's own list names no serial of a.devries; the root's list is none of this issuer. */
  @Test
  void aRevocationListCountsFromTheMomentItIsThere() throws Exception {
    Files.copy(SAMPLES.resolve("gateway/oost.p12"), folder.resolve("sleutels/2026.p12"));
    Path list = folder.resolve("lijst.pem");
    Files.copy(SAMPLES.resolve("ca/zorg-root.crl.pem"), list);
    home.replace(
        "wotpoort.properties", SAMPLES.resolve("ca/zorg-issuing.crl.pem").toString(), "lijst.pem");
    running(
        live -> {
          assertThat(finding(live)).contains(Finding.REVOCATION_UNKNOWN);
          Store store = live.get().store();
          Desk desk = new Desk(live, Duration.ofMinutes(1));
          store.queue().received(List.of(arrival()));
          desk.work();
          assertThat(store.holds().list(10)).hasSize(1);

          Files.write(list, Files.readAllBytes(SAMPLES.resolve("ca/zorg-issuing.crl.pem")));
          follow(live);
          assertThat(finding(live)).isEmpty();
          // and what was held for lack of it goes on by itself
          Chores.of(live, Retention.ofDays(30)).tick();
          desk.work();
          assertThat(store.holds().list(10))
              .noneMatch(held -> held.cause() == HoldCause.NOT_VERIFIED);
        });
  }
}
