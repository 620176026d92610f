package nl.wotpoort.mime;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Letter.Feedback.Outcome;
import nl.wotpoort.letter.Letter.Urgency;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.letter.Situation;

/**
 * The words people use for codes. A word that is not here stands for nothing: never guessed. The
 * codes themselves are words too.
 */
final class Words {

  static final Map<String, String> PURPOSES = new HashMap<>();
  static final Map<String, String> CATEGORIES = new HashMap<>();
  static final Map<String, Situation> SITUATIONS = new HashMap<>();
  static final Map<String, Urgency> URGENCIES = new HashMap<>();
  static final Map<String, Outcome> OUTCOMES = new HashMap<>();
  static final Map<String, String> GROUNDS = new HashMap<>();

  static {
    words(PURPOSES, "support", "ondersteuning");
    words(
        PURPOSES,
        "support.intake",
        "ondersteuning.intake",
        "ondersteuning intake",
        "ondersteuning (intake)",
        "ondersteuning - intake",
        "intake",
        "support intake");
    words(
        PURPOSES,
        "support.execution",
        "uitvoering",
        "ondersteuning.uitvoering",
        "ondersteuning (uitvoering)",
        "uitvoering ondersteuning",
        "uitvoering van de ondersteuning",
        "support execution");
    words(
        PURPOSES,
        "support.finance",
        "schuldhulp",
        "schuldhulpverlening",
        "financiele ondersteuning",
        "ondersteuning.financien",
        "ondersteuning (financien)",
        "financial support",
        "debt support");
    words(PURPOSES, "youthcare", "jeugdhulp", "youth care", "youth help");
    words(
        PURPOSES,
        "youthcare.referral",
        "verwijzing jeugdhulp",
        "verwijzing naar jeugdhulp",
        "jeugdhulp.verwijzing",
        "jeugdhulp (verwijzing)",
        "youth care referral");
    words(PURPOSES, "feedback", "terugkoppeling");
    words(PURPOSES, "safety", "veiligheid");
    words(PURPOSES, "child-protection", "kinderbescherming", "child protection");
    words(
        PURPOSES, "wvggz-exploration", "verkenning wvggz", "wvggz verkenning", "wvggz-verkenning");
    words(PURPOSES, "evaluation", "evaluatie");
    words(PURPOSES, "enforcement", "handhaving");

    words(CATEGORIES, "contact", "contactgegevens", "adresgegevens", "contact details");
    words(CATEGORIES, "medical", "medisch", "medische gegevens");
    words(
        CATEGORIES,
        "medical.summary",
        "medische samenvatting",
        "samenvatting",
        "medical summary",
        "summary");
    words(CATEGORIES, "medical.medication", "medicatie", "medicijnen", "medication");
    words(CATEGORIES, "medical.psychiatry", "psychiatrie", "psychiatry");
    words(CATEGORIES, "medical.addiction", "verslaving", "addiction");
    words(CATEGORIES, "medical.sexual", "seksuele gezondheid", "sexual health");
    words(CATEGORIES, "social", "sociaal");
    words(CATEGORIES, "social.family", "gezin", "gezinssituatie", "family");
    words(
        CATEGORIES,
        "social.finance",
        "financien",
        "schulden",
        "financien/schulden",
        "geldzaken",
        "finances",
        "finance",
        "debt",
        "debts");
    words(CATEGORIES, "social.housing", "wonen", "huisvesting", "housing");
    words(CATEGORIES, "social.work", "werk", "werk en inkomen", "work");
    words(CATEGORIES, "social.safety", "veiligheid", "safety");
    words(CATEGORIES, "support");
    words(CATEGORIES, "support.status", "status", "stand van zaken");
    words(CATEGORIES, "support.plan", "plan", "ondersteuningsplan", "support plan");
    words(CATEGORIES, "youth", "jeugd");
    words(CATEGORIES, "youth.development", "ontwikkeling", "development");
    words(CATEGORIES, "youth.jggz", "jeugd-ggz", "jeugd ggz", "jeugdggz", "jggz");

    put(
        SITUATIONS,
        Situation.FREQUENT_CARE,
        "zorggebruik",
        "veel zorggebruik",
        "veelvuldig zorggebruik",
        "frequent zorggebruik",
        "frequent care");
    put(
        SITUATIONS,
        Situation.HOUSING_WORK_INCOME,
        "wonen-werk-inkomen",
        "wonen",
        "werk",
        "inkomen",
        "schulden",
        "geldzaken",
        "werk en inkomen",
        "housing",
        "work",
        "income",
        "debt",
        "debts");
    put(
        SITUATIONS,
        Situation.YOUTH,
        "jeugdhulp",
        "jeugd",
        "opvoeding",
        "opvoeden",
        "opvoeden en opgroeien",
        "jeugd-ggz",
        "lvb",
        "pgb",
        "youth",
        "youth help",
        "parenting");
    put(SITUATIONS, Situation.ADDICTION, "verslaving", "addiction");
    put(
        SITUATIONS,
        Situation.SOCIAL_NETWORK,
        "sociaal-netwerk",
        "sociaal netwerk",
        "eenzaamheid",
        "social network",
        "loneliness");
    put(
        SITUATIONS,
        Situation.HEALTH_MANAGEMENT,
        "gezondheid",
        "eigen gezondheid",
        "zelfmanagement",
        "omgaan met gezondheid",
        "health",
        "health management");

    put(
        URGENCIES,
        Urgency.NORMAL,
        "normaal",
        "gewoon",
        "regulier",
        "geen",
        "geen spoed",
        "nee",
        "niet",
        "laag",
        "normal",
        "no",
        "low",
        "routine");
    put(
        URGENCIES,
        Urgency.URGENT,
        "spoed",
        "urgent",
        "dringend",
        "hoog",
        "ja",
        "met spoed",
        "yes",
        "high");
    put(
        URGENCIES,
        Urgency.SERIOUS,
        "ernstig",
        "ernstige problematiek",
        "serious",
        "serious problems");

    put(
        OUTCOMES,
        Outcome.ACCEPTED,
        "kan ondersteunen",
        "wij kunnen ondersteunen",
        "geaccepteerd",
        "aangenomen",
        "can support",
        "accepted");
    put(
        OUTCOMES,
        Outcome.DECLINED,
        "kan niet ondersteunen",
        "wij kunnen niet ondersteunen",
        "afgewezen",
        "cannot support",
        "declined");
    put(
        OUTCOMES,
        Outcome.UNCLEAR,
        "meer informatie nodig",
        "onduidelijk",
        "more information needed",
        "unclear");
    put(OUTCOMES, Outcome.INTERIM, "tussenbericht", "interim", "interim report");
    put(OUTCOMES, Outcome.COMPLETED, "afgerond", "afgesloten", "completed", "closed");
    put(OUTCOMES, Outcome.HANDED_ON, "overgedragen", "handed on");
    put(
        OUTCOMES,
        Outcome.DISPUTED,
        "oneens",
        "niet eens",
        "niet mee eens",
        "ik ben het er niet mee eens",
        "ik ben het niet eens",
        "disagree");
    put(
        OUTCOMES,
        Outcome.CANCELLED,
        "ingetrokken",
        "intrekken",
        "verwijzing ingetrokken",
        "withdrawn",
        "cancelled");

    words(GROUNDS, "veilig-thuis-5.2.6", "veilig thuis", "melding veilig thuis");
    words(GROUNDS, "gi-ots-7.3.11", "ots", "gi ots", "ondertoezichtstelling");
    words(GROUNDS, "conflict-of-duties", "conflict van plichten", "conflict of duties");
    words(GROUNDS, "vital-interest", "vitaal belang", "vital interest");
  }

