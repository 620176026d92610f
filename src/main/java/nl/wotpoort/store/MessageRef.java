package nl.wotpoort.store;

import java.util.Optional;

/**
 * The number of a received message in this store, written {@code M12}. Holds nothing personal: it
 * is also the correlation id of log lines.
 */
public record MessageRef(long number) {

  /** Reads {@code M12} or {@code 12}. */
  public static Optional<MessageRef> parse(String text) {
    return Refs.parse('M', text).map(MessageRef::new);
  }

  @Override
  public String toString() {
    return "M" + number;
  }
}
