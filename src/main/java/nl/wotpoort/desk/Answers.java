package nl.wotpoort.desk;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.rules.judge.Decision;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.CaseStatus;
import nl.wotpoort.store.Claimed;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.HoldCause;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.MessageRef;
import nl.wotpoort.store.OutgoingLetter;
import nl.wotpoort.store.Posting;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/**
 * Turns a decision into everything that follows from it: the case, the sealed letters, the journal.
 * One {@link Posting}, so that what the sender is told and what the team gets are written together
 * or not at all.
 */
final class Answers {

  private final Rooms rooms;
  private final Language language;
  private final Forwards forwards;
  private final Receipts receipts;
  private final RequestSteps steps;
  private final Feedbacks feedbacks;
  private final ReferralSteps referrals;
  private final CoordinatorNotes notes;
  private final ConsentDesk consentDesk;

  Answers(Rooms rooms) {
    this.rooms = rooms;
    this.language = rooms.identity().language();
    Envelopes envelopes = new Envelopes(rooms);
    this.forwards = new Forwards(rooms, envelopes);
    this.receipts = new Receipts(rooms, envelopes);
    this.consentDesk = new ConsentDesk(rooms, envelopes);
    this.steps = new RequestSteps(rooms.identity());
    this.feedbacks = new Feedbacks(rooms, envelopes, receipts, forwards);
    this.referrals = new ReferralSteps(rooms);
    this.notes = new CoordinatorNotes(rooms, envelopes);
  }

  /**
   * The posting for a judged message.
   *
   * @throws CannotSeal when the letter for its recipient cannot be sealed: then nothing of it may
   *     be posted
   */
  Posting posting(Claimed claimed, Examined.Judged judged, Instant now) throws CannotSeal {
    Docket docket = new Docket(rooms, claimed, judged, now);
    return judged
        .decision()
        .<Step>fold(
            new Decision.Cases<>() {
              @Override
              public Step forward(Decision.Forward decision) {
                return () -> Answers.this.forward(docket, decision);
              }

              @Override
              public Step giveBack(Decision.Return decision) {
                return () -> Answers.this.giveBack(docket, decision);
              }

              @Override
              public Step hold(Decision.Hold decision) {
                return () -> Answers.this.hold(docket, decision);
              }

              @Override
              public Step file(Decision.File decision) {
                return () -> Answers.this.file(docket, decision);
              }

              @Override
              public Step own(Decision.Own decision) {
                return () -> Answers.this.own(docket, decision);
              }
            })
        .take();
  }

  /** The part of a posting that may find that it cannot seal. */
  private interface Step {
    Posting take() throws CannotSeal;
  }

  /** The posting when the letter could not be sealed: held, and the sender is told that it is. */
  Posting unsealable(Claimed claimed, Examined.Judged judged, CannotSeal why, Instant now) {
    Docket docket = new Docket(rooms, claimed, judged, now);
    String reason = why.reason().name();
    Consequences journalled =
        docket
            .inCase(
                Decision.Matter.MESSAGE,
                CaseStatus.OPEN,
                new Decision.File(judged.decision().because()))
            .journalling(docket.journal("HELD", JournalEntry.Outcome.FAILED).explaining(reason));
    return Posting.held(
        HoldCause.NOT_SEALABLE,
        reason,
        toldOnce(journalled, docket, Told.unsealable(judged.decision(), judged.facts(), language)));
  }

  private Posting forward(Docket docket, Decision.Forward decision) throws CannotSeal {
    if (Feedbacks.isOne(docket, decision)) {
      return feedbacks.posting(docket, decision);
    }
    if (referrals.isTakenBack(docket)) {
      return Posting.done(
          docket.fingerprint(),
          Consequences.none()
              .journalling(docket.journal("TAKEN_BACK", JournalEntry.Outcome.REFUSED, decision)));
    }
    OutgoingLetter letter = forwards.letter(docket, decision);
    Consequences all =
        docket
            .inCase(decision.matter(), CaseStatus.FORWARDED, decision)
            .sending(letter)
            .journalling(forwards.disclosure(docket, decision));
    Told told = Told.forwarded(decision, docket.now(), rooms.identity().office(), language);
    return Posting.done(
        docket.fingerprint(),
        receipts.adding(
            moving(steps.forwarded(all, docket, decision), docket, decision),
            docket,
            told.adding(steps.told(docket, decision)),
            Optional.of(letter.messageId())));
  }

  private Consequences moving(Consequences so, Docket docket, Decision decision) {
    return referrals.change(docket, decision).map(so::moving).orElse(so);
  }

