package nl.wotpoort.mime;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.ConsentStatement;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.Letter.Unrecognised.Why;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.letter.Question;
import nl.wotpoort.letter.Situation;

/** Makes a letter of labelled lines: which kind it is, and what each line says. */
final class LabelledLetter {

  private static final Set<Label> REFERRAL_CONTEXT =
      EnumSet.of(Label.SITUATION, Label.FACTORS, Label.EXPERTISE);

  private final LabelledText text;
  private final Optional<CaseNumber> caseNumber;

  private LabelledLetter(LabelledText text, Optional<CaseNumber> caseNumber) {
    this.text = text;
    this.caseNumber = caseNumber;
  }

  /**
   * The letter that the labels make; empty when they make none (free text with a "Cliënt:" above it
   * stays free text). {@code caseNumber} is the one case number of the message.
   */
  static Optional<Letter> of(LabelledText text, Optional<CaseNumber> caseNumber) {
    return new LabelledLetter(text, caseNumber).letter();
  }

  /**
   * The label that makes a kind decides; a second such label is a contradiction. A referral may
   * state its purpose and a request its situation, so those decide only when alone; an answer may
   * repeat its question.
   */
  private Optional<Letter> letter() {
    boolean referral = text.has(Label.HELP_REQUEST);
    boolean answer = text.has(Label.ANSWER);
    boolean request = text.has(Label.QUESTION) && !(answer && !text.has(Label.PURPOSE));
    boolean feedback = text.has(Label.DECISION);
    boolean consultation = text.has(Label.CONSULTATION);
    long kinds =
        Stream.of(referral, request, answer, feedback, consultation).filter(b -> b).count();
    if (kinds > 1) {
      return Optional.of(new Letter.Unrecognised(Why.CONTRADICTION, "kind"));
    }
    if (referral) {
      return Optional.of(referral());
    }
    if (answer) {
      return Optional.of(reply());
    }
    if (feedback) {
      return Optional.of(feedback());
    }
    if (consultation) {
      return Optional.of(consultation());
    }
    return request ? Optional.of(request()) : byContext().or(this::confirmation);
  }

  private Optional<Letter> confirmation() {
    return text.value(Label.CONFIRM)
        .map(
            words ->
                new Letter.Confirmation(
                    ConsentWords.given(words) == ConsentStatement.Given.YES, caseNumber));
  }

  private Optional<Letter> byContext() {
    boolean referral = REFERRAL_CONTEXT.stream().anyMatch(text::has);
    boolean request = text.has(Label.PURPOSE);
    if (referral && request) {
      return Optional.of(new Letter.Unrecognised(Why.CONTRADICTION, "kind"));
    }
    if (referral) {
      return Optional.of(referral());
    }
    return request ? Optional.of(request()) : Optional.empty();
  }

  private Client client() {
    return LabelledClient.of(text);
  }

  private Optional<Confidential<String>> confidential(Label label) {
    return text.value(label).map(Confidential::of);
  }

  private Letter referral() {
    return new Letter.Referral(
        client(),
        confidential(Label.HELP_REQUEST),
        list(Label.FACTORS).stream().map(Confidential::of).toList(),
        situations(),
        list(Label.EXPERTISE).stream()
            .flatMap(e -> Stream.of(e.split(",")))
            .map(String::strip)
            .filter(e -> !e.isEmpty())
            .toList(),
        urgency(),
        text.value(Label.TEAM),
        LabelledConsent.consent(text),
        LabelledConsent.ground(text),
        caseNumber);
  }

  private List<String> list(Label label) {
    return text.one(label).stream()
        .flatMap(e -> e.items().stream())
        .flatMap(i -> Stream.of(i.split(";")))
        .map(String::strip)
        .filter(i -> !i.isEmpty())
        .toList();
  }

  private Set<Situation> situations() {
    Set<Situation> found = new LinkedHashSet<>();
    for (String item : list(Label.SITUATION)) {
      for (String piece : Words.pieces(item, Words.SITUATIONS.keySet())) {
        String key = Wording.key(piece);
        Optional<Situation> one =
            Situation.ofCode(key).or(() -> Optional.ofNullable(Words.SITUATIONS.get(key)));
        if (one.isEmpty()) {
          text.note(Label.SITUATION.field(), Missing.Cause.UNKNOWN_WORD);
        }
        one.ifPresent(found::add);
      }
    }
    return found;
  }

  private Letter.Urgency urgency() {
    Optional<String> stated = text.value(Label.URGENCY);
    if (stated.isEmpty()) {
      return Letter.Urgency.NORMAL;
    }
    Letter.Urgency known = Words.URGENCIES.get(Wording.key(stated.get()));
    if (known == null) {
      text.note(Label.URGENCY.field(), Missing.Cause.UNKNOWN_WORD);
      return Letter.Urgency.NORMAL;
    }
    return known;
  }

  private Letter request() {
    Optional<String> stated = text.value(Label.PURPOSE);
    List<Purpose> purposes = stated.map(Words::purposes).orElse(List.of());
    if (purposes.contains(Purpose.UNRECOGNISED)) {
      text.note(Label.PURPOSE.field(), Missing.Cause.UNKNOWN_WORD);
    }
    return new Letter.InformationRequest(
        client(),
        purposes,
        stated.map(Confidential::of),
        questions(),
        LabelledConsent.consent(text),
        LabelledConsent.ground(text),
        caseNumber);
  }

  private List<Question> questions() {
    return NumberedTexts.of(text, Label.QUESTION).stream()
        .filter(this::isTargeted)
        .map(q -> new Question(q.number(), Confidential.of(q.text()), q.category()))
        .toList();
  }

  private boolean isTargeted(NumberedTexts.Item question) {
    boolean targeted = TargetedQuestions.isTargeted(question.text());
    if (!targeted) {
      text.note(Label.QUESTION.field() + "." + question.number(), Missing.Cause.NOT_TARGETED);
    }
    return targeted;
  }

  private Letter reply() {
    return new Letter.InformationReply(
        client(),
        NumberedTexts.of(text, Label.ANSWER).stream()
            .map(
                a ->
                    new Letter.InformationReply.Reply(
                        a.number(), Confidential.of(a.text()), a.category()))
            .toList(),
        caseNumber);
  }

  private Letter feedback() {
    Optional<String> stated = text.value(Label.DECISION);
    if (stated.isEmpty()) {
      boolean twice =
          text.missing().contains(new Missing(Label.DECISION.field(), Missing.Cause.TWICE));
      return new Letter.Unrecognised(
          twice ? Why.CONTRADICTION : Why.UNKNOWN_VALUE, Label.DECISION.field());
    }
    return DecisionWords.of(stated.get())
        .map(this::feedback)
        .orElseGet(() -> new Letter.Unrecognised(Why.UNKNOWN_VALUE, Label.DECISION.field()));
  }

  private Letter feedback(Letter.Feedback.Outcome outcome) {
    return new Letter.Feedback(
        outcome,
        confidential(Label.CONTACT).or(() -> confidential(Label.TEAM)),
        confidential(Label.REASON),
        confidential(Label.EXPLANATION),
        caseNumber);
  }

  private Letter consultation() {
    return new Letter.Consultation(client(), confidential(Label.CONSULTATION), caseNumber);
  }
}
