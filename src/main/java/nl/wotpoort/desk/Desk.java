package nl.wotpoort.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.mime.Correspondent;
import nl.wotpoort.mime.Heading;
import nl.wotpoort.mime.NoticeLetter;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.rules.judge.Decision;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.smime.Opened;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.AlreadyDecided;
import nl.wotpoort.store.CaseNumberTaken;
import nl.wotpoort.store.Claimed;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.HoldCause;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.LeaseLost;
import nl.wotpoort.store.OutgoingLetter;
import nl.wotpoort.store.Posting;
import nl.wotpoort.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Walks each received message through the rooms, in order, once: claim (the attempt counted and
 * committed), open, read, decide, seal, post (one transaction). Thread-safe; several may work on
 * one store.
 *
 * <p>What if the process dies? Before {@code post}: nothing happened but the counted attempt; the
 * lease ends and somebody does it again, with the same Message-IDs. After it: everything is
 * written.
 */
public final class Desk {

  /**
   * The journal's event for: a second person looked at the legal ground a message states, and
   * agrees. Written before the message is released.
   */
  public static final String SECOND_PERSON_AGREED = "SECOND_PERSON_AGREED";

  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

  /** How long one message may take before another may claim it. */
  private static final Duration LEASE = Duration.ofMinutes(2);

  /** How long a message that failed waits before it is tried again. */
  private static final Duration PAUSE = Duration.ofSeconds(20);

  private final Rooms rooms;
  private final Examiner examiner;
  private final Answers answers;

  public Desk(Rooms rooms) {
    this.rooms = rooms;
    this.examiner = new Examiner(rooms);
    this.answers = new Answers(rooms);
  }

  /**
   * Works until nothing is due, and returns how many messages were settled. A fault in one message
   * leaves it to be tried again and is thrown on, so that it is seen; the others are taken at the
   * next turn.
   */
  public int work() {
    int settled = 0;
    for (Optional<Claimed> next = next(); next.isPresent(); next = next()) {
      settle(next.get());
      settled++;
    }
    return settled;
  }

  private Optional<Claimed> next() {
    List<Claimed> claimed = rooms.store().queue().claim(now(), LEASE, rooms.node(), 1);
    return claimed.stream().findFirst();
  }

  private void settle(Claimed claimed) {
    boolean done = false;
    try {
      post(claimed);
      done = true;
    } catch (LeaseLost lost) {
      // somebody else has it now, and will finish it
      LOG.info("lease lost: message={}", claimed.ref());
      done = true;
    } finally {
      if (!done) {
        comeBack(claimed);
      }
    }
  }

  /** After a fault. If even this fails, the lease ends by itself. */
  private void comeBack(Claimed claimed) {
    try {
      rooms.store().queue().tryAgain(claimed, now().plus(PAUSE));
    } catch (StoreException | LeaseLost e) {
      LOG.warn(
          "message waits for its lease to end: message={} because={}",
          claimed.ref(),
          e.getClass().getSimpleName());
    }
  }

  private void post(Claimed claimed) {
    Examined examined = examine(claimed, false);
    if (awaitsSecondPerson(examined) && secondPersonAgreed(claimed)) {
      examined = examine(claimed, true);
    }
    examined
        .<Runnable>fold(
            unverified -> () -> postUnverified(claimed, unverified.refused()),
            again -> () -> postAgain(claimed, again),
            judged -> () -> postJudged(claimed, judged))
        .run();
  }

  private Examined examine(Claimed claimed, boolean secondPersonAgreed) {
    return examiner.examine(
        claimed.sealed(), claimed.mailbox(), claimed.receivedAt(), secondPersonAgreed, now());
  }

  private static boolean awaitsSecondPerson(Examined examined) {
    return examined.fold(
        unverified -> false,
        again -> false,
        judged ->
            judged.decision() instanceof Decision.Hold hold
                && hold.cause() == Decision.Hold.Cause.SECOND_PERSON);
  }

  /** Asked only where it matters: the journal is the one place that says so. */
  private boolean secondPersonAgreed(Claimed claimed) {
    return rooms.store().journal().about(claimed.ref().toString()).stream()
        .anyMatch(line -> line.entry().event().equals(SECOND_PERSON_AGREED));
  }

