package nl.wotpoort.route.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import nl.wotpoort.desk.Rooms;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.route.TestRooms;
import nl.wotpoort.route.TestTls;
import nl.wotpoort.route.door.Door;
import nl.wotpoort.route.door.Watch;
import nl.wotpoort.settings.Network;
import nl.wotpoort.store.Arrival;
import nl.wotpoort.store.Claimed;
import nl.wotpoort.store.Origin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other mail servers were found to do wrong, each with a client that tries it. */
class SmtpListenerTest {

  private static final String MAIL = "Subject: x\r\n\r\ntekst\r\n";
  private static final int LIMIT = 50_000;

  @TempDir Path folder;

  private Rooms rooms;
  private SmtpListener listener;
  private final List<String> faults = new CopyOnWriteArrayList<>();

  @BeforeEach
  void furnish() {
    rooms = TestRooms.in(folder);
  }

  @AfterEach
  void close() {
    if (listener != null) {
      listener.stop(Duration.ofSeconds(10));
    }
    rooms.store().close();
  }

  private static SmtpDoor door(SmtpDoor.Protocol protocol) {
    return new SmtpDoor(
        "mta",
        protocol,
        "127.0.0.1",
        0,
        Optional.empty(),
        List.of(Network.parse("127.0.0.0/8").orElseThrow()),
        "poort.wotschiedam.nl",
        LIMIT,
        3,
        10,
        Duration.ofSeconds(30),
        1000,
        0);
  }

  private int listen(SmtpDoor door) {
    return listen(door, arrivals -> rooms.store().queue().received(arrivals));
  }

  private int listen(SmtpDoor door, Consumer<List<Arrival>> sink) {
    listener =
        new SmtpListener(
            door,
            new Door(rooms.store(), rooms::directory, rooms.identity(), rooms.clock()),
            rooms.store().health(),
            sink,
            new Watch() {
              @Override
              public void worked() {}

              @Override
              public void elsewhere() {}

              @Override
              public void failed(Throwable fault) {
                faults.add(fault.toString());
              }
            });
    listener.start();
    return listener.port();
  }

  private int smtp() {
    return listen(door(SmtpDoor.Protocol.SMTP));
  }

  /** What is in the store, as text, oldest first. */
  private List<String> stored() {
    return claimed().stream().map(c -> c.sealed().decode(StandardCharsets.ISO_8859_1)).toList();
  }

  private List<Claimed> claimed() {
    return rooms.store().queue().claim(Instant.now(), Duration.ofHours(1), "test", 1000);
  }

  @Test
  void aMailIsStoredAsItCame() throws IOException {
    try (RawClient client = new RawClient(smtp())) {
      assertThat(client.send("..stip\r\n.\r\r\n".replace("\r\r", "\r"))).startsWith("250 ");
      assertThat(client.send(MAIL + "\u00e9\u0000.\r\n...\r\n.\r\n")).startsWith("250 ");
      assertThat(client.send(".\r\n")).startsWith("250 ");
      assertThat(client.say("QUIT")).startsWith("221");
    }
    assertThat(stored()).containsExactly(".stip\r\n", MAIL + "\u00e9\u0000.\r\n..\r\n", "");
  }

  @Test
  void whatIsOfferedIsSaid() throws IOException {
    try (RawClient client = new RawClient(smtp())) {
      client.raw("EHLO mta.example\r\n");
      StringBuilder said = new StringBuilder();
      // RawClient shows last lines only; a second EHLO marks the end
      said.append(client.reply());
      assertThat(said.toString()).isEqualTo("250 ENHANCEDSTATUSCODES");
      assertThat(client.say("BDAT 5 LAST")).startsWith("502");
      assertThat(client.say("AUTH PLAIN AGEAYg==")).startsWith("502");
      assertThat(client.say("VRFY oost")).startsWith("502");
      assertThat(client.say("LHLO x")).startsWith("502");
      assertThat(client.say("MAIL FROM:<a@b.example> BODY=8BITMIME SMTPUTF8 SIZE=400"))
          .startsWith("250");
      assertThat(client.say("RSET")).startsWith("250");
      assertThat(client.say("MAIL FROM:<> BODY=BINARYMIME")).startsWith("555");
      assertThat(client.say("MAIL FROM:<>")).startsWith("250");
    }
  }

