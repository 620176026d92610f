package nl.wotpoort.route.imap;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.store.Duty;
import nl.wotpoort.store.Origin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** One folder, and all that servers and other clients do to it. */
class FetcherTest {

  @TempDir Path folder;

  private MailServer server;
  private Desk desk;
  private CuttingProxy proxy;
  private String name;

  @BeforeEach
  void open(TestInfo test) throws MessagingException, IOException {
    server = new MailServer();
    desk = new Desk(folder);
    proxy = new CuttingProxy(server.host(), server.port());
    name = test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
    server.make(name);
  }

  @AfterEach
  void close() throws MessagingException {
    proxy.close();
    desk.close();
    server.close();
  }

  private static String mail(int number) {
    return "Subject: " + number + "\r\nTo: x@y.example\r\n\r\ntekst " + number + "\r\n";
  }

  private void append(int from, int to) throws MessagingException {
    server.append(
        name, IntStream.rangeClosed(from, to).mapToObj(FetcherTest::mail).toArray(String[]::new));
  }

  private ImapAccount account() {
    return Desk.account(name, server, proxy.port(), name);
  }

  private int moved() throws MessagingException {
    return server.count(name + "-verwerkt");
  }

  @Test
  void aBacklogIsFetchedByTheBatchAndStoredInOneCommitEach()
      throws MessagingException, IOException {
    append(1, 7);
    Fetcher fetcher = desk.start(account());
    desk.await("all moved", () -> moved() == 7);
    assertThat(desk.batches()).containsExactly(2, 2, 2, 1);
    assertThat(desk.received()).isEqualTo(7);
    append(8, 9);
    desk.await("the new ones too", () -> moved() == 9);
    Desk.stop(fetcher);
    assertThat(desk.mails().get(name)).hasSize(9).contains(mail(1), mail(9));
    assertThat(desk.faults()).isEmpty();
    assertThat(proxy.seen()).noneMatch(line -> line.contains(" EXPUNGE"));
    assertThat(proxy.seen()).noneMatch(line -> line.contains("BODY[]")); // would mark as seen
  }

  @Test
  void aSlowTickerIsWokenByIdle() throws MessagingException, IOException {
    Fetcher fetcher = desk.start(Desk.lookingEvery(Duration.ofHours(1), account()));
    desk.await("IDLE", () -> proxy.seen().stream().anyMatch(line -> line.endsWith(" IDLE")));
    append(1, 1);
    desk.await("moved", () -> moved() == 1);
    Desk.stop(fetcher);
    assertThat(proxy.seen()).anyMatch("DONE"::equals);
  }

  @Test
  void withoutIdleTheServerIsAsked() throws MessagingException, IOException {
    proxy.rewriting(said -> ConnectionLossTest.without("IDLE", said));
    Fetcher fetcher = desk.start(Desk.lookingEvery(Duration.ofMillis(600), account()));
    desk.await("NOOP", () -> proxy.seen().stream().anyMatch(line -> line.endsWith(" NOOP")));
    append(1, 1);
    desk.await("moved", () -> moved() == 1);
    Desk.stop(fetcher);
    assertThat(proxy.seen()).noneMatch(line -> line.endsWith(" IDLE"));
  }

  @Test
  void aMailTheServerCannotDeliverIsPutAsideAndTheOthersGoOn()
      throws MessagingException, IOException {
    append(1, 5);
    long bad = server.uid(name, 3);
    proxy.answering(
        line ->
            line.contains("BODY.PEEK") && holds(line, bad) ? "NO [SERVERBUG] internal error" : "");
    Fetcher fetcher = desk.start(account());
    desk.await("put aside", () -> server.count(name + "-apart") == 1);
    Desk.stop(fetcher);
    assertThat(moved()).isEqualTo(4);
    assertThat(server.count(name)).isZero();
    assertThat(desk.asides()).containsExactly(Emptying.NOT_TO_BE_HAD);
    assertThat(desk.mails().get(name)).hasSize(4).doesNotContain(mail(3));
  }

  /** Dovecot ends the connection over a mail it cannot read. */
  @Test
  void aMailThatCostsTheConnectionIsPutAsideToo() throws MessagingException, IOException {
    append(1, 4);
    long bad = server.uid(name, 1);
    proxy.answering(
        line -> {
          if (line.contains("BODY.PEEK") && holds(line, bad)) {
            proxy.cutAll();
            return "NO";
          }
          return "";
        });
    Fetcher fetcher = desk.start(account());
    desk.await("put aside", () -> server.count(name + "-apart") == 1);
    desk.await("the others", () -> moved() == 3);
    Desk.stop(fetcher);
    assertThat(desk.mails().get(name)).hasSize(3).doesNotContain(mail(1));
  }

  private static boolean holds(String line, long uid) {
    for (String range : line.split(" ")[3].split(",")) {
      String[] ends = range.split(":");
      if (Long.parseLong(ends[0]) <= uid && uid <= Long.parseLong(ends[ends.length - 1])) {
        return true;
      }
    }
    return false;
  }

  @Test
  void tooLargeIsPutAsideUnread() throws MessagingException, IOException {
    server.append(name, mail(1) + "x".repeat(100_001) + "\r\n", mail(2));
    Fetcher fetcher = desk.start(account());
    desk.await("both", () -> moved() == 1 && server.count(name + "-apart") == 1);
    Desk.stop(fetcher);
    assertThat(desk.asides()).containsExactly(Emptying.TOO_LARGE);
    assertThat(desk.mails().get(name)).containsExactly(mail(2));
  }

