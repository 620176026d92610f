package nl.wotpoort.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.LetterHead;
import nl.wotpoort.texts.Texts;

/**
 * The block above a forwarded letter: who, how surely, why here, on what consent, how to answer. No
 * line of it begins with a label that {@link LabelledText} knows except the case number, and the
 * original stands under a mark that {@link OwnLines} knows: a reply that quotes it without quote
 * marks does not say it again.
 */
final class ForwardBlock {

  private ForwardBlock() {}

  static String of(ForwardLetter letter) {
    List<String> block = block(letter);
    Texts texts = Texts.of("mime", letter.language());
    String text = letter.reading().text().reveal().strip();
    block.add(
        texts.say("forward.original")
            + "\n"
            + letter
                .reading()
                .head()
                .subject()
                .map(Confidential::reveal)
                .map(s -> texts.say("forward.subject", s) + "\n")
                .orElse(""));
    block.add(text.isEmpty() ? texts.say("forward.no-text") : text);
    return LetterWriter.paragraphs(block);
  }

  /** With {@code text} in place of the original. */
  static String of(ForwardLetter letter, String text) {
    List<String> block = block(letter);
    block.add(Texts.of("mime", letter.language()).say("forward.partly"));
    block.add(text);
    return LetterWriter.paragraphs(block);
  }

  private static List<String> block(ForwardLetter letter) {
    Texts texts = Texts.of("mime", letter.language());
    LetterHead head = letter.reading().head();
    String name = head.fromName().map(n -> n.reveal() + " ").orElse("");
    ForwardLetter.Certificate certificate = letter.certificate();
    List<String> block = new ArrayList<>();
    block.add(texts.say("forward.title"));
    block.add(
        String.join(
            "\n",
            texts.say("forward.sender", name + "<" + head.from() + ">"),
            texts.say(
                "forward.certainty",
                certificate.subject(),
                certificate.issuer(),
                fingerprint(certificate.sha256())),
            texts.say(
                "forward.received", LetterWriter.moment(letter.received(), letter.language())),
            texts.say("forward.case", letter.caseNumber())));
    block.add(listed(texts.say("forward.route"), letter.route()));
    block.add(
        letter.consent().isEmpty()
            ? texts.say("forward.consent.none")
            : listed(texts.say("forward.consent"), letter.consent()));
    block.add(listed(texts.say("forward.notes"), letter.notes()));
    block.add(texts.say("forward.answer." + letter.reader()));
    return block;
  }

  private static String listed(String title, List<String> sentences) {
    return sentences.isEmpty()
        ? ""
        : title + "\n" + sentences.stream().map(s -> "- " + s).collect(Collectors.joining("\n"));
  }

  /** The first eight bytes, in groups a person can compare. */
  private static String fingerprint(String sha256) {
    String start = sha256.substring(0, Math.min(16, sha256.length())).toUpperCase(Locale.ROOT);
    return start.replaceAll("(.{4})(?!$)", "$1 ");
  }
}
