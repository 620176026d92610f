package nl.wotpoort.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import nl.wotpoort.desk.Delivery;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Submission against a server that does as it is told, and against GreenMail. */
class SmtpCourierTest {

  private static final Address FROM = Address.of("poort@wotschiedam.nl");
  private static final Address TO = Address.of("oost@intern.wotschiedam.nl");
  private static final Bytes LETTER =
      Bytes.of(
          "From: poort@wotschiedam.nl\r\nSubject: [WP]\r\n\r\n.a line with a dot\r\nend\r\n",
          StandardCharsets.US_ASCII);
  private static final SmtpCourier.Patience SHORT =
      new SmtpCourier.Patience(Duration.ofMillis(500), Duration.ofMillis(300));

  private static SmtpAccount account(int port, SmtpAccount.Security security) {
    return account("127.0.0.1", port, security, true);
  }

  private static SmtpAccount account(
      String host, int port, SmtpAccount.Security security, boolean verify) {
    return new SmtpAccount(
        host, port, security, verify, Optional.empty(), null, "poort.wotschiedam.nl");
  }

  private static SmtpCourier courier(TinySmtp server) {
    return new SmtpCourier(
        account(server.port(), SmtpAccount.Security.NONE), SHORT, Optional.empty());
  }

  private static final TestTls TLS = TestTls.naming("localhost");

  /** Commands go together over TLS only. */
  private static TinySmtp pipelining() {
    TinySmtp server = TinySmtp.start(TLS.server());
    server.answer("EHLO", "250-tiny\r\n250 PIPELINING");
    return server;
  }

  private static SmtpCourier pipeliningCourier(TinySmtp server) {
    return over(TLS.trusting(), server, true);
  }

  private static Delivery deliver(SmtpCourier courier) {
    return courier.deliver(Optional.of(FROM), TO, LETTER);
  }

  private static String told(Delivery delivery) {
    return delivery.fold(
        accepted -> "accepted",
        deferred -> "deferred " + deferred.code(),
        refused -> "refused " + refused.code());
  }

  @Test
  void theBytesArriveAsTheyAreUnderTheEnvelopeGiven() {
    try (TinySmtp server = TinySmtp.start();
        SmtpCourier courier = courier(server)) {
      assertThat(deliver(courier)).isEqualTo(new Delivery.Accepted("250 2.0.0 queued as 1"));
      assertThat(server.letters).containsExactly(LETTER.decode(StandardCharsets.US_ASCII));
      assertThat(server.commands)
          .contains(
              "EHLO poort.wotschiedam.nl",
              "MAIL FROM:<poort@wotschiedam.nl>",
              "RCPT TO:<oost@intern.wotschiedam.nl>");
    }
  }

  @Test
  void withoutASenderTheReturnPathIsNull() {
    try (TinySmtp server = TinySmtp.start();
        SmtpCourier courier = courier(server)) {
      courier.deliver(Optional.empty(), TO, LETTER);
      assertThat(server.commands).contains("MAIL FROM:<>");
    }
  }

  @Test
  void oneConnectionCarriesManyLetters() {
    try (TinySmtp server = TinySmtp.start();
        SmtpCourier courier = courier(server)) {
      for (int i = 0; i < 5; i++) {
        assertThat(told(deliver(courier))).isEqualTo("accepted");
      }
      assertThat(server.connections).hasSize(1);
      assertThat(server.letters).hasSize(5);
    }
  }

