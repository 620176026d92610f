package nl.wotpoort.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.route.Ports;
import nl.wotpoort.store.Arrival;
import nl.wotpoort.store.Origin;
import nl.wotpoort.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backlog that the program finds at its start and works off, with a heap that does not grow. Only
 * with {@code -Dload.messages=20000}; docs/performance.md has the command.
 */
@EnabledIfSystemProperty(named = "load.messages", matches = "[0-9]+")
class LoadChaos {

  private static final int BATCH = 200;

  /** What a heap may hold more at the end than after the first quarter. */
  private static final long SLACK = 8L << 20;

  @TempDir Path world;

  private final int messages = Integer.getInteger("load.messages", 20_000);
  private final HttpClient monitor = HttpClient.newHttpClient();

  @Test
  void theHeapStaysFlat() throws Exception {
    try (PostOffice office = PostOffice.open();
        Wire wire = new Wire()) {
      int port = Ports.free();
      House.Plan plan =
          House.Plan.of(world, office)
              .at(Instant.now())
              .sendingTo(wire.port())
              .withSettings("http.port = " + port, "intake.alles.interval = 1s");
      House.furnish(plan);
      store(plan);
      List<Long> heaps = new ArrayList<>();
      Instant start = Instant.now();
      try (Program.Node node = new Program(world.resolve("program")).start(plan)) {
        node.awaitStart();
        for (int quarter = 1; quarter <= 4; quarter++) {
          int wanted = 2 * messages * quarter / 4;
          while (wire.letters().size() < wanted) {
            assertThat(node.live(200)).as(node.log()).isTrue();
          }
          heaps.add(heapAfterCollection(node, port));
        }
        tell(heaps, Instant.now().toEpochMilli() - start.toEpochMilli());
        node.stop();
      }
      assertThat(wire.letters().stream().map(Wire.Letter::id).distinct()).hasSize(2 * messages);
      assertThat(wire.letters()).hasSize(2 * messages);
      assertThat(heaps.get(3)).as("bytes: %s", heaps).isLessThan(heaps.get(0) + SLACK);
    }
  }

  private void store(House.Plan plan) {
    Mails mails = new Mails();
    try (Store store = House.store(plan)) {
      for (int first = 0; first < messages; first += BATCH) {
        store
            .queue()
            .received(
                IntStream.range(first, Math.min(messages, first + BATCH))
                    .parallel()
                    .mapToObj(number -> arrival(mails, number))
                    .toList());
      }
    }
  }

  private static Arrival arrival(Mails mails, int number) {
    Instant now = Instant.now();
    Bytes mail = mails.sealed(number, now);
    return new Arrival(
        Origin.imap("alles", 1, number + 1), Mails.OOST, Optional.of(Mails.OOST), mail, now);
  }

  /** What is left after a full collection, as the program itself tells its monitor. */
  private long heapAfterCollection(Program.Node node, int port)
      throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    new ProcessBuilder(jcmd, String.valueOf(node.pid()), "GC.run")
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectErrorStream(true)
        .start()
        .waitFor();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
    return monitor
        .send(request, HttpResponse.BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private void tell(List<Long> heaps, long millis) {
    System.Logger log = System.getLogger(LoadChaos.class.getName());
    log.log(
        System.Logger.Level.INFO,
        "load: {0} messages in {1} s, heap after a full collection at each quarter: {2} MiB",
        Integer.toString(messages),
        Long.toString(millis / 1000),
        heaps.stream().map(heap -> String.format(Locale.ROOT, "%.1f", heap / 1048576.0)).toList());
  }
}
