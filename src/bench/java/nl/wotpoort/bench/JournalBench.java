package nl.wotpoort.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.ChainCheck;
import nl.wotpoort.store.ClientPseudonyms;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.Store;
import nl.wotpoort.store.StoreKey;
import nl.wotpoort.store.StoreSettings;

/**
 * A journal of many lines, as the gateway writes them: how long verifying the whole of it takes,
 * and one client's view. One thread, the embedded store.
 */
final class JournalBench {

  /** The figures. */
  record Row(
      int lines,
      double fillSeconds,
      double verifySeconds,
      double viewMedian,
      double viewMax,
      double largestView,
      double caseMedian,
      double caseMax,
      double megabytes) {}

  private static final Instant NOW = Instant.parse("2026-06-15T08:00:00Z");
  private static final int BATCH = 5000;
  private static final int LOOKS = 500;

  /** Every client has some five lines; this one every thousandth of all. */
  private static final int BUSY = -1;

  private final Path file;
  private final int lines;

  JournalBench(Path folder, int lines) {
    this.file = folder.resolve("journal.db");
    this.lines = lines;
  }

  Row measure() throws IOException {
    for (String end : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(file.resolveSibling("journal.db" + end));
    }
    double fill = seconds(this::fill);
    try (Store store = open()) {
      double[] views = views(store);
      double busy = look(store, BUSY, lines / 1000);
      double[] cases = cases(store);
      double verify = seconds(() -> verify(store));
      return new Row(
          lines,
          fill,
          verify,
          views[LOOKS / 2],
          views[LOOKS - 1],
          busy,
          cases[LOOKS / 2],
          cases[LOOKS - 1],
          Files.size(file) / 1e6);
    }
  }

  private Store open() {
    byte[] key = new byte[32];
    new Random(7).nextBytes(key);
    return Store.open(StoreSettings.embedded(file, StoreKey.of(key)));
  }

  private void fill() {
    try (Store store = open()) {
      fill(store);
    }
  }

  /** Writes the lines into a store that has none. */
  void fill(Store store) {
    for (int from = 0; from < lines; from += BATCH) {
      List<JournalEntry> batch = new ArrayList<>();
      for (int n = from; n < Math.min(lines, from + BATCH); n++) {
        batch.add(entry(store, n));
      }
      store.journal().write(batch);
      if (from % (BATCH * 20) == 0) {
        store.journal().seal(NOW.plusSeconds(from));
      }
    }
  }

  private JournalEntry entry(Store store, int n) {
    int person = n % 1000 == 999 ? BUSY : n % (lines / 5);
    return JournalEntry.of(
            NOW.plusSeconds(n),
            n % 3 == 0 ? "RECEIVED" : "FORWARDED",
            JournalEntry.Action.EXECUTE,
            new Actor(
                "worker" + n % 60 + "@wotschiedam.example",
                Optional.of("wot:oost"),
                Optional.of("wot")),
            "M" + n)
        .concerning(client(store, person))
        .inCase(CaseNumber.ofRandom(2L * (n % (lines / 5))))
        .serving(new Purpose("support.intake"))
        .restingOn(Set.of("C-" + n), List.of("COMPLETE_REFERRAL", "TEAM_ADDRESSED", "ROUTES:1"))
        .explaining("wot:oost/w" + n % 60);
  }

  private static ClientPseudonyms client(Store store, int person) {
    return store
        .pseudonyms()
        .client(
            new Client(
                Optional.of(Confidential.of("Proefpersoon " + Integer.toString(person, 26))),
                Optional.empty(),
                Optional.of(
                    Confidential.of(LocalDate.of(1930, 1, 1).plusDays((person + 1) % 25_000))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty()))
        .orElseThrow();
  }

  private double[] views(Store store) {
    Random random = new Random(1);
    double[] millis = new double[LOOKS];
    for (int i = 0; i < LOOKS; i++) {
      millis[i] = look(store, random.nextInt(lines / 5), 1);
    }
    Arrays.sort(millis);
    return millis;
  }

  /** What the pack for a data breach reads of the journal: all that is of one case. */
  private double[] cases(Store store) {
    Random random = new Random(2);
    double[] millis = new double[LOOKS];
    for (int i = 0; i < LOOKS; i++) {
      CaseNumber number = CaseNumber.ofRandom(2L * random.nextInt(lines / 5));
      long start = System.nanoTime();
      int found = store.journal().about(number).size();
      millis[i] = (System.nanoTime() - start) / 1e6;
      if (found < 5) {
        throw new AssertionError("the case has " + found + " lines of 5");
      }
    }
    Arrays.sort(millis);
    return millis;
  }

  /** Milliseconds of one view, which must show {@code least} lines. */
  private static double look(Store store, int person, int least) {
    ClientPseudonyms known = client(store, person);
    long start = System.nanoTime();
    int found = store.journal().about(known).size();
    long end = System.nanoTime();
    if (found < least) {
      throw new AssertionError("the view shows " + found + " lines of " + least);
    }
    return (end - start) / 1e6;
  }

  private void verify(Store store) {
    ChainCheck check = store.journal().verify();
    if (!check.isSound() || check.lines() < lines) {
      throw new AssertionError("the journal is not sound: " + check);
    }
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }
}
