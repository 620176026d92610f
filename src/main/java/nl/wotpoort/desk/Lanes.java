package nl.wotpoort.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import nl.wotpoort.letter.Address;
import nl.wotpoort.store.OutgoingClaim;
import nl.wotpoort.store.OutgoingRef;

/**
 * Who has letters under way. One recipient never has more than his share of the hands, and all who
 * proved slow together never more than half of them: whoever is quick always finds a hand free.
 * Thread-safe.
 */
final class Lanes {

  /** A hop that takes longer than this for one letter is slow for that recipient. */
  private static final Duration SLOW = Duration.ofSeconds(5);

  /** So long he is remembered as slow, unless a letter was quick meanwhile. */
  private static final Duration MEMORY = Duration.ofMinutes(15);

  /** One letter under way. */
  private record Trip(OutgoingClaim claim, Instant since) {}

  private final int hands;
  private final int perRecipient;
  private final Map<OutgoingRef, Trip> underWay = new LinkedHashMap<>();
  private final Map<Address, Instant> slow = new HashMap<>();

  /**
   * @param hands how many letters are under way at once
   * @param perRecipient how many of those to one recipient
   */
  Lanes(int hands, int perRecipient) {
    this.hands = hands;
    this.perRecipient = perRecipient;
  }

  /**
   * Takes the next letter: {@code claim} is asked for one that goes to none of the recipients it is
   * given. One at a time, so that no two turns exceed a recipient's share together.
   */
  synchronized Optional<OutgoingClaim> begin(
      Function<Set<Address>, Optional<OutgoingClaim>> claim, Instant now) {
    Optional<OutgoingClaim> next = claim.apply(closed(now));
    next.ifPresent(one -> underWay.put(one.ref(), new Trip(one, now)));
    return next;
  }

  /** The letter came back, whatever became of it. */
  synchronized void end(OutgoingClaim claim, Instant now) {
    Optional<Trip> trip = Optional.ofNullable(underWay.remove(claim.ref()));
    if (trip.map(t -> isLong(t, now)).orElse(false)) {
      slow.put(claim.recipient(), now);
    } else {
      slow.remove(claim.recipient());
    }
  }

  synchronized Collection<OutgoingClaim> underWay() {
    List<OutgoingClaim> claims = new ArrayList<>();
    underWay.values().forEach(trip -> claims.add(trip.claim()));
    return claims;
  }

  private Set<Address> closed(Instant now) {
    slow.values().removeIf(since -> since.plus(MEMORY).isBefore(now));
    Set<Address> known = new HashSet<>(slow.keySet());
    Map<Address, Integer> letters = new HashMap<>();
    int slowHands = 0;
    for (Trip trip : underWay.values()) {
      Address to = trip.claim().recipient();
      letters.merge(to, 1, Integer::sum);
      if (isLong(trip, now)) {
        known.add(to);
      }
      slowHands += known.contains(to) ? 1 : 0;
    }
    Set<Address> closed = new HashSet<>();
    letters.forEach(
        (to, count) -> {
          if (count >= perRecipient) {
            closed.add(to);
          }
        });
    if (slowHands >= Math.max(1, hands / 2)) {
      closed.addAll(known);
    }
    return closed;
  }

  private static boolean isLong(Trip trip, Instant now) {
    return !now.isBefore(trip.since().plus(SLOW));
  }
}
