package nl.wotpoort.mime;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/**
 * A line of a team's answer that is not quite in the form asked for, and clear all the same: behind
 * a bullet, with a dash where the colon belongs, in quotation marks, or with a slip in the label.
 * Only for the labels of an answer: what they say is held to a list of decisions and to the
 * directory, and comes back to the worker as it was sent.
 */
final class AnswerLine {

  private static final Set<Label> LABELS =
      EnumSet.of(Label.DECISION, Label.CONTACT, Label.REASON, Label.EXPLANATION);

  private static final List<String> OFTEN_MISSPELT =
      List.of("besluit", "beslissing", "contactpersoon", "toelichting");

  private static final Pattern BULLET =
      Pattern.compile("^(?:[-•·–▪‣*]|[0-9]{1,2}\\s?[.)]|[a-d]\\))\\s+(?=\\S)");

  private static final Pattern PARTS =
      Pattern.compile(
          "[\"“”„‘’']?(?<head>[\\p{L}][\\p{L}. ]{2,30}?)\\.?[\"“”’']?\\s*(?<mark>[:;=]|(?<=\\s)[-–—](?=\\s|$))\\s*(?<value>.*)");

  /** The lines of the form in the block above a forwarded letter. */
  private static final List<String> FORM =
      Stream.of(Language.values())
          .flatMap(language -> Texts.of("mime", language).say("forward.answer.TEAM").lines())
          .map(Wording::tidy)
          .toList();

  /** Where a second label begins on the line of a decision. */
  private static final Pattern NEXT =
      Pattern.compile(
          "[\\s,.;]+(?=(?:contact ?persoon|contact ?person|reden|reason|toelichting|explanation)\\s?:)",
          Pattern.CASE_INSENSITIVE);

  private AnswerLine() {}

  static Optional<LabelLine> of(String line) {
    return read(line).filter(answer -> !isOfTheForm(line, answer));
  }

  /**
   * What the gateway itself tells a team to write, repeated below the answer by a mail program that
   * leaves quotes unmarked, and perhaps broken off. Filled in, it is an answer.
   */
  static boolean isOfTheForm(String line) {
    return read(line).filter(answer -> isOfTheForm(line, answer)).isPresent();
  }

  private static boolean isOfTheForm(String line, LabelLine answer) {
    String tidy = Wording.tidy(line);
    return FORM.stream().anyMatch(told -> told.startsWith(tidy))
        && (answer.label() != Label.DECISION
            || tidy.endsWith(",")
            || DecisionWords.of(answer.value()).isEmpty());
  }

  private static Optional<LabelLine> read(String line) {
    String bare = BULLET.matcher(Wording.tidy(line)).replaceFirst("");
    Matcher parts = PARTS.matcher(bare);
    return parts.matches()
        ? label(parts.group("head"), parts.group("mark").equals(":"))
            .map(label -> line(label, parts.group("value")))
        : withoutMark(bare);
  }

  /** A line that holds a decision and the labels behind it, as lines of their own. */
  static List<String> apart(String line) {
    return List.of(NEXT.split(line));
  }

  private static LabelLine line(Label label, String value) {
    return new LabelLine(label, OptionalInt.empty(), Optional.empty(), Wording.tidy(value));
  }

  /** "Contact – wij bellen haar" is a sentence, so that short word wants its colon. */
  private static Optional<Label> label(String head, boolean colon) {
    String key = Wording.key(head);
    Optional<Label> known = Label.ofKey(key).filter(LABELS::contains);
    if (known.isPresent()) {
      return known.filter(label -> colon || !key.equals("contact"));
    }
    List<String> meant = OFTEN_MISSPELT.stream().filter(word -> Slip.between(key, word)).toList();
    return colon && meant.size() == 1 ? Label.ofKey(meant.get(0)) : Optional.empty();
  }

  /** "Besluit kan ondersteunen": only when nothing but a decision follows. */
  private static Optional<LabelLine> withoutMark(String line) {
    int space = line.indexOf(' ');
    boolean begins =
        space > 0
            && Label.ofKey(Wording.key(line.substring(0, space)))
                .filter(Label.DECISION::equals)
                .isPresent();
    return begins && DecisionWords.of(line.substring(space)).isPresent()
        ? Optional.of(line(Label.DECISION, line.substring(space)))
        : Optional.empty();
  }
}