  /** Each command in its turn and its form, and nothing left over from the mail before. */
  @Test
  void whatIsOutOfTurnOrFormIsRefused() throws IOException {
    try (RawClient client = new RawClient(smtp())) {
      assertThat(client.say("MAIL FROM:<a@b.example>")).startsWith("503 5.5.1");
      assertThat(client.say("HELO")).startsWith("501 5.5.4");
      assertThat(client.say("HELO  ")).startsWith("501 5.5.4");
      assertThat(client.say("EHLO")).startsWith("501 5.5.4");
      assertThat(client.say("DATA")).startsWith("503 5.5.1 MAIL first");
      assertThat(client.say("HELO mta.example")).isEqualTo("250 poort.wotschiedam.nl");
      assertThat(client.say("MAIL FROM:<a@b.example>SIZE=1")).startsWith("501 5.5.4");
      assertThat(client.say("MAIL FROM: a@b.example")).startsWith("501 5.5.4");
      assertThat(client.say("MAIL FROM:<a@b.example> SIZE=999999999999999999")).startsWith("552");
      assertThat(client.say("MAIL FROM:<a@b.example> SIZE=1000000000000000000")).startsWith("552");
      assertThat(client.say("MAIL FROM:<a@b.example> SIZE=" + LIMIT)).startsWith("250");
      assertThat(client.say("MAIL FROM:<a@b.example>")).startsWith("503 5.5.1 one mail");
      assertThat(client.say("RCPT TO:<oost@wotschiedam.nl> NOTIFY=NEVER")).startsWith("501 5.5.4");
      assertThat(client.say("RCPT TO:oost@wotschiedam.nl")).startsWith("501 5.5.4");
      assertThat(client.say("RCPT TO:<oost@wotschiedam.nl>")).startsWith("250");
      for (String ends : List.of("RSET", "EHLO mta.example", "HELO mta.example")) {
        assertThat(client.say(ends)).startsWith("250");
        assertThat(client.say("DATA")).as(ends).startsWith("503 5.5.1 MAIL first");
        client.say("MAIL FROM:<a@b.example>");
        assertThat(client.say("DATA")).as(ends).startsWith("503 5.5.1 no recipient");
        assertThat(client.say("RCPT TO:<oost@wotschiedam.nl>")).startsWith("250");
      }
      client.say("DATA");
      client.raw(MAIL + ".\r\n");
      assertThat(client.reply()).startsWith("250");
      assertThat(client.say("DATA")).as("after it").startsWith("503 5.5.1 MAIL first");
    }
    assertThat(stored()).containsExactly(MAIL);
    listener.stop(Duration.ofSeconds(10));
    try (RawClient client = new RawClient(listen(door(SmtpDoor.Protocol.LMTP)))) {
      assertThat(client.say("HELO mta.example")).startsWith("502");
    }
  }

  @Test
  void recipientsAreCheckedOneByOne() throws IOException {
    try (RawClient client = new RawClient(smtp())) {
      client.say("EHLO mta.example");
      assertThat(client.say("RCPT TO:<oost@wotschiedam.nl>")).startsWith("503");
      client.say("MAIL FROM:<gp@praktijk.example>");
      assertThat(client.say("RCPT TO:<niemand@wotschiedam.nl>")).startsWith("550 5.1.1");
      assertThat(client.say("RCPT TO:<oost@elders.example>")).startsWith("550 5.1.1");
      assertThat(client.say("RCPT TO:<\"oost\"@wotschiedam.nl>")).startsWith("550");
      // SMTPUTF8: two bytes of UTF-8 for one letter
      assertThat(client.say("RCPT TO:<jos\u00c3\u00a9@wotschiedam.nl>")).startsWith("550");
      assertThat(client.say("DATA")).startsWith("503");
      assertThat(client.say("RCPT TO:<OOST@wotschiedam.nl>")).startsWith("250");
      assertThat(client.say("RCPT TO:<poort@wotschiedam.nl>")).startsWith("250");
      assertThat(
              client.say("RCPT TO:<" + rooms.identity().caseAddress(CaseNumber.ofRandom(2)) + ">"))
          .startsWith("250");
      assertThat(client.say("RCPT TO:<zuid@wotschiedam.nl>")).startsWith("452 4.5.3");
      assertThat(client.say("DATA")).startsWith("354");
      client.raw(MAIL + ".\r\n");
      assertThat(client.reply()).startsWith("250");
    }
    assertThat(claimed())
        .extracting(c -> c.mailbox().toString())
        .containsExactly("oost@wotschiedam.nl", "poort@wotschiedam.nl", "zaak@wotschiedam.nl");
  }