  private Words() {}

  private static void words(Map<String, String> map, String code, String... words) {
    map.put(code, code);
    put(map, code, words);
  }

  private static <T> void put(Map<String, T> map, T meaning, String... words) {
    for (String word : words) {
      if (map.put(word, meaning) != null) {
        throw new AssertionError(word + " has two meanings");
      }
    }
  }

  static Optional<Category> category(String words) {
    return Optional.ofNullable(CATEGORIES.get(Wording.key(words))).map(Category::new);
  }

  /**
   * The purposes a text states: all of its pieces are known, or it is one unrecognised purpose. A
   * text that is known in part is not known.
   */
  static List<Purpose> purposes(String text) {
    List<Purpose> found = new java.util.ArrayList<>();
    for (String piece : pieces(text, PURPOSES.keySet())) {
      String code = PURPOSES.get(Wording.key(piece));
      if (code == null) {
        return List.of(Purpose.UNRECOGNISED);
      }
      found.add(new Purpose(code));
    }
    return found.isEmpty() ? List.of(Purpose.UNRECOGNISED) : found.stream().distinct().toList();
  }

  /**
   * {@code text} cut at commas, semicolons and, where the whole is not itself a known word, at "en"
   * and "and".
   */
  static List<String> pieces(String text, Set<String> known) {
    Set<String> pieces = new LinkedHashSet<>();
    for (String piece : text.split("[,;\\n]")) {
      if (known.contains(Wording.key(piece))) {
        pieces.add(piece.strip());
      } else {
        for (String part : piece.split(" (?:en|and) ")) {
          pieces.add(part.strip());
        }
      }
    }
    pieces.removeIf(String::isBlank);
    return List.copyOf(pieces);
  }
}
