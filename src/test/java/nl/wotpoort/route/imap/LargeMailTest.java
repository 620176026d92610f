package nl.wotpoort.route.imap;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a fetched mail takes of the heap, it shares with what is worked on and sent. */
class LargeMailTest {

  private static final int LARGE = 3 << 20;

  @TempDir Path folder;

  private MailServer server;
  private Desk desk;

  @BeforeEach
  void open() throws MessagingException {
    server = new MailServer();
    desk = new Desk(folder);
    server.make("alles");
  }

  @AfterEach
  void close() throws MessagingException {
    desk.close();
    server.close();
  }

  private static String large(int number) {
    String line = "Deze regel is er vaak, tot het een grote mail is.\r\n";
    return mail(number) + line.repeat(LARGE / line.length() + 1);
  }

  private static String mail(int number) {
    return "Subject: " + number + "\r\nTo: x@y.example\r\n\r\n";
  }

  private Fetcher start() {
    return desk.start(
        Desk.ofAtMost(2 * LARGE, Desk.account("alles", server, server.port(), "alles")));
  }

  private int moved() throws MessagingException {
    return server.count("alles-verwerkt");
  }

  @Test
  void withoutAPlaceItStaysOnTheServerAndSmallOnesGoOn() throws MessagingException, IOException {
    assertThat(desk.large().enterWithin(Duration.ZERO, LARGE)).isTrue();
    server.append("alles", large(1), mail(2), large(3));
    Fetcher fetcher = start();
    desk.await("the small one", () -> moved() == 1);
    server.append("alles", mail(4));
    desk.await("one that came later", () -> moved() == 2);
    assertThat(desk.mails().get("alles")).containsExactlyInAnyOrder(mail(2), mail(4));
    desk.large().leave(LARGE);
    desk.await("the large ones, one after the other", () -> moved() == 4);
    Desk.stop(fetcher);
    assertThat(desk.mails().get("alles")).containsExactlyInAnyOrder(large(1), large(3));
    assertThat(desk.batches()).containsExactly(1, 1, 1, 1);
    assertThat(desk.faults()).isEmpty();
  }

  /** A mail that does not come gives its place back too. */
  @Test
  void whatDoesNotComeKeepsNoPlace() throws MessagingException, IOException {
    server.append("alles", large(1), large(2));
    CuttingProxy proxy = new CuttingProxy(server.host(), server.port());
    String bad = "UID FETCH " + server.uid("alles", 1) + " ";
    proxy.answering(
        line -> line.contains(bad) && line.contains("BODY.PEEK") ? "NO [SERVERBUG] no" : "");
    Fetcher fetcher =
        desk.start(Desk.ofAtMost(2 * LARGE, Desk.account("alles", server, proxy.port(), "alles")));
    desk.await("the other one", () -> moved() == 1);
    Desk.stop(fetcher);
    proxy.close();
    assertThat(desk.large().enterWithin(Duration.ZERO, LARGE)).isTrue();
    assertThat(desk.mails().get("alles")).containsExactly(large(2));
  }
}
