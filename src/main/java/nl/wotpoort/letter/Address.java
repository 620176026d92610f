package nl.wotpoort.letter;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A mailbox address (RFC 5321 §4.1.2, dot-string local part, ASCII). Two addresses are equal when
 * local part and domain are equal without regard to ASCII case: stricter mail systems may tell
 * {@code Jan@} from {@code jan@}, but no mailbox this gateway serves does, and a look-alike must
 * never be a second person.
 */
public record Address(String localPart, String domain) {

  private static final String ATEXT = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
  private static final Pattern LOCAL = Pattern.compile(ATEXT + "(?:\\." + ATEXT + ")*");
  private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final Pattern DOMAIN = Pattern.compile(LABEL + "(?:\\." + LABEL + ")+");

  public Address {
    if (localPart.length() > 64 || !LOCAL.matcher(localPart).matches()) {
      throw new IllegalArgumentException("not a local part");
    }
    if (domain.length() > 253 || !DOMAIN.matcher(domain).matches()) {
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
    boolean sound =
        local.length() <= 64
            && LOCAL.matcher(local).matches()
            && domain.length() <= 253
            && DOMAIN.matcher(domain).matches();
    return sound ? Optional.of(new Address(local, domain)) : Optional.empty();
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
