package nl.wotpoort.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the CPU time of a recording went: each sample is counted to the first of these kinds of
 * work that stands in its stack, innermost frame first.
 */
final class Profile {

  /** Part of a class or method name → what it is called in the table. In order. */
  private static final Map<String, String> WORK = work();

  private final Map<String, Integer> kinds = new TreeMap<>();
  private final Map<String, Integer> frames = new TreeMap<>();
  private final Map<String, Integer> sqlite = new TreeMap<>();
  private int samples;

  private static Map<String, String> work() {
    Map<String, String> work = new LinkedHashMap<>();
    work.put("org.sqlite.core.NativeDB", "SQLite (native, waiting for the disk in it)");
    work.put("sun.security.rsa.", "RSA");
    work.put("sun.security.provider.SHA", "SHA-256");
    work.put("com.sun.crypto.provider.", "AES and other ciphers");
    work.put("sun.security.ec.", "elliptic curves");
    work.put("sun.security.provider.certpath", "certification path");
    work.put("nl.wotpoort.smime.", "smime, rest");
    work.put("nl.wotpoort.mime.", "mime");
    work.put("nl.wotpoort.rules.", "rules");
    work.put("nl.wotpoort.store.", "store, Java part");
    work.put("org.sqlite.", "store, Java part");
    work.put("nl.wotpoort.route.SmtpCourier", "SMTP out");
    work.put("nl.wotpoort.desk.", "desk");
    work.put("org.eclipse.angus.mail.imap", "IMAP in (Angus)");
    work.put("nl.wotpoort.route.imap", "intake");
    work.put("nl.wotpoort.route.", "route");
    work.put("org.apache.camel.", "Camel");
    return work;
  }

  static Profile of(Path recording) {
    Profile profile = new Profile();
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        profile.count(file.readEvent());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return profile;
  }

  private void count(RecordedEvent event) {
    boolean sample = event.getEventType().getName().endsWith("Sample");
    if (!sample || event.getStackTrace() == null) {
      return;
    }
    List<RecordedFrame> stack = event.getStackTrace().getFrames();
    String top = name(stack.get(0));
    if (top.matches(
            ".*(socketRead|accept0|epollWait|EPoll\\.wait|NioSocketImpl|Net\\.(poll|accept)).*")
        || top.matches(".*(FileInputStream\\.readBytes|SocketDispatcher\\.read0).*")) {
      return; // waiting for the other side, no CPU
    }
    samples++;
    kinds.merge(kind(stack), 1, Integer::sum);
    frames.merge(top, 1, Integer::sum);
    if (top.startsWith("org.sqlite.core.NativeDB")) {
      sqlite.merge(door(stack), 1, Integer::sum);
    }
  }

  /** The method of the store that was called from outside, and whether it was at its commit. */
  private static String door(List<RecordedFrame> stack) {
    String door = "?";
    boolean commit = false;
    for (RecordedFrame frame : stack) {
      String name = name(frame);
      commit |= name.contains(".commit");
      if (name.startsWith("nl.wotpoort.store.")) {
        door = name.substring("nl.wotpoort.store.".length());
      }
    }
    return door + (commit ? ", commit" : "");
  }

  private static String kind(List<RecordedFrame> stack) {
    for (RecordedFrame frame : stack) {
      String name = name(frame);
      for (Map.Entry<String, String> kind : WORK.entrySet()) {
        if (name.startsWith(kind.getKey())) {
          return kind.getValue();
        }
      }
    }
    return "other";
  }

  private static String name(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }

  /** Shares of all samples, largest first. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("profile of the gateway's CPU, " + samples + " samples of 10 ms:");
    lines.addAll(largest(kinds, 14));
    lines.add("SQLite, by the store's method:");
    lines.addAll(largest(sqlite, 8));
    lines.add("innermost frames:");
    lines.addAll(largest(frames, 14));
    return lines;
  }

  private List<String> largest(Map<String, Integer> counts, int most) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(most)
        .map(e -> String.format("  %5.1f %%  %s", 100.0 * e.getValue() / samples, e.getKey()))
        .toList();
  }
}
