package nl.wotpoort.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;

/**
 * A gateway node for {@link StoreChaos} to kill: two intakes, a desk and a dispatcher, a thread
 * each. The mailbox never ends; the files beside it are the world outside, which no kill undoes.
 */
final class ChaosNode {

  static final Duration LEASE = Duration.ofSeconds(2);

  private static final int FETCH = 5;
  private static final long SMTP = 1_000_000;

  private final Path world;
  private final String node;
  private final Store store;
  private final FakeDesk desk;

  private ChaosNode(Path world, String node, Store store) {
    this.world = world;
    this.node = node;
    this.store = store;
    this.desk = new FakeDesk(store, node, LEASE, id -> append(world.resolve("wire"), id));
  }

  public static void main(String[] arguments) {
    Path world = Path.of(arguments[0]);
    String name = arguments[1];
    // Never closed: it is killed.
    ChaosNode node = new ChaosNode(world, name, Store.open(settings(world)));
    append(world.resolve("started-" + name), "x");
    node.start("imap", node::fetch);
    node.start("smtp", node::receiveBySmtp);
    node.start("desk", () -> node.desk.work(Instant.now()));
    node.start("dispatch", () -> node.desk.dispatch(Instant.now()));
  }

  static StoreSettings settings(Path world) {
    return Sample.settings(world).withMaxAttempts(1000);
  }

  private void start(String name, IntSupplier round) {
    new Thread(
            () -> {
              while (true) {
                if (done(round) == 0) {
                  LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
                }
              }
            },
            name)
        .start();
  }

  private static int done(IntSupplier round) {
    try {
      return round.getAsInt();
    } catch (StoreException.Unavailable e) {
      return 0;
    }
  }

  /**
   * One node reads the mailbox; a mail is moved out of it after the commit, and then it is gone.
   */
  private int fetch() {
    if (!store.leases().hold("intake", node, Instant.now(), LEASE)) {
      return 0;
    }
    Set<String> moved = new HashSet<>(lines(world.resolve("moved")));
    List<Arrival> arrivals = new ArrayList<>();
    for (long uid = 1; arrivals.size() < FETCH; uid++) {
      if (!moved.contains(Long.toString(uid))) {
        arrivals.add(Sample.arrival(uid, Instant.now()));
      }
    }
    store.queue().received(arrivals);
    for (Arrival arrival : arrivals) {
      append(world.resolve("moved"), arrival.origin().key().replaceAll(".*\\D", ""));
    }
    return arrivals.size();
  }

  /** The sender keeps a mail until it hears 250, and then sends it again as a new transaction. */
  private int receiveBySmtp() {
    Path heard = world.resolve("heard-" + node);
    long uid = SMTP * node.charAt(node.length() - 1) + lines(heard).size();
    store
        .queue()
        .received(
            new Arrival(
                Origin.smtp("lmtp", UUID.randomUUID().toString(), 0),
                Sample.OOST,
                Optional.empty(),
                Sample.bytes("mail " + uid),
                Instant.now()));
    // One 250 in twenty is lost on the way.
    if (ThreadLocalRandom.current().nextInt(20) > 0) {
      append(heard, Long.toString(uid));
    }
    return 1;
  }

  static void append(Path file, String line) {
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
