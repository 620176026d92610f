package nl.wotpoort.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.route.Ports;
import nl.wotpoort.route.TestTls;
import nl.wotpoort.route.smtp.RawClient;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.Arrival;
import nl.wotpoort.store.Origin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole gateway behind a mail server that delivers, by SMTP and LMTP, as its settings say:
 * every sentence of docs/queue.md about that road, from the port to the team and back.
 */
class DeliveredMailTest {

  private static final String TEAM = "oost@intern.wotschiedam.nl";
  private static final String GP = Mails.GP.toString();
  private static final String OOST = Mails.OOST.toString();

  @TempDir Path home;

  private final Mails mails = new Mails();
  private final int port = Ports.free();
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

  private House.Plan plan(String protocol) {
    return House.Plan.of(home, office).sendingTo(wire.port()).deliveredBy(protocol, port);
  }

  private String mail(int number) {
    return mails.sealed(number, House.NOW).decode(StandardCharsets.ISO_8859_1);
  }

  /** What a mail server would do to it on the wire, with the end. */
  private String data(int number) {
    return mail(number).replace("\r\n.", "\r\n..") + ".\r\n";
  }

  @Test
  void aReferralOverLmtpWithStarttlsIsForwardedAndReceipted() throws IOException {
    TestTls tls = TestTls.naming("localhost");
    Path certificate = home.resolve("mail-tls.p12");
    tls.writeTo(certificate);
    House.Plan plan =
        plan("lmtp")
            .withSettings(
                "intake.mta.security = starttls",
                "intake.mta.certificate = " + certificate,
                "intake.mta.certificatePassword = env:TLS_PASSWORD");
    try (House house = House.open(plan);
        RawClient client = new RawClient(port)) {
      client.say("LHLO mta.example");
      assertThat(client.say("MAIL FROM:<" + GP + ">")).as("in the clear").startsWith("530");
      assertThat(client.say("STARTTLS")).startsWith("220");
      client.encrypt(tls.trusting());
      // two of ours and a stranger: an answer for each of ours, and one message for each
      client.say("LHLO mta.example");
      client.say("MAIL FROM:<" + GP + ">");
      assertThat(client.say("RCPT TO:<" + OOST + ">")).startsWith("250");
      assertThat(client.say("RCPT TO:<niemand@wotschiedam.nl>")).startsWith("550 5.1.1");
      assertThat(client.say("RCPT TO:<iemand@elders.example>")).startsWith("550 5.1.1");
      assertThat(client.say("RCPT TO:<zuid@wotschiedam.nl>")).startsWith("250");
      client.say("DATA");
      client.raw(data(1));
      assertThat(client.reply()).startsWith("250");
      assertThat(client.reply()).startsWith("250");
      assertThat(house.messages()).as("250 means: in the store").hasSize(2);
      house.settle(office);
      assertThat(wire.to(TEAM)).hasSize(1);
      assertThat(wire.to(GP).stream().map(Wire.Letter::answers))
          .as("one receipt for each address")
          .containsOnly(Mails.messageId(1));
    }
  }

