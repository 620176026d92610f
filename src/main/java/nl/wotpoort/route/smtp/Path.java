package nl.wotpoort.route.smtp;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands behind MAIL FROM: and RCPT TO: (RFC 5321 §4.1.1.2, §4.1.1.3).
 *
 * @param address without the angle brackets; empty for the null path
 * @param parameters in capitals
 */
record Path(String address, List<String> parameters) {

  // a quoted local part may hold anything but line ends; a source route before it is ignored
  private static final Pattern FORM =
      Pattern.compile(
          "(?:MAIL FROM|RCPT TO): ?<(?:@[^:<>]*:)?((?:\"(?:[^\"\\\\]|\\\\.)*\"|[^<>\"\\s])*)>(.*)",
          Pattern.CASE_INSENSITIVE);

  /** Empty when the line has not that form. */
  static Optional<Path> parse(String line) {
    Matcher form = FORM.matcher(line.strip());
    if (!form.matches() || !(form.group(2).isEmpty() || form.group(2).startsWith(" "))) {
      return Optional.empty();
    }
    String rest = form.group(2).strip().toUpperCase(Locale.ROOT);
    return Optional.of(
        new Path(form.group(1), rest.isEmpty() ? List.of() : List.of(rest.split(" +"))));
  }
}
