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
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.ConsentDecision;
import nl.wotpoort.rules.consent.ConsentPolicy;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.rules.consent.Flow;
import nl.wotpoort.rules.consent.PolicyTables;
import nl.wotpoort.rules.consent.Scenario;
import nl.wotpoort.settings.PolicyFile;
import nl.wotpoort.settings.PolicyFileException;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.ClientPseudonyms;
import nl.wotpoort.store.ConsentsFound;
import nl.wotpoort.store.Documentation;
import nl.wotpoort.store.Giver;
import nl.wotpoort.store.RegisteredConsent;
import nl.wotpoort.store.Store;
import nl.wotpoort.store.StoreKey;
import nl.wotpoort.store.StoreSettings;

/**
 * One decision of the policy with its look-up, from a client as a letter names one to the answer,
 * in a register that grows. One thread, the embedded store, synced.
 */
final class RegisterBench {

  /** The figures at one size. */
  record Row(int records, double medianMillis, double p99Millis, double megabytes) {}

  private static final Instant NOW = Instant.parse("2026-06-15T08:00:00Z");
  private static final Actor WHO = Actor.of("bench", "worker");
  private static final int BATCH = 5000;
  private static final int LOOKS = 3000;

  private final Path folder;
  private final PolicyTables tables;
  private final int largest;

  RegisterBench(Path folder, int largest) {
    this.folder = folder;
    this.largest = largest;
    try {
      this.tables = PolicyFile.read(BenchHome.PROJECT.resolve("routes/policy.yaml"));
    } catch (PolicyFileException e) {
      throw new IllegalStateException(e);
    }
  }

  List<Row> measure() throws IOException {
    Path file = folder.resolve("register.db");
    for (String end : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(folder.resolve("register.db" + end));
    }
    byte[] key = new byte[32];
    new Random(7).nextBytes(key);
    List<Row> rows = new ArrayList<>();
    try (Store store = Store.open(StoreSettings.embedded(file, StoreKey.of(key)))) {
      int there = 0;
      for (int size = 1000; size <= largest; size *= 10) {
        fill(store, there, size);
        there = size;
        rows.add(look(store, size, file));
      }
    }
    return rows;
  }

  /** Records of that number, from 0 on. */
  static void fill(Store store, int from, int until) {
    for (int start = from; start < until; start += BATCH) {
      List<RegisteredConsent> batch = new ArrayList<>();
      for (int n = start; n < Math.min(until, start + BATCH); n++) {
        batch.add(consent(store, n));
      }
      store.consents().addAll(batch, WHO, NOW);
    }
  }

  /** Every third client has three records: half a million people in a million records. */
  private static int person(int record) {
    return record % 6 < 3 ? record / 6 * 4 : record / 6 * 4 + record % 6 - 2;
  }

  private static Client client(int person) {
    return new Client(
        Optional.of(Confidential.of("Proefpersoon " + Integer.toString(person, 26))),
        Optional.of(Confidential.of("A.")),
        Optional.of(Confidential.of(LocalDate.of(1930, 1, 1).plusDays(person % 25_000))),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  private static RegisteredConsent consent(Store store, int n) {
    Client client = client(person(n));
    ClientPseudonyms known = store.pseudonyms().client(client).orElseThrow();
    ConsentRecord record =
        new ConsentRecord(
            "B-" + n,
            n % 10 == 9 ? ConsentRecord.Type.OBJECTION : ConsentRecord.Type.CONSENT,
            known.primary().value(),
            Set.of("client"),
            Set.of(new Party("gp:A")),
            Set.of(new Party("wot:zuid")),
            Set.of(new Purpose("support")),
            Set.of(new Category("medical"), new Category("social")),
            NOW.minusSeconds(n % 1000),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            ConsentRecord.State.ACTIVE,
            Optional.empty(),
            ConsentRecord.Evidence.RECORDED,
            Optional.empty());
    return new RegisteredConsent(
        record,
        Documentation.of("mondeling", "S. Jansen", "dossier " + n, "wat en met wie")
            .by(List.of(Giver.client())),
        known,
        Optional.of(client));
  }

  private Row look(Store store, int size, Path file) throws IOException {
    Random random = new Random(size);
    long[] nanos = new long[LOOKS];
    int permitted = 0;
    for (int i = -500; i < LOOKS; i++) {
      Client client = client(person(random.nextInt(size)));
      long start = System.nanoTime();
      ConsentDecision decision = decide(store, client);
      long end = System.nanoTime();
      permitted += decision.outcome() == ConsentDecision.Outcome.PERMIT ? 1 : 0;
      if (i >= 0) {
        nanos[i] = end - start;
      }
    }
    if (permitted == 0) {
      throw new AssertionError("the look-up found nothing");
    }
    Arrays.sort(nanos);
    return new Row(
        size, nanos[LOOKS / 2] / 1e6, nanos[LOOKS * 99 / 100] / 1e6, Files.size(file) / 1e6);
  }

  private ConsentDecision decide(Store store, Client client) {
    ClientPseudonyms known = store.pseudonyms().client(client).orElseThrow();
    ConsentsFound found = store.consents().consentsFor(known);
    Scenario.Client who =
        new Scenario.Client(
            known.primary().value(),
            client.birthDate().map(Confidential::reveal),
            found.capable(),
            Set.of(),
            found.representatives(),
            Optional.empty());
    Party asker = new Party("wot:zuid/w1");
    return ConsentPolicy.decide(
        new Scenario(
            "",
            Flow.INFO_REQUEST,
            "request",
            Optional.of(who),
            Optional.of(asker),
            Optional.of(new Party("gp:A/d1")),
            Optional.of(asker),
            List.of(new Purpose("support")),
            List.of(new Category("medical.summary")),
            1,
            Optional.of(NOW),
            NOW,
            found.records(),
            List.of(),
            new Scenario.Context(true, found.oneClient(), true, true, Optional.empty())),
        tables);
  }
}
