package nl.wotpoort.desk;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nl.wotpoort.store.JournalLine;

/**
 * What people said about a message that was held, as the journal has it: without this a message
 * that a person released would be held again for the same reason.
 *
 * @param secondPerson a second person agreed to the legal ground it states
 * @param senderConfirmed its sender said that it may go as it is
 * @param released the events after which somebody released it
 */
public record Permission(boolean secondPerson, boolean senderConfirmed, Set<String> released) {

  /** Written by {@code wotpoort hold release --second-person}. */
  public static final String SECOND_PERSON_AGREED = "SECOND_PERSON_AGREED";

  /** Written when the sender of a held answer confirms it by mail. */
  static final String SENDER_CONFIRMED = "SENDER_CONFIRMED";

  static final String CONFLICTING_COPY = "CONFLICTING_COPY";
  static final String LOOP = "LOOP";
  static final String OUT_OF_ORDER = "OUT_OF_ORDER";

  private static final Set<String> OVERRULABLE = Set.of(CONFLICTING_COPY, LOOP, OUT_OF_ORDER);

  /** Nobody said anything. */
  static final Permission NONE = new Permission(false, false, Set.of());

  public Permission {
    released = Set.copyOf(released);
  }

  static Permission in(List<JournalLine> lines) {
    Set<String> held = new HashSet<>();
    Set<String> released = new HashSet<>();
    boolean second = false;
    boolean confirmed = false;
    for (JournalLine line : lines) {
      String event = line.entry().event();
      if (OVERRULABLE.contains(event)) {
        held.add(event);
      }
      line.entry().ruleIds().stream().filter(OUT_OF_ORDER::equals).forEach(held::add);
      if (event.equals("RELEASED")) {
        released.addAll(held);
      }
      second |= event.equals(SECOND_PERSON_AGREED);
      confirmed |= event.equals(SENDER_CONFIRMED);
    }
    return new Permission(second, confirmed, released);
  }

  /** Whether it was held for this, and somebody let it pass. */
  boolean passes(String event) {
    return released.contains(event);
  }
}