  /** CVE-2023-51764 and its kin: each of these ends a mail for some server, and none here. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n.\n",
        "\n.\r\n",
        "\r\n.\n",
        "\r.\r",
        "\r\n.\r",
        "\r.\r\n",
        "\n.\r",
        "\0\r\n.\n"
      })
  void aMailIsNotSmuggledInAnother(String end) throws IOException {
    try (RawClient client = new RawClient(smtp())) {
      String smuggled =
          "MAIL FROM:<a@b.example>\r\nRCPT TO:<zuid@wotschiedam.nl>\r\nDATA\r\nvals\r\n";
      assertThat(client.send("eerste" + end + smuggled + ".\r\n")).startsWith("550 5.6.0");
      assertThat(client.say("NOOP")).startsWith("250");
    }
    assertThat(stored()).isEmpty();
  }

  @Test
  void theSizeIsHeldAlsoWithoutBeingTold() throws IOException {
    try (RawClient client = new RawClient(smtp())) {
      client.say("EHLO mta.example");
      assertThat(client.say("MAIL FROM:<a@b.example> SIZE=50001")).startsWith("552");
      assertThat(client.say("MAIL FROM:<a@b.example> SIZE=99999999999999999999")).startsWith("552");
      assertThat(client.send(("x".repeat(998) + "\r\n").repeat(60) + "QUIT\r\n.\r\n"))
          .startsWith("552");
      // the rest of it was no command
      assertThat(client.send(("x".repeat(998) + "\r\n").repeat(50) + ".\r\n")).startsWith("250");
    }
    assertThat(stored()).extracting(String::length).containsExactly(50_000);
  }

  @Test
  void aMailWithoutEndIsCutOff() throws IOException {
    int port = smtp();
    try (RawClient client = new RawClient(port)) {
      client.ready("EHLO", "oost@wotschiedam.nl");
      String much = ("x".repeat(998) + "\r\n").repeat(100);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 10_000; i++) {
                  client.raw(much);
                }
              })
          .isInstanceOf(SocketException.class);
    }
    assertThat(stored()).isEmpty();
  }

  @Test
  void aLongLineIsRefused() throws IOException {
    try (RawClient client = new RawClient(smtp())) {
      assertThat(client.send("x".repeat(MailData.LONGEST_LINE + 1) + "\r\n.\r\n"))
          .startsWith("550 5.6.0");
      assertThat(client.say("NOOP " + "x".repeat(2000))).startsWith("501");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Subject: x\r\n", "Subject: x\r\n\r\ntekst\r\n", "tekst\r\n.", "tekst\r\n.\r"})
  void aTruncatedMailIsNotTaken(String part) throws IOException {
    int port = smtp();
    try (RawClient client = new RawClient(port)) {
      client.ready("EHLO", "oost@wotschiedam.nl");
      client.raw(part);
    }
    try (RawClient client = new RawClient(port)) {
      assertThat(client.send(MAIL + ".\r\n")).startsWith("250");
    }
    assertThat(stored()).containsExactly(MAIL);
  }

  @Test
  void commandsBeforeStarttlsAreForgotten() throws IOException {
    TestTls tls = TestTls.naming("localhost");
    SmtpDoor plain = door(SmtpDoor.Protocol.SMTP);
    int port =
        listen(
            new SmtpDoor(
                plain.name(),
                plain.protocol(),
                plain.host(),
                0,
                Optional.of(tls.serverContext()),
                plain.from(),
                plain.greeting(),
                plain.maxBytes(),
                plain.maxRecipients(),
                plain.maxConnections(),
                plain.idle(),
                plain.backlog(),
                plain.freeDisk()));
    try (RawClient client = new RawClient(port)) {
      client.say("EHLO mta.example");
      assertThat(client.say("MAIL FROM:<a@b.example>")).startsWith("530");
      client.raw(
          "STARTTLS\r\nEHLO injected.example\r\nMAIL FROM:<a@b.example>\r\n"
              + "RCPT TO:<zuid@wotschiedam.nl>\r\nDATA\r\n");
      assertThat(client.reply()).startsWith("220");
      client.encrypt(tls.trusting());
      assertThat(client.say("MAIL FROM:<a@b.example>")).startsWith("503"); // nobody said hello
      assertThat(client.send(MAIL + ".\r\n")).startsWith("250");
    }
    assertThat(stored()).containsExactly(MAIL);
  }

  @Test
  void lmtpAnswersForEachRecipient() throws IOException {
    try (RawClient client = new RawClient(listen(door(SmtpDoor.Protocol.LMTP)))) {
      assertThat(client.say("EHLO mta.example")).startsWith("502");
      client.ready("LHLO", "oost@wotschiedam.nl", "niemand@wotschiedam.nl", "zuid@wotschiedam.nl");
      client.raw(MAIL + ".\r\n");
      assertThat(client.reply()).startsWith("250");
      assertThat(client.reply()).startsWith("250");
      assertThat(client.say("NOOP")).startsWith("250");
    }
    assertThat(stored()).hasSize(2);
  }

  @Test
  void twoAddressesOfOneMailboxAreOneMessage() throws IOException {
    try (RawClient client = new RawClient(smtp())) {
      client.ready("EHLO", "oost@wotschiedam.nl", "Oost@wotschiedam.nl");
      client.raw(MAIL + ".\r\n");
      assertThat(client.reply()).startsWith("250");
    }
    assertThat(stored()).hasSize(1);
  }

  /**
   * Two mails that look alike are two; which of them is a copy the desk knows, by the signature.
   */
  @Test
  void theSameBytesAgainAreAnotherMessage() throws IOException {
    int port = smtp();
    for (int i = 0; i < 2; i++) {
      try (RawClient client = new RawClient(port)) {
        assertThat(client.send(MAIL + ".\r\n")).startsWith("250");
      }
    }
    assertThat(stored()).hasSize(2);
  }

