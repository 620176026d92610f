package nl.wotpoort.store;

import java.util.Optional;

/** The number of an outgoing letter in this store, written {@code L12}. Holds nothing personal. */
public record OutgoingRef(long number) {

  /** Reads {@code L12} or {@code 12}. */
  public static Optional<OutgoingRef> parse(String text) {
    return Refs.parse('L', text).map(OutgoingRef::new);
  }

  @Override
  public String toString() {
    return "L" + number;
  }
}