  /**
   * Which server gets a letter is in its recipient's domain; one that is away is no other's
   * trouble.
   */
  @Test
  void eachDomainHasItsServer() {
    int nobody = Ports.free();
    try (TinySmtp usual = TinySmtp.start();
        TinySmtp teams = TinySmtp.start();
        Couriers couriers =
            Couriers.with(courier(usual))
                .and(List.of("intern.wotschiedam.nl"), courier(teams))
                .and(
                    List.of("weg.example"),
                    new SmtpCourier(
                        account(nobody, SmtpAccount.Security.NONE), SHORT, Optional.empty()))) {
      assertThat(told(couriers.deliver(Optional.of(FROM), Address.of("x@weg.example"), LETTER)))
          .isEqualTo("deferred 0");
      assertThat(told(couriers.deliver(Optional.of(FROM), TO, LETTER))).isEqualTo("accepted");
      assertThat(told(couriers.deliver(Optional.of(FROM), Address.of("a@b.example"), LETTER)))
          .isEqualTo("accepted");
      assertThat(teams.commands).contains("RCPT TO:<oost@intern.wotschiedam.nl>");
      assertThat(usual.commands).contains("RCPT TO:<a@b.example>");
      assertThat(teams.letters).hasSize(1);
      assertThat(usual.letters).hasSize(1);
    }
  }

  @Test
  void aKeptConnectionThatTheServerClosedIsNoticedBeforeTheNextLetter() throws IOException {
    try (TinySmtp server = TinySmtp.start();
        SmtpCourier courier = courier(server)) {
      deliver(courier);
      server.hangUpOnAll();
      assertThat(told(deliver(courier))).isEqualTo("accepted");
      assertThat(server.connections).hasSize(2);
    }
  }

  private static final String ANSWERS =
      """
      RCPT, 550 5.1.1 no such user, refused 550
      RCPT, 553 5.1.3 bad address, refused 553
      RCPT, 450 4.2.1 mailbox busy, deferred 450
      RCPT, 452 4.5.3 too many, deferred 452
      DATA, 554 5.7.1 not here, refused 554
      DATA, 451 4.3.0 later, deferred 451
      END, 554 5.6.0 content refused, refused 554
      END, 552 5.3.4 too large, refused 552
      END, 452 4.3.1 disk full, deferred 452
      MAIL, 552 5.3.4 too large, refused 552
      # about us, not about this letter: it must not end every letter in the queue
      MAIL, 530 5.7.0 authentication required, deferred 530
      MAIL, 550 5.7.1 sender not allowed, deferred 550
      MAIL, 421 4.3.2 going down, deferred 421
      GREETING, 554 no service, deferred 0
      EHLO, HANG_UP, deferred 0
      MAIL, HANG_UP, deferred
      RCPT, HANG_UP, deferred
      DATA, HANG_UP, deferred
      END, HANG_UP, deferred
      """;

  private static final String SILENCES =
      """
      GREETING, SILENCE, deferred 0
      MAIL, SILENCE, deferred
      RCPT, SILENCE, deferred
      END, SILENCE, deferred
      """;

  @ParameterizedTest
  @CsvSource(textBlock = ANSWERS + SILENCES)
  void everyAnswerHasItsMeaning(String command, String answer, String expected) {
    try (TinySmtp server = TinySmtp.start();
        SmtpCourier courier = courier(server)) {
      server.answer(command, answer);
      assertThat(told(deliver(courier))).startsWith(expected);
    }
  }

  /** Sent together, the answers read one by one: nothing is taken for the answer to another. */
  @ParameterizedTest
  @CsvSource(textBlock = ANSWERS)
  void everyAnswerHasItsMeaningWhenTheCommandsWentTogether(
      String command, String answer, String expected) {
    try (TinySmtp server = pipelining();
        SmtpCourier courier = pipeliningCourier(server)) {
      server.answer(command, answer);
      // after a refusal the commands behind it are answered, as RFC 2920 has it
      if (command.equals("MAIL") || command.equals("RCPT")) {
        server.answer("DATA", "503 5.5.1 no valid recipients");
      }
      assertThat(told(deliver(courier))).startsWith(expected);
      assertThat(server.letters).hasSize(command.equals("END") ? 1 : 0);
      for (String again : List.of("MAIL", "RCPT", "END")) {
        server.answer(again, "250 2.0.0 ok");
      }
      server.answer("DATA", "354 go on");
      server.answer("GREETING", "220 tiny");
      server.answer("EHLO", "250 tiny");
      assertThat(deliver(courier)).isEqualTo(new Delivery.Accepted("250 2.0.0 ok"));
      assertThat(server.letters.get(server.letters.size() - 1))
          .isEqualTo(LETTER.decode(StandardCharsets.US_ASCII));
    }
  }

