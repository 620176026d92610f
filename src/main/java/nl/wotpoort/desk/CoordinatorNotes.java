package nl.wotpoort.desk;

import java.util.List;
import java.util.Optional;
import nl.wotpoort.directory.Delivery;
import nl.wotpoort.directory.Team;
import nl.wotpoort.directory.Worker;
import nl.wotpoort.rules.judge.Decision;
import nl.wotpoort.rules.judge.Facts;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.OutgoingLetter;
import nl.wotpoort.texts.Texts;

/** Tells a team's coordinator that something in one of its cases waits for a person. */
final class CoordinatorNotes {

  private final Rooms rooms;
  private final CaseLetters letters;
  private final Texts texts;

  CoordinatorNotes(Rooms rooms, Envelopes envelopes) {
    this.rooms = rooms;
    this.letters = new CaseLetters(rooms, envelopes);
    this.texts = Texts.of("referral", rooms.identity().language());
  }

  /** Where a team's coordinator is reached; the team's own mailbox when he is not. */
  Optional<Delivery> coordinator(Optional<Team> team) {
    return team.map(
        t ->
            rooms
                .directory()
                .worker(t.coordinator())
                .filter(Worker::isReachable)
                .flatMap(Worker::delivery)
                .orElse(t.delivery()));
  }

  /** {@code so} with the note, when what is held is for the coordinator. */
  Consequences about(Consequences so, Docket docket, Decision.Hold hold) {
    Optional<Facts.CaseFacts> running = docket.judged().facts().running();
    if (hold.cause() != Decision.Hold.Cause.OUT_OF_ORDER || running.isEmpty()) {
      return so;
    }
    Optional<Delivery> to = coordinator(letters.teamOf(running.get().handler()));
    try {
      return to.isEmpty() ? so : so.sending(note(docket, to.get()));
    } catch (CannotSeal why) {
      return so.journalling(
          docket
              .journal("NOTE_NOT_POSSIBLE", JournalEntry.Outcome.FAILED)
              .explaining(why.reason().name()));
    }
  }

  private OutgoingLetter note(Docket docket, Delivery to) throws CannotSeal {
    return letters.letter(
        OutgoingLetter.Kind.NOTICE,
        new CaseLetters.Draft(
            docket.claimed().ref().toString(),
            "coordinator",
            docket.round(),
            docket.number(),
            texts.say("held.subject"),
            List.of(texts.say("held.text", docket.claimed().ref()))),
        rooms.identity().gateway(),
        to.address(),
        to.sealing(),
        docket.now());
  }
}
