package nl.wotpoort.desk;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.directory.Sealing;
import nl.wotpoort.directory.Team;
import nl.wotpoort.directory.TeamId;
import nl.wotpoort.directory.Worker;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.Party;
import nl.wotpoort.mime.ReceiptLetter;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.rules.consent.Scenario;
import nl.wotpoort.rules.judge.ContactPersons;
import nl.wotpoort.rules.judge.Decision;
import nl.wotpoort.rules.judge.Facts;
import nl.wotpoort.rules.referral.Reasons;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.store.CaseFile;
import nl.wotpoort.store.CaseUpdate;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.Holds;
import nl.wotpoort.store.OutgoingLetter;
import nl.wotpoort.store.Posting;
import nl.wotpoort.store.ReferralChange;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/**
 * The answers within a referral, in the gateway's own words: the team's decision for the referrer,
 * the referrer's "oneens" and "ingetrokken" for the team. Who wrote it reads in his receipt exactly
 * what was sent.
 */
final class Feedbacks {

  /** With these the judge let somebody's own words pass. */
  private static final Set<String> OWN_WORDS = Set.of("support.plan", "social", "contact");

  private final Rooms rooms;
  private final CaseLetters letters;
  private final Receipts receipts;
  private final Forwards forwards;
  private final ReferralSteps steps;
  private final Language language;
  private final Texts texts;

  Feedbacks(Rooms rooms, Envelopes envelopes, Receipts receipts, Forwards forwards) {
    this.rooms = rooms;
    this.letters = new CaseLetters(rooms, envelopes);
    this.receipts = receipts;
    this.forwards = forwards;
    this.steps = new ReferralSteps(rooms);
    this.language = rooms.identity().language();
    this.texts = Texts.of("referral", language);
  }

  /** Whether this decision is one of ours. */
  static boolean isOne(Docket docket, Decision.Forward decision) {
    return docket.judged().reading().letter() instanceof Letter.Feedback
        && docket.judged().facts().running().isPresent()
        && (decision.matter() == Decision.Matter.FEEDBACK
            || decision.matter() == Decision.Matter.HANDING_ON);
  }

  /**
   * The posting for it.
   *
   * @throws CannotSeal when its reader has no good certificate
   */
  Posting posting(Docket docket, Decision.Forward decision) throws CannotSeal {
    Letter.Feedback said = (Letter.Feedback) docket.judged().reading().letter();
    Facts.CaseFacts running = docket.judged().facts().running().orElseThrow();
    boolean handingOn = decision.matter() == Decision.Matter.HANDING_ON;
    List<String> text = handingOn ? handedOn(decision) : text(said, decision, running, docket);
    OutgoingLetter letter =
        handingOn ? carriedOn(docket, decision) : written(docket, decision, text);
    Consequences all =
        moved(docket, decision, said, running)
            .sending(letter)
            .journalling(forwards.disclosure(docket, decision));
    Optional<OutgoingLetter> news =
        handingOn ? news(docket, decision, running, text) : Optional.empty();
    Consequences told = news.map(all::sending).orElse(all);
    return Posting.done(
        docket.fingerprint(),
        receipts.adding(
            told, docket, told(said, decision, text, docket), Optional.of(letter.messageId())));
  }

  private OutgoingLetter written(Docket docket, Decision.Forward decision, List<String> text)
      throws CannotSeal {
    boolean toReferrer = decision.to().party().kind().equals("gp");
    OutgoingLetter letter =
        letters.letter(
            toReferrer ? OutgoingLetter.Kind.FEEDBACK : OutgoingLetter.Kind.FORWARD,
            draft(docket, "feedback", toReferrer ? "feedback.subject" : "team.subject", text),
            from(docket, decision),
            decision.to().address(),
            decision.to().sealing(),
            docket.now());
    return forwards.rechecked(letter, docket, decision);
  }

  private CaseLetters.Draft draft(
      Docket docket, String purpose, String subject, List<String> text) {
    return new CaseLetters.Draft(
        docket.claimed().ref().toString(),
        purpose,
        docket.round(),
        docket.number(),
        texts.say(subject),
        text);
  }

