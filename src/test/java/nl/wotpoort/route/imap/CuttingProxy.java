package nl.wotpoort.route.imap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Stands between an IMAP client and its server, and cuts the connection once, around the nth line
 * the client sends; or answers some commands itself. What it says of a response goes by the tag of
 * the command.
 */
final class CuttingProxy implements AutoCloseable {

  /** Where the connection breaks. */
  enum Cut {
    /** The server never sees the command. */
    BEFORE_THE_COMMAND,
    /** The server does it, and the client hears nothing. */
    BEFORE_THE_RESPONSE,
    /** The client hears half of it. */
    IN_THE_RESPONSE
  }

  private static final Pattern COMMAND = Pattern.compile("([A-Za-z]+[0-9]+) .*");

  private final ServerSocket listener;
  private final String host;
  private final int port;
  private final AtomicInteger lines = new AtomicInteger();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile Cut cut = Cut.BEFORE_THE_COMMAND;
  private volatile int at = Integer.MAX_VALUE;
  private volatile boolean hasCut;
  private volatile Function<String, String> ownAnswer = line -> "";
  private volatile UnaryOperator<String> rewriting = UnaryOperator.identity();

  CuttingProxy(String host, int port) throws IOException {
    this.host = host;
    this.port = port;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    thread("proxy", this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Counted from 1, over all connections from now on. */
  void cutAt(int line, Cut how) {
    lines.set(0);
    hasCut = false;
    cut = how;
    at = line;
  }

  boolean hasCut() {
    return hasCut;
  }

  /** What to say instead of the server to a line (without its tag and end); "" for nothing. */
  void answering(Function<String, String> answer) {
    ownAnswer = answer;
  }

  /** Changes what the server says, without changing its length. */
  void rewriting(UnaryOperator<String> change) {
    rewriting = change;
  }

  /** What clients sent. */
  List<String> seen() {
    return List.copyOf(seen);
  }

  /** As a server that is stopped. */
  void cutAll() {
    open.forEach(CuttingProxy::close);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        client.setTcpNoDelay(true);
        Socket server = new Socket(host, port);
        server.setTcpNoDelay(true);
        open.add(client);
        open.add(server);
        Pair pair = new Pair(client, server);
        thread("proxy-up", pair::up);
        thread("proxy-down", pair::down);
      } catch (IOException e) {
        return;
      }
    }
  }

  /** One connection. */
  private final class Pair {
    private final Socket client;
    private final Socket server;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private String tag = "";
    private boolean keeping;

    Pair(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void up() {
      try (client;
          server) {
        InputStream in = client.getInputStream();
        OutputStream out = server.getOutputStream();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
          int number = lines.incrementAndGet();
          seen.add(line.strip());
          var command = COMMAND.matcher(line.strip());
          String said = command.matches() ? ownAnswer.apply(line.strip()) : "";
          synchronized (this) {
            tag = command.matches() ? command.group(1) : tag;
            keeping = number == at && cut != Cut.BEFORE_THE_COMMAND;
          }
          if (number == at && cut == Cut.BEFORE_THE_COMMAND) {
            hasCut = true;
            return;
          }
          if (!said.isEmpty()) {
            say((tag + " " + said + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            continue;
          }
          out.write(line.getBytes(StandardCharsets.ISO_8859_1));
          out.flush();
        }
      } catch (IOException gone) {
        // one side hung up
      }
    }

    void down() {
      byte[] buffer = new byte[8192];
      try (client;
          server) {
        InputStream in = server.getInputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          String said = rewriting.apply(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
          byte[] bytes = said.getBytes(StandardCharsets.ISO_8859_1);
          synchronized (this) {
            if (!keeping) {
              say(bytes);
              continue;
            }
            kept.write(bytes);
            if (isWhole()) {
              hasCut = true;
              if (cut == Cut.IN_THE_RESPONSE) {
                say(Arrays.copyOf(kept.toByteArray(), kept.size() / 2));
              }
              return;
            }
          }
        }
      } catch (IOException gone) {
        // one side hung up
      }
    }

    private boolean isWhole() {
      String text = "\n" + kept.toString(StandardCharsets.ISO_8859_1);
      return (text.contains("\n" + tag + " ") || text.contains("\n+")) && text.endsWith("\n");
    }

    private synchronized void say(byte[] bytes) throws IOException {
      client.getOutputStream().write(bytes);
      client.getOutputStream().flush();
    }
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      line.write(b);
      if (b == '\n') {
        break;
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  private static void thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception gone) {
      // as wished
    }
  }

  @Override
  public void close() {
    close(listener);
    cutAll();
  }
}
