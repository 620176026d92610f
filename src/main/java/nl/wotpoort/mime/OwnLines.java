package nl.wotpoort.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The lines of a text that the sender wrote in this mail: quoted text and signature left out.
 * Labels count only here, so that a reply to a labelled letter does not repeat it. Knows the ways
 * of Outlook, Apple Mail, Thunderbird, Gmail and their Dutch and German words.
 */
final class OwnLines {

  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

  private static final Pattern ORIGINAL =
      Pattern.compile(
          "[-_ ]{2,}\\s?(oorspronkelijk bericht|oorspronkelijke bericht|original message"
              + "|doorgestuurd bericht|forwarded message|ursprungliche nachricht"
              + "|weitergeleitete nachricht|original appointment)\\s?[-_ ]*"
              + "|(begin doorgestuurd bericht|begin forwarded message|anfang der weitergeleiteten"
              + " nachricht)\\s?:?");

  private static final Pattern ATTRIBUTION =
      Pattern.compile(
          "(op|on|am|le) .{0,250}\\d.{0,250}\\b(schreef|geschreven|wrote|schrieb|a ecrit)\\b.{0,200}:"
              + "|.{1,250} (schreef|wrote|schrieb) (op|on|am) .{0,60}\\d.{0,60}:");

  private static final Pattern FROM = Pattern.compile("(van|from|von|de)\\s?:.*", FLAGS);
  private static final Pattern SENT =
      Pattern.compile("(verzonden|sent|gesendet|envoye)( op| on| am)?\\s?:.*", FLAGS);
  private static final Pattern OTHER_HEADER =
      Pattern.compile("(datum|date|aan|to|an|cc|onderwerp|subject|betreff)\\s?:.*", FLAGS);
  private static final Pattern RULE = Pattern.compile("[-_]{5,}");

  private static final Pattern CLOSING =
      Pattern.compile(
          "((met|with) )?((zeer|heel|hele|veel|de|een|my|our) )?"
              + "((vriendelijke?|hartelijke?|collegiale?|beste|warme?|fijne|kind|kindest|best|warm)"
              + " ){0,6}(groet|groeten|groetjes|regards|wishes)( van| namens| en dank)?(\\s?[,.!].*)?"
              + "|mvg(\\s?[,.!].*)?|m\\.v\\.g\\.?(\\s?,.*)?|hoogachtend(\\s?,.*)?"
              + "|(yours )?(sincerely|faithfully|truly)( yours)?(\\s?,.*)?"
              + "|mit freundlichen grussen(\\s?,.*)?");

  private static final Pattern GREETING =
      Pattern.compile(
          "(beste|geachte|hallo|hoi|dag|lieve|goede(morgen|middag|avond)|dear|hello|hi)"
              + "\\b[^.:?]{0,60}");

  /** What a phone or its mail program puts below every mail. */
  private static final Pattern OF_THE_DEVICE =
      Pattern.compile(
          "(verstuurd|verzonden|gestuurd|sent|gesendet|von) (vanaf|vanuit|via|met|from|with|using|von|meinem) "
              + "(mijn |my |meinem |een |de )?(iphone|ipad|galaxy|samsung|android|huawei|mobiel|mobile"
              + "|telefoon|phone|outlook|mail|gmail|yahoo|k-9).{0,80}"
              + "|(download |get |hol dir )?outlook (voor|for|fur) (ios|android)\\b.{0,120}");

  /** The small print below it; not when it opens the mail, for then the letter follows. */
  private static final Pattern SMALL_PRINT =
      Pattern.compile(
          "disclaimer\\b.{0,400}"
              + "|(de informatie (verzonden |verstrekt )?(in|met)|dit|deze|this) (dit |deze |this )?"
              + "e?-?(mail|bericht|message)?(bericht)?\\b.{0,120}\\b(uitsluitend|alleen) bestemd\\b.{0,400}"
              + "|this (e-?mail|message)\\b.{0,120}\\b(confidential|intended)\\b.{0,400}");

  private final List<String> lines;
  private final List<String> own = new ArrayList<>();
  private final List<String> others = new ArrayList<>();

