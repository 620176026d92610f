package nl.wotpoort.route.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import nl.wotpoort.route.TestTls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The line to the intake is private, or there is none: nobody hears the password whose certificate
 * is not trusted or names another host.
 */
class SecureLineTest {

  private static final String PASSWORD = "geheim";
  private static final TestTls OURS = TestTls.naming("localhost");
  private static final TestTls ANOTHER_HOST = TestTls.naming("elders.example");

  private static void logIn(TinyImap server, TestTls trusted) throws Exception {
    Properties more = new Properties();
    more.put("mail.imap.ssl.socketFactory", trusted.trusting());
    // or Angus tries once more with Java's own list of authorities, and the first reason is lost
    more.put("mail.imap.socketFactory.fallback", "false");
    Line.open(account(server.security(), server.port()), Desk.QUICK, more);
  }

  private static ImapAccount account(ImapAccount.Security security, int port) {
    return new ImapAccount(
        "alles",
        security,
        "localhost",
        port,
        true,
        "intake",
        PASSWORD,
        "INBOX",
        "verwerkt",
        "apart",
        Optional.empty(),
        Duration.ofSeconds(1),
        1000);
  }

  @ParameterizedTest
  @EnumSource(names = {"TLS", "STARTTLS"})
  void aTrustedCertificateOfThisHostIsGood(ImapAccount.Security security) throws IOException {
    try (TinyImap server = new TinyImap(security, OURS)) {
      assertThatCode(() -> logIn(server, OURS)).doesNotThrowAnyException();
      assertThat(server.heard()).anyMatch(line -> line.contains(PASSWORD));
      assertThat(server.inTheClear()).noneMatch(line -> line.contains(PASSWORD));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TLS", "STARTTLS"})
  void aTrustedCertificateOfAnotherHostIsRefused(ImapAccount.Security security) throws IOException {
    try (TinyImap server = new TinyImap(security, ANOTHER_HOST)) {
      assertThatThrownBy(() -> logIn(server, ANOTHER_HOST)).hasStackTraceContaining("localhost");
      assertThat(server.heard()).noneMatch(line -> line.contains(PASSWORD));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TLS", "STARTTLS"})
  void anUntrustedCertificateIsRefused(ImapAccount.Security security) throws IOException {
    try (TinyImap server = new TinyImap(security, OURS)) {
      assertThatThrownBy(() -> logIn(server, ANOTHER_HOST))
          .hasStackTraceContaining("ValidatorException");
      assertThat(server.heard()).noneMatch(line -> line.contains(PASSWORD));
    }
  }

  /** Also when somebody between us and the server took the offer out. */
  @Test
  void withoutStarttlsThereIsNoLogin() throws IOException {
    try (TinyImap server = new TinyImap(ImapAccount.Security.NONE, OURS)) {
      Properties none = new Properties();
      assertThatThrownBy(
              () ->
                  Line.open(
                      account(ImapAccount.Security.STARTTLS, server.port()), Desk.QUICK, none))
          .isInstanceOf(MessagingException.class)
          .hasMessageContaining("STARTTLS");
      assertThat(server.heard()).noneMatch(line -> line.contains(PASSWORD));
    }
  }
}