  @Test
  void aStoreThatIsAwayIsForNow() throws IOException {
    int port =
        listen(
            door(SmtpDoor.Protocol.SMTP),
            arrivals -> {
              rooms.store().close();
              rooms.store().queue().received(arrivals);
            });
    try (RawClient client = new RawClient(port)) {
      assertThat(client.send(MAIL + ".\r\n")).startsWith("451 4.3.0");
    }
    assertThat(faults).isNotEmpty();
    listener.stop(Duration.ofSeconds(10));
    try (RawClient client = new RawClient(smtp())) {
      client.say("EHLO mta.example");
      assertThat(client.say("MAIL FROM:<a@b.example>")).startsWith("451 4.3.0 the store is away");
    }
  }

  @Test
  void aLongBacklogAndAFullDiskAreForNow() throws IOException {
    SmtpDoor plain = door(SmtpDoor.Protocol.SMTP);
    rooms
        .store()
        .queue()
        .received(
            new Door(rooms.store(), rooms::directory, rooms.identity(), rooms.clock())
                .fromEnvelope(
                    Address.of("oost@wotschiedam.nl"), Origin.smtp("mta", "t", 0), Bytes.none()));
    int port = listen(with(plain, 0, 0));
    try (RawClient client = new RawClient(port)) {
      client.say("EHLO mta.example");
      assertThat(client.say("MAIL FROM:<a@b.example>")).startsWith("451 4.3.2");
    }
    listener.stop(Duration.ofSeconds(5));
    try (RawClient client = new RawClient(listen(with(plain, 1, 1)))) {
      client.say("EHLO mta.example");
      assertThat(client.say("MAIL FROM:<a@b.example>")).as("as many as may").startsWith("250");
    }
    listener.stop(Duration.ofSeconds(5));
    try (RawClient client = new RawClient(listen(with(plain, 1000, Long.MAX_VALUE)))) {
      client.say("EHLO mta.example");
      assertThat(client.say("MAIL FROM:<a@b.example>")).startsWith("452 4.3.1");
    }
  }

