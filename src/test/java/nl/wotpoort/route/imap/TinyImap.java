package nl.wotpoort.route.imap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocket;
import nl.wotpoort.route.TestTls;
import org.jspecify.annotations.Nullable;

/**
 * As much of IMAP (RFC 3501) as a login takes, with TLS from the start, after STARTTLS, or not at
 * all. Writes down what it hears. One connection at a time.
 */
final class TinyImap implements AutoCloseable {

  private final ImapAccount.Security security;
  private final TestTls tls;
  private final ServerSocket door;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<String> inTheClear = new CopyOnWriteArrayList<>();

  TinyImap(ImapAccount.Security security, TestTls tls) throws IOException {
    this.security = security;
    this.tls = tls;
    this.door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "tiny-imap");
    thread.setDaemon(true);
    thread.start();
  }

  ImapAccount.Security security() {
    return security;
  }

  int port() {
    return door.getLocalPort();
  }

  /** All commands that came through, encrypted or not. */
  List<String> heard() {
    return List.copyOf(heard);
  }

  /** Those that anybody on the way could read. */
  List<String> inTheClear() {
    return List.copyOf(inTheClear);
  }

  @Override
  public void close() throws IOException {
    door.close();
  }

  private void serve() {
    while (!door.isClosed()) {
      try (Socket socket = door.accept()) {
        boolean fromTheStart = security == ImapAccount.Security.TLS;
        talk(fromTheStart ? secured(socket) : socket, fromTheStart);
      } catch (IOException refused) {
        // the other side did not like what it saw, or the test is over
      }
    }
  }

  private Socket secured(Socket socket) throws IOException {
    SSLSocket secured =
        (SSLSocket)
            tls.serverContext()
                .getSocketFactory()
                .createSocket(socket, "client", socket.getPort(), true);
    secured.setUseClientMode(false);
    return secured;
  }

  private void talk(Socket socket, boolean isSecure) throws IOException {
    say(socket, "* OK tiny");
    converse(socket, isSecure);
  }

  private void converse(Socket socket, boolean isSecure) throws IOException {
    for (String line = line(socket); line != null; line = line(socket)) {
      heard.add(line);
      if (!isSecure) {
        inTheClear.add(line);
      }
      String tag = line.split(" ", 2)[0];
      String command = line.toUpperCase(Locale.ROOT);
      if (command.endsWith(" STARTTLS")) {
        say(socket, tag + " OK go on");
        converse(secured(socket), true); // without a greeting
        return;
      }
      answer(socket, tag, command, isSecure);
    }
  }

  private void answer(Socket socket, String tag, String command, boolean isSecure)
      throws IOException {
    if (command.endsWith(" CAPABILITY")) {
      boolean offered = security == ImapAccount.Security.STARTTLS && !isSecure;
      say(socket, "* CAPABILITY IMAP4rev1" + (offered ? " STARTTLS" : ""));
    }
    say(socket, tag + " OK done");
  }

  private static void say(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private static @Nullable String line(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        return line.toString(StandardCharsets.US_ASCII).stripTrailing();
      }
      line.write(b);
    }
    return null;
  }
}
