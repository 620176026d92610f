package nl.wotpoort.scenarios;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A mail program that says SMTP by hand, so that the bytes of a mail leave as they are, however
 * broken: only dots are stuffed (RFC 5321 §4.5.2) and the end gets its line end.
 */
final class Sender implements AutoCloseable {

  private final Socket socket;
  private final BufferedReader in;
  private final OutputStream out;

  private boolean unheard;

  Sender(int port) {
    this(port, "EHLO");
  }

  /** {@code hello} is EHLO, or LHLO for LMTP. */
  Sender(int port, String hello) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(30_000);
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      out = socket.getOutputStream();
      expect('2');
      say(hello + " praktijk-delinde.example", '2');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Throws when the server does not take it. */
  void send(String from, String to, byte[] mail) {
    try {
      say("MAIL FROM:<" + from + ">", '2');
      say("RCPT TO:<" + to + ">", '2');
      say("DATA", '3');
      out.write(stuffed(mail));
      unheard = true;
      say(".", '2');
      unheard = false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the last mail was sent to its end and nothing was heard of it. */
  boolean isUnheard() {
    return unheard;
  }

  private static byte[] stuffed(byte[] mail) {
    ByteArrayOutputStream data = new ByteArrayOutputStream(mail.length + 64);
    boolean lineStart = true;
    for (byte b : mail) {
      if (lineStart && b == '.') {
        data.write('.');
      }
      data.write(b);
      lineStart = b == '\n';
    }
    if (!lineStart) {
      data.write('\r');
      data.write('\n');
    }
    return data.toByteArray();
  }

  private void say(String line, char expected) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
    expect(expected);
  }

  private void expect(char first) throws IOException {
    String line = in.readLine();
    while (line != null && line.length() > 3 && line.charAt(3) == '-') {
      line = in.readLine();
    }
    if (line == null || line.isEmpty() || line.charAt(0) != first) {
      unheard &= line == null;
      throw new IOException("the server said: " + line);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
