package nl.wotpoort.mime;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.Letter.Feedback.Outcome;

/**
 * A reply whose first own line below the greeting is a decision and nothing else: "Oneens" or
 * "Ingetrokken" of the referrer, "Kan ondersteunen" or "Kan niet ondersteunen" of a team. What
 * stands below explains it. Nothing is looked for inside a sentence, and words that both sides use
 * ("Afgerond") want their label.
 */
final class BareWord {

  private static final Set<Outcome> REFERRERS = Set.of(Outcome.DISPUTED, Outcome.CANCELLED);
  private static final Set<Outcome> TEAMS = Set.of(Outcome.ACCEPTED, Outcome.DECLINED);

  private BareWord() {}

  /** {@code labelled} is what the same text holds of labels. */
  static Optional<Letter> of(String text, LabelledText labelled, Optional<CaseNumber> caseNumber) {
    List<String> own = OwnLines.belowGreeting(text);
    if (own.isEmpty()) {
      return Optional.empty();
    }
    String rest = own.stream().skip(1).collect(Collectors.joining(" "));
    return DecisionWords.of(own.get(0))
        .flatMap(
            said ->
                REFERRERS.contains(said)
                    ? Optional.of(feedback(said, caseNumber, rest))
                    : TEAMS.contains(said)
                        ? Optional.of(ofTeam(said, labelled, caseNumber, rest))
                        : Optional.empty());
  }

  private static Letter feedback(Outcome said, Optional<CaseNumber> caseNumber, String rest) {
    return new Letter.Feedback(
        said,
        Optional.empty(),
        Optional.empty(),
        rest.isEmpty() ? Optional.empty() : Optional.of(Confidential.of(rest)),
        caseNumber);
  }

  private static Letter ofTeam(
      Outcome said, LabelledText labelled, Optional<CaseNumber> caseNumber, String rest) {
    Optional<Confidential<String>> contact = value(labelled, Label.CONTACT);
    Optional<Confidential<String>> reason = value(labelled, Label.REASON);
    Optional<Confidential<String>> explanation = value(labelled, Label.EXPLANATION);
    boolean bare = contact.isEmpty() && reason.isEmpty() && explanation.isEmpty();
    return bare
        ? feedback(said, caseNumber, rest)
        : new Letter.Feedback(said, contact, reason, explanation, caseNumber);
  }

  private static Optional<Confidential<String>> value(LabelledText labelled, Label label) {
    return labelled.value(label).map(Confidential::of);
  }
}
