package nl.wotpoort.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Other libraries that open and seal S/MIME mail, and ours, on the same letter with the same keys:
 * each in its own JVM, in turns, so that what the machine does meanwhile befalls all alike. What
 * each does and does not check is in docs/performance.md.
 */
final class Peers {

  private static final int CONTENT_BYTES = 10 * 1024;

  /** A library of src/bench/peers: its folder there, its class, its name in the table. */
  private record Library(String folder, String mainClass, String title) {}

  private static final List<Library> LIBRARIES =
      List.of(
          new Library("direct", "DirectPeer", "Direct agent 8.0.0"),
          new Library("simplejavamail", "SimpleJavaMailPeer", "simple-java-mail 8.12.6"),
          new Library("as2", "As2Peer", "as2-lib 5.1.7"));

  private final Path out;
  private final int rounds;
  private final int turnMillis;
  private final int warmUpMillis;
  private final List<Runner> runners = new ArrayList<>();
  private final List<String> absent = new ArrayList<>();

  /** {@code thorough}: four minutes of an idle machine; otherwise two. */
  Peers(Path out, boolean thorough) {
    this.out = out;
    this.rounds = thorough ? 5 : 3;
    this.turnMillis = thorough ? 2000 : 1000;
    this.warmUpMillis = thorough ? 7500 : 4000;
  }

  /** One row of the table while it grows. */
  private static final class Runner {
    private final String name;
    private final PeerProcess process;
    private final List<PeerProcess.Turn> opened = new ArrayList<>();
    private final List<PeerProcess.Turn> sealed = new ArrayList<>();
    private final Set<PeerMails.Bad> refused = EnumSet.noneOf(PeerMails.Bad.class);
    private boolean opensslReads;

    Runner(String name, PeerProcess process) {
      this.name = name;
      this.process = process;
    }

    boolean isOurs() {
      return name.startsWith("WOTpoort");
    }
  }

  /** The lines of the table. Once. */
  List<String> table() throws IOException {
    Path folder = Files.createTempDirectory("wotpoort-peers");
    try {
      PeerMails cbc = mails(folder.resolve("cbc"), PeerMails.CBC);
      PeerMails gcm = mails(folder.resolve("gcm"), PeerMails.GCM);
      for (String crypto : List.of("native", "jdk")) {
        ours(crypto, "AES_256_CBC", cbc);
        ours(crypto, "AES_256_GCM", gcm);
      }
      for (Library library : LIBRARIES) {
        theirs(library, cbc);
      }
      measure();
    } finally {
      runners.forEach(runner -> runner.process.close());
      BenchHome.delete(folder);
    }
    return lines();
  }

  private static PeerMails mails(Path folder, String cipher) throws IOException {
    PeerMails mails = new PeerMails(Files.createDirectories(folder), CONTENT_BYTES);
    mails.make(cipher);
    return mails;
  }

  private void ours(String crypto, String cipher, PeerMails mails) throws IOException {
    Path log = out.resolve("peer-wotpoort-" + crypto + "-" + cipher + ".log");
    PeerProcess process = PeerProcess.wotpoort(crypto, mails.folder(), cipher, log);
    add(new Runner(ourName(crypto, cipher), process), mails);
  }

  private static String ourName(String crypto, String cipher) {
    return "WOTpoort " + crypto + ", " + cipher;
  }

  private void theirs(Library library, PeerMails mails) throws IOException {
    try {
      PeerProcess process = PeerProcess.of(library.folder, library.mainClass, mails.folder(), out);
      add(new Runner(library.title, process), mails);
    } catch (PeerProcess.NotHere e) {
      absent.add(library.title + ": " + e.getMessage());
    }
  }

  /** Nobody is measured who does not do the work. */
  private void add(Runner runner, PeerMails mails) throws IOException {
    runners.add(runner);
    String read = runner.process.read("mail.eml");
    if (!read.equals("opened " + digests(mails))) {
      throw new IOException(runner.name + " does not read the mail: " + read);
    }
    for (PeerMails.Bad bad : PeerMails.Bad.values()) {
      if (runner.process.read(bad.file()).startsWith("refused ")) {
        runner.refused.add(bad);
      }
    }
    String written = runner.process.write("sealed.eml");
    if (!written.equals("sealed")) {
      throw new IOException(runner.name + " does not seal: " + written);
    }
    runner.opensslReads = mails.opensslOpens("sealed.eml");
  }

