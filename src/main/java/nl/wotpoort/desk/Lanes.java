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
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
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

  /**
   * How long a letter may wait here after its claim was made or made longer: half the lease. After
   * that another node may have it; it is left alone and comes again when the lease ends.
   */
  private static final Duration SURELY_OURS = Dispatch.LEASE.dividedBy(2);

  /** One letter under way. */
  private record Trip(OutgoingClaim claim, Instant since) {}

  private final int hands;
  private final int perRecipient;
  private final Consumer<OutgoingClaim> dropped;
  private final Map<OutgoingRef, Trip> underWay = new LinkedHashMap<>();

  /**
   * Claimed while another turn took the last hand their recipient had; since they are surely ours.
   */
  private final Map<OutgoingRef, Trip> waiting = new LinkedHashMap<>();

  private final Map<Address, Instant> slow = new HashMap<>();

  /**
   * @param hands how many letters are under way at once
   * @param perRecipient how many of those to one recipient
   * @param dropped is given each letter that was claimed, waited here too long and is left alone
   */
  Lanes(int hands, int perRecipient, Consumer<OutgoingClaim> dropped) {
    this.hands = hands;
    this.perRecipient = perRecipient;
    this.dropped = dropped;
  }

  /**
   * Takes the next letter: {@code claim} is asked for one that goes to none of the recipients it is
   * given. Several turns may ask at once, so that their claims share one commit; a letter whose
   * recipient has his share by then waits here for the turn that ends first. When the process dies,
   * it is a claimed letter like any other.
   */
  Optional<OutgoingClaim> begin(
      Function<Set<Address>, Optional<OutgoingClaim>> claim, Supplier<Instant> clock) {
    while (true) {
      Set<Address> closed;
      synchronized (this) {
        closed = closed(clock.get());
        Optional<OutgoingClaim> waited = waited(closed, clock.get());
        if (waited.isPresent()) {
          return waited;
        }
      }
      Optional<OutgoingClaim> next = claim.apply(closed);
      if (next.isEmpty() || begins(next.get(), clock.get())) {
        return next;
      }
    }
  }

  private synchronized Optional<OutgoingClaim> waited(Set<Address> closed, Instant now) {
    List<OutgoingClaim> late =
        waiting.values().stream()
            .filter(trip -> trip.since().plus(SURELY_OURS).isBefore(now))
            .map(Trip::claim)
            .toList();
    for (OutgoingClaim claim : late) {
      waiting.remove(claim.ref());
      dropped.accept(claim);
    }
    Optional<OutgoingClaim> first =
        waiting.values().stream()
            .map(Trip::claim)
            .filter(claim -> !closed.contains(claim.recipient()))
            .findFirst();
    first.ifPresent(
        claim -> {
          waiting.remove(claim.ref());
          underWay.put(claim.ref(), new Trip(claim, now));
        });
    return first;
  }

  private synchronized boolean begins(OutgoingClaim claim, Instant now) {
    boolean isOpen = !closed(now).contains(claim.recipient());
    (isOpen ? underWay : waiting).put(claim.ref(), new Trip(claim, now));
    return isOpen;
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

  /** All that was claimed and is not over. */
  synchronized Collection<OutgoingClaim> claimed() {
    List<OutgoingClaim> claims = new ArrayList<>();
    underWay.values().forEach(trip -> claims.add(trip.claim()));
    waiting.values().forEach(trip -> claims.add(trip.claim()));
    return claims;
  }

  /** The claim was made longer at that moment. */
  synchronized void kept(OutgoingClaim claim, Instant now) {
    waiting.computeIfPresent(claim.ref(), (ref, trip) -> new Trip(claim, now));
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
