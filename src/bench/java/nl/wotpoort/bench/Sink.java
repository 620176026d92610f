package nl.wotpoort.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The next hop: an SMTP server on the loopback that says 250 to everything, keeps nothing, and
 * notes when it took the letter that answers a message. Thread-safe.
 */
final class Sink implements AutoCloseable {

  private static final Pattern ANSWERED = Pattern.compile("(?im)^In-Reply-To:\\s*(<[^>\\s]+>)");
  private static final Pattern TO = Pattern.compile("(?im)^To:.*?([^\\s<>]+@[^\\s<>]+)");

  private final ServerSocket server;
  private final String receiptsTo;
  private final Map<String, Long> receipts = new ConcurrentHashMap<>();
  private final AtomicInteger letters = new AtomicInteger();

  /** Receipts are told from forwards by whom they are for. */
  Sink(String receiptsTo) {
    this.receiptsTo = receiptsTo;
    try {
      server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept, "sink");
  }

  int port() {
    return server.getLocalPort();
  }

  /** All letters taken so far. */
  int letters() {
    return letters.get();
  }

  int receiptCount() {
    return receipts.size();
  }

  /** The {@link System#nanoTime} at which the receipt for that Message-ID was taken. */
  Optional<Long> receiptFor(String messageId) {
    return Optional.ofNullable(receipts.get(messageId));
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void start(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        start(() -> serve(socket), "sink-connection");
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      OutputStream out = new BufferedOutputStream(socket.getOutputStream());
      Lines in = new Lines(socket.getInputStream(), out);
      say(out, "220 sink");
      while (in.next()) {
        String verb = in.text().toUpperCase(Locale.ROOT);
        if (verb.startsWith("EHLO")) {
          say(out, "250-sink\r\n250-PIPELINING\r\n250 8BITMIME");
        } else if (verb.startsWith("DATA")) {
          say(out, "354 go on");
          String head = letter(in);
          say(out, "250 taken");
          taken(head);
        } else if (verb.startsWith("QUIT")) {
          say(out, "221 bye");
          out.flush();
          return;
        } else {
          say(out, "250 ok");
        }
      }
    } catch (IOException gone) {
      // the other side hung up
    }
  }

  private void taken(String head) {
    long at = System.nanoTime();
    letters.incrementAndGet();
    Matcher to = TO.matcher(head);
    Matcher answered = ANSWERED.matcher(head);
    if (to.find() && to.group(1).equalsIgnoreCase(receiptsTo) && answered.find()) {
      receipts.putIfAbsent(answered.group(1), at);
    }
  }

  /** Reads to the lone dot; gives the header. */
  private static String letter(Lines in) throws IOException {
    StringBuilder head = new StringBuilder();
    boolean inHead = true;
    while (in.next() && !in.isDot()) {
      inHead &= in.length() > 0;
      if (inHead) {
        head.append(in.text()).append('\n');
      }
    }
    return head.toString().replace("\n ", " ");
  }

  private static void say(OutputStream out, String reply) throws IOException {
    out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Lines of a connection, in a buffer of its own, so that the sink costs the machine little;
   * answers go out when there is no line left to read (RFC 2920 §3.2).
   */
  private static final class Lines {
    private final InputStream in;
    private final OutputStream answers;
    private final byte[] buffer = new byte[1 << 16];
    private int start;
    private int end;
    private int filled;

    Lines(InputStream in, OutputStream answers) {
      this.in = in;
      this.answers = answers;
    }

    /** False at the end of the connection; a line longer than the buffer ends it too. */
    boolean next() throws IOException {
      start = end;
      int at = start;
      while (true) {
        while (at < filled && buffer[at] != '\n') {
          at++;
        }
        if (at < filled) {
          end = at + 1;
          return true;
        }
        System.arraycopy(buffer, start, buffer, 0, filled - start);
        at -= start;
        filled -= start;
        start = 0;
        answers.flush();
        int read = filled == buffer.length ? -1 : in.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
          end = filled;
          return false;
        }
        filled += read;
      }
    }

    /** Of the line, without its end. */
    int length() {
      int length = end - 1 - start;
      return length > 0 && buffer[start + length - 1] == '\r' ? length - 1 : length;
    }

    boolean isDot() {
      return length() == 1 && buffer[start] == '.';
    }

    String text() {
      return new String(buffer, start, length(), StandardCharsets.US_ASCII);
    }
  }
}
