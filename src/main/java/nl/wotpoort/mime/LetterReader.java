package nl.wotpoort.mime;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Attachment;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.ConsentStatement.Given;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.Letter.AutomaticNotice.Kind;
import nl.wotpoort.letter.Letter.Unrecognised.Why;
import nl.wotpoort.letter.LetterHead;
import nl.wotpoort.letter.VerifiedContent;

/**
 * Reads verified content into a letter. Total: for any bytes there is an answer and nothing is
 * thrown; what cannot be read is {@link Letter.Unrecognised} with a why. The same bytes always give
 * the same reading. Header fields named X-Wotpoort-* are never looked at. Stateless and
 * thread-safe.
 *
 * <p>Order: automatic mail first, then a JSON part, then labelled lines, then free text.
 */
public final class LetterReader {

  /** {@code signer} is the verified signer's address, and so the author of the letter. */
  public Reading read(VerifiedContent content, Address signer) {
    LetterHead head = HeadReader.read(content.headers(), signer);
    try {
      Part root = PartTree.of(content.entity());
      Optional<Kind> automatic = AutomaticMail.proven(content.headers(), root.type());
      if (automatic.isPresent()) {
        return automatic(head, automatic.get());
      }
      return new OneMessage(head, content, MailContents.of(root)).read();
    } catch (Unreadable e) {
      return unreadable(head, e.letter());
    }
  }

  private static Reading automatic(LetterHead head, Kind kind) {
    return new Reading(
        head,
        new Letter.AutomaticNotice(kind),
        Confidential.of(""),
        List.of(),
        List.of(),
        Reading.Form.AUTOMATIC);
  }

  private static Reading unreadable(LetterHead head, Letter letter) {
    return new Reading(
        head, letter, Confidential.of(""), List.of(), List.of(), Reading.Form.UNREADABLE);
  }

  /** One message whose parts are known. */
  private static final class OneMessage {
    private final LetterHead head;
    private final VerifiedContent content;
    private final MailContents contents;
    private final List<Attachment> attachments;

    OneMessage(LetterHead head, VerifiedContent content, MailContents contents) {
      this.head = head;
      this.content = content;
      this.contents = contents;
      this.attachments = contents.attachments();
    }

    Reading read() {
      try {
        LabelledText labelled = LabelledText.of(contents.text());
        Set<CaseNumber> cases = caseNumbers(labelled);
        return contents.jsonParts().isEmpty() ? labelled(labelled, cases) : json(labelled, cases);
      } catch (Unreadable e) {
        return reading(e.letter(), List.of(), Reading.Form.UNREADABLE);
      }
    }

    private Reading json(LabelledText labelled, Set<CaseNumber> cases) {
      if (contents.jsonParts().size() > 1) {
        return contradiction("json", Reading.Form.JSON);
      }
      JsonLetter json = new JsonLetter(head.from(), attachments, cases);
      JsonLetter.Result result = json.read(contents.jsonParts().get(0));
      if (result.letter() instanceof Letter.AutomaticNotice notice) {
        return automatic(head, notice.kind());
      }
      if (result.letter() instanceof Letter.Unrecognised) {
        return reading(result.letter(), List.of(), Reading.Form.JSON);
      }
      Optional<Letter> told = LabelledLetter.of(labelled, Optional.empty());
      if (told.isPresent() && told.get().getClass() != result.letter().getClass()) {
        return contradiction("kind", Reading.Form.JSON);
      }
      return saysNo(labelled) && consent(result.letter()) == Given.YES
          ? contradiction(Label.CONSENT.field(), Reading.Form.JSON)
          : new Reading(
              head,
              result.letter(),
              Confidential.of(contents.text()),
              attachments,
              result.missing(),
              Reading.Form.JSON,
              result.announced());
    }

    private static boolean saysNo(LabelledText labelled) {
      return labelled.all(Label.CONSENT).stream()
          .anyMatch(e -> ConsentWords.given(e.value()) == Given.NO);
    }

    private static Given consent(Letter letter) {
      if (letter instanceof Letter.Referral referral) {
        return referral.consent().given();
      }
      return letter instanceof Letter.InformationRequest request
          ? request.consent().given()
          : Given.UNKNOWN;
    }

    private Reading labelled(LabelledText labelled, Set<CaseNumber> cases) {
      if (cases.size() > 1) {
        return contradiction(Label.CASE.field(), Reading.Form.LABELS);
      }
      Optional<CaseNumber> caseNumber = cases.stream().findFirst();
      Optional<Letter> letter = LabelledLetter.of(labelled, caseNumber);
      if (letter.isPresent()) {
        return reading(letter.get(), labelled.missing(), Reading.Form.LABELS);
      }
      Optional<Letter> bare = BareWord.of(contents.text(), labelled, caseNumber);
      if (bare.isPresent()) {
        return reading(bare.get(), labelled.missing(), Reading.Form.LABELS);
      }
      Optional<Kind> suggested = AutomaticMail.suggested(content.headers());
      if (suggested.isEmpty() && StrayDecision.in(contents.text())) {
        return reading(
            new Letter.Unrecognised(Why.UNKNOWN_VALUE, Label.DECISION.field()),
            labelled.missing(),
            Reading.Form.LABELS);
      }
      return suggested.isPresent()
          ? automatic(head, suggested.get())
          : reading(
              new Letter.FreeText(Confidential.of(contents.text()), caseNumber),
              labelled.missing(),
              Reading.Form.FREE_TEXT);
    }

    /**
     * The case numbers of the message, from its label, its subject and the addresses it went to: an
     * answer to one case under the subject of another is for a person.
     */
    private Set<CaseNumber> caseNumbers(LabelledText labelled) {
      Stream<String> addresses =
          Stream.concat(head.to().stream(), head.cc().stream()).map(Address::toString);
      Optional<String> label = labelled.value(Label.CASE);
      if (label.isPresent() && CaseNumber.findIn(label.get()).isEmpty()) {
        labelled.note(Label.CASE.field(), Missing.Cause.UNREADABLE);
      }
      Stream<String> subject = head.subject().stream().map(Confidential::reveal);
      Set<CaseNumber> found = new LinkedHashSet<>();
      Stream.of(label.stream(), subject, addresses)
          .flatMap(s -> s)
          .flatMap(words -> CaseNumber.findIn(words).stream())
          .forEach(found::add);
      return found;
    }

    private Reading contradiction(String field, Reading.Form form) {
      return reading(new Letter.Unrecognised(Why.CONTRADICTION, field), List.of(), form);
    }

    private Reading reading(Letter letter, List<Missing> missing, Reading.Form form) {
      return new Reading(
          head, letter, Confidential.of(contents.text()), attachments, missing, form);
    }
  }
}
