package nl.wotpoort.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bsn;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Postcode;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.rules.consent.Moment;

/** Invented people and mail for the tests of the store. */
final class Sample {

  static final Instant NOON = Instant.parse("2026-11-21T11:00:00Z");
  static final Duration LEASE = Duration.ofMinutes(2);
  static final Address GP = Address.of("huisarts.kanarie@praktijk-vogel.example");
  static final Address OOST = Address.of("oost@wotschiedam.example");
  static final Address WORKER = Address.of("m.papegaai@wotschiedam.example");
  static final String DIGEST = "ab".repeat(32);

  private Sample() {}

  static StoreKey key() {
    return key(1);
  }

  static StoreKey key(int start) {
    byte[] secret = new byte[32];
    for (int i = 0; i < secret.length; i++) {
      secret[i] = (byte) (start + i);
    }
    return StoreKey.of(secret);
  }

  static Store open(Path folder) {
    if (!Place.isServer()) {
      FreshStore.in(folder.resolve("wotpoort.db"), key());
    }
    return Store.open(settings(folder));
  }

  static StoreSettings settings(Path folder) {
    return StoreSettings.of(Place.url(folder), key()).withMaxAttempts(3);
  }

  static Arrival arrival(long uid) {
    return arrival(uid, NOON);
  }

  static Arrival arrival(long uid, Instant at) {
    return new Arrival(
        Origin.imap("intake", 7, uid), OOST, Optional.of(WORKER), bytes("mail " + uid), at);
  }

  static Bytes bytes(String text) {
    return Bytes.of(text, StandardCharsets.UTF_8);
  }

  static Fingerprint fingerprint(long uid) {
    return new Fingerprint(GP, digest(uid), OOST, Optional.of("<" + uid + "@praktijk.example>"));
  }

  static String digest(long uid) {
    return "%064x".formatted(uid);
  }

  static CaseNumber number(long uid) {
    return CaseNumber.ofRandom(uid * 2);
  }

  static String forwardId(long uid) {
    return "<forward-" + uid + "@poort.example>";
  }

  static String receiptId(long uid) {
    return "<receipt-" + uid + "@poort.example>";
  }

  /** A whole decision: a case, a forward, a receipt that waits for it, a journal line. */
  static Posting decision(long uid, MessageRef ref) {
    return Posting.done(
        fingerprint(uid),
        Consequences.none()
            .opening(newCase(uid, ref))
            .journalling(
                JournalEntry.of(
                        NOON, "FORWARDED", JournalEntry.Action.EXECUTE, Actor.gateway(), ref)
                    .inCase(number(uid)))
            // The one that waits is named first, to see that the order does not matter.
            .sending(receipt(uid).waitingFor(forwardId(uid)))
            .sending(forward(uid)));
  }

  static OutgoingLetter forward(long uid) {
    return OutgoingLetter.of(
            OutgoingLetter.Kind.FORWARD, forwardId(uid), WORKER, bytes("forward " + uid))
        .inCase(number(uid));
  }

  static OutgoingLetter receipt(long uid) {
    return OutgoingLetter.of(
            OutgoingLetter.Kind.RECEIPT, receiptId(uid), GP, bytes("receipt " + uid))
        .inCase(number(uid));
  }

  static NewCase newCase(long uid, MessageRef ref) {
    return new NewCase(
        number(uid),
        CaseStatus.FORWARDED,
        NOON,
        GP,
        Optional.of(ref),
        Optional.of("oost"),
        Optional.of("w1"),
        Optional.empty(),
        "REFERRAL_FORWARDED");
  }

  static Claimed claimOne(Store store) {
    return claimOne(store, NOON);
  }

  static Claimed claimOne(Store store, Instant now) {
    List<Claimed> claimed = store.queue().claim(now, LEASE, "node-a", 1);
    if (claimed.size() != 1) {
      throw new AssertionError("nothing to claim");
    }
    return claimed.get(0);
  }

  static OutgoingClaim claimLetter(Store store, Instant now) {
    List<OutgoingClaim> claimed = store.outbox().claim(now, LEASE, "node-a", 1);
    if (claimed.size() != 1) {
      throw new AssertionError("no letter to claim");
    }
    return claimed.get(0);
  }

  /** Receives and decides one; its forward is then queued and its receipt waits. */
  static MessageRef decided(Store store, long uid) {
    store.queue().received(arrival(uid));
    Claimed claimed = claimOne(store);
    store.queue().post(claimed, decision(uid, claimed.ref()), NOON);
    return claimed.ref();
  }

  static Reply ok() {
    return new Reply(250, "2.0.0 queued for m.papegaai@wotschiedam.example");
  }

  static Client client() {
    return client("Kwartelkoning", "A.B.", "1980-04-02", "3112 AB", "17", Optional.of("999990019"));
  }

  static Client client(
      String name,
      String initials,
      String born,
      String postcode,
      String houseNumber,
      Optional<String> bsn) {
    return new Client(
        some(name),
        some(initials),
        some(born).map(b -> b.map(LocalDate::parse)),
        Postcode.parse(postcode).map(Confidential::of),
        some(houseNumber),
        Optional.of(Confidential.of("06-98765432")),
        bsn.flatMap(Bsn::parse),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  private static Optional<Confidential<String>> some(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Confidential.of(text));
  }

  static RegisteredConsent consent(String id, ClientPseudonyms client) {
    return consent(id, client, ConsentRecord.Type.CONSENT);
  }

  static RegisteredConsent consent(String id, ClientPseudonyms client, ConsentRecord.Type type) {
    ConsentRecord record =
        new ConsentRecord(
            id,
            type,
            "ignored",
            Set.of("client", "moeder Roodborst"),
            Set.of(new Party("gp:A")),
            Set.of(new Party("wot:zuid"), new Party("wot:oost/w1")),
            Set.of(new Purpose("support")),
            Set.of(new Category("medical"), new Category("social.housing")),
            Instant.parse("2026-01-01T08:00:00.123456Z"),
            Optional.of(new Moment.Day(LocalDate.parse("2026-01-01"))),
            Optional.of(new Moment.At(Instant.parse("2027-01-01T00:00:00Z"))),
            Optional.empty(),
            ConsentRecord.State.ACTIVE,
            Optional.empty(),
            ConsentRecord.Evidence.RECORDED,
            Optional.of(true));
    Documentation how =
        Documentation.of(
            "mondeling", "W. Wielewaal", "dossier 2026/Karekiet", "folder Toestemming uitgelegd");
    return new RegisteredConsent(record, how, client);
  }
}
