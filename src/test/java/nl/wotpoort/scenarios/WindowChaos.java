package nl.wotpoort.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import nl.wotpoort.route.Ports;
import nl.wotpoort.store.HoldCause;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.Onlooker;
import nl.wotpoort.store.OutgoingLetter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long the two moments last in which a crash makes a copy (docs/queue.md, "Where exactly once
 * cannot be had"): from the next hop's last dot to our commit, and from our commit to the 250 that
 * the sender hears. Measured for one mail after another, with nothing else to do.
 */
class WindowChaos {

  private static final int MAILS = 60;

  @TempDir Path home;

  @Test
  void theWindowsAreMeasured() throws IOException {
    boolean isServer = System.getProperty("store.database", "sqlite").equals("postgresql");
    int port = Ports.free();
    try (PostOffice office = PostOffice.open();
        Wire wire = new Wire();
        Closing postgres = new Closing(isServer)) {
      House.Plan plan =
          House.Plan.of(home, office).sendingTo(wire.port()).deliveredBy("smtp", port);
      Committed committed = new Committed();
      List<Long> in = new ArrayList<>();
      try (House house = House.open(postgres.plan(plan))) {
        house.store().show(committed);
        Mails mails = new Mails();
        for (int n = 0; n < MAILS; n++) {
          try (Sender sender = new Sender(port)) {
            sender.send(
                Mails.GP.toString(), Mails.OOST.toString(), mails.sealed(n, House.NOW).toArray());
          }
          in.add(System.nanoTime() - committed.received.get(n));
          house.settle(office);
        }
      }
      List<Wire.Letter> forwards = wire.to("oost@intern.wotschiedam.nl");
      assertThat(forwards).hasSize(MAILS);
      List<Long> out =
          IntStream.range(0, MAILS)
              .mapToObj(n -> committed.sent.get(n) - forwards.get(n).dotAt())
              .toList();
      assertThat(out).allMatch(nanos -> nanos > 0);
      assertThat(in).allMatch(nanos -> nanos > 0);
      tell(isServer ? "PostgreSQL" : "SQLite", out, in);
    }
  }

  private static void tell(String database, List<Long> out, List<Long> in) {
    System.getLogger(WindowChaos.class.getName())
        .log(
            System.Logger.Level.INFO,
            "windows on {0}, {1} mails: last dot to commit p50 {2} ms, p99 {3} ms; commit to 250 heard p50 {4} ms, p99 {5} ms",
            database,
            MAILS,
            millis(out, 50),
            millis(out, 99),
            millis(in, 50),
            millis(in, 99));
  }

  private static String millis(List<Long> nanos, int percent) {
    List<Long> sorted = nanos.stream().sorted().toList();
    return String.format(
        Locale.ROOT, "%.1f", sorted.get(sorted.size() * percent / 100) / 1_000_000.0);
  }

  /** When each commit was over. */
  private static final class Committed implements Onlooker {
    private final List<Long> received = new CopyOnWriteArrayList<>();
    private final List<Long> sent = new CopyOnWriteArrayList<>();

    @Override
    public void journalled(JournalEntry entry) {
      if (entry.event().equals("RECEIVED")) {
        received.add(System.nanoTime());
      }
    }

    @Override
    public void held(HoldCause cause) {}

    @Override
    public void sent(OutgoingLetter.Kind kind, Instant at, Optional<Instant> answered) {
      if (kind == OutgoingLetter.Kind.FORWARD) {
        sent.add(System.nanoTime());
      }
    }
  }

  /** A database server, if one is asked for. */
  private static final class Closing implements AutoCloseable {
    private final Optional<EmbeddedPostgres> server;

    Closing(boolean isServer) throws IOException {
      server =
          isServer
              ? Optional.of(
                  EmbeddedPostgres.builder()
                      .setServerConfig("fsync", "on")
                      .setServerConfig("full_page_writes", "on")
                      .start())
              : Optional.empty();
    }

    House.Plan plan(House.Plan plan) {
      return server
          .map(s -> plan.withSettings("store.jdbcUrl = " + s.getJdbcUrl("postgres", "postgres")))
          .orElse(plan);
    }

    @Override
    public void close() throws IOException {
      if (server.isPresent()) {
        server.get().close();
      }
    }
  }
}
