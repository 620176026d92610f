package nl.wotpoort.desk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.judge.QuestionOutcome;

/**
 * What the desk remembers about a request (encrypted on the disk): who asked whom, what for, and
 * every question with what became of it. What a sender wrote in words is not in it.
 *
 * @param holder who is asked; empty while that is not decided
 * @param questions what went on, or would, in the policy's codes by the question's number
 * @param outcomes by number: {@code CONSENT}, or why the question did not go on
 * @param scenario what the policy judged, to be judged again; empty while it is held
 * @param destination where it goes, as its asker reads it; empty while it is held
 * @param remarks what its asker reads about the way there
 */
record RequestText(
    Party asker,
    Address askerAddress,
    Optional<Party> holder,
    List<Purpose> purposes,
    Map<Integer, List<Category>> questions,
    Map<Integer, String> outcomes,
    Optional<String> scenario,
    Optional<String> destination,
    List<String> remarks) {

  /** The outcome of a question that may go on. */
  static final String PERMITTED = "PERMITTED";

  /** The outcome of a question that was left out, so that the others could go on. */
  static final String NOT_COVERED = "NOT_COVERED";

  RequestText {
    purposes = List.copyOf(purposes);
    questions = Map.copyOf(questions);
    outcomes = Map.copyOf(outcomes);
    remarks = List.copyOf(remarks);
  }

  /** With what its asker reads once it is taken. */
  RequestText telling(Told told) {
    return new RequestText(
        asker,
        askerAddress,
        holder,
        purposes,
        questions,
        outcomes,
        scenario,
        told.destination(),
        told.reasons());
  }

  /** The outcomes as one line for the journal: {@code 1 PERMITTED, 2 OTHER_RECIPIENT}. */
  static String line(List<QuestionOutcome> outcomes) {
    return String.join(", ", outcomes.stream().map(one -> one.number() + " " + code(one)).toList());
  }

  static String code(QuestionOutcome outcome) {
    return outcome.refused().map(Enum::name).orElse(PERMITTED);
  }

  String write() {
    NamedLines lines = new NamedLines();
    lines.put("asker", asker.path());
    lines.put("askerAddress", askerAddress.toString());
    holder.ifPresent(party -> lines.put("holder", party.path()));
    lines.putAll("purposes", purposes.stream().map(Purpose::code).toList());
    lines.putAll("outcomes", outcomes.keySet().stream().sorted().map(String::valueOf).toList());
    outcomes.forEach((number, outcome) -> lines.put("outcome." + number, outcome));
    lines.putAll("questions", questions.keySet().stream().sorted().map(String::valueOf).toList());
    questions.forEach(
        (number, asks) ->
            lines.putAll("question." + number, asks.stream().map(Category::code).toList()));
    scenario.ifPresent(text -> lines.put("scenario", text));
    destination.ifPresent(text -> lines.put("destination", text));
    lines.putAll("remarks", remarks);
    return lines.write();
  }

  /** Throws IllegalArgumentException for what {@link #write} did not write. */
  static RequestText read(String text) {
    NamedLines lines = NamedLines.read(text);
    Map<Integer, List<Category>> questions = new LinkedHashMap<>();
    for (String number : lines.list("questions", Function.identity())) {
      questions.put(Integer.valueOf(number), lines.list("question." + number, Category::new));
    }
    Map<Integer, String> outcomes = new LinkedHashMap<>();
    for (String number : lines.list("outcomes", Function.identity())) {
      outcomes.put(Integer.valueOf(number), lines.required("outcome." + number));
    }
    return new RequestText(
        new Party(lines.required("asker")),
        Address.of(lines.required("askerAddress")),
        lines.value("holder").map(Party::new),
        lines.list("purposes", Purpose::new),
        questions,
        outcomes,
        lines.value("scenario"),
        lines.value("destination"),
        lines.list("remarks", Function.identity()));
  }
}