  private Address from(Docket docket, Decision.Forward decision) {
    Facts.CaseFacts running = docket.judged().facts().running().orElseThrow();
    return decision.to().party().kind().equals("gp")
        ? letters.addressOf(letters.teamOf(running.handler()).map(Team::id))
        : rooms.identity().gateway();
  }

  /** The referral itself, opened again, so that the new one reads what the first one read. */
  private OutgoingLetter carriedOn(Docket docket, Decision.Forward decision) throws CannotSeal {
    return forwards.letter(
        docket, decision, referral(docket).orElseGet(() -> Forwards.Source.of(docket)));
  }

  /** Empty when its bytes were purged: then the colleague's own mail is what there is. */
  private Optional<Forwards.Source> referral(Docket docket) {
    return rooms
        .store()
        .cases()
        .show(docket.number())
        .flatMap(CaseFile::message)
        .flatMap(rooms.store().holds()::original)
        .flatMap(this::opened);
  }

  private Optional<Forwards.Source> opened(Holds.Original original) {
    return rooms
        .opener()
        .open(original.sealed(), original.mailbox(), original.receivedAt())
        .fold(
            trusted ->
                Optional.of(
                    new Forwards.Source(
                        trusted,
                        rooms.reader().read(trusted.content(), trusted.signer().address()),
                        original.receivedAt())),
            refused -> Optional.empty());
  }

  /** The referrer hears who has his client now; empty when nothing can be sealed for him. */
  private Optional<OutgoingLetter> news(
      Docket docket, Decision.Forward decision, Facts.CaseFacts running, List<String> text)
      throws CannotSeal {
    Address reader = running.openerAddress();
    Optional<Sealing> how = rooms.directory().sealingFor(reader);
    if (how.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        letters.letter(
            OutgoingLetter.Kind.FEEDBACK,
            draft(docket, "news", "feedback.subject", text),
            letters.addressOf(decision.to().team()),
            reader,
            how.get(),
            docket.now()));
  }

  private List<String> handedOn(Decision.Forward decision) {
    List<String> text = new ArrayList<>();
    text.add(texts.say("handed-on", decision.to().shownAs()));
    decision
        .to()
        .worker()
        .flatMap(rooms.directory()::worker)
        .ifPresent(worker -> text.add(contact(worker)));
    return text;
  }

  private List<String> text(
      Letter.Feedback said, Decision.Forward decision, Facts.CaseFacts running, Docket docket) {
    Optional<Team> team = letters.teamOf(running.handler());
    String name = team.map(Team::name).orElse("");
    List<String> text = new ArrayList<>();
    text.add(texts.say("said." + said.outcome(), name));
    ContactPersons.named(rooms.directory(), said.contactPerson(), today(docket))
        .ifPresent(worker -> text.add(contact(worker)));
    reason(said, decision).ifPresent(text::add);
    if (mayTell(decision)) {
      said.explanation()
          .map(Confidential::reveal)
          .ifPresent(words -> text.add(texts.say("explanation", words)));
    }
    if (said.outcome() == Letter.Feedback.Outcome.DECLINED) {
      team.map(Team::coordinator)
          .flatMap(rooms.directory()::worker)
          .ifPresent(
              worker ->
                  text.add(
                      texts.say("disagree", worker.name().reveal(), rooms.identity().phone())));
    }
    if (said.outcome() == Letter.Feedback.Outcome.UNCLEAR) {
      text.add(texts.say("supply", rooms.identity().phone()));
    }
    return text;
  }

  private Optional<String> reason(Letter.Feedback said, Decision.Forward decision) {
    Optional<String> words = said.reason().map(Confidential::reveal);
    List<Reasons> listed = words.map(Reasons::in).orElse(List.of());
    if (!listed.isEmpty()) {
      List<String> sentences = listed.stream().map(r -> texts.say("reason." + r)).toList();
      return Optional.of(texts.say("reason", String.join("; ", sentences)));
    }
    return words.filter(w -> mayTell(decision)).map(w -> texts.say("reason", w));
  }

