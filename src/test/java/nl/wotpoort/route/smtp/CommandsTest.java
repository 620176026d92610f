package nl.wotpoort.route.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import nl.wotpoort.desk.Rooms;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.route.TestRooms;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.internal.proxy.ProxyHandler;
import org.subethamail.smtp.internal.server.CommandHandler;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;

/**
 * The replies one by one, without a port: all that a client says is there before the first command
 * is read, as with one that sends ahead.
 */
class CommandsTest {

  private static final String OOST = "oost@wotschiedam.nl";
  private static final String ZUID = "zuid@wotschiedam.nl";
  private static final int LIMIT = 50_000;

  @TempDir static Path folder;

  private static Rooms rooms;

  private final Counter counter = new Counter();

  @BeforeAll
  static void open() {
    rooms = TestRooms.in(folder);
  }

  @AfterAll
  static void close() {
    rooms.store().close();
  }

  /** Takes what it is given, or says what it was told to say. */
  private static final class Counter implements Commands.Counter {
    private final List<String> taken = new ArrayList<>();
    private Optional<String> refusal = Optional.empty();

    @Override
    public Optional<String> take(List<Address> recipients, Bytes raw) {
      taken.add(recipients + " " + raw.decode(StandardCharsets.ISO_8859_1));
      return refusal;
    }

    @Override
    public boolean serves(Address recipient) {
      return List.of(OOST, ZUID, "poort@wotschiedam.nl").contains(recipient.toString());
    }
  }

  /** No network behind it. */
  private static final class Line extends Socket {
    private final InputStream in;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Line(String said) {
      in = new ByteArrayInputStream(said.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public InputStream getInputStream() {
      return in;
    }

    @Override
    public OutputStream getOutputStream() {
      return out;
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), 25);
    }

    @Override
    public void setSoTimeout(int timeout) {
      // nobody is waited for
    }
  }

  private static SmtpDoor door(SmtpDoor.Protocol protocol, int limit, Optional<SSLContext> tls) {
    return new SmtpDoor(
        "mta",
        protocol,
        "127.0.0.1",
        0,
        tls,
        List.of(),
        "poort.wotschiedam.nl",
        limit,
        2,
        10,
        Duration.ofSeconds(30),
        1000,
        0);
  }

  private static final SmtpDoor SMTP = door(SmtpDoor.Protocol.SMTP, LIMIT, Optional.empty());
  private static final SmtpDoor LMTP = door(SmtpDoor.Protocol.LMTP, LIMIT, Optional.empty());

  /** What is answered, without line ends; the last is the reason when the line is dropped. */
  private List<String> said(SmtpDoor door, String... lines) throws IOException {
    return said(door, false, lines);
  }

  private List<String> said(SmtpDoor door, boolean encrypted, String... lines) throws IOException {
    SMTPServer server =
        SMTPServer.port(0).messageHandlerFactory(session -> new Transaction()).build();
    Commands commands = new Commands(door, new Readiness(rooms.store().health(), door), counter);
    CommandHandler handler = server.getCommandHandler();
    commands.replaceIn(handler);
    Line line = new Line(String.join("\r\n", lines) + "\r\n");
    Session session = new Session(server, null, line, ProxyHandler.NOP);
    session.setTlsStarted(encrypted);
    String last = "";
    try {
      for (String next = session.getReader().readLine();
          next != null;
          next = session.getReader().readLine()) {
        handler.handleCommand(session, next);
      }
    } catch (DropConnectionException dropped) {
      last = dropped.getErrorResponse() + "\r\n";
    }
    commands.forget(session);
    return (line.out.toString(StandardCharsets.ISO_8859_1) + last).lines().toList();
  }