  @Test
  void withoutUidplusWhatOthersMarkedIsNotExpunged() throws MessagingException, IOException {
    proxy.rewriting(
        said -> ConnectionLossTest.without("UIDPLUS", ConnectionLossTest.without("MOVE", said)));
    append(1, 3);
    server.delete(name, 2, false);
    Fetcher fetcher = desk.start(account());
    desk.await("copied and marked", () -> moved() == 2 && server.deleted(name) == 3);
    Desk.stop(fetcher);
    assertThat(server.count(name)).isEqualTo(3);
    assertThat(proxy.seen()).noneMatch(line -> line.contains("EXPUNGE"));
    assertThat(desk.mails().get(name)).containsExactlyInAnyOrder(mail(1), mail(3));
  }

  @Test
  void withUidplusOnlyOursAreExpunged() throws MessagingException, IOException {
    proxy.rewriting(said -> ConnectionLossTest.without("MOVE", said));
    append(1, 3);
    server.delete(name, 2, false);
    Fetcher fetcher = desk.start(account());
    desk.await("one left", () -> moved() == 2 && server.count(name) == 1);
    Desk.stop(fetcher);
    assertThat(server.deleted(name)).isEqualTo(1);
  }

  @Test
  void anotherClientDeletesUnderOurHands() throws MessagingException, IOException {
    Fetcher fetcher = desk.start(account());
    int deleted = 0;
    for (int round = 0; round < 10; round++) {
      append(3 * round + 1, 3 * round + 3);
      try {
        server.delete(name, 1, true); // we may have been quicker
        deleted++;
      } catch (MessagingException gone) {
        assertThat(gone).isNotNull();
      }
    }
    desk.await("empty", () -> server.count(name) == 0);
    Desk.stop(fetcher);
    // what was deleted after it was stored is stored, and what was not is there
    assertThat(moved()).isBetween(30 - deleted, 30);
    assertThat(desk.received()).isBetween((long) moved(), 30L);
    assertThat(desk.mails().get(name)).doesNotHaveDuplicates();
    assertThat(desk.asides()).isEmpty();
  }

  @Test
  void aNewUidvalidityMakesOtherMailsOfTheSameNumbers() throws MessagingException, IOException {
    append(1, 2);
    Fetcher fetcher = desk.start(account());
    desk.await("moved", () -> moved() == 2);
    proxy.cutAll();
    server.remove(name);
    server.make(name);
    append(3, 4);
    proxy.cutAll();
    desk.await("the others", () -> moved() == 4);
    Desk.stop(fetcher);
    assertThat(desk.mails().get(name))
        .containsExactlyInAnyOrder(mail(1), mail(2), mail(3), mail(4));
  }

  /**
   * After a restore other mails have numbers that were given before, under the same UIDVALIDITY.
   */
  @Test
  void aServerThatWasPutBackGivesOldNumbersToOtherMails() throws MessagingException, IOException {
    proxy.rewriting(FetcherTest::alwaysTheSameValidity);
    aNewUidvalidityMakesOtherMailsOfTheSameNumbers();
  }

  private static String alwaysTheSameValidity(String said) {
    return Pattern.compile("(?<=UIDVALIDITY )[0-9]+")
        .matcher(said)
        .replaceAll(found -> "7".repeat(found.group().length()));
  }

  /** Nobody changes an account's folder without a new name for it, and somebody will. */
  @Test
  void anotherFolderWithTheSameNumbersIsNotTakenForTheFirst() {
    var one = Bytes.of("a", StandardCharsets.US_ASCII);
    var two = Bytes.of("b", StandardCharsets.US_ASCII);
    var origin = Origin.imap("alles", 1, 1, one);
    assertThat(Origin.imap("alles", 1, 1, one)).isEqualTo(origin);
    assertThat(Origin.imap("alles", 1, 1, two)).isNotEqualTo(origin);
  }

  @Test
  void twoNodesOnOneMailboxTakeTurns() throws MessagingException, IOException {
    Duty first = desk.store().leases().duty("box", "one");
    assertThat(first.isOurs(Instant.now())).isTrue();
    Fetcher second = desk.start(account(), desk.store().leases().duty("box", "two"));
    append(1, 2);
    assertThat(first.isOurs(Clock.systemUTC().instant())).isTrue();
    desk.await("told that it is not down", () -> desk.elsewhere() > 0);
    assertThat(proxy.seen()).isEmpty();
    first.release();
    desk.await("taken over", () -> moved() == 2);
    Desk.stop(second);
    assertThat(first.isOurs(Instant.now())).as("given back at the stop").isTrue();
  }

  @Test
  void aServerThatIsRestartedIsFoundAgain() throws MessagingException, IOException {
    Fetcher fetcher = desk.start(account());
    append(1, 1);
    desk.await("moved", () -> moved() == 1);
    proxy.cutAll();
    append(2, 2);
    desk.await("moved too", () -> moved() == 2);
    Desk.stop(fetcher);
    assertThat(desk.faults()).isNotEmpty();
    assertThat(desk.received()).isEqualTo(2);
  }

  @Test
  void aSetOfUidsHoldsNoNumberThatIsNotMeant() {
    assertThat(Uids.set(List.of(8L, 5L, 6L, 11L, 7L, 20L, 21L))).isEqualTo("5:8,11,20:21");
    assertThat(Uids.set(List.of(3L))).isEqualTo("3");
  }
}
