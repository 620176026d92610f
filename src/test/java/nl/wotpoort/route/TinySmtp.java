package nl.wotpoort.route;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/**
 * A mail server that does as it is told: for a command (its first word, or END for the dot) it
 * answers with a given line, hangs up, or says nothing more. One thread a connection.
 */
public final class TinySmtp implements AutoCloseable {

  /** Instead of an answer: the connection is cut. */
  public static final String HANG_UP = "HANG_UP";

  /** Instead of an answer: nothing, until the other side gives up. */
  public static final String SILENCE = "SILENCE";

  /** For MAIL: answered when RCPT and DATA have come too, all three at once. */
  static final String TOGETHER = "TOGETHER";

  public final List<String> commands = new CopyOnWriteArrayList<>();
  public final List<String> letters = new CopyOnWriteArrayList<>();

  /** What came in one read: of TLS at most one record. */
  final List<String> reads = new CopyOnWriteArrayList<>();

  public final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final Map<String, String> once = new ConcurrentHashMap<>();
  private final ServerSocket server;

  private TinySmtp(ServerSocket server) {
    this.server = server;
    answers.put("EHLO", "250 tiny");
    answers.put("MAIL", "250 ok");
    answers.put("RCPT", "250 ok");
    answers.put("DATA", "354 go on");
    answers.put("END", "250 2.0.0 queued as 1");
    answers.put("NOOP", "250 ok");
    answers.put("RSET", "250 ok");
    answers.put("QUIT", "221 bye");
    Thread accepting = new Thread(this::accept, "tiny-smtp");
    accepting.setDaemon(true);
    accepting.start();
  }

  public static TinySmtp start() {
    return start(ServerSocketFactory.getDefault());
  }

  static TinySmtp start(ServerSocketFactory factory) {
    try {
      return new TinySmtp(factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void answer(String command, String line) {
    answers.put(command, line);
  }

  /** For the next such command only. */
  void answerOnce(String command, String line) {
    once.put(command, line);
  }

  public int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        connections.add(socket);
        Thread talking = new Thread(() -> talk(socket), "tiny-smtp-connection");
        talking.setDaemon(true);
        talking.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void talk(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(noted(socket.getInputStream()), StandardCharsets.ISO_8859_1));
      say(socket, answers.getOrDefault("GREETING", "220 tiny"));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        commands.add(line);
        String command = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
        String answer = answerTo(command, line);
        if (answer.equals(TOGETHER)) {
          commands.add(in.readLine());
          commands.add(in.readLine());
          command = "DATA";
          answer = "250 ok\r\n250 ok\r\n354 go on";
        }
        if (!say(socket, answer)) {
          return;
        }
        if (command.equals("DATA") && answer.contains("354 ") && !end(socket, in)) {
          return;
        }
      }
    } catch (IOException gone) {
      // the other side hung up, which is what some tests are about
    }
  }

  private InputStream noted(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        reads.add(new String(into, offset, Math.max(read, 0), StandardCharsets.ISO_8859_1));
        return read;
      }
    };
  }

  /** An answer for a whole line goes before one for its command. */
  private String answerTo(String command, String line) {
    String only = once.remove(command);
    return only != null
        ? only
        : answers.getOrDefault(line, answers.getOrDefault(command, "500 what?"));
  }

  private boolean end(Socket socket, BufferedReader in) throws IOException {
    StringBuilder letter = new StringBuilder();
    for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
      if (line == null) {
        return false; // hung up on within the letter, which is then none (RFC 5321 §4.1.1.10)
      }
      letter.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
    }
    letters.add(letter.toString());
    return say(socket, answerTo("END", "."));
  }

  /** False when nothing more is to be said. */
  private static boolean say(Socket socket, String answer) throws IOException {
    if (answer.equals(HANG_UP)) {
      return false;
    }
    if (answer.equals(SILENCE)) {
      while (socket.getInputStream().read() >= 0) {
        // until the other side has given up, whatever it sent before
      }
      return false;
    }
    OutputStream out = socket.getOutputStream();
    out.write((answer + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    return true;
  }

  void hangUpOnAll() throws IOException {
    for (Socket socket : connections) {
      socket.close();
    }
  }

  @Override
  public void close() {
    try {
      server.close();
      hangUpOnAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