  private void postJudged(Claimed claimed, Examined.Judged judged) {
    for (int draw = 1; ; draw++) {
      try {
        Posting posting = posting(claimed, judged);
        rooms.store().queue().post(claimed, posting, now());
        LOG.info(
            "decided: message={} decision={} attempt={}",
            claimed.ref(),
            judged.decision().getClass().getSimpleName(),
            claimed.attempt());
        return;
      } catch (CaseNumberTaken taken) {
        if (draw == 5) {
          throw new IllegalStateException("no free case number in five draws", taken);
        }
      } catch (AlreadyDecided copy) {
        // another copy was decided since we looked: look again
        post(claimed);
        return;
      }
    }
  }

  private Posting posting(Claimed claimed, Examined.Judged judged) {
    try {
      return answers.posting(claimed, judged, now());
    } catch (CannotSeal why) {
      LOG.warn("cannot seal: message={} reason={}", claimed.ref(), why.reason());
      return answers.unsealable(claimed, judged, why, now());
    }
  }

  /**
   * The same message: the same receipt. The same Message-ID over other content: a person must look.
   */
  private void postAgain(Claimed claimed, Examined.Again again) {
    Consequences journalled =
        Consequences.none()
            .journalling(
                journal(
                    claimed,
                    again.earlier().isPresent() ? "DUPLICATE" : "CONFLICTING_COPY",
                    JournalEntry.Outcome.SUCCESS));
    Posting posting =
        again
            .earlier()
            .map(
                earlier ->
                    Posting.done(earlier.receipt().map(journalled::repeating).orElse(journalled)))
            .orElseGet(() -> Posting.held(HoldCause.CONFLICTING_COPY, "MESSAGE_ID", journalled));
    rooms.store().queue().post(claimed, posting, now());
    LOG.info("seen before: message={} duplicate={}", claimed.ref(), again.earlier().isPresent());
  }

  /**
   * Held, and silent outside: the same for everything that is wrong before a signature verified.
   */
  private void postUnverified(Claimed claimed, Opened.Refused refused) {
    Consequences held =
        Consequences.none()
            .journalling(
                journal(claimed, "NOT_VERIFIED", JournalEntry.Outcome.REFUSED)
                    .explaining(refused.finding().code() + ": " + refused.detail()));
    Consequences all = notice(claimed, refused.claimedFrom()).map(held::sending).orElse(held);
    rooms
        .store()
        .queue()
        .post(claimed, Posting.held(HoldCause.NOT_VERIFIED, refused.finding().code(), all), now());
    LOG.info("not verified: message={}", claimed.ref());
  }

  /**
   * By setting, and only to an address we know: anybody can write a From. One a day, whatever was
   * wrong.
   */
  private Optional<OutgoingLetter> notice(Claimed claimed, Optional<Address> claimedFrom) {
    if (!rooms.identity().unverifiedNotices()) {
      return Optional.empty();
    }
    return claimedFrom
        .filter(from -> rooms.directory().partnerOf(from).isPresent())
        .map(
            partner -> {
              Envelopes envelopes = new Envelopes(rooms);
              Heading heading =
                  new Heading(
                      Correspondent.of(rooms.identity().organisation(), rooms.identity().gateway()),
                      Correspondent.of(partner),
                      Optional.empty(),
                      envelopes.messageId(claimed.ref(), "unverified", partner, 0),
                      now(),
                      Optional.empty(),
                      List.of());
              Bytes letter =
                  rooms
                      .writer()
                      .notice(
                          new NoticeLetter(
                              heading,
                              NoticeLetter.Kind.UNVERIFIED,
                              Optional.empty(),
                              Optional.empty(),
                              rooms.identity().language()));
              return OutgoingLetter.of(
                      OutgoingLetter.Kind.NOTICE, heading.messageId(), partner, letter)
                  .oncePer(
                      new OutgoingLetter.NoticeSlot(
                          partner, "UNVERIFIED", now().atZone(Moment.AMSTERDAM).toLocalDate()));
            });
  }

  private JournalEntry journal(Claimed claimed, String event, JournalEntry.Outcome outcome) {
    return JournalEntry.of(
            now(), event, JournalEntry.Action.EXECUTE, Actor.gateway(), claimed.ref())
        .ending(outcome)
        .comingFrom(claimed.source());
  }

  private Instant now() {
    return rooms.clock().instant();
  }
}
