package nl.wotpoort.desk;

import java.time.Instant;
import java.util.Optional;

/**
 * Says when changed key files may be taken: they look otherwise than those in use, and the same at
 * two looks, for somebody may be in the middle of copying. What was taken, or could not be, is not
 * offered again before it changes. Thread-safe.
 */
final class KeyLooks {

  private final Optional<KeyPlaces> places;
  private String taken;
  private String seen;
  private Instant next = Instant.MIN;

  KeyLooks(Optional<KeyPlaces> places) {
    this.places = places;
    this.taken = places.map(KeyPlaces::look).orElse("");
    this.seen = taken;
  }

  /** True once for each change. Looks at the disk every {@link LiveRooms#LOOKING} only. */
  synchronized boolean isChanged(Instant now) {
    if (places.isEmpty() || now.isBefore(next)) {
      return false;
    }
    next = now.plus(LiveRooms.LOOKING);
    String look = places.get().look();
    boolean still = look.equals(seen);
    seen = look;
    if (!still || look.equals(taken)) {
      return false;
    }
    taken = look;
    return true;
  }

  /** What was offered could not be written down: it is offered again. */
  synchronized void again() {
    taken = "";
  }
}
