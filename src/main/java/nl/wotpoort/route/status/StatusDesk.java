package nl.wotpoort.route.status;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import nl.wotpoort.smime.CryptoInUse;
import nl.wotpoort.smime.Deadline;
import nl.wotpoort.store.Onlooker;
import nl.wotpoort.store.Store;
import nl.wotpoort.texts.Language;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Health and figures over HTTP, for a monitor on this machine: {@code /health/live}, {@code
 * /health/ready} and {@code /metrics}. Reads only, and tells nothing about people. On a loopback
 * address it answers only who asks for it by such a name: a web page that had its own name point
 * here would send that name. Thread-safe.
 */
public final class StatusDesk implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StatusDesk.class);

  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

  /** A monitor, and a person looking at the same moment. */
  private static final int THREADS = 2;

  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String JSON = "application/json; charset=utf-8";

  private final Figures figures;
  private final Readiness readiness;
  private final BooleanSupplier alive;
  private final Language language;
  private Optional<HttpServer> server = Optional.empty();
  private Optional<ExecutorService> workers = Optional.empty();

  /**
   * What it asks, and whom.
   *
   * @param alive whether the routes run
   * @param intakes account → whether the last look at it went well
   * @param freeBytes free space the store needs
   * @param unsent how long a letter may be under way before somebody should look
   */
  public record Sources(
      Store store,
      BooleanSupplier alive,
      Supplier<Map<String, Boolean>> intakes,
      Supplier<List<Deadline>> deadlines,
      BooleanSupplier tokenAway,
      long freeBytes,
      Duration unsent,
      Clock clock,
      Language language) {}

  /** How long a message may wait to be decided. */
  private static final Duration UNDECIDED = Duration.ofMinutes(10);

  /** Nobody can ask before {@link #open}; figures are kept from here on. */
  public StatusDesk(Sources sources) {
    this.figures =
        new Figures(
            sources.store(),
            sources.intakes(),
            sources.deadlines(),
            CryptoInUse.providers(),
            sources.clock());
    this.readiness =
        new Readiness(
            sources.store(),
            sources.intakes(),
            sources.deadlines(),
            sources.tokenAway(),
            new Readiness.Bounds(sources.freeBytes(), UNDECIDED, sources.unsent()),
            sources.clock());
    this.alive = sources.alive();
    this.language = sources.language();
  }

  /** Counts what it hears. */
  public Onlooker onlooker() {
    return figures.onlooker();
  }

  /** The figures, as {@code /metrics} gives them. */
  public String metrics() {
    return figures.text();
  }

  /**
   * Listens from now on.
   *
   * @throws IOException when the port is in use or the host is not this machine's
   */
  public void open(String host, int port) throws IOException {
    HttpServer made = HttpServer.create(new InetSocketAddress(host, port), 0);
    ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "status");
              thread.setDaemon(true);
              return thread;
            });
    made.setExecutor(threads);
    boolean loopback = made.getAddress().getAddress().isLoopbackAddress();
    made.createContext("/", exchange -> answer(exchange, loopback));
    made.start();
    server = Optional.of(made);
    workers = Optional.of(threads);
    LOG.info("status: port={}", made.getAddress().getPort());
  }

  /** Where it listens; 0 while it does not. */
  public int port() {
    return server.map(open -> open.getAddress().getPort()).orElse(0);
  }

  private record Reply(int code, String type, String body) {}

  private void answer(HttpExchange exchange, boolean loopback) throws IOException {
    try (exchange) {
      Reply reply = reply(exchange, loopback);
      byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", reply.type());
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(reply.code(), head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private Reply reply(HttpExchange exchange, boolean loopback) {
    if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
      return new Reply(405, TEXT, "");
    }
    if (loopback && !LOOPBACK.contains(named(exchange))) {
      return new Reply(403, TEXT, "");
    }
    return switch (exchange.getRequestURI().getPath()) {
      case "/health/live" -> live();
      case "/health/ready" -> ready();
      case "/metrics" -> new Reply(200, TEXT, figures.text());
      default -> new Reply(404, TEXT, "");
    };
  }

  private Reply live() {
    boolean runs = alive.getAsBoolean();
    return new Reply(runs ? 200 : 503, JSON, "{\"live\":" + runs + "}\n");
  }

  private Reply ready() {
    List<Trouble> troubles = readiness.troubles();
    String reasons =
        troubles.stream()
            .map(
                trouble ->
                    "{\"code\":\"%s\",\"reason\":\"%s\"}"
                        .formatted(trouble.kind(), quoted(trouble.say(language))))
            .collect(Collectors.joining(","));
    boolean is = troubles.isEmpty();
    return new Reply(
        is ? 200 : 503,
        JSON,
        "{\"ready\":%s,\"reasons\":[%s],\"alerts\":[%s]}%n"
            .formatted(is, reasons, readiness.alerts()));
  }

  /** Our own sentences have no control characters; what they mention is settings. */
  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /** The name in Host, without the port. */
  private static String named(HttpExchange exchange) {
    String host = exchange.getRequestHeaders().getFirst("Host");
    return host == null ? "" : host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]+$", "");
  }

  @Override
  public void close() {
    server.ifPresent(open -> open.stop(0));
    workers.ifPresent(ExecutorService::shutdownNow);
  }
}
