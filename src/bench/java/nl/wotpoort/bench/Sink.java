package nl.wotpoort.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
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
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      OutputStream out = socket.getOutputStream();
      say(out, "220 sink");
      for (String line = line(in); line != null; line = line(in)) {
        String verb = line.toUpperCase(Locale.ROOT);
        if (verb.startsWith("EHLO")) {
          say(out, "250-sink\r\n250 8BITMIME");
        } else if (verb.startsWith("DATA")) {
          say(out, "354 go on");
          String head = letter(in);
          say(out, "250 taken");
          taken(head);
        } else if (verb.startsWith("QUIT")) {
          say(out, "221 bye");
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
  private static String letter(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    boolean inHead = true;
    for (String line = line(in); line != null && !line.equals("."); line = line(in)) {
      inHead &= !line.isEmpty();
      if (inHead) {
        head.append(line).append('\n');
      }
    }
    return head.toString().replace("\n ", " ");
  }

  private static @org.jspecify.annotations.Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(100);
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        return line.toString(StandardCharsets.US_ASCII).stripTrailing();
      }
      line.write(b);
    }
    return null;
  }

  private static void say(OutputStream out, String reply) throws IOException {
    out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }
}
