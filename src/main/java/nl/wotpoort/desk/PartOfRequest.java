package nl.wotpoort.desk;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.letter.Question;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/** Writes a request anew with only some of its questions, in the labelled lines people know. */
final class PartOfRequest {

  private PartOfRequest() {}

  /** The client and the purpose as the asker named them, and the questions with these numbers. */
  static String text(Letter.InformationRequest letter, Set<Integer> numbers, Language language) {
    Texts texts = Texts.of("desk", language);
    List<String> lines = new ArrayList<>();
    lines.add(
        texts.say(
            "part.purpose",
            letter
                .purposeText()
                .map(Confidential::reveal)
                .orElseGet(
                    () ->
                        String.join(
                            ", ", letter.purposes().stream().map(Purpose::code).toList()))));
    client(letter.client(), texts, lines);
    for (Question question : letter.questions()) {
      if (numbers.contains(question.number())) {
        lines.add(texts.say("part.question", question.number(), question.text().reveal()));
        question
            .category()
            .map(Category::code)
            .ifPresent(code -> lines.add(texts.say("part.category", question.number(), code)));
      }
    }
    return String.join("\n", lines);
  }

  private static void client(Client client, Texts texts, List<String> lines) {
    client.name().ifPresent(n -> lines.add(texts.say("part.client", n.reveal())));
    client.initials().ifPresent(i -> lines.add(texts.say("part.initials", i.reveal())));
    client
        .birthDate()
        .ifPresent(born -> lines.add(texts.say("part.birthDate", born.reveal().toString())));
    client.bsn().ifPresent(bsn -> lines.add(texts.say("part.bsn", bsn.digits().reveal())));
  }
}