  private Posting giveBack(Docket docket, Decision.Return decision) {
    Consequences all =
        docket
            .inCase(Decision.Matter.MESSAGE, CaseStatus.CLOSED, decision)
            .journalling(docket.journal("REFUSED", JournalEntry.Outcome.REFUSED, decision));
    Told told =
        Told.refused(
            decision, docket.judged().reading().letter(), docket.judged().facts(), language);
    return Posting.done(
        docket.fingerprint(),
        receipts.adding(steps.refused(all, docket), docket, told, Optional.empty()));
  }

  private Posting own(Docket docket, Decision.Own decision) throws CannotSeal {
    return switch (decision.errand()) {
      case CONFIRMATION -> confirmed(docket, decision);
      case CONSENT_NOTE -> consentDesk.posting(docket);
    };
  }

  /** The held answers go on, by a new evaluation; "nee" leaves them where they are. */
  private Posting confirmed(Docket docket, Decision.Own decision) {
    boolean yes =
        docket.judged().reading().letter() instanceof Letter.Confirmation said && said.confirmed();
    Consequences all =
        docket
            .inCase(Decision.Matter.MESSAGE, CaseStatus.OPEN, decision)
            .journalling(
                docket.journal(
                    yes ? "ANSWER_CONFIRMED" : "ANSWER_NOT_CONFIRMED",
                    JournalEntry.Outcome.SUCCESS,
                    decision));
    Actor sender = Actor.of(docket.sender().toString(), "sender");
    for (MessageRef held : RequestSteps.unconfirmed(docket.judged().facts())) {
      if (yes) {
        all =
            all.journalling(
                    JournalEntry.of(
                            docket.now(),
                            Permission.SENDER_CONFIRMED,
                            JournalEntry.Action.UPDATE,
                            sender,
                            held)
                        .inCase(docket.number())
                        .comingFrom(docket.claimed().source()))
                .doing(new Consequences.HeldDeed(held, Consequences.HeldDeed.Kind.RELEASE, sender));
      }
    }
    Texts texts = Texts.of("desk", language);
    Told told =
        Told.done(List.of(texts.say(yes ? "answer.confirmed" : "answer.notConfirmed")), List.of());
    return Posting.done(docket.fingerprint(), receipts.adding(all, docket, told, Optional.empty()));
  }

  private Posting hold(Docket docket, Decision.Hold decision) {
    Consequences all =
        stating(docket.inCase(Decision.Matter.MESSAGE, CaseStatus.OPEN, decision), docket, decision)
            .journalling(
                docket
                    .journal("HELD", JournalEntry.Outcome.REFUSED, decision)
                    .explaining(
                        RequestSteps.inFull(docket, decision.consent())
                            .map(outcomes -> decision.detail() + "; " + outcomes)
                            .orElse(decision.detail())));
    Told told =
        Told.held(decision, docket.judged().facts(), language).adding(steps.told(docket, decision));
    return Posting.held(
        cause(decision.cause()),
        decision.cause() + "/" + decision.detail(),
        toldOnce(
            notes.about(
                moving(steps.held(all, docket, decision), docket, decision), docket, decision),
            docket,
            told));
  }

  /** What a letter states in place of consent is journalled whole, before anybody releases it. */
  private static Consequences stating(Consequences so, Docket docket, Decision.Hold decision) {
    return GroundStatement.in(docket.judged().reading().letter())
        .filter(ground -> decision.cause() == Decision.Hold.Cause.SECOND_PERSON)
        .map(
            ground ->
                so.journalling(
                    docket
                        .journal(GroundStatement.EVENT, JournalEntry.Outcome.SUCCESS)
                        .usingEmergencyGround()
                        .explaining(ground.write())))
        .orElse(so);
  }

  /** Held before and told so: the same news is not news. */
  private Consequences toldOnce(Consequences so, Docket docket, Told held) {
    return docket.isTold() ? so : receipts.adding(so, docket, held, Optional.empty());
  }

  private Posting file(Docket docket, Decision.File decision) {
    return Posting.done(
        docket.fingerprint(),
        Consequences.none()
            .journalling(docket.journal("FILED", JournalEntry.Outcome.SUCCESS, decision)));
  }

  private static HoldCause cause(Decision.Hold.Cause cause) {
    return switch (cause) {
      case NOT_READABLE -> HoldCause.NOT_READABLE;
      case NOT_ROUTABLE, NOT_IN_CASE, OUT_OF_ORDER -> HoldCause.NOT_ROUTABLE;
      case AWAITING_CONSENT,
          UNKNOWN_SENDER,
          NOT_A_REFERRER,
          CLIENT_AMBIGUOUS,
          REGISTER_AWAY,
          SECOND_PERSON,
          CONFIRM_ANSWER ->
          HoldCause.NOT_DECIDED;
    };
  }
}
