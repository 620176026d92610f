package nl.wotpoort.letter;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Dutch postcode: four digits (PC4), with or without its two letters (PC6). {@code letters} is
 * empty for a PC4.
 */
public record Postcode(String digits, String letters) {

  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{3})[ \\u00a0]?([A-Za-z]{2})?");

  public static Optional<Postcode> parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    String letters = form.group(2) == null ? "" : form.group(2).toUpperCase(Locale.ROOT);
    return Optional.of(new Postcode(form.group(1), letters));
  }

  @Override
  public String toString() {
    return letters.isEmpty() ? digits : digits + " " + letters;
  }
}
