package nl.wotpoort.desk;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.mime.ReceiptLetter;
import nl.wotpoort.rules.judge.Decision;
import nl.wotpoort.rules.judge.Destination;
import nl.wotpoort.rules.judge.Discounted;
import nl.wotpoort.rules.judge.Facts;
import nl.wotpoort.rules.routing.Mark;
import nl.wotpoort.rules.routing.Routing;
import nl.wotpoort.settings.Settings;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/** What the sender is told about a decision, in sentences. */
record Told(
    ReceiptLetter.Outcome outcome,
    Optional<String> destination,
    Optional<LocalDate> answerBy,
    List<String> reasons,
    List<String> advice,
    Optional<ReceiptLetter.FillIn> fillIn) {

  Told {
    reasons = List.copyOf(reasons);
    advice = List.copyOf(advice);
  }

  static Told forwarded(
      Decision.Forward decision, Instant now, Settings.Office office, Language language) {
    Destination to = decision.to();
    return new Told(
        ReceiptLetter.Outcome.FORWARDED,
        Optional.of(Texts.of("judge", language).say("role." + to.role(), to.shownAs())),
        decision.matter() == Decision.Matter.REFERRAL
            ? Optional.of(office.deadlines().answerBy(now, office.hours()))
            : Optional.empty(),
        decision.marks().stream()
            .filter(mark -> mark != Mark.NO_CAPACITY)
            .map(mark -> mark.say(language))
            .toList(),
        List.of(),
        Optional.empty());
  }

  /** The same of a request that was decided before, from what was written down then. */
  static Told forwarded(RequestText decided) {
    return new Told(
        ReceiptLetter.Outcome.FORWARDED,
        decided.destination(),
        Optional.empty(),
        decided.remarks(),
        List.of(),
        Optional.empty());
  }

  static Told refused(Decision.Return decision, Letter letter, Facts facts, Language language) {
    Texts texts = Texts.of("judge", language);
    List<String> reasons = new ArrayList<>();
    reasons.add(texts.say("return." + decision.why() + ".why"));
    decision.text().ifPresent(reasons::add);
    if (decision.why() == Decision.Return.Why.CONSENT_NOT_STATED) {
      Routing.absence(decision.because())
          .ifPresent(mark -> reasons.add(texts.say("return.named." + mark)));
    }
    decision.lacking().forEach(lack -> reasons.add("- " + texts.say("lack." + lack)));
    if (decision.why() != Decision.Return.Why.CLOSED) {
      reasons.addAll(discounted(facts, texts));
    }
    return new Told(
        ReceiptLetter.Outcome.REFUSED,
        Optional.empty(),
        Optional.empty(),
        reasons,
        List.of(texts.say("return." + decision.why() + ".todo")),
        fillIn(decision, letter, facts));
  }

  static Told held(Decision.Hold decision, Facts facts, Language language) {
    Texts texts = Texts.of("judge", language);
    List<String> reasons = new ArrayList<>();
    reasons.add(texts.say("hold." + decision.cause()));
    if (decision.cause() == Decision.Hold.Cause.NOT_READABLE) {
      reasons.addAll(discounted(facts, texts));
    }
    return held(reasons);
  }

  /** What whoever's letter waits for consent reads, and nobody can tell from it for what. */
  static Told awaiting(Language language) {
    return held(
        List.of(Texts.of("judge", language).say("hold." + Decision.Hold.Cause.AWAITING_CONSENT)));
  }

  /**
   * It is clear what should happen, and a certificate for it lacks: a worker reads for whom, so
   * that he can call.
   */
  static Told unsealable(Decision decision, Facts facts, Language language) {
    Texts texts = Texts.of("judge", language);
    Optional<String> practice =
        decision instanceof Decision.Forward forward
                && forward.to().party().kind().equals("gp")
                && facts.sender().map(p -> !p.kind().equals("gp")).orElse(false)
            ? Optional.of(forward.to().address().toString())
            : Optional.empty();
    return held(
        List.of(
            practice
                .map(address -> texts.say("unsealable.practice", address))
                .orElseGet(() -> texts.say("unsealable"))));
  }

  private static Told held(List<String> reasons) {
    return new Told(
        ReceiptLetter.Outcome.HELD,
        Optional.empty(),
        Optional.empty(),
        reasons,
        List.of(),
        Optional.empty());
  }

  /** The gateway did itself what was asked. */
  static Told done(List<String> reasons, List<String> advice) {
    return new Told(
        ReceiptLetter.Outcome.DONE,
        Optional.empty(),
        Optional.empty(),
        reasons,
        advice,
        Optional.empty());
  }

  /** The same, and more to say. */
  Told adding(List<String> more) {
    List<String> all = new ArrayList<>(reasons);
    all.addAll(more);
    return new Told(outcome, destination, answerBy, all, advice, fillIn);
  }

  /** What stood in the sender's own letter and did not count, a line each. */
  private static List<String> discounted(Facts facts, Texts texts) {
    return facts.discounted().stream()
        .map(d -> "- " + texts.say("discounted." + d.cause(), fieldName(d, texts)))
        .distinct()
        .toList();
  }

  private static String fieldName(Discounted discounted, Texts texts) {
    String key = "field." + discounted.kind();
    String number = discounted.field().substring(discounted.kind().length()).replace(".", " ");
    return (texts.has(key) ? texts.say(key) : discounted.kind()) + number;
  }

  private static Optional<ReceiptLetter.FillIn> fillIn(
      Decision.Return decision, Letter letter, Facts facts) {
    return switch (decision.why()) {
      case INCOMPLETE, FREE_TEXT, CONSENT_NOT_STATED, DECISION_UNCLEAR, ADDRESSEE_LACKS ->
          Optional.of(block(letter, facts));
      case UNKNOWN_PURPOSE, GROUND_FAILS, CONTACT_UNKNOWN, CLOSED, ADDRESSEE_UNKNOWN, STAFF_ONLY ->
          Optional.empty();
    };
  }

  private static ReceiptLetter.FillIn block(Letter letter, Facts facts) {
    if (letter instanceof Letter.InformationRequest) {
      return ReceiptLetter.FillIn.INFORMATION_REQUEST;
    }
    if (facts.cover().isPresent()) {
      return ReceiptLetter.FillIn.LETTER_TO_PRACTICE;
    }
    boolean colleague = facts.sender().map(party -> !party.kind().equals("gp")).orElse(false);
    return colleague ? ReceiptLetter.FillIn.FEEDBACK : ReceiptLetter.FillIn.REFERRAL;
  }
}
