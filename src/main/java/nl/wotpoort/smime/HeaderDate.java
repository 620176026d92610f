package nl.wotpoort.smime;

import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The moment in a Date field (RFC 5322 §3.3), also with the zones of its §4.3. */
final class HeaderDate {

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /** The innermost. */
  private static final Pattern COMMENT = Pattern.compile("\\([^()]*\\)");

  /** Comments nest; deeper than anybody writes them, the field is not read. */
  private static final int DEEPEST_COMMENT = 3;

  /** GMT the formatter knows; UTC and Z stand in no RFC on mail, but in mail. */
  private static final Map<String, String> ZONES =
      Map.ofEntries(
          Map.entry("UT", "+0000"),
          Map.entry("UTC", "+0000"),
          Map.entry("Z", "+0000"),
          Map.entry("EST", "-0500"),
          Map.entry("EDT", "-0400"),
          Map.entry("CST", "-0600"),
          Map.entry("CDT", "-0500"),
          Map.entry("MST", "-0700"),
          Map.entry("MDT", "-0600"),
          Map.entry("PST", "-0800"),
          Map.entry("PDT", "-0700"));

  private HeaderDate() {}

  /** Whether both can be read, and are the same moment. */
  static boolean same(String a, String b) {
    try {
      return read(a).toInstant().equals(read(b).toInstant());
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static ZonedDateTime read(String date) {
    String plain = date;
    for (int i = 0; i < DEEPEST_COMMENT; i++) {
      plain = COMMENT.matcher(plain).replaceAll(" ");
    }
    plain = BLANKS.matcher(plain).replaceAll(" ").strip();
    int zone = plain.lastIndexOf(' ') + 1;
    String named = plain.substring(zone);
    String offset = ZONES.getOrDefault(named.toUpperCase(Locale.ROOT), named);
    return ZonedDateTime.parse(
        plain.substring(0, zone) + offset, DateTimeFormatter.RFC_1123_DATE_TIME);
  }
}
