package nl.wotpoort.mime;

import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nl.wotpoort.letter.ConsentStatement.Given;

/**
 * What a line on consent says. Only a plain yes is a yes; a plain no is a no; everything with a
 * doubt, a condition, a choice or a question in it is unknown (agreement S3: consent is documented,
 * so it is not a matter of interpretation).
 */
final class ConsentWords {

  private static final Pattern YES =
      Pattern.compile(
          "(ja|yes|akkoord|gegeven|verleend|verkregen|gekregen|given|granted|obtained|aanwezig"
              + "|toestemming (is )?(gegeven|verleend|verkregen|gekregen)"
              + "|(client|patient|inwoner|clienten|ouders?|moeder|vader) "
              + "(geeft|gaf|heeft|is|gave|gives|has)( (hiervoor|hiertoe))?"
              + " (toestemming|akkoord|consent)( gegeven)?"
              + "|(mondeling|schriftelijk|digitaal)e?( toestemming)? (gegeven|verleend|verkregen"
              + "|gekregen|akkoord)|consent (was |has been )?(given|obtained))\\b.*");

  private static final Pattern NO =
      Pattern.compile(
          "(nee|neen|no|not given|refused|withdrawn|denied|declined|geen( toestemming)?|geweigerd"
              + "|ingetrokken|niet( gegeven| verleend| verkregen| gekregen| akkoord)"
              + "|toestemming (is )?(geweigerd|ingetrokken|niet gegeven)"
              + "|(client|patient|inwoner) (weigert|weigerde|geeft geen toestemming"
              + "|gives no consent|refuses|refused|wil niet|wil dit niet))\\b.*");

  /** Words that turn a yes or a no into a maybe. */
  private static final Pattern DOUBT =
      Pattern.compile(
          ".*(\\?|\\b(nog|wordt|worden|aangevraagd|gevraagd|vragen|vraagt|volgt|later|straks"
              + "|binnenkort|ooit|misschien|mogelijk|waarschijnlijk|vermoedelijk|wellicht|denk"
              + "|onbekend|onduidelijk|onzeker|n\\.?v\\.?t|n/a|tbd|of|or"
              + "|veronderstel\\w*|verondersteld\\w*|impliciet\\w*|stilzwijgend\\w*|implied"
              + "|mits|tenzij|maar|behalve|uitgezonderd|deels|gedeeltelijk|onder voorbehoud"
              + "|indien|alleen als|unknown|pending|requested|asked|maybe|perhaps|probably"
              + "|presumed|assumed|if|but|except|unless|partly|will be|to be)\\b|/).*");

  private static final Pattern DENIAL =
      Pattern.compile(".*\\b(niet|nee|neen|geen|nooit|not|no|never|zonder|without)\\b.*");

  private static final Pattern AGREEMENT = Pattern.compile(".*\\b(ja|yes|wel|akkoord)\\b.*");

  private static final Pattern METHOD =
      Pattern.compile(
          "\\b(mondeling|schriftelijk|digitaal|telefonisch|orally|verbally|in writing)");

  private static final Pattern CHECKED =
      Pattern.compile("(?:\\[x\\]|\\(x\\)|☒|☑|✓|✔)\\s*(ja|nee|yes|no)\\b");
  private static final Pattern UNCHECKED =
      Pattern.compile("(?:\\[\\s?\\]|\\(\\s?\\)|☐)\\s*(ja|nee|yes|no|onbekend|unknown)\\b");

  private static final Pattern UNTIL =
      Pattern.compile("\\b(tot|tot en met|t/m|tm|geldig tot|until|till|through)\\s*$");

  /** Who needs more words than this does not say a plain yes. */
  private static final int LONGEST = 300;

  private ConsentWords() {}

  static Given given(String text) {
    String key = chosen(Wording.key(withoutDates(text)));
    if (key.isEmpty() || key.length() > LONGEST || DOUBT.matcher(key).matches()) {
      return Given.UNKNOWN;
    }
    if (NO.matcher(key).matches()) {
      return AGREEMENT.matcher(key).matches() ? Given.UNKNOWN : Given.NO;
    }
    boolean plainYes = YES.matcher(key).matches() && !DENIAL.matcher(key).matches();
    return plainYes ? Given.YES : Given.UNKNOWN;
  }

  /** A form with boxes: the one that is ticked, when exactly one is. */
  private static String chosen(String key) {
    Matcher checked = CHECKED.matcher(key);
    if (!checked.find()) {
      return key;
    }
    String choice = checked.group(1);
    String rest = checked.replaceFirst("");
    return CHECKED.matcher(rest).find()
        ? key
        : (choice + " " + UNCHECKED.matcher(rest).replaceAll("")).strip();
  }

  /** Dates hold slashes and "t/m", which are no choices. */
  private static String withoutDates(String text) {
    return Dates.FORM.matcher(text).replaceAll("").replace("t/m", " ").replace("d.d.", " ");
  }

  static Optional<String> method(String text) {
    Matcher method = METHOD.matcher(Wording.key(text));
    return method.find() ? Optional.of(method.group(1)) : Optional.empty();
  }

  /** The date it was given: the one date that does not follow "tot"; empty when there are two. */
  static Optional<LocalDate> date(String text) {
    return theDate(text, false);
  }

  static Optional<LocalDate> until(String text) {
    return theDate(text, true);
  }

  private static Optional<LocalDate> theDate(String text, boolean end) {
    String key = Wording.key(text);
    if (key.length() > LONGEST) {
      return Optional.empty();
    }
    Optional<LocalDate> found = Optional.empty();
    Matcher date = Dates.FORM.matcher(key);
    while (date.find()) {
      String before = key.substring(0, date.start());
      if (UNTIL.matcher(before).find() == end) {
        if (found.isPresent()) {
          return Optional.empty();
        }
        found = Dates.dateOf(date);
      }
    }
    return found;
  }
}
