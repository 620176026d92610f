package nl.wotpoort.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.texts.Texts;

/** The text of a receipt, in plain Dutch: what arrived, where it went, what happens next. */
final class ReceiptText {

  private final ReceiptLetter letter;
  private final Texts texts;

  private ReceiptText(ReceiptLetter letter) {
    this.letter = letter;
    this.texts = Texts.of("mime", letter.language());
  }

  /** With the sentence about the digest in the second part. */
  static String of(ReceiptLetter letter) {
    return new ReceiptText(letter).text(true);
  }

  static String withoutProof(ReceiptLetter letter) {
    return new ReceiptText(letter).text(false);
  }

  private String text(boolean proof) {
    List<String> text = new ArrayList<>();
    text.add(
        texts.say(
            "receipt.arrived",
            LetterWriter.moment(letter.received(), letter.language()),
            letter.finalRecipient()));
    letter
        .caseNumber()
        .map(CaseNumber::toString)
        .ifPresent(n -> text.add(texts.say("receipt.case", n)));
    text.add(happened());
    text.add(String.join("\n", letter.reasons()));
    text.add(String.join("\n", letter.advice()));
    letter
        .answerBy()
        .map(day -> LetterWriter.day(day, letter.language()))
        .ifPresent(day -> text.add(texts.say("receipt.answer-by", day)));
    letter.fillIn().ifPresent(f -> text.add(fillIn(f)));
    if (proof) {
      text.add(texts.say("receipt.proof"));
    }
    text.add(texts.say("signature"));
    return LetterWriter.paragraphs(text);
  }

  private String happened() {
    return switch (letter.outcome()) {
      case FORWARDED ->
          letter
              .destination()
              .map(d -> texts.say("receipt.forwarded", d))
              .orElseGet(() -> texts.say("receipt.forwarded.somewhere"));
      case REFUSED -> texts.say("receipt.refused");
      case HELD -> texts.say("receipt.held");
      case DONE -> texts.say("receipt.done");
    };
  }

  private String fillIn(ReceiptLetter.FillIn form) {
    String key = "fill-in." + form.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return texts.say("receipt.fill-in") + "\n\n" + texts.say(key);
  }
}
