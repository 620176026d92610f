package nl.wotpoort.desk;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import nl.wotpoort.rules.judge.Decision;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.ClientPseudonyms;
import nl.wotpoort.store.ConsentEntry;
import nl.wotpoort.store.HeldMessage;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.RegisteredConsent;
import nl.wotpoort.store.Store;

/**
 * Keeps the consent register, and puts what waited for a consent back in the queue: there it is
 * judged anew, from the start.
 *
 * <p>What if the process dies between recording and releasing? The consent is recorded, the message
 * stays held, and {@code wotpoort hold release} or the next consent of this client takes it along.
 */
public final class ConsentClerk {

  /** How many held messages are looked through for those of one client. */
  private static final int HELD = 10_000;

  private final Store store;
  private final Clock clock;
  private final Supplier<String> ids;

  public ConsentClerk(Store store, Clock clock, Supplier<String> ids) {
    this.store = store;
    this.clock = clock;
    this.ids = ids;
  }

  /** What came of recording: the entry's id, and how many held messages go on because of it. */
  public record Recorded(String id, int released) {}

  /** Records; empty when the form does not say clearly enough who the client is. */
  public Optional<Recorded> record(ConsentForm form, Actor who) {
    return store.pseudonyms().client(form.client()).map(client -> record(form, client, who));
  }

  private Recorded record(ConsentForm form, ClientPseudonyms client, Actor who) {
    Instant now = clock.instant();
    String id = ids.get();
    RegisteredConsent consent = form.toRecord(id, client, now);
    store.consents().add(consent, who, now);
    return new Recorded(id, release(client, who, now));
  }

  /** Withdraws; works at once, also on what is queued. Empty when there is no such consent. */
  public Optional<ConsentEntry> withdraw(String id, String byWhom, String how, Actor who) {
    Instant now = clock.instant();
    return store.consents().withdraw(id, ConsentEntry.Withdrawal.of(now, byWhom, how), who, now);
  }

  private int release(ClientPseudonyms client, Actor who, Instant now) {
    return Math.toIntExact(
        waitingFor(store, client).stream()
            .filter(ref -> store.holds().release(ref, who, now))
            .count());
  }

  /** The held messages about this client that wait for a consent. */
  static List<MessageRef> waitingFor(Store store, ClientPseudonyms client) {
    return store.holds().list(HELD).stream()
        .filter(held -> awaitsConsent(held) && isAbout(store, held, client))
        .map(HeldMessage::ref)
        .toList();
  }

  private static boolean awaitsConsent(HeldMessage held) {
    return held.detail().startsWith(Decision.Hold.Cause.AWAITING_CONSENT + "/");
  }

  /** By the journal: it has whom a held message concerns, also when no letter could be sent. */
  private static boolean isAbout(Store store, HeldMessage held, ClientPseudonyms client) {
    return store.journal().about(held.ref().toString()).stream()
        .flatMap(line -> line.entry().client().stream())
        .anyMatch(client::mayBe);
  }
}