  private static String digests(PeerMails mails) {
    try {
      return PeerLoop.digest(mails.text()) + " " + PeerLoop.digest(mails.attachment());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void measure() throws IOException {
    for (Runner runner : runners) {
      runner.process.open(warmUpMillis);
      runner.process.seal(warmUpMillis);
    }
    for (int round = 0; round < rounds; round++) {
      for (Runner runner : runners) {
        runner.opened.add(runner.process.open(turnMillis));
        runner.sealed.add(runner.process.seal(turnMillis));
      }
    }
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            "%-28s %24s %24s %8s %8s %9s %9s",
            "peers, 10 KiB RSA-2048",
            "opened/CPU s (range)",
            "sealed/CPU s (range)",
            "open KiB",
            "seal KiB",
            "JVM open",
            "JVM seal"));
    for (Runner runner : runners) {
      lines.add(
          String.format(
              "%-28s %24s %24s %8.0f %8.0f %9.2f %9.2f",
              runner.name,
              range(runner.opened),
              range(runner.sealed),
              median(runner.opened, PeerProcess.Turn::kib),
              median(runner.sealed, PeerProcess.Turn::kib),
              median(runner.opened, PeerProcess.Turn::processMillis),
              median(runner.sealed, PeerProcess.Turn::processMillis)));
    }
    lines.addAll(absent);
    for (String crypto : List.of("native", "jdk")) {
      overFastest(crypto).ifPresent(lines::add);
    }
    lines.add(
        "median of "
            + rounds
            + " turns of "
            + turnMillis
            + " ms CPU, the participants by turns; JVM: its CPU ms a mail, compiler and collector"
            + " included");
    lines.add("");
    lines.add(String.format("%-28s %-48s %s", "", "refuses", "openssl opens what it sealed"));
    for (Runner runner : runners) {
      lines.add(
          String.format(
              "%-28s %-48s %s",
              runner.name,
              runner.refused.stream().map(PeerMails.Bad::word).collect(Collectors.joining(", ")),
              runner.opensslReads ? "yes" : "NO"));
    }
    return lines;
  }

  /** Like with like: every peer of the table does AES-256-CBC. */
  private Optional<String> overFastest(String crypto) {
    String ours = ourName(crypto, "AES_256_CBC");
    if (runners.stream().allMatch(Runner::isOurs)) {
      return Optional.empty();
    }
    return runners.stream()
        .filter(runner -> runner.name.equals(ours))
        .findFirst()
        .map(
            runner ->
                String.format(
                    "%s over the fastest peer: open %.1f times, seal %.1f times",
                    ours,
                    rate(runner.opened) / fastest(peer -> peer.opened),
                    rate(runner.sealed) / fastest(peer -> peer.sealed)));
  }

  private double fastest(Function<Runner, List<PeerProcess.Turn>> turns) {
    return runners.stream()
        .filter(runner -> !runner.isOurs())
        .mapToDouble(runner -> rate(turns.apply(runner)))
        .max()
        .orElseThrow();
  }

  private static double rate(List<PeerProcess.Turn> turns) {
    return median(turns, PeerProcess.Turn::perCpuSecond);
  }

  private static String range(List<PeerProcess.Turn> turns) {
    List<Double> sorted = turns.stream().map(PeerProcess.Turn::perCpuSecond).sorted().toList();
    return String.format(
        "%.0f (%.0f-%.0f)",
        sorted.get(sorted.size() / 2), sorted.get(0), sorted.get(sorted.size() - 1));
  }

  private static double median(
      List<PeerProcess.Turn> turns, ToDoubleFunction<PeerProcess.Turn> figure) {
    List<Double> sorted = turns.stream().mapToDouble(figure).sorted().boxed().toList();
    return sorted.get(sorted.size() / 2);
  }
}
