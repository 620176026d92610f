package nl.wotpoort.mime;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that begins with a label: {@code Vraag 2 (medicatie): Welke middelen?}. The tag is what
 * stands between brackets before the colon.
 */
record LabelLine(Label label, OptionalInt number, Optional<String> tag, String value) {

  private static final int LONGEST_LABEL = 80;

  private static final Pattern HEAD =
      Pattern.compile("(?<words>.*?)\\s*(?<number>[0-9]{1,3})?\\s*(?:\\((?<tag>[^()]{1,60})\\))?");

  /** "Vraag 1. …" and "Vraag 1) …": the number makes it a label without a colon. */
  private static final Pattern NUMBERED =
      Pattern.compile(
          "(?<words>vraag|question|antwoord|answer) (?<number>[0-9]{1,3})[.)] (?<value>.*)",
          Pattern.CASE_INSENSITIVE);

  /** Colons of other scripts and of mathematics: a keyboard or autocorrection put them there. */
  private static final String COLONS = "\uff1a\ufe55\ufe13\u2236\ua789";

  static Optional<LabelLine> of(String line) {
    String plain = withoutQuotesRoundIt(withPlainColons(line));
    return strictly(plain).or(() -> AnswerLine.of(plain));
  }

  private static String withPlainColons(String line) {
    String plain = line;
    for (int i = 0; i < COLONS.length(); i++) {
      plain = plain.replace(COLONS.charAt(i), ':');
    }
    return plain;
  }

  private static String withoutQuotesRoundIt(String line) {
    String bare = line.strip();
    boolean round =
        bare.length() > 1
            && Wording.isQuote(bare.charAt(0))
            && Wording.isQuote(bare.charAt(bare.length() - 1));
    return round ? Wording.unquoted(bare) : line;
  }

  private static Optional<LabelLine> strictly(String line) {
    String tidy = Wording.tidy(line.replace("\t", " \u0001")).replace("\u0001", "\t");
    int end = endOfHead(tidy);
    if (end < 0) {
      return numbered(tidy);
    }
    String head = Wording.unquoted(tidy.substring(0, end));
    String value = Wording.tidy(tidy.substring(end + 1));
    return head.length() > LONGEST_LABEL ? Optional.empty() : headed(head, value);
  }

  /** Whether the line looks like a label, known or not: a few words and a colon. */
  static boolean looksLikeOne(String line) {
    String tidy = Wording.tidy(line);
    int colon = tidy.indexOf(':');
    return colon > 0
        && colon <= 40
        && Character.isLetter(tidy.charAt(0))
        && tidy.substring(0, colon).split(" ").length <= 4
        && !tidy.startsWith("//", colon + 1);
  }

  /** A colon; in a line that was a table row a tab does as well. */
  private static int endOfHead(String line) {
    int colon = line.indexOf(':');
    int tab = line.indexOf('\t');
    return tab > 0 && (colon < 0 || tab < colon) ? tab : colon;
  }

  private static Optional<LabelLine> headed(String head, String value) {
    Optional<Label> whole = Label.ofKey(Wording.key(head.replace("(", "").replace(")", "")));
    if (whole.isPresent()) {
      return Optional.of(new LabelLine(whole.get(), OptionalInt.empty(), Optional.empty(), value));
    }
    Matcher parts = HEAD.matcher(head);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return Label.ofKey(Wording.key(parts.group("words")))
        .map(
            label ->
                new LabelLine(
                    label,
                    number(parts.group("number")),
                    Optional.ofNullable(parts.group("tag")).map(Wording::tidy),
                    value));
  }

  private static Optional<LabelLine> numbered(String line) {
    Matcher parts = NUMBERED.matcher(line);
    if (!parts.matches()) {
      return Optional.empty();
    }
    return Label.ofKey(Wording.key(parts.group("words")))
        .map(
            label ->
                new LabelLine(
                    label,
                    number(parts.group("number")),
                    Optional.empty(),
                    Wording.tidy(parts.group("value"))));
  }

  private static OptionalInt number(@org.jspecify.annotations.Nullable String digits) {
    return digits == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
  }
}
