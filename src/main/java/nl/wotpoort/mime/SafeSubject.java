package nl.wotpoort.mime;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.wotpoort.letter.Bsn;

/** Subjects as this gateway writes them: one line, without a BSN, of a length that mail bears. */
final class SafeSubject {

  private static final int LONGEST = 200;

  private static final Pattern NINE_DIGITS =
      Pattern.compile("(?<![0-9])[0-9](?:[ .\\-\\u00a0]?[0-9]){8}(?![0-9])");

  private SafeSubject() {}

  static String of(String subject) {
    Matcher digits = NINE_DIGITS.matcher(Controls.removeFromLine(subject));
    String kept =
        digits.replaceAll(
            found ->
                Bsn.parse(found.group().replace("-", "")).isPresent()
                    ? ""
                    : Matcher.quoteReplacement(found.group()));
    String single = Wording.singleSpaced(kept).strip();
    int points = single.codePointCount(0, single.length());
    return points <= LONGEST
        ? single
        : single.substring(0, single.offsetByCodePoints(0, LONGEST)) + "…";
  }
}
