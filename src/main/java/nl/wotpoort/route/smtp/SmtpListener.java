package nl.wotpoort.route.smtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.route.door.Door;
import nl.wotpoort.route.door.Watch;
import nl.wotpoort.store.Arrival;
import nl.wotpoort.store.Health;
import nl.wotpoort.store.Origin;
import nl.wotpoort.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;
import org.subethamail.smtp.server.SessionHandler;

/**
 * Listens on a port and takes mail in; each connection has a thread. 250 means: committed and
 * synced.
 *
 * <p>What if the process dies? Before the commit: the sender got no 250 and tries again. After it
 * and before the 250 is heard: the sender tries again too, in another transaction with another
 * origin; the desk knows the copy by signer, content and recipient and answers it with the same
 * receipt. An origin made of the mail itself would make one of two mails that only look alike.
 */
final class SmtpListener implements Commands.Counter, SessionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(SmtpListener.class);

  private final SmtpDoor door;
  private final Door intake;
  private final Consumer<List<Arrival>> sink;
  private final Watch watch;
  private final Commands commands;
  private final SMTPServer server;
  private final SecureRandom random = new SecureRandom();

  /** Shared by mails on their way into the store; taken alone to stop. */
  private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();

  /**
   * @param sink stores all or none; throws StoreException when they are not
   */
  SmtpListener(
      SmtpDoor door, Door intake, Health health, Consumer<List<Arrival>> sink, Watch watch) {
    this.door = door;
    this.intake = intake;
    this.sink = sink;
    this.watch = watch;
    this.commands = new Commands(door, new Readiness(health, door), this);
    SMTPServer.Builder builder =
        SMTPServer.port(door.port())
            .hostName(door.greeting())
            .softwareName("")
            .maxConnections(door.maxConnections())
            .connectionTimeoutMs((int) door.idle().toMillis())
            .messageHandlerFactory(session -> new Transaction())
            .insertReceivedHeaders(false)
            .sessionHandler(this)
            .serverThreadName("intake-" + door.name());
    door.tls()
        .ifPresent(
            tls -> builder.enableTLS().startTlsSocketFactory(socket -> secured(socket, tls)));
    this.server = bound(builder).build();
    commands.replaceIn(server.getCommandHandler());
  }

  private SMTPServer.Builder bound(SMTPServer.Builder builder) {
    try {
      return builder.bindAddress(InetAddress.getByName(door.host()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SSLSocket secured(Socket socket, SSLContext tls) throws IOException {
    SSLSocket secured =
        (SSLSocket)
            tls.getSocketFactory()
                .createSocket(socket, socket.getInetAddress().getHostAddress(), 0, true);
    secured.setUseClientMode(false);
    secured.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    return secured;
  }

  /** Throws RuntimeException when the port cannot be had. */
  void start() {
    server.start();
    watch.worked();
  }

  int port() {
    return server.getPortAllocated();
  }

  /** Lets mails on their way into the store get there, for so long; then closes the port. */
  void stop(Duration patience) {
    boolean quiet = false;
    try {
      quiet = open.writeLock().tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      server.stop();
    } finally {
      if (quiet) {
        open.writeLock().unlock();
      }
    }
  }

  @Override
  public boolean serves(Address recipient) {
    return intake.serves(recipient);
  }

  @Override
  public Optional<String> take(List<Address> recipients, Bytes raw) {
    if (!open.readLock().tryLock()) {
      return Optional.of("421 4.3.2 closing");
    }
    try {
      sink.accept(arrivals(recipients, raw));
      watch.worked();
      return Optional.empty();
    } catch (StoreException fault) {
      watch.failed(fault);
      return Optional.of("451 4.3.0 not stored, try again later");
    } finally {
      open.readLock().unlock();
    }
  }

  /** Two addresses of one mailbox are one message. */
  private List<Arrival> arrivals(List<Address> recipients, Bytes raw) {
    byte[] drawn = new byte[16];
    random.nextBytes(drawn);
    String transaction = HexFormat.of().formatHex(drawn);
    Map<Address, Arrival> arrivals = new LinkedHashMap<>();
    for (Address recipient : recipients) {
      Arrival arrival =
          intake.fromEnvelope(
              recipient, Origin.smtp(door.name(), transaction, arrivals.size()), raw);
      arrivals.putIfAbsent(arrival.mailbox(), arrival);
    }
    return new ArrayList<>(arrivals.values());
  }

  @Override
  public SessionAcceptance accept(Session session) {
    InetAddress from = session.getRealRemoteAddress().getAddress();
    if (door.from().stream().anyMatch(network -> network.contains(from))) {
      return SessionAcceptance.success();
    }
    LOG.warn("a connection from outside the allowed networks: listener={}", door.name());
    return SessionAcceptance.failure(554, "5.7.1 not for you");
  }

  @Override
  public void onSessionEnd(Session session) {
    commands.forget(session);
  }
}
