package nl.wotpoort.letter;

import java.util.Locale;
import java.util.Optional;

/**
 * A mailbox address (RFC 5321 §4.1.2, dot-string local part, ASCII). Two addresses are equal when
 * local part and domain are equal without regard to ASCII case: stricter mail systems may tell
 * {@code Jan@} from {@code jan@}, but no mailbox this gateway serves does, and a look-alike must
 * never be a second person.
 */
public record Address(String localPart, String domain) {

  private static final String ATEXT_MARKS = "!#$%&'*+/=?^_`{|}~-";
  private static final int LONGEST_LOCAL_PART = 64;
  private static final int LONGEST_DOMAIN = 253;
  private static final int LONGEST_LABEL = 63;

  public Address {
    if (!isLocalPart(localPart)) {
      throw new IllegalArgumentException("not a local part");
    }
    if (!isDomain(domain)) {
      throw new IllegalArgumentException("not a domain");
    }
    localPart = localPart.toLowerCase(Locale.ROOT);
    domain = domain.toLowerCase(Locale.ROOT);
  }

  /**
   * The address in {@code text} (no display name, no angle brackets), or empty when it is not
   * exactly one address.
   */
  public static Optional<Address> parse(String text) {
    int at = text.lastIndexOf('@');
    if (at <= 0 || text.length() > 320) {
      return Optional.empty();
    }
    String local = text.substring(0, at);
    String domain = text.substring(at + 1);
    return isLocalPart(local) && isDomain(domain)
        ? Optional.of(new Address(local, domain))
        : Optional.empty();
  }

  /** A dot-string: atoms with single dots between them. By hand, for each mail has dozens. */
  private static boolean isLocalPart(String text) {
    if (text.length() > LONGEST_LOCAL_PART) {
      return false;
    }
    boolean isAtomBegun = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isDot = c == '.';
      if (isDot ? !isAtomBegun : !isAtext(c)) {
        return false;
      }
      isAtomBegun = !isDot;
    }
    return isAtomBegun;
  }

  /** Two labels or more, each of letters, digits and hyphens, none of these at its ends. */
  private static boolean isDomain(String text) {
    int labels = 0;
    int start = 0;
    while (start <= text.length() && text.length() <= LONGEST_DOMAIN) {
      int dot = text.indexOf('.', start);
      int end = dot < 0 ? text.length() : dot;
      if (!isLabel(text, start, end)) {
        return false;
      }
      labels++;
      start = end + 1;
    }
    return labels >= 2;
  }

  private static boolean isLabel(String text, int start, int end) {
    if (end == start || end - start > LONGEST_LABEL) {
      return false;
    }
    for (int i = start; i < end; i++) {
      boolean isInside = i > start && i < end - 1;
      if (!isAlphanumeric(text.charAt(i)) && !(isInside && text.charAt(i) == '-')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAtext(char c) {
    return isAlphanumeric(c) || ATEXT_MARKS.indexOf(c) >= 0;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /**
   * For constants and configuration that was checked already. Throws IllegalArgumentException when
   * it is no address.
   */
  public static Address of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("not a mail address: " + text));
  }

  public boolean isIn(String otherDomain) {
    return domain.equals(otherDomain.toLowerCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return localPart + "@" + domain;
  }
}
