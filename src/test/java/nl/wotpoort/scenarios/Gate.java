package nl.wotpoort.scenarios;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a server on the loopback. Shut, it cuts every connection and lets none in: what a
 * client sees of a server that is restarted. Thread-safe.
 */
final class Gate implements AutoCloseable {

  private final ServerSocket door;
  private final int behind;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger passed = new AtomicInteger();
  private volatile boolean shut;

  Gate(int behind) {
    this.behind = behind;
    try {
      this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** Connections let in so far. */
  int passed() {
    return passed.get();
  }

  void shut() {
    shut = true;
    sockets.forEach(Gate::hangUp);
    sockets.clear();
  }

  void open() {
    shut = false;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        if (shut) {
          hangUp(client);
          continue;
        }
        Socket server = new Socket(InetAddress.getLoopbackAddress(), behind);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        sockets.add(client);
        sockets.add(server);
        passed.incrementAndGet();
        start(() -> pass(client, server));
        start(() -> pass(server, client));
      } catch (IOException closed) {
        // shut for good, or the server behind is away
      }
    }
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] piece = new byte[1 << 14];
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        out.write(piece, 0, n);
      }
    } catch (IOException cut) {
      // that is what this is for
    }
  }

  private static void hangUp(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // as it should be
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "gate");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    shut();
    hangUpDoor();
  }

  private void hangUpDoor() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
