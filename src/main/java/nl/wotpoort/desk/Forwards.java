package nl.wotpoort.desk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import nl.wotpoort.directory.Sealing;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.mime.ForwardLetter;
import nl.wotpoort.mime.Heading;
import nl.wotpoort.mime.Reading;
import nl.wotpoort.rules.Finding;
import nl.wotpoort.rules.consent.Reason;
import nl.wotpoort.rules.judge.Decision;
import nl.wotpoort.rules.routing.Routing;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.smime.Opened;
import nl.wotpoort.smime.Signer;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.OutgoingLetter;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/** Writes the letter for the team, worker or other side of a case. */
final class Forwards {

  /** The judge's findings that say what a disclosure rests on, beside those of the policy. */
  private static final Set<String> BASES = Set.of("CONSENT_STATED", "DESK_RESTS_ON_LAW");

  private final Rooms rooms;
  private final Envelopes envelopes;
  private final CaseLetters letters;
  private final Language language;

  Forwards(Rooms rooms, Envelopes envelopes) {
    this.rooms = rooms;
    this.envelopes = envelopes;
    this.letters = new CaseLetters(rooms, envelopes);
    this.language = rooms.identity().language();
  }

  /**
   * The sealed letter, with what dispatch judges again before it leaves.
   *
   * @throws CannotSeal when there is no good certificate for whoever is to get it
   */
  OutgoingLetter letter(Docket docket, Decision.Forward decision) throws CannotSeal {
    return letter(docket, decision, Source.of(docket));
  }

  /**
   * A message as it was opened, to be sent on.
   *
   * @param receivedAt when it came in
   */
  record Source(Opened.Trusted opened, Reading reading, Instant receivedAt) {
    static Source of(Docket docket) {
      return new Source(
          docket.judged().opened(), docket.judged().reading(), docket.claimed().receivedAt());
    }
  }

  /** The same with another message of the case in place of the one that was judged. */
  OutgoingLetter letter(Docket docket, Decision.Forward decision, Source source) throws CannotSeal {
    Address reader = decision.to().address();
    Sealing how = decision.to().sealing();
    Heading heading =
        envelopes.heading(
            from(docket, decision),
            Optional.of(rooms.identity().organisation()),
            reader,
            Optional.of(rooms.identity().caseAddress(docket.number())),
            envelopes.messageId(docket.claimed().ref(), "forward", reader, docket.round()),
            Optional.empty(),
            docket.now());
    Bytes sealed =
        envelopes.seal(
            content(docket, decision, written(docket, decision, heading, source)),
            heading,
            how,
            Optional.of(docket.number()),
            false);
    OutgoingLetter forward =
        OutgoingLetter.of(OutgoingLetter.Kind.FORWARD, heading.messageId(), reader, sealed)
            .sentFrom(rooms.identity().gateway())
            .inCase(docket.number());
    return rechecked(forward, docket, decision);
  }

  /** A practice reads the address it knows the team by. */
  private Address from(Docket docket, Decision.Forward decision) {
    return docket
        .judged()
        .facts()
        .sender()
        .filter(sender -> isToPractice(decision))
        .flatMap(letters::teamOf)
        .map(team -> letters.addressOf(Optional.of(team.id())))
        .map(address -> envelopes.signerFor(address, docket.now()))
        .orElseGet(rooms.identity()::gateway);
  }

  private static boolean isToPractice(Decision.Forward decision) {
    return decision.to().party().kind().equals("gp");
  }

  /** With what dispatch judges again before it leaves. */
  OutgoingLetter rechecked(OutgoingLetter letter, Docket docket, Decision.Forward decision) {
    return decision
        .basis()
        .scenario()
        .map(
            scenario ->
                letter.rechecked(
                    new OutgoingLetter.Recheck(
                        Set.copyOf(decision.basis().consent().records()),
                        Confidential.of(ScenarioText.write(scenario, docket.judged().client())))))
        .orElse(letter);
  }

  /**
   * The letter as it came; or, of a request that is covered in part, only the questions that are.
   */
  private List<Bytes> content(Docket docket, Decision.Forward decision, ForwardLetter letter) {
    boolean part =
        !decision.basis().questions().isEmpty()
            && docket.judged().reading().letter() instanceof Letter.InformationRequest;
    return part
        ? List.of(
            rooms
                .writer()
                .inPlaceOf(
                    letter,
                    PartOfRequest.text(
                        (Letter.InformationRequest) docket.judged().reading().letter(),
                        decision.basis().questions(),
                        language)))
        : rooms.writer().forwardInPieces(letter);
  }

  private ForwardLetter written(
      Docket docket, Decision.Forward decision, Heading heading, Source source) {
    Signer signer = source.opened().signer();
    return new ForwardLetter(
        heading,
        docket.number(),
        source.opened().content(),
        source.reading(),
        new ForwardLetter.Certificate(
            signer.name(), signer.issuerName(), signer.certificateSha256()),
        source.receivedAt(),
        decision.because().stream().filter(Routing::isDecisive).map(this::say).toList(),
        basis(decision),
        decision.marks().stream().map(mark -> mark.say(language)).toList(),
        isToPractice(decision) ? ForwardLetter.Reader.PRACTICE : ForwardLetter.Reader.TEAM,
        language);
  }

  /** On what the disclosure rests, for the reader. */
  private List<String> basis(Decision.Forward decision) {
    List<String> sentences = new ArrayList<>();
    decision.because().stream()
        .filter(f -> f.room().equals("consent") || BASES.contains(f.code()))
        .map(this::say)
        .forEach(sentences::add);
    Set<String> ids = new TreeSet<>(decision.basis().consent().records());
    ids.remove(Decision.STATEMENT);
    if (!ids.isEmpty()) {
      sentences.add(Texts.of("desk", language).say("basis.records", String.join(", ", ids)));
    }
    return sentences;
  }

  /**
   * The journal's line about it, written before the disclosure (NEN 7513). A ground that the sender
   * stated in place of consent is marked; a desk whose mail rests on law by its nature is not.
   */
  JournalEntry disclosure(Docket docket, Decision.Forward decision) {
    Decision.Basis basis = decision.basis();
    JournalEntry entry =
        docket
            .journal("FORWARDED", JournalEntry.Outcome.SUCCESS)
            .restingOn(Set.copyOf(basis.consent().records()), docket.rules(decision))
            .explaining(decision.to().party().path());
    JournalEntry serving = basis.purpose().map(entry::serving).orElse(entry);
    return basis.scenario().isPresent() && basis.consent().reason() == Reason.LEGAL_GROUND
        ? serving.usingEmergencyGround()
        : serving;
  }

  private String say(Finding finding) {
    return finding.say(language);
  }
}
