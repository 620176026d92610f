package nl.wotpoort.mime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import nl.wotpoort.letter.Letter.Feedback.Outcome;

/**
 * What a worker means with the words behind "Besluit". Words that carry nothing ("wij", "deze
 * cliënt", "helaas") may stand between, and one slip of the pen in a long word is forgiven. What is
 * left must be exactly one of the known decisions: a condition, a doubt, a second choice or an
 * unknown word makes it none. Never guessed.
 */
final class DecisionWords {

  /** Shorter words differ by a letter from too many others. */
  private static final int LONG = 8;

  private static final Pattern ONLY_WORDS = Pattern.compile("[\\p{L}' ,.-]{1,80}");

  private static final Set<String> FILLERS =
      Set.of(
          "wij",
          "we",
          "ik",
          "deze",
          "dit",
          "de",
          "het",
          "uw",
          "client",
          "clienten",
          "mevrouw",
          "meneer",
          "inwoner",
          "gezin",
          "hem",
          "haar",
          "hen",
          "helaas",
          "wel",
          "graag",
          "team",
          "wijkteam",
          "wot",
          "is",
          "zijn",
          "traject",
          "ondersteuning",
          "hulp",
          "wordt",
          "this",
          "the",
          "resident",
          "unfortunately",
          "yes",
          "no",
          "ja",
          "nee");

  private static final Map<String, Outcome> DECISIONS =
      Map.ofEntries(
          Map.entry("kan ondersteunen", Outcome.ACCEPTED),
          Map.entry("kunnen ondersteunen", Outcome.ACCEPTED),
          Map.entry("can support", Outcome.ACCEPTED),
          Map.entry("geaccepteerd", Outcome.ACCEPTED),
          Map.entry("aangenomen", Outcome.ACCEPTED),
          Map.entry("accepted", Outcome.ACCEPTED),
          Map.entry("kan niet ondersteunen", Outcome.DECLINED),
          Map.entry("kunnen niet ondersteunen", Outcome.DECLINED),
          Map.entry("cannot support", Outcome.DECLINED),
          Map.entry("can not support", Outcome.DECLINED),
          Map.entry("can't support", Outcome.DECLINED),
          Map.entry("afgewezen", Outcome.DECLINED),
          Map.entry("declined", Outcome.DECLINED),
          Map.entry("meer informatie nodig", Outcome.UNCLEAR),
          Map.entry("meer info nodig", Outcome.UNCLEAR),
          Map.entry("meer gegevens nodig", Outcome.UNCLEAR),
          Map.entry("aanvullende informatie nodig", Outcome.UNCLEAR),
          Map.entry("aanvullende gegevens nodig", Outcome.UNCLEAR),
          Map.entry("more information needed", Outcome.UNCLEAR),
          Map.entry("more info needed", Outcome.UNCLEAR),
          Map.entry("tussenbericht", Outcome.INTERIM),
          Map.entry("tussen bericht", Outcome.INTERIM),
          Map.entry("interim report", Outcome.INTERIM),
          Map.entry("afgerond", Outcome.COMPLETED),
          Map.entry("afgesloten", Outcome.COMPLETED),
          Map.entry("completed", Outcome.COMPLETED),
          Map.entry("overgedragen", Outcome.HANDED_ON),
          Map.entry("handed on", Outcome.HANDED_ON));

  private static final List<String> LONG_WORDS =
      DECISIONS.keySet().stream()
          .flatMap(phrase -> Arrays.stream(phrase.split(" ")))
          .filter(word -> word.length() >= LONG)
          .distinct()
          .toList();

  private DecisionWords() {}

  /** Empty when it is not surely one decision. */
  static Optional<Outcome> of(String written) {
    String key = Wording.key(Wording.unquoted(written));
    @org.jspecify.annotations.Nullable Outcome exact = Words.OUTCOMES.get(key);
    if (exact != null) {
      return Optional.of(exact);
    }
    if (!ONLY_WORDS.matcher(key).matches()) {
      return Optional.empty();
    }
    List<String> words = Arrays.asList(key.split("[ ,.-]+"));
    return bare(words).filter(outcome -> !contradicts(words, outcome));
  }

  private static Optional<Outcome> bare(List<String> words) {
    List<String> carrying = new ArrayList<>();
    for (String word : words) {
      if (!FILLERS.contains(word)) {
        carrying.add(corrected(word));
      }
    }
    return Optional.ofNullable(DECISIONS.get(String.join(" ", carrying)));
  }

  /** "Ja, kan niet" and "nee, kan wel": one of the two is wrong. */
  private static boolean contradicts(List<String> words, Outcome outcome) {
    boolean yes = words.contains("ja") || words.contains("yes") || words.contains("wel");
    boolean no = words.contains("nee") || words.contains("no");
    return (yes && outcome != Outcome.ACCEPTED) || (no && outcome != Outcome.DECLINED);
  }

  private static String corrected(String word) {
    List<String> meant = LONG_WORDS.stream().filter(known -> Slip.between(word, known)).toList();
    return meant.size() == 1 ? meant.get(0) : word;
  }
}
