package nl.wotpoort.route.smtp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocketFactory;

/** Says exactly what it is told to, also what no honest client would. */
public final class RawClient implements AutoCloseable {

  private Socket socket;
  private BufferedReader in;

  public RawClient(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
    reply();
  }

  private RawClient(Socket socket) throws IOException {
    use(socket);
  }

  private void use(Socket other) throws IOException {
    socket = other;
    socket.setSoTimeout(60_000);
    socket.setTcpNoDelay(true);
    in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  /** Nothing is added. */
  public void raw(String bytes) throws IOException {
    raw(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  public void raw(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** One command and the last line of what is answered. */
  public String say(String line) throws IOException {
    raw(line + "\r\n");
    return reply();
  }

  /** The last line of a reply; "" when the other side hung up. */
  public String reply() throws IOException {
    String line = in.readLine();
    while (line != null && line.length() > 3 && line.charAt(3) == '-') {
      line = in.readLine();
    }
    return line == null ? "" : line;
  }

  /** Up to DATA; the answer to that. */
  public String ready(String hello, String... recipients) throws IOException {
    say(hello + " mta.example");
    say("MAIL FROM:<a.devries@praktijk-delinde.example>");
    for (String recipient : recipients) {
      say("RCPT TO:<" + recipient + ">");
    }
    return say("DATA");
  }

  /** A mail to Oost; the answer. */
  public String send(String data) throws IOException {
    ready("EHLO", "oost@wotschiedam.nl");
    raw(data);
    return reply();
  }

  /** After STARTTLS was agreed to. */
  public void encrypt(SSLSocketFactory tls) throws IOException {
    use(tls.createSocket(socket, "localhost", socket.getPort(), true));
  }

  /** In the middle of anything. */
  public void hangUp() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
