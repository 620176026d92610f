package nl.wotpoort.store;

import static nl.wotpoort.store.Sample.LEASE;
import static nl.wotpoort.store.Sample.NOON;
import static nl.wotpoort.store.Sample.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Confidential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing about a person stands readable in the database, its write-ahead log or its index file.
 */
class CanaryTest {

  private static final List<String> CANARIES =
      List.of(
          "kanarie",
          "papegaai",
          "praktijk-vogel",
          "kwartelkoning",
          "999990019",
          "98765432",
          "roodborst",
          "wielewaal",
          "karekiet",
          "3112 ab",
          "3112ab",
          "1980-04-02",
          "nachtegaal",
          "wotschiedam");

  private static final Address CANARY = Address.of("kanarie@praktijk-vogel.example");

  @TempDir Path folder;

  @Test
  void noCanaryIsFoundInAnyFileWhileOpenOrClosed() throws IOException, SQLException {
    try (Store store = Sample.open(folder)) {
      wholeLife(store);
      assertThat(files()).as("database, log and index").hasSizeGreaterThanOrEqualTo(3);
      assertNoCanary();
    }
    assertNoCanary();
  }

  private void wholeLife(Store store) {
    Arrival arrival =
        new Arrival(
            Origin.smtp("lmtp", "tx", 0),
            Sample.OOST,
            Optional.of(Sample.WORKER),
            bytes("sealed"),
            NOON);
    MessageRef ref = store.queue().received(arrival).ref();
    ClientPseudonyms client = store.pseudonyms().client(Sample.client()).orElseThrow();
    Claimed claimed = Sample.claimOne(store);
    store.queue().post(claimed, posting(ref, client), NOON);
    store
        .consents()
        .withdraw(
            "C-1",
            ConsentEntry.Withdrawal.of(NOON, "Kwartelkoning", "belde Wielewaal"),
            Actor.of("m.papegaai@wotschiedam.example", "worker"),
            NOON);
    OutgoingClaim letter = Sample.claimLetter(store, NOON);
    store.outbox().deferred(letter, NOON, new Reply(451, "m.papegaai@wotschiedam.example full"));
    store.outbox().claim(NOON, LEASE, "a", 9);
    assertThat(store.duplicates().of(CANARY, Sample.DIGEST, Sample.OOST)).isPresent();
    assertThat(store.cases().ofSender(Sample.GP)).hasSize(1);
    assertThat(store.cases().ofClient(client)).hasSize(1);
    assertThat(store.journal().about(client)).hasSizeGreaterThan(1);
  }

  private static Posting posting(MessageRef ref, ClientPseudonyms client) {
    NewCase opened =
        new NewCase(
            Sample.number(1),
            CaseStatus.OPEN,
            NOON,
            Sample.GP,
            Optional.of(ref),
            Optional.of("oost"),
            Optional.of("w1"),
            Optional.of(client),
            "OPENED");
    OutgoingLetter letter =
        Sample.forward(1)
            .sentFrom(Sample.OOST)
            .rechecked(
                new OutgoingLetter.Recheck(
                    Set.of("C-1"), Confidential.of("client Kwartelkoning 999990019")));
    OutgoingLetter notice =
        OutgoingLetter.of(OutgoingLetter.Kind.NOTICE, "<n@x.example>", CANARY, bytes("sealed"))
            .oncePer(new OutgoingLetter.NoticeSlot(CANARY, "X", LocalDate.parse("2026-11-21")));
    JournalEntry entry =
        JournalEntry.of(
                NOON,
                "FORWARDED",
                JournalEntry.Action.READ,
                new Actor("dr. Nachtegaal", Optional.of(Sample.GP.toString()), Optional.of("gp")),
                ref)
            .concerning(client)
            .explaining("Kwartelkoning, 3112 AB");
    return Posting.done(
        new Fingerprint(CANARY, Sample.DIGEST, Sample.OOST, Optional.of("<kanarie-1@x.example>")),
        Consequences.none()
            .opening(opened)
            .recording(Sample.consent("C-1", client))
            .journalling(entry)
            .sending(letter)
            .sending(notice));
  }

  private List<Path> files() throws IOException, SQLException {
    return Place.files(folder);
  }

  private void assertNoCanary() throws IOException, SQLException {
    for (Path file : files()) {
      byte[] content = Files.readAllBytes(file);
      String latin = new String(content, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
      // UTF-16 shows as letters with NULs between.
      String wide = latin.replace("\0", "");
      for (String canary : CANARIES) {
        assertThat(latin.contains(canary) || wide.contains(canary))
            .as("%s in %s", canary, file.getFileName())
            .isFalse();
      }
    }
  }
}
