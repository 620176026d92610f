package nl.wotpoort.mime;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.ConsentStatement;
import nl.wotpoort.letter.ConsentStatement.Given;
import nl.wotpoort.letter.LegalGround;
import nl.wotpoort.letter.Party;

/** The consent and the legal ground as labelled lines state them. */
final class LabelledConsent {

  /** Recipients count only as the codes of the policy: a name could be anybody. */
  private static final Pattern PARTY =
      Pattern.compile("\\*|(wot|gp|gem|gi):[a-z0-9*][a-z0-9/*-]*|mevis|cit|veilig-thuis");

  private LabelledConsent() {}

  static ConsentStatement consent(LabelledText text) {
    Optional<String> words = text.value(Label.CONSENT);
    Given given = words.map(ConsentWords::given).orElse(Given.UNKNOWN);
    if (words.isPresent() && given == Given.UNKNOWN) {
      text.note(Label.CONSENT.field(), Missing.Cause.DOUBTFUL);
    }
    return new ConsentStatement(
        given,
        by(text),
        text.value(Label.CONSENT_METHOD).or(() -> words.flatMap(ConsentWords::method)),
        date(text, Label.CONSENT_DATE).or(() -> words.flatMap(ConsentWords::date)),
        date(text, Label.CONSENT_UNTIL).or(() -> words.flatMap(ConsentWords::until)),
        known(text, Label.CONSENT_RECIPIENTS, LabelledConsent::party),
        known(text, Label.CONSENT_CATEGORIES, Words::category),
        List.of(),
        text.value(Label.CONSENT_EVIDENCE).map(Confidential::of));
  }

  private static Optional<Party> party(String word) {
    String key = Wording.key(word);
    return PARTY.matcher(key).matches() ? Optional.of(new Party(key)) : Optional.empty();
  }

  private static List<Confidential<String>> by(LabelledText text) {
    return text.value(Label.CONSENT_BY).stream()
        .flatMap(v -> Stream.of(v.split("[;,]| en | and ")))
        .map(String::strip)
        .filter(v -> !v.isEmpty())
        .map(Confidential::of)
        .toList();
  }

  private static Optional<LocalDate> date(LabelledText text, Label label) {
    Optional<String> value = text.value(label);
    Optional<LocalDate> date = value.flatMap(Dates::of);
    if (value.isPresent() && date.isEmpty()) {
      text.note(label.field(), Missing.Cause.UNREADABLE);
    }
    return date;
  }

  private static <T> List<T> known(
      LabelledText text, Label label, Function<String, Optional<T>> meaning) {
    List<T> found = new ArrayList<>();
    for (String piece : Words.pieces(text.value(label).orElse(""), Words.CATEGORIES.keySet())) {
      Optional<T> one = meaning.apply(piece);
      if (one.isEmpty()) {
        text.note(label.field(), Missing.Cause.UNKNOWN_WORD);
      }
      one.ifPresent(found::add);
    }
    return found;
  }

  /** "Grondslag: toestemming" is no other ground than consent. */
  static Optional<LegalGround> ground(LabelledText text) {
    Optional<String> stated =
        text.value(Label.GROUND).filter(v -> !Wording.key(v).matches("toestemming|consent"));
    if (stated.isEmpty()) {
      return Optional.empty();
    }
    String kind = Words.GROUNDS.getOrDefault(Wording.key(stated.get()), "unrecognised");
    if (kind.equals("unrecognised")) {
      text.note(Label.GROUND.field(), Missing.Cause.UNKNOWN_WORD);
    }
    List<Category> necessary = known(text, Label.NECESSARY, Words::category);
    return Optional.of(
        new LegalGround(
            kind,
            text.value(Label.GROUND_BY).map(Confidential::of),
            text.value(Label.GROUND_WHY).map(Confidential::of),
            informed(text),
            text.value(Label.WHY_NOT_INFORMED).map(Confidential::of),
            necessary));
  }

  private static Optional<Boolean> informed(LabelledText text) {
    Optional<String> value = text.value(Label.INFORMED);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    return switch (ConsentWords.given(value.get())) {
      case YES -> Optional.of(true);
      case NO -> Optional.of(false);
      case UNKNOWN -> {
        text.note(Label.INFORMED.field(), Missing.Cause.DOUBTFUL);
        yield Optional.empty();
      }
    };
  }
}
