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
 * @param released the events after which somebody released it
 */
public record Permission(boolean secondPerson, Set<String> released) {

  /** Written by {@code wotpoort hold release --second-person}. */
  public static final String SECOND_PERSON_AGREED = "SECOND_PERSON_AGREED";

  static final String CONFLICTING_COPY = "CONFLICTING_COPY";
  static final String LOOP = "LOOP";

  private static final Set<String> OVERRULABLE = Set.of(CONFLICTING_COPY, LOOP);

  public Permission {
    released = Set.copyOf(released);
  }

  static Permission in(List<JournalLine> lines) {
    Set<String> held = new HashSet<>();
    Set<String> released = new HashSet<>();
    boolean second = false;
    for (JournalLine line : lines) {
      String event = line.entry().event();
      if (OVERRULABLE.contains(event)) {
        held.add(event);
      }
      if (event.equals("RELEASED")) {
        released.addAll(held);
      }
      second |= event.equals(SECOND_PERSON_AGREED);
    }
    return new Permission(second, released);
  }

  /** Whether it was held for this, and somebody let it pass. */
  boolean passes(String event) {
    return released.contains(event);
  }
}