  private String contact(Worker worker) {
    String team = rooms.directory().team(worker.team()).map(Team::name).orElse("");
    String reach =
        worker.phone().orElseGet(rooms.identity()::phone)
            + worker.address().map(address -> ", " + address).orElse("");
    return texts.say("contact", worker.name().reveal(), team, reach);
  }

  /** Whether consent reached what was said beside the status. */
  private static boolean mayTell(Decision.Forward decision) {
    return decision
        .basis()
        .scenario()
        .filter(scenario -> scenario.context().personal())
        .map(Scenario::categories)
        .map(told -> told.stream().map(Category::code).anyMatch(OWN_WORDS::contains))
        .orElse(false);
  }

  private Told told(
      Letter.Feedback said, Decision.Forward decision, List<String> text, Docket docket) {
    List<String> sentences = new ArrayList<>();
    sentences.add(texts.say("sent"));
    text.forEach(line -> sentences.add("| " + line.replace("\n", "\n| ")));
    boolean leftOut = decision.because().stream().anyMatch(f -> f.code().equals("LEFT_OUT"));
    return new Told(
        ReceiptLetter.Outcome.FORWARDED,
        Optional.of(
            Texts.of("judge", language)
                .say("role." + decision.to().role(), decision.to().shownAs())),
        said.outcome() == Letter.Feedback.Outcome.DISPUTED
            ? Optional.of(
                rooms
                    .identity()
                    .office()
                    .deadlines()
                    .answerBy(docket.now(), rooms.identity().office().hours()))
            : Optional.empty(),
        sentences,
        leftOut ? List.of(texts.say("left-out")) : List.of(),
        Optional.empty());
  }

  private Consequences moved(
      Docket docket, Decision.Forward decision, Letter.Feedback said, Facts.CaseFacts running) {
    Optional<ReferralChange> change = steps.change(docket, decision);
    CaseUpdate update = CaseUpdate.of(docket.number(), docket.now(), said.outcome().name());
    CaseUpdate stated =
        change.map(c -> update.becoming(ReferralSteps.status(c.state()))).orElse(update);
    CaseUpdate assigned =
        newHandler(said, decision, running, docket)
            .map(
                worker ->
                    stated
                        .assignedTo(worker.team().map(TeamId::value), worker.worker())
                        .knowing(knowing(docket, worker.party())))
            .orElse(stated);
    Consequences all = Consequences.none().updating(assigned);
    return change.map(all::moving).orElse(all);
  }

  private record Handler(Party party, Optional<TeamId> team, Optional<String> worker) {}

  /** Who has the case from now on, when that changes: the contact person, or to whom it goes. */
  private Optional<Handler> newHandler(
      Letter.Feedback said, Decision.Forward decision, Facts.CaseFacts running, Docket docket) {
    if (decision.matter() == Decision.Matter.HANDING_ON) {
      return Optional.of(
          new Handler(
              decision.to().party(),
              decision.to().team(),
              // a team has it now: the worker who had it does not any more
              Optional.of(decision.to().worker().map(id -> id.value()).orElse(""))));
    }
    return said.outcome() == Letter.Feedback.Outcome.ACCEPTED
        ? ContactPersons.named(rooms.directory(), said.contactPerson(), today(docket))
            .filter(worker -> !worker.party().equals(running.handler()))
            .map(
                worker ->
                    new Handler(
                        worker.party(),
                        Optional.of(worker.team()),
                        Optional.of(worker.id().value())))
        : Optional.empty();
  }

  private String knowing(Docket docket, Party handler) {
    return rooms
        .store()
        .cases()
        .show(docket.number())
        .flatMap(CaseFile::facts)
        .map(text -> CaseText.read(text.reveal()).handledBy(handler).write())
        .orElseThrow(() -> new IllegalStateException("a case without facts runs"));
  }

  private static LocalDate today(Docket docket) {
    return docket.now().atZone(Moment.AMSTERDAM).toLocalDate();
  }
}
