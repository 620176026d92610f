package nl.wotpoort.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 of the store at random moments, over a thousand messages and more from two intakes:
 * {@code mvn -Pchaos verify}, once with an embedded store and once with two nodes on PostgreSQL.
 */
class StoreChaos {

  private static final int KILLS = Integer.getInteger("chaos.kills", 50);
  private static final int MAILS = Integer.getInteger("chaos.mails", 1000);

  /** For what ends at once when the node dies. */
  private static final Duration PATIENCE = Duration.ofSeconds(Long.getLong("await.limit", 300));

  @TempDir Path world;

  private final long seed = Long.getLong("chaos.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Map<String, Process> nodes = new TreeMap<>();
  private final Map<String, Integer> starts = new HashMap<>();

  @Test
  void everyMailIsDecidedOnceAndItsLettersGoOnce() throws Exception {
    List<String> names = Place.isServer() ? List.of("node1", "node2") : List.of("node1");
    try {
      for (int kill = 0; kill < KILLS; kill++) {
        killOneOf(names);
      }
      waitForMails(names);
    } finally {
      for (Process node : nodes.values()) {
        node.destroyForcibly().waitFor();
      }
    }
    finish();
    judge();
  }

  private void killOneOf(List<String> names) throws Exception {
    for (String name : names) {
      if (!nodes.containsKey(name)) {
        start(name);
      }
    }
    String victim = names.get(random.nextInt(names.size()));
    // One in eight dies while it still opens the store.
    if (random.nextInt(8) > 0) {
      waitForStart(victim);
    }
    Process node = nodes.get(victim);
    // Not a wait for something to happen: the random moment is the test.
    node.waitFor(random.nextInt(600), TimeUnit.MILLISECONDS);
    assertThat(node.isAlive()).as(log(victim)).isTrue();
    node.destroyForcibly().waitFor();
    nodes.remove(victim);
  }

  private void waitForMails(List<String> names) throws Exception {
    Instant limit = Instant.now().plus(PATIENCE);
    start(names.get(0));
    Process last = nodes.get(names.get(0));
    while (acknowledged().size() < MAILS) {
      assertThat(last.isAlive()).as(log(names.get(0))).isTrue();
      assertThat(Instant.now()).isBefore(limit);
      last.waitFor(100, TimeUnit.MILLISECONDS);
    }
  }

  private void start(String name) throws IOException {
    starts.put(name, ChaosNode.lines(world.resolve("started-" + name)).size());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(Place.forChild());
    command.addAll(List.of("-cp", classPath(), ChaosNode.class.getName()));
    command.addAll(List.of(world.toString(), name));
    nodes.put(
        name,
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(world.resolve("log-" + name).toFile())
            .start());
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private void waitForStart(String name) throws Exception {
    Instant limit = Instant.now().plus(PATIENCE);
    Process node = nodes.get(name);
    while (ChaosNode.lines(world.resolve("started-" + name)).size() <= starts.get(name)) {
      assertThat(node.isAlive()).as(log(name)).isTrue();
      assertThat(Instant.now()).isBefore(limit);
      node.waitFor(5, TimeUnit.MILLISECONDS);
    }
  }

  private String log(String name) {
    return String.join("\n", ChaosNode.lines(world.resolve("log-" + name)));
  }

  /** What the next start does, after every lease has ended. */
  private void finish() {
    Instant later = Instant.now().plus(Duration.ofHours(1));
    Path wire = world.resolve("wire");
    try (Store store = Store.open(ChaosNode.settings(world))) {
      FakeDesk desk =
          new FakeDesk(store, "last", ChaosNode.LEASE, id -> ChaosNode.append(wire, id));
      int done = 1;
      while (done > 0) {
        done = desk.work(later) + desk.dispatch(later);
      }
    }
  }

  private void judge() throws SQLException {
    List<String> acknowledged = acknowledged();
    Map<String, Long> wire = counted(ChaosNode.lines(world.resolve("wire")));
    Map<String, Long> rows = counts("SELECT mail_id, COUNT(*) FROM outgoing GROUP BY mail_id");
    Map<String, Long> cases = counts("SELECT number, 1 FROM case_file");
    long copies = counts("SELECT 'x', COUNT(*) FROM outgoing WHERE copy_no > 0").get("x");
    long again = 0;

    assertThat(acknowledged).as("seed %d", seed).hasSizeGreaterThanOrEqualTo(MAILS);
    for (String uid : acknowledged) {
      long mail = Long.parseLong(uid);
      assertThat(cases).as("mail %s, seed %d", uid, seed).containsKey(Sample.number(mail).value());
      assertThat(rows).containsEntry(Sample.forwardId(mail), 1L);
      assertThat(rows).containsKey(Sample.receiptId(mail));
    }
    assertThat(rows).as("a forward and a receipt for each case").hasSize(2 * cases.size());
    assertThat(wire.keySet()).as("no other letter").isEqualTo(rows.keySet());
    for (Map.Entry<String, Long> letter : rows.entrySet()) {
      long surplus = wire.get(letter.getKey()) - letter.getValue();
      assertThat(surplus).as("letter %s, seed %d", letter.getKey(), seed).isNotNegative();
      again += surplus;
    }
    assertThat(again)
        .as("the window between 250 and commit, a letter a kill")
        .isBetween(0L, (long) KILLS + 2);
    judgeStore(cases.size());
    System.Logger log = System.getLogger(StoreChaos.class.getName());
    log.log(
        System.Logger.Level.INFO,
        "chaos on {0}: {1} kills, {2} mails acknowledged, {3} cases, {4} letters, {5} receipts repeated for duplicates, {6} letters twice in the window between 250 and commit, seed {7}",
        Place.isServer() ? "PostgreSQL, two nodes" : "SQLite",
        KILLS,
        acknowledged.size(),
        cases.size(),
        wire.size(),
        copies,
        again,
        seed);
  }

  private void judgeStore(int cases) throws SQLException {
    try (Store store = Store.open(ChaosNode.settings(world))) {
      assertThat(store.outbox().unsent(10)).isEmpty();
      assertThat(store.health().figures().messages()).isEmpty();
      assertThat(store.journal().verify().isSound()).isTrue();
    }
    Map<String, Long> events = counts("SELECT event, COUNT(*) FROM journal GROUP BY event");
    Map<String, Long> messages = counts("SELECT state, COUNT(*) FROM message GROUP BY state");
    assertThat(messages).containsOnlyKeys("DONE");
    assertThat(events)
        .as("one line received for each message, one forwarded for each case")
        .isEqualTo(Map.of("RECEIVED", messages.get("DONE"), "FORWARDED", (long) cases));
  }

  private List<String> acknowledged() {
    List<String> all = new ArrayList<>(ChaosNode.lines(world.resolve("moved")));
    for (String name : List.of("node1", "node2")) {
      all.addAll(ChaosNode.lines(world.resolve("heard-" + name)));
    }
    return all.stream().distinct().toList();
  }

  private static Map<String, Long> counted(List<String> lines) {
    return lines.stream()
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  private Map<String, Long> counts(String query) throws SQLException {
    Map<String, Long> counts = new HashMap<>();
    try (Connection connection = Place.raw(world);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        counts.put(rows.getString(1), rows.getLong(2));
      }
    }
    return counts;
  }
}