  @Test
  void whereItIsOfferedTheCommandsGoTogether() {
    try (TinySmtp server = pipelining();
        SmtpCourier courier = pipeliningCourier(server)) {
      server.answer("MAIL", TinySmtp.TOGETHER);
      assertThat(told(deliver(courier))).isEqualTo("accepted");
      assertThat(server.letters).containsExactly(LETTER.decode(StandardCharsets.US_ASCII));
      // in one record of TLS: Postfix answers each by itself, and Nagle holds its second answer
      assertThat(server.reads)
          .contains(
              "MAIL FROM:<poort@wotschiedam.nl>\r\nRCPT TO:<oost@intern.wotschiedam.nl>\r\nDATA\r\n");
    }
  }

  /** A server that wants a letter though it refused its recipient gets none, and no empty one. */
  @ParameterizedTest
  @ValueSource(strings = {"MAIL", "RCPT"})
  void aLetterWithoutRecipientIsNotBegun(String refused) {
    try (TinySmtp server = pipelining();
        SmtpCourier courier = pipeliningCourier(server)) {
      server.answer(refused, "550 5.1.1 no");
      assertThat(told(deliver(courier))).isNotEqualTo("accepted");
      assertThat(server.letters).isEmpty();
      server.answer(refused, "250 ok");
      assertThat(told(deliver(courier))).isEqualTo("accepted");
      assertThat(server.connections).hasSize(2);
    }
  }

  /** Nothing was begun, so another connection takes it at once, and not after the first rung. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aKeptConnectionThatIsBeingClosedIsNoDelay(boolean together) {
    try (TinySmtp server = together ? pipelining() : TinySmtp.start();
        SmtpCourier courier = together ? pipeliningCourier(server) : courier(server)) {
      deliver(courier);
      server.answerOnce("MAIL", "421 4.4.2 enough for one connection");
      assertThat(told(deliver(courier))).isEqualTo("accepted");
      assertThat(server.connections).hasSize(2);
      assertThat(server.letters).hasSize(2);
    }
  }

  /** Whatever became of it: it is not sent once more behind the back of the one who counts. */
  @Test
  void aLetterThatWasBegunIsNotBegunAgain() {
    try (TinySmtp server = TinySmtp.start();
        SmtpCourier courier = courier(server)) {
      deliver(courier);
      server.answerOnce("END", TinySmtp.HANG_UP);
      assertThat(told(deliver(courier))).startsWith("deferred");
      assertThat(server.letters).hasSize(2);
      assertThat(server.connections).hasSize(1);
    }
  }

  @Test
  void afterARefusalTheSameConnectionGoesOn() {
    try (TinySmtp server = TinySmtp.start();
        SmtpCourier courier = courier(server)) {
      server.answer("RCPT TO:<oost@intern.wotschiedam.nl>", "550 no");
      assertThat(told(deliver(courier))).isEqualTo("refused 550");
      assertThat(told(courier.deliver(Optional.empty(), FROM, LETTER))).isEqualTo("accepted");
    }
  }

  @Test
  void afterASilenceTheNextLetterGetsAnotherConnection() {
    try (TinySmtp server = TinySmtp.start();
        SmtpCourier courier = courier(server)) {
      server.answer("END", TinySmtp.SILENCE);
      assertThat(told(deliver(courier))).startsWith("deferred");
      server.answer("END", "250 ok");
      assertThat(told(deliver(courier))).isEqualTo("accepted");
      assertThat(server.connections).hasSize(2);
    }
  }

  @Test
  void nobodyThereIsDeferred() {
    int port = Ports.free();
    try (SmtpCourier courier =
        new SmtpCourier(account(port, SmtpAccount.Security.NONE), SHORT, Optional.empty())) {
      assertThat(told(deliver(courier))).isEqualTo("deferred 0");
    }
  }

