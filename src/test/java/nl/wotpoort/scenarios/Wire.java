package nl.wotpoort.scenarios;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The next hop: an SMTP server that takes everything and writes down what it took, which no kill
 * undoes. A letter counts from its last dot on: whether the 250 arrives is the sender's sorrow.
 */
final class Wire implements AutoCloseable {

  private static final Pattern ID = Pattern.compile("(?im)^Message-ID:\\s*(<[^>\\s]+>)");
  private static final Pattern ANSWERS = Pattern.compile("(?im)^In-Reply-To:\\s*(<[^>\\s]+>)");

  /**
   * A letter that was taken.
   *
   * @param answers the Message-ID it replies to; empty for none
   * @param dotAt when its last dot was read, by {@link System#nanoTime}
   */
  record Letter(String id, String to, String answers, long dotAt) {}

  /** How it treats mail for somebody. */
  enum Manners {
    TAKE,
    /** For good. */
    REFUSE,
    /** Not now. */
    LATER,
    /** Never answers, until the manners change; then it hangs up. */
    TARPIT,
    /** Takes it, and hangs up instead of saying so. */
    HANG_UP
  }

  private final ServerSocket server;
  private final Queue<Letter> letters = new ConcurrentLinkedQueue<>();
  private final Map<String, Manners> manners = new ConcurrentHashMap<>();

  Wire() {
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept, "wire");
  }

  int port() {
    return server.getLocalPort();
  }

  /** From now on. */
  void treat(String recipient, Manners how) {
    manners.put(recipient, how);
  }

  private Manners manners(String recipient) {
    return manners.getOrDefault(recipient, Manners.TAKE);
  }

  /** Letters for somebody, as often as they were taken. */
  List<Letter> to(String recipient) {
    return letters.stream().filter(letter -> letter.to().equals(recipient)).toList();
  }

  List<Letter> letters() {
    return List.copyOf(letters);
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
        start(() -> serve(socket), "wire-connection");
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      OutputStream out = new BufferedOutputStream(socket.getOutputStream());
      say(out, "220 wire");
      String to = "";
      for (String line = line(in); line != null; line = line(in)) {
        String verb = line.toUpperCase(Locale.ROOT);
        if (verb.startsWith("RCPT TO:")) {
          to = line.replaceAll("(?i)^RCPT TO:<([^>]*)>.*", "$1");
          if (manners(to) == Manners.TARPIT) {
            stick(to);
            return;
          }
          say(out, answer(to));
        } else if (verb.startsWith("DATA")) {
          say(out, "354 go on");
          String head = head(in);
          letters.add(new Letter(found(ID, head), to, found(ANSWERS, head), System.nanoTime()));
          if (manners(to) == Manners.HANG_UP) {
            return;
          }
          say(out, "250 taken");
        } else if (verb.startsWith("QUIT")) {
          say(out, "221 bye");
          return;
        } else {
          say(out, "250 ok");
        }
      }
    } catch (IOException gone) {
      // killed in the middle: nothing was taken
    }
  }

  private String answer(String recipient) {
    return switch (manners(recipient)) {
      case REFUSE -> "550 5.1.1 nobody here of that name";
      case LATER -> "451 4.3.2 not now";
      default -> "250 ok";
    };
  }

  private void stick(String recipient) {
    while (manners(recipient) == Manners.TARPIT && !server.isClosed()) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static String found(Pattern pattern, String head) {
    Matcher matcher = pattern.matcher(head);
    return matcher.find() ? matcher.group(1) : "";
  }

  /** Reads to the lone dot; throws when it does not come. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    boolean inHead = true;
    for (String line = line(in); !".".equals(line); line = line(in)) {
      if (line == null) {
        throw new IOException("cut off");
      }
      inHead &= !line.isEmpty();
      if (inHead) {
        head.append(line).append('\n');
      }
    }
    return head.toString().replace("\n ", " ");
  }

  /** A whole line; null when the other side is gone. */
  private static @Nullable String line(InputStream in) throws IOException {
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
