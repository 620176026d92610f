package nl.wotpoort.bench;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import nl.wotpoort.letter.Bytes;

/** The GP's mail server: one SMTP connection, a mail at a time. Not for several threads. */
final class Sender implements AutoCloseable {

  private final Socket socket;
  private final BufferedReader in;
  private final OutputStream out;

  Sender(int port) {
    try {
      socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
      socket.setTcpNoDelay(true);
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      out = socket.getOutputStream();
      reply("220");
      say("EHLO bench", "250");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns when the server took it. */
  void send(String from, String to, Bytes mail) {
    try {
      say("MAIL FROM:<" + from + "> SIZE=" + mail.length(), "250");
      say("RCPT TO:<" + to + ">", "250");
      say("DATA", "354");
      ByteArrayOutputStream whole = new ByteArrayOutputStream(mail.length() + 8);
      mail.writeTo(whole); // sealed mail is base64 lines: nothing begins with a dot
      whole.write("\r\n.\r\n".getBytes(StandardCharsets.US_ASCII));
      out.write(whole.toByteArray());
      out.flush();
      reply("250");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void say(String command, String expected) throws IOException {
    out.write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
    reply(expected);
  }

  private void reply(String expected) throws IOException {
    String line = in.readLine();
    while (line != null && line.length() > 3 && line.charAt(3) == '-') {
      line = in.readLine();
    }
    if (line == null || !line.startsWith(expected)) {
      throw new IOException("expected " + expected + ", the server said " + line);
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