  /** A server that does not offer STARTTLS gets nothing, least of all a letter. */
  @Test
  void startTlsIsRequiredNotWished() {
    try (TinySmtp server = TinySmtp.start();
        SmtpCourier courier =
            new SmtpCourier(
                account(server.port(), SmtpAccount.Security.STARTTLS), SHORT, Optional.empty())) {
      assertThat(told(deliver(courier))).isEqualTo("deferred 0");
      assertThat(server.commands).noneMatch(line -> line.startsWith("MAIL"));
    }
  }

  @Test
  void anUntrustedCertificateIsRefused() {
    TestTls tls = TestTls.naming("localhost");
    try (TinySmtp server = TinySmtp.start(tls.server());
        SmtpCourier courier =
            new SmtpCourier(
                account("localhost", server.port(), SmtpAccount.Security.TLS, true),
                SHORT,
                Optional.empty())) {
      assertThat(told(deliver(courier))).isEqualTo("deferred 0");
      assertThat(server.commands).isEmpty();
    }
  }

  /** Not checking the host name is not the same as trusting everybody. */
  @Test
  void withoutTheHostCheckAnUntrustedCertificateIsStillRefused() {
    TestTls tls = TestTls.naming("localhost");
    try (TinySmtp server = TinySmtp.start(tls.server());
        SmtpCourier courier =
            new SmtpCourier(
                account("localhost", server.port(), SmtpAccount.Security.TLS, false),
                SHORT,
                Optional.empty())) {
      assertThat(told(deliver(courier))).isEqualTo("deferred 0");
    }
  }

  @Test
  void aTrustedCertificateOfAnotherHostIsRefused() {
    TestTls tls = TestTls.naming("smtp.elders.example");
    try (TinySmtp server = TinySmtp.start(tls.server());
        SmtpCourier courier = over(tls.trusting(), server, true)) {
      assertThat(told(deliver(courier))).isEqualTo("deferred 0");
      assertThat(server.letters).isEmpty();
    }
  }

  @Test
  void aTrustedCertificateOfThisHostIsGood() {
    TestTls tls = TestTls.naming("localhost");
    try (TinySmtp server = TinySmtp.start(tls.server());
        SmtpCourier courier = over(tls.trusting(), server, true)) {
      assertThat(told(deliver(courier))).isEqualTo("accepted");
    }
  }

  @Test
  void withoutTheHostCheckATrustedCertificateOfAnotherHostIsGood() {
    TestTls tls = TestTls.naming("smtp.elders.example");
    try (TinySmtp server = TinySmtp.start(tls.server());
        SmtpCourier courier = over(tls.trusting(), server, false)) {
      assertThat(told(deliver(courier))).isEqualTo("accepted");
    }
  }

  private static SmtpCourier over(SSLSocketFactory trusting, TinySmtp server, boolean verify) {
    return new SmtpCourier(
        account("localhost", server.port(), SmtpAccount.Security.TLS, verify),
        new SmtpCourier.Patience(Duration.ofSeconds(5), Duration.ofSeconds(5)),
        Optional.of(trusting));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void greenMailGetsTheBytes(int letters) throws MessagingException, IOException {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    try (SmtpCourier courier =
        new SmtpCourier(account(server.getSmtp().getPort(), SmtpAccount.Security.NONE))) {
      for (int i = 0; i < letters; i++) {
        assertThat(told(deliver(courier))).isEqualTo("accepted");
      }
      assertThat(server.getReceivedMessages()).hasSize(letters);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      server.getReceivedMessages()[0].writeTo(out);
      assertThat(out.toString(StandardCharsets.US_ASCII))
          .contains(".a line with a dot\r\nend", "Subject: [WP]");
    } finally {
      server.stop();
    }
  }

  /** GreenMail's own certificate is self-signed, of nobody we know. */
  @Test
  void greenMailsSelfSignedCertificateIsRefused() {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
    server.start();
    try (SmtpCourier courier =
        new SmtpCourier(
            account("127.0.0.1", server.getSmtps().getPort(), SmtpAccount.Security.TLS, true))) {
      assertThat(told(deliver(courier))).isEqualTo("deferred 0");
      assertThat(List.of(server.getReceivedMessages())).isEmpty();
    } finally {
      server.stop();
    }
  }
}
