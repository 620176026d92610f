package nl.wotpoort.desk;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.directory.Delivery;
import nl.wotpoort.directory.Team;
import nl.wotpoort.directory.Worker;
import nl.wotpoort.directory.WorkerId;
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

  /**
   * Where a team's coordinator is reached; when he is not, the team's own mailbox, then the deputy.
   * Never an address that did not answer its code; empty when nobody is left.
   */
  Optional<Delivery> coordinator(Optional<Team> team) {
    return team.flatMap(
        t ->
            reached(t.coordinator())
                .or(() -> mailbox(t))
                .or(() -> t.deputy().flatMap(this::reached)));
  }

  /** The team's own mailbox, when it answered its code. */
  Optional<Delivery> mailbox(Team team) {
    return Optional.of(team.delivery()).filter(Delivery::isConfirmed);
  }

  private Optional<Delivery> reached(WorkerId worker) {
    return rooms.directory().worker(worker).filter(Worker::isReachable).flatMap(Worker::delivery);
  }

  /** That somebody had to be told and nobody can be. */
  static JournalEntry unreached(Optional<Team> team, Instant now) {
    return Alerts.entry(
        Alerts.TEAM_UNREACHED, "team:" + team.map(t -> t.id().value()).orElse("?"), "", now);
  }

  /** {@code so} with the note, when what is held is for the coordinator. */
  Consequences about(Consequences so, Docket docket, Decision.Hold hold) {
    Optional<Facts.CaseFacts> running = docket.judged().facts().running();
    if (hold.cause() != Decision.Hold.Cause.OUT_OF_ORDER || running.isEmpty()) {
      return so;
    }
    Optional<Team> team = letters.teamOf(running.get().handler());
    Optional<Delivery> to = coordinator(team);
    try {
      return to.isEmpty()
          ? so.journalling(unreached(team, docket.now()))
          : so.sending(note(docket, to.get()));
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
