package nl.wotpoort.directory;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Party;

/**
 * Somebody who works in a team.
 *
 * @param address the mailbox GPs write to, when there is one; served by the gateway
 * @param delivery where the mail is brought; empty while none is known, and then nothing is sent
 *     there
 * @param expertise codes of {@link Expertise}
 * @param capacity how many open cases at most; 0 takes none
 * @param officeDays what the directory tells others; routing does not wait for them
 * @param endDate the last day of service
 */
public record Worker(
    WorkerId id,
    Confidential<String> name,
    Function function,
    String organisation,
    TeamId team,
    Optional<Address> address,
    Optional<Delivery> delivery,
    Optional<String> phone,
    Set<String> expertise,
    int capacity,
    Set<DayOfWeek> officeDays,
    List<Absence> absences,
    Optional<LocalDate> endDate) {

  /** What somebody does in the team. */
  public enum Function {
    WORKER,
    COORDINATOR,
    CLIENT_SUPPORTER,
    MAKELAAR;

    /** Client supporters and makelaars take no cases by expertise. */
    boolean takesCases() {
      return this != CLIENT_SUPPORTER && this != MAKELAAR;
    }
  }

  /** What a day finds somebody to be. */
  public enum Presence {
    PRESENT,
    ABSENT,
    LEFT
  }

  public Worker {
    expertise = Set.copyOf(expertise);
    officeDays = Set.copyOf(officeDays);
    absences = List.copyOf(absences);
    if (capacity < 0) {
      throw new IllegalArgumentException("a capacity is 0 or more");
    }
  }

  /** The last day of service and the days around an absence are days at work. */
  public Presence presenceOn(LocalDate day) {
    if (endDate.isPresent() && day.isAfter(endDate.get())) {
      return Presence.LEFT;
    }
    return absenceOn(day).isPresent() ? Presence.ABSENT : Presence.PRESENT;
  }

  public Optional<Absence> absenceOn(LocalDate day) {
    return absences.isEmpty() // nearly always
        ? Optional.empty()
        : absences.stream().filter(a -> a.covers(day)).findFirst();
  }

  /**
   * Whether mail can be brought there: a delivery address is known, with a certificate for it, and
   * was confirmed.
   */
  public boolean isReachable() {
    return delivery.map(d -> d.sealing().hasCertificate() && d.isConfirmed()).orElse(false);
  }

  /** Whether all that is missing is the answer to the code that the new address was sent. */
  public boolean isAwaited() {
    return delivery.map(d -> !d.isConfirmed()).orElse(false);
  }

  Worker deliveredAt(Optional<Delivery> other) {
    return new Worker(
        id,
        name,
        function,
        organisation,
        team,
        address,
        other,
        phone,
        expertise,
        capacity,
        officeDays,
        absences,
        endDate);
  }

  /** Such as {@code wot:zuid/w1}. */
  public Party party() {
    return new Party("wot:" + team + "/" + id);
  }
}
