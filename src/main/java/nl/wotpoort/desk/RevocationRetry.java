package nl.wotpoort.desk;

import java.time.Instant;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.smime.Finding;
import nl.wotpoort.smime.Opened;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.HeldMessage;
import nl.wotpoort.store.HoldCause;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again at messages that are held only because nobody could say whether a certificate was
 * revoked, and releases those about which it is known now, whatever the answer. Thread-safe.
 *
 * <p>What if the process dies? Before the release: the message is held and is looked at again.
 * After it: it is in the queue as if a person had released it.
 */
final class RevocationRetry {

  private static final Logger LOG = LoggerFactory.getLogger(RevocationRetry.class);
  private static final int MOST = 500;

  private final Rooms rooms;

  RevocationRetry(Rooms rooms) {
    this.rooms = rooms;
  }

  void look(Instant now) {
    String unknown = Finding.REVOCATION_UNKNOWN.code();
    for (HeldMessage held :
        rooms.store().holds().waitingFor(HoldCause.NOT_VERIFIED, unknown, MOST)) {
      if (isKnown(held, now)) {
        rooms.store().holds().release(held.ref(), Actor.gateway(), now);
        LOG.info("revocation known now: message={}", held.ref());
      }
    }
  }

  private boolean isKnown(HeldMessage held, Instant now) {
    return rooms
        .store()
        .holds()
        .sealed(held.ref())
        .map(mail -> open(mail, held, now))
        .filter(opened -> !Examiner.isUnknown(opened))
        .isPresent();
  }

  private Opened open(Bytes mail, HeldMessage held, Instant now) {
    return rooms.opener().open(mail, held.mailbox(), now);
  }
}
