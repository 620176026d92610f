package nl.wotpoort.rules.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.Question;
import nl.wotpoort.rules.consent.ConsentDecision;
import nl.wotpoort.rules.consent.Reason;

/**
 * What became of one question of a request.
 *
 * @param categories what it asks, in the policy's codes
 * @param refused why it may not be passed on; empty when it may
 */
public record QuestionOutcome(int number, List<Category> categories, Optional<Reason> refused) {

  public QuestionOutcome {
    categories = List.copyOf(categories);
  }

  /** Every question, in the order of the letter, as {@code consent} judged its categories. */
  public static List<QuestionOutcome> of(
      Letter.InformationRequest request, ConsentDecision consent) {
    List<QuestionOutcome> outcomes = new ArrayList<>();
    for (Question question : request.questions()) {
      List<Category> asks =
          question.category().map(List::of).orElseGet(() -> RequestRules.unspecified(consent));
      outcomes.add(
          new QuestionOutcome(
              question.number(),
              asks,
              asks.stream()
                  .map(category -> Optional.ofNullable(consent.refused().get(category)))
                  .flatMap(Optional::stream)
                  .findFirst()));
    }
    return List.copyOf(outcomes);
  }
}
