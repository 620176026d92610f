package nl.wotpoort.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 at random moments: nothing that was acknowledged is lost, nothing is doubled. */
class KillTest {

  /** {@code -Dkills=10} for twice as many. */
  private static final int KILLS = Integer.getInteger("kills", 5);

  /** For what ends at once when the child dies; a start took 30 s on a machine full of work. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir Path folder;

  @Test
  void nothingAcknowledgedIsLostAndNothingIsDoubled() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int kill = 1; kill <= KILLS; kill++) {
      // The mail of the last moments before the kill is still in the mailbox: it is received again.
      long from = Math.max(1, acknowledged().size() - 3);
      killAfter(from, kill, 50 + random.nextInt(500));
    }
    finish();

    List<String> acknowledged = acknowledged();
    List<String> wire = lines("wire");
    assertThat(acknowledged).as("seed %d", seed).hasSizeGreaterThan(KILLS);
    try (Store store = Store.open(KilledGateway.settings(folder))) {
      List<CaseFile> cases = store.cases().newest(100_000);
      for (String uid : acknowledged) {
        assertThat(store.cases().show(Sample.number(Long.parseLong(uid)))).isPresent();
        assertThat(wire)
            .as("mail %s, seed %d", uid, seed)
            .contains(Sample.forwardId(Long.parseLong(uid)), Sample.receiptId(Long.parseLong(uid)));
      }
      for (CaseFile file : cases) {
        assertThat(store.outbox().of(file.message().orElseThrow())).hasSize(2);
      }
      assertThat(store.outbox().unsent(10)).isEmpty();
      assertThat(store.health().figures().messages()).isEmpty();
      assertThat(store.journal().verify().isSound()).isTrue();
      assertThat(store.journal().after(0, 1_000_000).stream().map(l -> l.entry().event()))
          .as("one line received and one forwarded for each")
          .hasSize(2 * cases.size());
    }
    long again =
        wire.stream()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
            .entrySet()
            .stream()
            .mapToLong(entry -> entry.getValue() - 1)
            .sum();
    assertThat(again)
        .as("the window between 250 and commit, one letter a kill")
        .isLessThanOrEqualTo(KILLS);
  }

  private void killAfter(long from, int kill, int millis) throws Exception {
    Process child = start(from);
    waitFor(child, kill);
    if (kill % 2 == 1) {
      // However slow the machine is, something was acknowledged before half of the kills.
      waitForMails(child, acknowledged().size() + 3);
    }
    // Not a wait for something to happen: the random moment is the test.
    child.waitFor(millis, TimeUnit.MILLISECONDS);
    child.destroyForcibly().waitFor();
    assertThat(child.exitValue()).as(log()).isNotIn(0, 1);
  }

  private Process start(long from) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(Place.forChild());
    command.addAll(List.of("-cp", classPath, KilledGateway.class.getName()));
    command.addAll(List.of(folder.toString(), Long.toString(from)));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  /** Until the child has written its start line: {@code kill} of them in all. */
  private void waitFor(Process child, int kill) throws Exception {
    Instant limit = Instant.now().plus(PATIENCE);
    while (lines("started").size() < kill) {
      assertThat(child.isAlive()).as(log()).isTrue();
      assertThat(Instant.now()).isBefore(limit);
      child.waitFor(5, TimeUnit.MILLISECONDS);
    }
  }

  private void waitForMails(Process child, int mails) throws Exception {
    Instant limit = Instant.now().plus(PATIENCE);
    while (acknowledged().size() < mails) {
      assertThat(child.isAlive()).as(log()).isTrue();
      assertThat(Instant.now()).isBefore(limit);
      child.waitFor(5, TimeUnit.MILLISECONDS);
    }
  }

  private String log() throws IOException {
    return String.join("\n", lines("log"));
  }

  /** What the next start does, after every lease has ended. */
  private void finish() {
    List<String> sent = new ArrayList<>();
    try (Store store = Store.open(KilledGateway.settings(folder))) {
      new Road(store, "last", KilledGateway.LEASE, sent::add)
          .workToTheEnd(Instant.now().plus(Duration.ofHours(1)));
    }
    sent.forEach(this::append);
  }

  private void append(String id) {
    try {
      Files.writeString(
          folder.resolve("wire"), id + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> acknowledged() throws IOException {
    return lines("acknowledged").stream().distinct().toList();
  }

  private List<String> lines(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }
}
