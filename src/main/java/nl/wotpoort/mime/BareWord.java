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
 * A reply whose first own line is one word of the referrer and nothing else: "Oneens",
 * "Ingetrokken". What stands below explains it. Nothing is looked for inside a sentence.
 */
final class BareWord {

  private static final Set<Outcome> REFERRERS = Set.of(Outcome.DISPUTED, Outcome.CANCELLED);

  private BareWord() {}

  static Optional<Letter> of(String text, Optional<CaseNumber> caseNumber) {
    List<String> own =
        OwnLines.of(text).stream().map(Wording::tidy).filter(line -> !line.isEmpty()).toList();
    if (own.isEmpty()) {
      return Optional.empty();
    }
    Optional<Outcome> outcome =
        Optional.ofNullable(Words.OUTCOMES.get(Wording.key(own.get(0))))
            .filter(REFERRERS::contains);
    String rest = own.stream().skip(1).collect(Collectors.joining(" "));
    return outcome.map(
        said ->
            new Letter.Feedback(
                said,
                Optional.empty(),
                Optional.empty(),
                rest.isEmpty() ? Optional.empty() : Optional.of(Confidential.of(rest)),
                caseNumber));
  }
}