  private OwnLines(String text) {
    this.lines = List.of(text.split("\n", -1));
  }

  static List<String> of(String text) {
    OwnLines reader = new OwnLines(text);
    reader.read();
    return reader.own;
  }

  /** Those that say something, tidy, from the first that is no greeting. */
  static List<String> belowGreeting(String text) {
    return of(text).stream()
        .map(Wording::tidy)
        .filter(line -> !line.isEmpty())
        .dropWhile(line -> GREETING.matcher(Wording.key(line)).matches())
        .toList();
  }

  /** The others, without their quote marks: what was quoted, and what stands below the closing. */
  static List<String> others(String text) {
    OwnLines reader = new OwnLines(text);
    reader.read();
    return reader.others;
  }

  private void read() {
    int at = 0;
    while (at < lines.size()) {
      String key = key(at);
      if (key.startsWith(">")) {
        others.add(lines.get(at).replaceFirst("^[\\s>]+", ""));
        at++;
      } else if (endsHere(at, key)) {
        rest(at);
        return;
      } else {
        int attribution = attributionLines(at, key);
        if (attribution == 0) {
          own.add(lines.get(at));
          at++;
        } else if (nextIsQuoted(at + attribution)) {
          at += attribution;
        } else {
          rest(at + attribution);
          return;
        }
      }
    }
  }

  private void rest(int from) {
    for (String line : lines.subList(Math.min(from, lines.size()), lines.size())) {
      others.add(line.replaceFirst("^[\\s>]+", ""));
    }
  }

  /** Bold marks around header words are how HTML mail comes out as text. */
  private String key(int at) {
    if (at >= lines.size()) {
      return "";
    }
    String line = lines.get(at);
    String head = line.length() > 600 ? line.substring(0, 600) : line;
    return Wording.key(head.replace("*", ""));
  }

  private boolean endsHere(int at, String key) {
    return isSignatureMark(lines.get(at))
        || ORIGINAL.matcher(key).matches()
        || CLOSING.matcher(key).matches()
        || OF_THE_DEVICE.matcher(key).matches()
        || (SMALL_PRINT.matcher(key).matches() && own.stream().anyMatch(line -> !line.isBlank()))
        || isHeaderBlock(at, key);
  }

  /** RFC 3676 §4.3: dash dash space; the space gets lost on the way. */
  private static boolean isSignatureMark(String line) {
    return line.stripTrailing().equals("--");
  }

  /**
   * Outlook's own head of what it quotes: Van, Verzonden, Aan, Onderwerp. A letter typed as a memo
   * also begins with Van, Datum, Aan; so Datum in place of Verzonden counts only when Van holds a
   * mail address or a ruled line stands above.
   */
  private boolean isHeaderBlock(int at, String key) {
    if (!FROM.matcher(key).matches()) {
      return false;
    }
    boolean ruled = at > 0 && RULE.matcher(key(at - 1)).matches();
    boolean addressed = key.contains("@");
    int others = 0;
    for (int i = at + 1; i < Math.min(at + 7, lines.size()); i++) {
      String line = key(i);
      if (SENT.matcher(line).matches()) {
        return true;
      }
      others += OTHER_HEADER.matcher(line).matches() ? 1 : 0;
    }
    return others >= 2 && (ruled || addressed);
  }

  /** "Op … schreef …:" on one line or broken over two; 0 when it is none. */
  private int attributionLines(int at, String key) {
    if (key.length() > 500 || key.isEmpty()) {
      return 0;
    }
    if (isAttribution(key)) {
      return 1;
    }
    boolean opens = key.startsWith("op ") || key.startsWith("on ") || key.startsWith("am ");
    return opens && isAttribution(key + " " + key(at + 1)) ? 2 : 0;
  }

  private static boolean isAttribution(String line) {
    return line.endsWith(":") && line.length() <= 500 && ATTRIBUTION.matcher(line).matches();
  }

  private boolean nextIsQuoted(int from) {
    for (int i = from; i < lines.size(); i++) {
      String key = key(i);
      if (!key.isEmpty()) {
        return key.startsWith(">");
      }
    }
    return false;
  }
}
