package nl.wotpoort.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** The smallest gateway there is: receives, decides, sends. What the crash tests kill and redo. */
final class Road {

  private static final int BATCH = 5;

  private final Store store;
  private final String node;
  private final Duration lease;
  private final Consumer<String> wire;

  /** {@code wire} hears the Message-ID of every letter the next hop took. */
  Road(Store store, String node, Duration lease, Consumer<String> wire) {
    this.store = store;
    this.node = node;
    this.lease = lease;
    this.wire = wire;
  }

  void receive(long uid, Instant now) {
    store.queue().received(Sample.arrival(uid, now));
  }

  /** One round of work; how much was done. */
  int work(Instant now) {
    List<Claimed> messages = store.queue().claim(now, lease, node, BATCH);
    for (Claimed claimed : messages) {
      long uid = Long.parseLong(text(claimed).substring("mail ".length()));
      store.queue().post(claimed, Sample.decision(uid, claimed.ref()), now);
    }
    List<OutgoingClaim> letters = store.outbox().claim(now, lease, node, BATCH);
    for (OutgoingClaim claim : letters) {
      wire.accept(claim.messageId());
      store.outbox().sent(claim, now, Sample.ok(), List.of());
    }
    return messages.size() + letters.size();
  }

  void workToTheEnd(Instant now) {
    int done = work(now);
    while (done > 0) {
      done = work(now);
    }
  }

  private static String text(Claimed claimed) {
    return claimed.sealed().decode(StandardCharsets.UTF_8);
  }
}