  private static String[] mail(String... more) {
    List<String> all = new ArrayList<>(List.of("EHLO mta.example", "MAIL FROM:<a@b.example>"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /** The reply to the last line. */
  private String last(SmtpDoor door, String... lines) throws IOException {
    List<String> said = said(door, lines);
    return said.get(said.size() - 1);
  }

  private static final List<String> OFFERED =
      List.of(
          "250-poort.wotschiedam.nl",
          "250-SIZE " + LIMIT,
          "250-8BITMIME",
          "250-SMTPUTF8",
          "250-PIPELINING",
          "250 ENHANCEDSTATUSCODES");

  @Test
  void whatIsOfferedAndNothingElse() throws IOException {
    assertThat(said(SMTP, "EHLO mta.example")).isEqualTo(OFFERED);
    assertThat(said(LMTP, "LHLO mta.example")).isEqualTo(OFFERED);
    assertThat(said(SMTP, "HELO mta.example")).containsExactly("250 poort.wotschiedam.nl");
    for (String wrong : List.of("EHLO", "EHLO ", "HELO", "HELO  ")) {
      assertThat(said(SMTP, wrong, "MAIL FROM:<a@b.example>"))
          .as(wrong)
          .containsExactly("501 5.5.4 who are you?", "503 5.5.1 say hello first");
    }
    assertThat(said(SMTP, "EHLO a", "MAIL FROM:<a@b.example>")).hasSize(7).last().isEqualTo(GO_ON);
  }

  private static final String GO_ON = "250 2.1.0 go on";

  @ParameterizedTest
  @ValueSource(strings = {"LHLO mta.example", "BDAT 1", "AUTH PLAIN", "VRFY x", "EXPN x", "HELP"})
  void whatSmtpDoesNotOffer(String line) throws IOException {
    assertThat(said(SMTP, line)).containsExactly("502 5.5.1 not offered here");
  }

  @ParameterizedTest
  @ValueSource(strings = {"EHLO mta.example", "HELO mta.example", "BDAT 1"})
  void whatLmtpDoesNotOffer(String line) throws IOException {
    assertThat(said(LMTP, line)).containsExactly("502 5.5.1 not offered here");
  }

  @Test
  void encryptedFirstWhereThatIsAsked() throws IOException, NoSuchAlgorithmException {
    SmtpDoor secure = door(SmtpDoor.Protocol.SMTP, LIMIT, Optional.of(SSLContext.getDefault()));
    assertThat(said(secure, mail()))
        .hasSize(8)
        .contains("250-STARTTLS")
        .last()
        .isEqualTo("530 5.7.0 STARTTLS first");
    assertThat(said(secure, true, mail()))
        .hasSize(7)
        .doesNotContain("250-STARTTLS")
        .last()
        .isEqualTo(GO_ON);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 250 2.1.0 go on",
    "' SIZE=0', 250 2.1.0 go on",
    "' SIZE=50000 BODY=8BITMIME SMTPUTF8', 250 2.1.0 go on",
    "' BODY=7BIT SIZE=1', 250 2.1.0 go on",
    "' SIZE=000000000000000001', 250 2.1.0 go on",
    "' SIZE=50001', 552",
    "' SIZE=1 SIZE=50001', 552",
    "' SIZE=999999999999999999', 552",
    "' SIZE=9999999999999999999', 552",
    "' SIZE=00000000000000000001', 552",
    "' SIZE=999999999999999999999', 555 5.5.4 a parameter that was not offered",
    "' SIZE=x', 555 5.5.4 a parameter that was not offered",
    "' BODY=BINARYMIME', 555 5.5.4 a parameter that was not offered",
    "' SIZE=1 RET=FULL', 555 5.5.4 a parameter that was not offered",
  })
  void parametersOfMail(String parameters, String reply) throws IOException {
    assertThat(last(SMTP, "EHLO a", "MAIL FROM:<a@b.example>" + parameters)).startsWith(reply);
    boolean begun = reply.startsWith("250");
    assertThat(last(SMTP, "EHLO a", "MAIL FROM:<a@b.example>" + parameters, "RCPT TO:<x@y.nl>"))
        .startsWith(begun ? "550 5.1.1" : "503 5.5.1");
  }

  @Test
  void oneMailAtATimeAndInForm() throws IOException {
    assertThat(last(SMTP, "EHLO a", "MAIL FROM: a@b.example"))
        .isEqualTo("501 5.5.4 MAIL FROM:<address>");
    assertThat(last(SMTP, mail("MAIL FROM:<a@b.example>")))
        .isEqualTo("503 5.5.1 one mail at a time");
    assertThat(last(SMTP, mail("EHLO b", "MAIL FROM:<a@b.example>"))).isEqualTo(GO_ON);
    assertThat(last(SMTP, mail("HELO b", "MAIL FROM:<a@b.example>"))).isEqualTo(GO_ON);
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT TO:<oost@wotschiedam.nl>, 250 2.1.5 yes",
    "RCPT TO: oost@wotschiedam.nl, 501 5.5.4 RCPT TO:<address>",
    "RCPT TO:<oost@wotschiedam.nl> NOTIFY=NEVER, 501 5.5.4 RCPT TO:<address>",
    "RCPT TO:<iemand@wotschiedam.nl>, 550 5.1.1 no such address here",
    "RCPT TO:<oost>, 550 5.1.1 no such address here",
    "DATA, 503 5.5.1 no recipient",
  })
  void recipients(String line, String reply) throws IOException {
    assertThat(last(SMTP, mail(line))).isEqualTo(reply);
    assertThat(last(SMTP, "EHLO a", line)).isEqualTo("503 5.5.1 MAIL first");
  }

  @Test
  void notMoreRecipientsThanMayBe() throws IOException {
    String[] three =
        mail(
            "RCPT TO:<oost@wotschiedam.nl>",
            "RCPT TO:<zuid@wotschiedam.nl>",
            "RCPT TO:<x@y.nl>",
            "RCPT TO:<poort@wotschiedam.nl>",
            "DATA",
            "a",
            ".");
    List<String> said = said(SMTP, three);
    assertThat(said.subList(7, said.size()))
        .containsExactly(
            "250 2.1.5 yes",
            "250 2.1.5 yes",
            "550 5.1.1 no such address here",
            "452 4.5.3 too many recipients for one mail",
            "354 end with a dot on a line of its own",
            "250 2.0.0 stored");
    assertThat(counter.taken).containsExactly("[" + OOST + ", " + ZUID + "] a\r\n");
  }

  private static final String TO_OOST = "RCPT TO:<oost@wotschiedam.nl>";
  private static final String TO_ZUID = "RCPT TO:<zuid@wotschiedam.nl>";

  /** After it, whatever came of it, the next mail begins anew. */
  @Test
  void aMailIsStoredOrNotAndOver() throws IOException {
    assertThat(last(SMTP, mail(TO_OOST, "DATA", "a", "."))).isEqualTo("250 2.0.0 stored");
    assertThat(last(SMTP, mail(TO_OOST, "DATA", "a", ".", TO_OOST)))
        .isEqualTo("503 5.5.1 MAIL first");
    assertThat(last(SMTP, mail(TO_OOST, "DATA", "a", ".", "MAIL FROM:<>", "DATA")))
        .isEqualTo("503 5.5.1 no recipient");
    assertThat(counter.taken).hasSize(3).containsOnly("[" + OOST + "] a\r\n");
    counter.refusal = Optional.of("451 4.3.0 not stored, try again later");
    assertThat(last(SMTP, mail(TO_OOST, "DATA", "a", ".", "MAIL FROM:<>", "DATA")))
        .isEqualTo("503 5.5.1 no recipient");
    assertThat(last(SMTP, mail(TO_OOST, "DATA", "a", ".")))
        .isEqualTo("451 4.3.0 not stored, try again later");
  }

  @Test
  void whatIsWrongWithTheMailItselfIsSaidInstead() throws IOException {
    String[] much =
        mail(TO_OOST, "DATA", ("x".repeat(900) + "\r\n").repeat(60) + ".", "MAIL FROM:<>");
    List<String> said = said(SMTP, much);
    assertThat(said.subList(said.size() - 2, said.size()))
        .containsExactly(MailData.Fault.TOO_LARGE.reply(), GO_ON);
    assertThat(counter.taken).isEmpty();
  }

  @Test
  void lmtpAnswersForEach() throws IOException {
    List<String> said =
        said(LMTP, "LHLO a", "MAIL FROM:<a@b.example>", TO_OOST, TO_ZUID, "DATA", "a", ".");
    assertThat(said.subList(9, said.size()))
        .containsExactly(
            "354 end with a dot on a line of its own", "250 2.0.0 stored", "250 2.0.0 stored");
    List<String> once = said(SMTP, mail(TO_OOST, TO_ZUID, "DATA", "a", "."));
    assertThat(once).filteredOn(line -> line.startsWith("250 2.0.0")).hasSize(1);
  }

  /** Three that announce more together than there is room for: each gives back what it had. */
  @Test
  void theRoomIsGivenBack() throws IOException {
    SmtpDoor wide = door(SmtpDoor.Protocol.SMTP, 40 << 20, Optional.empty());
    List<String> lines = new ArrayList<>(List.of("EHLO a"));
    for (int i = 0; i < 3; i++) {
      lines.addAll(List.of("MAIL FROM:<> SIZE=" + (35 << 20), TO_OOST, "DATA", "a", "."));
    }
    assertThat(said(wide, lines.toArray(String[]::new)))
        .filteredOn(line -> line.equals("250 2.0.0 stored"))
        .hasSize(3);
  }

  /** A thread that is to stop waits for no room, and says so. */
  @Test
  void withoutRoomItIsForNow() throws IOException {
    Thread.currentThread().interrupt();
    try {
      List<String> said = said(SMTP, mail(TO_OOST, "DATA", "MAIL FROM:<>"));
      assertThat(said.subList(said.size() - 2, said.size()))
          .containsExactly(MailData.Fault.NO_ROOM.reply(), GO_ON);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(counter.taken).isEmpty();
  }

  @Test
  void whoGoesOnMakingMistakesIsDropped() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      lines.add("HELP");
    }
    List<String> said = said(SMTP, lines.toArray(String[]::new));
    assertThat(said).hasSize(21);
    assertThat(said.subList(0, 20)).containsOnly("502 5.5.1 not offered here");
    assertThat(said.get(20)).isEqualTo("421 4.7.0 too many mistakes");
  }
}