  /**
   * Postfix opens twenty connections to one server, and new ones before we have seen the old ones
   * end; after one refusal it puts all mail for us aside, for five minutes as it comes.
   */
  @Test
  void whatMailServersOpenAtOnceIsTaken() throws IOException {
    List<RawClient> clients = new ArrayList<>();
    try (House house = House.open(plan("lmtp"))) {
      for (int i = 0; i < 3 * 20; i++) {
        RawClient client = new RawClient(port);
        clients.add(client);
        assertThat(client.say("LHLO mta.example")).as("connection %s", i).startsWith("250");
      }
      assertThat(clients.get(0).say("NOOP")).as("the first is still open").startsWith("250");
      assertThat(house.messages()).isEmpty();
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  /** A client that hangs up anywhere before the last dot has said nothing. */
  @Test
  void aTruncatedMailIsNothingAndTheWholeOneIsForwardedOnce() throws IOException {
    String whole = data(1);
    try (House house = House.open(plan("smtp"))) {
      for (int end : new int[] {0, 300, whole.length() / 2, whole.length() - 3}) {
        try (RawClient client = new RawClient(port)) {
          client.ready("EHLO", OOST);
          client.raw(whole.substring(0, end));
          client.hangUp();
        }
      }
      try (RawClient client = new RawClient(port)) {
        assertThat(client.send(whole)).startsWith("250");
        assertThat(client.say("MAIL FROM:<" + GP + "> SIZE=999999999")).startsWith("552");
      }
      house.settle(office);
      assertThat(house.messages()).hasSize(1);
      assertThat(wire.to(TEAM)).hasSize(1);
      assertThat(wire.to(GP)).hasSize(1);
    }
  }

  /** The limit of the settings, told and not told; what is refused leaves no commands behind. */
  @Test
  void aMailThatIsTooLargeIsRefused() throws IOException {
    try (House house = House.open(plan("smtp").withSettings("limits.maxSize = 10KB"));
        RawClient client = new RawClient(port)) {
      client.say("EHLO mta.example");
      assertThat(client.say("MAIL FROM:<" + GP + "> SIZE=30721")).startsWith("552 5.3.4");
      assertThat(client.send(("x".repeat(98) + "\r\n").repeat(400) + "QUIT\r\n.\r\n"))
          .startsWith("552 5.3.4");
      assertThat(client.send(data(1))).startsWith("250");
      house.settle(office);
      assertThat(house.messages()).hasSize(1);
    }
  }

  /** The sender that did not hear our 250 comes again, and so does the copy in the other intake. */
  @Test
  void theSameMailByBothIntakesIsForwardedOnceAndAnsweredWithTheSameReceipt() throws IOException {
    House.Plan plan =
        House.Plan.of(home, office)
            .sendingTo(wire.port())
            .withSettings("intake.mta.protocol = smtp", "intake.mta.port = " + port);
    String same = data(1);
    try (House house = House.open(plan)) {
      try (RawClient client = new RawClient(port)) {
        assertThat(client.send(same)).startsWith("250");
      }
      house.settle(office);
    }
    try (House house = House.open(plan)) {
      try (RawClient client = new RawClient(port)) {
        assertThat(client.send(same)).startsWith("250");
      }
      house.settle(office);
      try (Sender sender = new Sender(office.smtpPort())) {
        sender.send(GP, OOST, mails.sealed(1, House.NOW).toArray());
      }
      Await.until("fetched", () -> house.messages().size() == 3, house::messages);
      house.settle(office);
      assertThat(house.events(0).stream().filter("FORWARDED"::equals)).hasSize(1);
      assertThat(house.events(0).stream().filter("DUPLICATE"::equals)).hasSize(2);
      assertThat(wire.to(TEAM)).hasSize(1);
      assertThat(wire.to(GP)).hasSize(3);
      assertThat(wire.to(GP).stream().map(Wire.Letter::id).distinct()).hasSize(1);
    }
  }

  @Test
  void tooMuchWaitingIsForNow() throws IOException {
    try (House house = House.open(plan("smtp").withSettings("intake.mta.backlog = 1"))) {
      // held, and released so slowly that two wait
      house.store().queue().received(List.of(junk(1), junk(2), junk(3)));
      Await.until("held", () -> house.held().size() == 3, house::held);
      house
          .store()
          .holds()
          .release(Optional.empty(), 3, Duration.ofDays(1), Actor.administrator("test"), House.NOW);
      try (RawClient client = new RawClient(port)) {
        assertThat(refused(client)).startsWith("451 4.3.2");
        house.clock().move(Duration.ofDays(3));
        house.settle(office);
        Await.until("taken again", () -> welcome(), () -> house.store().health().figures());
      }
    }
  }

  private static Arrival junk(int number) {
    return new Arrival(
        Origin.imap("elders", 1, number),
        Mails.OOST,
        Optional.of(Mails.OOST),
        Bytes.wrap("Subject: x\r\n\r\ntekst\r\n".getBytes(StandardCharsets.US_ASCII)),
        House.NOW);
  }

  @Test
  void aDiskThatIsLowIsForNowAndShows() throws IOException {
    House.Plan plan =
        plan("lmtp").withSettings("limits.freeDisk = 1000000GB", "http.port = " + Ports.free());
    try (House house = House.open(plan);
        RawClient client = new RawClient(port)) {
      client.say("LHLO mta.example");
      assertThat(client.say("MAIL FROM:<" + GP + ">")).startsWith("452 4.3.1");
      assertThat(house.messages()).isEmpty();
      assertThat(house.ready()).contains("DISK_LOW");
    }
  }

  /** Before the content is sent and after it: no 250 without a commit, and nothing half there. */
  @Test
  void aStoreThatIsAwayIsForNow() throws IOException {
    try (House house = House.open(plan("smtp"));
        RawClient client = new RawClient(port)) {
      assertThat(client.ready("EHLO", OOST)).startsWith("354");
      house.store().close();
      client.raw(data(1));
      assertThat(client.reply()).startsWith("451 4.3.0");
      Await.until("refused at once", () -> !welcome(), () -> "");
      assertThat(refused(client)).startsWith("451 4.3.0");
    }
    try (House house = House.open(plan("smtp"));
        RawClient client = new RawClient(port)) {
      assertThat(house.messages()).isEmpty();
      assertThat(client.send(data(1))).startsWith("250");
      house.settle(office);
      assertThat(wire.to(TEAM)).hasSize(1);
      assertThat(wire.to(GP)).hasSize(1);
    }
  }

  private static String refused(RawClient client) throws IOException {
    client.say("EHLO mta.example");
    return client.say("MAIL FROM:<" + GP + ">");
  }

  /** Whether a mail would be taken now. */
  private boolean welcome() {
    try (RawClient client = new RawClient(port)) {
      return refused(client).startsWith("250");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
