package nl.wotpoort.store;

import java.util.Optional;

/**
 * How references are typed by people: a letter, any case, and a number; the letter may be left out.
 */
final class Refs {

  private Refs() {}

  static Optional<Long> parse(char letter, String text) {
    String digits = text.strip();
    if (!digits.isEmpty() && Character.toUpperCase(digits.charAt(0)) == letter) {
      digits = digits.substring(1);
    }
    return digits.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(digits)) : Optional.empty();
  }
}
