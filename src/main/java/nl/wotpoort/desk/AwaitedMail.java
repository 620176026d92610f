package nl.wotpoort.desk;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.rules.judge.Decision;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.HeldMessage;
import nl.wotpoort.store.HoldCause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mail that is held because a new delivery address did not answer its code: when one did, it is
 * judged anew, a few at a time. What is for another that did not is held again, and nobody is told
 * twice. Thread-safe.
 *
 * <p>What if the process dies? Each release is one transaction; the rest is done at the next look.
 */
final class AwaitedMail {

  /** How many in one look, a minute apart. */
  static final int AT_ONCE = 10;

  /** How many are looked at. */
  private static final int MOST = 10_000;

  private static final String DETAIL =
      Decision.Hold.Cause.NOT_ROUTABLE + "/" + Decision.Hold.DELIVERY_AWAITED;

  private static final Logger LOG = LoggerFactory.getLogger(AwaitedMail.class);

  private final Rooms rooms;

  AwaitedMail(Rooms rooms) {
    this.rooms = rooms;
  }

  /** Releases what was held before an address was confirmed last. */
  void goOn(Instant now) {
    List<HeldMessage> waiting =
        rooms.store().holds().waitingFor(HoldCause.NOT_ROUTABLE, DETAIL, MOST);
    Optional<Instant> confirmed =
        waiting.isEmpty() ? Optional.empty() : rooms.store().deliveries().lastConfirmed();
    confirmed.ifPresent(
        since ->
            waiting.stream()
                .filter(held -> !held.heldAt().isAfter(since))
                .limit(AT_ONCE)
                .forEach(held -> release(held, now)));
  }

  private void release(HeldMessage held, Instant now) {
    if (rooms.store().holds().release(held.ref(), Actor.gateway(), now)) {
      LOG.info("a delivery address was confirmed: message={}", held.ref());
    }
  }
}