  private static SmtpDoor with(SmtpDoor d, int backlog, long freeDisk) {
    return new SmtpDoor(
        d.name(),
        d.protocol(),
        d.host(),
        0,
        d.tls(),
        d.from(),
        d.greeting(),
        d.maxBytes(),
        d.maxRecipients(),
        d.maxConnections(),
        d.idle(),
        backlog,
        freeDisk);
  }

  @Test
  void othersMayNotConnect() throws IOException {
    SmtpDoor d = door(SmtpDoor.Protocol.SMTP);
    SmtpDoor elsewhere =
        new SmtpDoor(
            d.name(),
            d.protocol(),
            d.host(),
            0,
            d.tls(),
            List.of(Network.parse("10.0.0.0/8").orElseThrow()),
            d.greeting(),
            LIMIT,
            3,
            10,
            d.idle(),
            1000,
            0);
    int port = listen(elsewhere);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      byte[] said = socket.getInputStream().readAllBytes();
      assertThat(new String(said, StandardCharsets.US_ASCII)).startsWith("554 ").hasLineCount(1);
    }
  }

  @Test
  void networks() throws IOException {
    byte[] sixteen = new byte[16];
    sixteen[15] = 1;
    InetAddress one = InetAddress.getByAddress(sixteen);
    Network ten = Network.parse("10.1.0.0/16").orElseThrow();
    assertThat(ten.contains(InetAddress.getByName("10.1.255.3"))).isTrue();
    assertThat(ten.contains(InetAddress.getByName("10.2.0.1"))).isFalse();
    assertThat(ten.contains(one)).isFalse();
    assertThat(Network.parse("::1").orElseThrow().contains(one)).isTrue();
    for (String wrong : List.of("mail.example", "10.0.0.0/33", "10.0.0.0/x", "", "cafe", "1/2/3")) {
      assertThat(Network.parse(wrong)).as(wrong).isEmpty();
    }
  }

  /** Whatever comes, the next honest mail is taken. */
  @Test
  void noiseHarmsNobody() throws IOException {
    int port = smtp();
    Random random = new Random(3);
    for (int i = 0; i < 60; i++) {
      byte[] noise = new byte[random.nextInt(400)];
      random.nextBytes(noise);
      try (RawClient client = new RawClient(port)) {
        client.raw(noise);
        client.raw("\r\nEHLO x\r\nMAIL FROM:<a@b.example>\r\n");
        client.raw(noise);
      } catch (SocketException hungUp) {
        assertThat(hungUp).isNotNull();
      }
    }
    assertThat(sendWhenRoom(port)).startsWith("250");
    assertThat(stored()).containsExactly(MAIL);
  }

  /** Sessions of clients that left end a moment later. */
  private static String sendWhenRoom(int port) throws IOException {
    String said = "";
    for (int i = 0; i < 300 && !said.startsWith("250"); i++) {
      try (RawClient client = new RawClient(port)) {
        said = client.send(MAIL + ".\r\n");
      } catch (SocketException refused) {
        said = "";
      }
      LockSupport.parkNanos(said.startsWith("250") ? 1 : 20_000_000);
    }
    return said;
  }

  @Test
  void mistakesHaveAnEnd() throws IOException {
    try (RawClient client = new RawClient(smtp())) {
      client.say("EHLO mta.example");
      client.say("MAIL FROM:<>");
      String said = "";
      for (int i = 0; i < 30 && !said.startsWith("421"); i++) {
        said = client.say("RCPT TO:<raad" + i + "@wotschiedam.nl>");
      }
      assertThat(said).startsWith("421");
    }
  }
}
