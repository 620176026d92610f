package nl.wotpoort.desk;

import java.time.Instant;
import java.util.Optional;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.rules.request.RequestState;
import nl.wotpoort.store.CaseStatus;
import nl.wotpoort.store.CaseUpdate;
import nl.wotpoort.store.Claimed;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.Holds;
import nl.wotpoort.store.OutgoingClaim;
import nl.wotpoort.store.OutgoingLetter;
import nl.wotpoort.store.OutgoingState;
import nl.wotpoort.store.RequestFile;
import nl.wotpoort.store.RequestUpdate;

/**
 * A request between the decision that it may go and the next hop that takes it. In all of that time
 * its asker reads what he would read had there never been a consent (policy, rule 12): it is held,
 * and later it lapses or goes on. That it had been permitted shows only when it arrived.
 *
 * <p>So a request that is not taken at its first try is told of as held, instead of nothing and
 * hours later that it is delayed; and one that the policy forbids at the door goes back to the desk
 * and is judged anew, as if it had come in then.
 */
final class RequestAtTheDoor {

  private final Rooms rooms;
  private final Examiner examiner;
  private final Receipts receipts;
  private final RequestSteps steps;

  RequestAtTheDoor(Rooms rooms) {
    this.rooms = rooms;
    this.examiner = new Examiner(rooms);
    this.receipts = new Receipts(rooms, new Envelopes(rooms));
    this.steps = new RequestSteps(rooms.identity());
  }

  /** The request that this letter brings on; empty when it brings on none. */
  Optional<RequestFile> request(OutgoingClaim claim) {
    return claim
        .message()
        .filter(message -> claim.kind() == OutgoingLetter.Kind.FORWARD)
        .flatMap(rooms.store().requests()::show)
        .filter(file -> file.state() == RequestState.PERMITTED);
  }

  /**
   * Back to the desk: the letter does not leave, the request is held, nobody of the team has its
   * case. False when its original is no longer there; then nothing was done.
   *
   * <p>What if the process dies after this? The message waits for the desk as any other.
   */
  boolean isTakenBack(
      OutgoingClaim claim, RequestFile request, String reason, Consequences so, Instant now) {
    Consequences all = so.asking(RequestUpdate.of(request.message(), RequestState.HELD, now));
    boolean own =
        rooms
            .store()
            .cases()
            .show(request.caseNumber())
            .filter(file -> file.message().equals(Optional.of(request.message())))
            .isPresent();
    CaseUpdate freed =
        CaseUpdate.of(request.caseNumber(), now, "STOPPED")
            .becoming(CaseStatus.OPEN)
            .assignedTo(Optional.empty(), Optional.of(""));
    return rooms.store().outbox().takenBack(claim, now, reason, own ? all.updating(freed) : all);
  }

  /**
   * Nobody has taken it yet: the receipt that waited is replaced by the one of a request that is
   * held, and a notice waits in its place. Done once, for an asker who was told nothing so far.
   *
   * <p>What if the process dies after this? The letter is sent again when its lease ends, and the
   * notice follows it.
   */
  void tellHeld(OutgoingClaim claim, RequestFile request, Instant now) {
    boolean untold =
        rooms.store().outbox().of(request.message()).stream()
            .anyMatch(
                file ->
                    file.kind() == OutgoingLetter.Kind.RECEIPT
                        && file.state() == OutgoingState.WAITING
                        && file.waitsFor().equals(Optional.of(claim.ref())));
    if (untold) {
      rooms
          .store()
          .holds()
          .original(request.message())
          .flatMap(original -> held(claim, request, original, now))
          .filter(all -> !all.letters().isEmpty())
          .ifPresent(all -> rooms.store().outbox().replaceWaiting(claim.ref(), now, all));
    }
  }

  private Optional<Consequences> held(
      OutgoingClaim claim, RequestFile request, Holds.Original original, Instant now) {
    return examiner
        .openedBefore(original, now)
        .filter(judged -> judged.reading().letter() instanceof Letter.InformationRequest)
        .map(
            judged -> {
              Docket docket = new Docket(rooms, claimed(request, original), judged, now);
              Letter.InformationRequest letter =
                  (Letter.InformationRequest) judged.reading().letter();
              Told first =
                  Told.awaiting(rooms.identity().language()).adding(steps.toldWaiting(letter));
              Consequences held =
                  receipts.adding(
                      Consequences.none(), docket, Receipts.Turn.FIRST, first, Optional.empty());
              return request
                  .facts()
                  .map(text -> RequestText.read(text.reveal()))
                  .map(text -> Told.forwarded(text).adding(steps.told(letter, text)))
                  .map(
                      later ->
                          receipts.adding(
                              held,
                              docket,
                              Receipts.Turn.LATER,
                              later,
                              Optional.of(claim.messageId())))
                  .orElse(held);
            });
  }

  /** As the desk had it. */
  private static Claimed claimed(RequestFile request, Holds.Original original) {
    return new Claimed(
        request.message(),
        0,
        original.sealed(),
        original.mailbox(),
        original.envelopeRecipient(),
        original.receivedAt(),
        "dispatch",
        0);
  }
}
