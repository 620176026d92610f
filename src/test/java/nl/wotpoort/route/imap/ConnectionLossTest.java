package nl.wotpoort.route.imap;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The connection is cut around every single command, one run for each: before the server sees it,
 * before we hear the response, in the middle of the response. In the end every mail is in the store
 * exactly once, and moved. Against a real server: {@code -Dimap.host= -Dimap.port= …} ({@link
 * MailServer}).
 */
class ConnectionLossTest {

  private static final int MAILS = 5;

  @TempDir static Path folder;

  private static MailServer server;
  private static Desk desk;

  @BeforeAll
  static void open() throws MessagingException {
    server = new MailServer();
    desk = new Desk(folder);
  }

  @AfterAll
  static void close() throws MessagingException {
    desk.close();
    server.close();
  }

  private static String[] mails() {
    return IntStream.rangeClosed(1, MAILS)
        .mapToObj(i -> "Subject: " + i + "\r\nTo: x@y.example\r\n\r\ntekst " + i + "\r\n")
        .toArray(String[]::new);
  }

  @ParameterizedTest
  @CsvSource({
    "BEFORE_THE_COMMAND, nothing",
    "BEFORE_THE_RESPONSE, nothing",
    "IN_THE_RESPONSE, nothing",
    "BEFORE_THE_COMMAND, MOVE",
    "BEFORE_THE_RESPONSE, MOVE",
    "IN_THE_RESPONSE, MOVE"
  })
  void everyMailOnceWhereverItIsCut(CuttingProxy.Cut cut, String missing)
      throws IOException, MessagingException {
    String run = cut.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + "-" + missing;
    int cuts = 0;
    try (CuttingProxy proxy = new CuttingProxy(server.host(), server.port())) {
      proxy.rewriting(said -> without(missing, said));
      for (boolean more = true; more; ) {
        cuts++;
        String name = run + "-" + cuts;
        server.make(name);
        server.append(name, mails());
        proxy.cutAt(cuts, cut);
        Fetcher fetcher = desk.start(Desk.account(name, server, proxy.port(), name));
        desk.await(name + " empty", () -> server.count(name) == 0);
        more = proxy.hasCut();
        Desk.stop(fetcher);
        // a COPY whose answer was lost is done again: the one thing a server without MOVE costs
        int copies = server.count(name + "-verwerkt");
        if (missing.equals("MOVE")) {
          assertThat(copies).as(name).isBetween(MAILS, 2 * MAILS);
        } else {
          assertThat(copies).as(name).isEqualTo(MAILS);
        }
      }
    }
    Map<String, List<String>> received = desk.mails();
    assertThat(received).hasSize(cuts);
    received.forEach(
        (account, mails) -> assertThat(mails).as(account).containsExactlyInAnyOrder(mails()));
    assertThat(cuts).as("commands there are to cut at").isGreaterThan(8);
  }

  /** A capability the server then does not have, with as many letters. */
  static String without(String capability, String said) {
    return said.contains("CAPABILITY")
        ? said.replace(" " + capability, " " + "X".repeat(capability.length()))
        : said;
  }
}
