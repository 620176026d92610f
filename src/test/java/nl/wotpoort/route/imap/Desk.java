package nl.wotpoort.route.imap;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import nl.wotpoort.desk.LargeMail;
import nl.wotpoort.letter.Address;
import nl.wotpoort.route.door.Watch;
import nl.wotpoort.store.Arrival;
import nl.wotpoort.store.Claimed;
import nl.wotpoort.store.Duty;
import nl.wotpoort.store.FreshStore;
import nl.wotpoort.store.MessageState;
import nl.wotpoort.store.Origin;
import nl.wotpoort.store.Store;
import nl.wotpoort.store.StoreKey;
import nl.wotpoort.store.StoreSettings;

/** A real store with fetchers that fill it. */
final class Desk implements AutoCloseable {

  static final Pace QUICK =
      new Pace(
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofMillis(10),
          Duration.ofMillis(100),
          Duration.ofMillis(50),
          Duration.ofMillis(20),
          Duration.ofMillis(200),
          3,
          4,
          2,
          1L << 20);

  private static final Address OOST = Address.of("oost@wotschiedam.nl");
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final LargeMail large = new LargeMail(1);
  private final Store store;
  private final List<String> asides = new CopyOnWriteArrayList<>();
  private final List<Integer> batches = new CopyOnWriteArrayList<>();
  private final AtomicInteger elsewhere = new AtomicInteger();
  private final List<String> faults = new CopyOnWriteArrayList<>();

  Desk(Path folder) {
    byte[] key = new byte[32];
    key[3] = 7;
    FreshStore.in(folder.resolve("store.db"), StoreKey.of(key));
    store = Store.open(StoreSettings.embedded(folder.resolve("store.db"), StoreKey.of(key)));
  }

  /** The one place for a large mail. */
  LargeMail large() {
    return large;
  }

  Store store() {
    return store;
  }

  static ImapAccount account(String name, MailServer server, int port, String folder) {
    return new ImapAccount(
        name,
        ImapAccount.Security.NONE,
        server.host(),
        port,
        true,
        server.user(),
        server.password(),
        folder,
        folder + "-verwerkt",
        folder + "-apart",
        Optional.of(OOST),
        Duration.ofMillis(20),
        100_000);
  }

  static ImapAccount lookingEvery(Duration interval, ImapAccount a) {
    return other(a, interval, a.maxBytes());
  }

  static ImapAccount ofAtMost(int bytes, ImapAccount a) {
    return other(a, a.interval(), bytes);
  }

  private static ImapAccount other(ImapAccount a, Duration interval, int maxBytes) {
    return new ImapAccount(
        a.name(),
        a.security(),
        a.host(),
        a.port(),
        a.verifyHost(),
        a.user(),
        a.password(),
        a.folder(),
        a.moveTo(),
        a.setAside(),
        a.mailbox(),
        interval,
        maxBytes);
  }

  Fetcher start(ImapAccount account) {
    return start(account, store.leases().duty(account.name(), "test"));
  }

  Fetcher start(ImapAccount account, Duty duty) {
    Fetcher fetcher =
        new Fetcher(
            account, new Shelf(), duty, new Faults(), Clock.systemUTC(), QUICK, new Properties());
    Thread thread = new Thread(fetcher, "fetcher-" + account.name());
    thread.setDaemon(true);
    thread.start();
    return fetcher;
  }

  static void stop(Fetcher fetcher) {
    fetcher.stop(PATIENCE);
  }

  private final class Shelf implements Sink {
    @Override
    public Optional<Place> place(int bytes, Duration patience) {
      return large.enterWithin(patience, bytes)
          ? Optional.of(() -> large.leave(bytes))
          : Optional.empty();
    }

    @Override
    public void take(List<Fetched> mails) {
      List<Arrival> arrivals = new ArrayList<>();
      for (Fetched mail : mails) {
        arrivals.add(new Arrival(mail.origin(), OOST, Optional.empty(), mail.raw(), Instant.now()));
      }
      store.queue().received(arrivals);
      batches.add(arrivals.size());
    }

    @Override
    public void setAside(Origin origin, String event) {
      asides.add(event);
    }
  }

  private final class Faults implements Watch {
    @Override
    public void worked() {}

    @Override
    public void elsewhere() {
      elsewhere.incrementAndGet();
    }

    @Override
    public void failed(Throwable fault) {
      faults.add(fault.toString());
    }
  }

  /** How often a fetcher found another node at its mailbox. */
  int elsewhere() {
    return elsewhere.get();
  }

  long received() {
    return store.health().figures().messages().getOrDefault(MessageState.RECEIVED, 0L);
  }

  /** Everything received, as text, for each account. */
  Map<String, List<String>> mails() {
    return store.queue().claim(Instant.now(), Duration.ofHours(1), "test", 100_000).stream()
        .collect(
            Collectors.groupingBy(
                Claimed::source,
                Collectors.mapping(
                    claimed -> claimed.sealed().decode(StandardCharsets.US_ASCII),
                    Collectors.toList())));
  }

  List<String> asides() {
    return List.copyOf(asides);
  }

  /** The sizes of the commits. */
  List<Integer> batches() {
    return List.copyOf(batches);
  }

  List<String> faults() {
    return List.copyOf(faults);
  }

  /** A condition that may need the server. */
  interface Condition {
    boolean holds() throws MessagingException, IOException;
  }

  void await(String what, Condition condition) throws MessagingException, IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain: " + what + "; faults " + faults);
      }
      LockSupport.parkNanos(3_000_000);
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
