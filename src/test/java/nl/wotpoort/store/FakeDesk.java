package nl.wotpoort.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decides mail and sends letters as the real desk does, with a decision for each mail and the same
 * receipt again for a mail that came twice. {@link #work} and {@link #dispatch} are for a thread
 * each.
 */
final class FakeDesk {

  private static final int BATCH = 5;

  private final Store store;
  private final String node;
  private final Duration lease;
  private final Consumer<String> wire;

  /** {@code wire} hears the Message-ID of every letter the next hop took. */
  FakeDesk(Store store, String node, Duration lease, Consumer<String> wire) {
    this.store = store;
    this.node = node;
    this.lease = lease;
    this.wire = wire;
  }

  /** How many messages were decided. */
  int work(Instant now) {
    List<Claimed> all = store.queue().claim(now, lease, node, BATCH);
    int decided = 0;
    for (Claimed claimed : all) {
      decided += decidedOrLost(claimed, now);
    }
    return decided;
  }

  private int decidedOrLost(Claimed claimed, Instant now) {
    try {
      decide(claimed, now);
      return 1;
    } catch (LeaseLost e) {
      // Another node has it now, and decides it.
      return 0;
    }
  }

  private void decide(Claimed claimed, Instant now) {
    long uid = uid(claimed);
    if (!asDuplicate(claimed, uid, now)) {
      try {
        store.queue().post(claimed, Sample.decision(uid, claimed.ref()), now);
      } catch (AlreadyDecided e) {
        asDuplicate(claimed, uid, now);
      }
    }
  }

  private boolean asDuplicate(Claimed claimed, long uid, Instant now) {
    Optional<OutgoingRef> receipt =
        store.duplicates().of(Sample.GP, Sample.digest(uid), Sample.OOST).flatMap(Earlier::receipt);
    receipt.ifPresent(
        again ->
            store.queue().post(claimed, Posting.done(Consequences.none().repeating(again)), now));
    return receipt.isPresent();
  }

  static long uid(Claimed claimed) {
    return Long.parseLong(
        claimed.sealed().decode(StandardCharsets.UTF_8).substring("mail ".length()));
  }

  /** How many letters went. */
  int dispatch(Instant now) {
    List<OutgoingClaim> letters = store.outbox().claim(now, lease, node, BATCH);
    for (OutgoingClaim letter : letters) {
      // Only while it is ours: what waited behind others in the batch may be another's by now.
      if (store.outbox().extend(letter, Instant.now().plus(lease))) {
        wire.accept(letter.messageId());
        store.outbox().sent(letter, now, Sample.ok(), List.of());
      }
    }
    return letters.size();
  }
}
