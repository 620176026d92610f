package nl.wotpoort.desk;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nl.wotpoort.directory.Delivery;
import nl.wotpoort.directory.Team;
import nl.wotpoort.directory.TeamId;
import nl.wotpoort.directory.Worker;
import nl.wotpoort.directory.WorkerId;
import nl.wotpoort.letter.Address;
import nl.wotpoort.rules.calendar.Deadlines;
import nl.wotpoort.settings.Settings;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.CaseFile;
import nl.wotpoort.store.CaseMoved;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.OutgoingLetter;
import nl.wotpoort.store.ReferralChange;
import nl.wotpoort.store.ReferralFile;
import nl.wotpoort.texts.Texts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reminds of referrals that wait too long: the worker, then the coordinator, then the referrer
 * hears that it is late. Thread-safe.
 *
 * <p>What if the process dies, or two nodes are at it? The letter and the step it was stand in one
 * transaction, made from the version that was read: each goes once.
 */
public final class DeadlineClerk {

  private static final Logger LOG = LoggerFactory.getLogger(DeadlineClerk.class);
  private static final int AT_ONCE = 50;

  private final Rooms rooms;
  private final CaseLetters letters;
  private final CoordinatorNotes notes;
  private final Texts texts;

  public DeadlineClerk(Rooms rooms) {
    Envelopes envelopes = new Envelopes(rooms);
    this.rooms = rooms;
    this.letters = new CaseLetters(rooms, envelopes);
    this.notes = new CoordinatorNotes(rooms, envelopes);
    this.texts = Texts.of("referral", rooms.identity().language());
  }

  /** Sends what is due, and returns how many steps were taken. */
  public int work(Instant now) {
    int taken = 0;
    List<ReferralFile> due = rooms.store().referrals().due(now, AT_ONCE);
    while (!due.isEmpty()) {
      int before = taken;
      for (ReferralFile file : due) {
        taken += step(file, now);
      }
      due = taken == before ? List.of() : rooms.store().referrals().due(now, AT_ONCE);
    }
    return taken;
  }

  private int step(ReferralFile file, Instant now) {
    Optional<CaseFile> found = rooms.store().cases().show(file.number());
    if (found.isEmpty() || file.nextStep().isEmpty() || file.clockFrom().isEmpty()) {
      return 0;
    }
    Deadlines.Step step = file.nextStep().get();
    try {
      rooms.store().outbox().post(consequences(file, found.get(), step, now), now);
      LOG.info("reminded: case={} step={}", file.number(), step);
      return 1;
    } catch (CaseMoved since) {
      LOG.debug("answered meanwhile: case={}", file.number());
      return 0;
    }
  }

  private Consequences consequences(
      ReferralFile file, CaseFile found, Deadlines.Step step, Instant now) {
    Consequences moved = Consequences.none().moving(after(file, step, now));
    try {
      Optional<OutgoingLetter> letter = letter(file, found, step, now);
      if (letter.isPresent()) {
        return moved
            .sending(letter.get())
            .journalling(journal(found, step, JournalEntry.Outcome.SUCCESS, now));
      }
      Consequences nobody =
          moved.journalling(
              journal(found, step, JournalEntry.Outcome.FAILED, now).explaining("NOBODY"));
      return step == Deadlines.Step.REFERRER
          ? nobody
          : nobody.journalling(CoordinatorNotes.unreached(team(found), now));
    } catch (CannotSeal why) {
      LOG.warn("cannot seal a reminder: case={} reason={}", file.number(), why.reason());
      return moved.journalling(
          journal(found, step, JournalEntry.Outcome.FAILED, now).explaining(why.reason().name()));
    }
  }

  private ReferralChange after(ReferralFile file, Deadlines.Step step, Instant now) {
    Optional<Deadlines.Step> next =
        switch (step) {
          case WORKER -> Optional.of(Deadlines.Step.COORDINATOR);
          case COORDINATOR -> Optional.of(Deadlines.Step.REFERRER);
          case REFERRER -> Optional.empty();
        };
    Settings.Office office = rooms.identity().office();
    return new ReferralChange(
        file.number(),
        file.version(),
        now,
        "REMIND_" + step,
        file.state(),
        file.clockFrom(),
        next,
        next.map(s -> office.deadlines().due(s, file.clockFrom().orElseThrow(), office.hours())),
        Optional.empty(),
        "",
        Optional.empty());
  }

  private Optional<OutgoingLetter> letter(
      ReferralFile file, CaseFile found, Deadlines.Step step, Instant now) throws CannotSeal {
    Optional<Team> team = team(found);
    Optional<Delivery> to =
        switch (step) {
          case WORKER -> worker(found, team);
          case COORDINATOR -> notes.coordinator(team);
          case REFERRER -> referrer(found);
        };
    if (to.isEmpty()) {
      return Optional.empty();
    }
    Address from =
        step == Deadlines.Step.REFERRER
            ? letters.addressOf(team.map(Team::id))
            : rooms.identity().gateway();
    return Optional.of(
        letters.letter(
            OutgoingLetter.Kind.NOTICE,
            draft(file, team, step),
            from,
            to.get().address(),
            to.get().sealing(),
            now));
  }

  private Optional<Team> team(CaseFile found) {
    return found.team().map(TeamId::new).flatMap(rooms.directory()::team);
  }

  private CaseLetters.Draft draft(ReferralFile file, Optional<Team> team, Deadlines.Step step) {
    Settings.Office office = rooms.identity().office();
    LocalDate day = office.deadlines().answerBy(file.clockFrom().orElseThrow(), office.hours());
    String shown = DateTimeFormatter.ofPattern("d-M-yyyy", Locale.ROOT).format(day);
    String name = team.map(Team::name).orElse("");
    return new CaseLetters.Draft(
        file.number().toString(),
        "remind-" + step,
        file.version(),
        file.number(),
        texts.say("remind." + step + ".subject"),
        List.of(texts.say("remind." + step + ".text", shown, name, rooms.identity().phone())));
  }

  private Optional<Delivery> worker(CaseFile found, Optional<Team> team) {
    return found
        .worker()
        .map(WorkerId::new)
        .flatMap(rooms.directory()::worker)
        .filter(Worker::isReachable)
        .flatMap(Worker::delivery)
        .or(() -> team.flatMap(notes::mailbox))
        .or(() -> notes.coordinator(team));
  }

  private Optional<Delivery> referrer(CaseFile found) {
    return rooms
        .directory()
        .sealingFor(found.sender())
        .map(sealing -> new Delivery(found.sender(), sealing));
  }

  private static JournalEntry journal(
      CaseFile found, Deadlines.Step step, JournalEntry.Outcome outcome, Instant now) {
    JournalEntry entry =
        JournalEntry.of(
                now,
                "REMINDED_" + step,
                JournalEntry.Action.EXECUTE,
                Actor.gateway(),
                found.number())
            .ending(outcome)
            .inCase(found.number())
            .comingFrom("deadlines");
    return found.client().map(entry::concerning).orElse(entry);
  }
}
