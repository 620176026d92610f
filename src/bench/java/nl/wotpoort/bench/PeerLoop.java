package nl.wotpoort.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * What runs in the process of each {@link Peer}: lines on standard input, an answer of one line to
 * each on standard output. {@code read NAME} opens a mail of the folder and tells its digests or
 * why it is refused, {@code write NAME} seals one into the folder, {@code open MILLIS} and {@code
 * seal MILLIS} work that long by the thread's CPU clock and tell what it took. Ends with its input.
 */
final class PeerLoop {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private interface Work {
    Object once() throws Exception;
  }

  private final Peer peer;
  private final Path folder;
  private final byte[] mail;
  private Object last = "";

  private PeerLoop(Peer peer, Path folder) throws IOException {
    this.peer = peer;
    this.folder = folder;
    this.mail = Files.readAllBytes(folder.resolve("mail.eml"));
  }

  static void obey(Peer peer, Path folder) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err); // libraries talk
    PeerLoop loop = new PeerLoop(peer, folder);
    try (BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        answers.println("answer " + loop.answer(line.split(" ")));
      }
    }
  }

  // A library may throw whatever it likes: the runner is told, and says so in the table.
  private String answer(String[] command) {
    try {
      return switch (command[0]) {
        case "read" -> read(folder.resolve(command[1]));
        case "write" -> write(folder.resolve(command[1]));
        case "open" -> work(() -> peer.open(mail), Long.parseLong(command[1]));
        case "seal" -> work(peer::seal, Long.parseLong(command[1]));
        default -> "unknown " + command[0];
      };
    } catch (Exception e) {
      return "refused " + oneLine(e);
    }
  }

  private String read(Path file) throws Exception {
    Peer.Content content = peer.open(Files.readAllBytes(file));
    return "opened " + digest(content.text()) + " " + digest(content.attachment());
  }

  private String write(Path file) throws Exception {
    Files.write(file, peer.seal());
    return "sealed";
  }

  /** Count, CPU nanoseconds of this thread and of the process, bytes allocated by this thread. */
  private String work(Work work, long millis) throws Exception {
    long thread = Thread.currentThread().getId();
    long process = PROCESS.getProcessCpuTime();
    long bytes = THREADS.getThreadAllocatedBytes(thread);
    long begin = THREADS.getCurrentThreadCpuTime();
    long now;
    int count = 0;
    do {
      last = work.once();
      count++;
      now = THREADS.getCurrentThreadCpuTime();
    } while (now - begin < millis * 1_000_000);
    if (last == null) {
      throw new IllegalStateException("nothing came of it");
    }
    return String.join(
        " ",
        "worked",
        String.valueOf(count),
        String.valueOf(now - begin),
        String.valueOf(PROCESS.getProcessCpuTime() - process),
        String.valueOf(THREADS.getThreadAllocatedBytes(thread) - bytes));
  }

  /** Some libraries drop the line end before a delimiter, some keep it: it is not of the text. */
  static String digest(String text) throws GeneralSecurityException {
    return digest(text.strip().replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8));
  }

  static String digest(byte[] bytes) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static String oneLine(Throwable thrown) {
    String told = String.valueOf(thrown).replaceAll("\\s+", " ");
    return told.substring(0, Math.min(160, told.length()));
  }
}
