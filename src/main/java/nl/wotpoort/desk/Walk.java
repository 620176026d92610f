package nl.wotpoort.desk;

import java.time.Instant;
import java.util.Optional;
import nl.wotpoort.letter.Address;
import nl.wotpoort.mime.Postmarks;
import nl.wotpoort.rules.judge.Decision;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.smime.Opened;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.AlreadyDecided;
import nl.wotpoort.store.CaseMoved;
import nl.wotpoort.store.CaseNumberTaken;
import nl.wotpoort.store.Claimed;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.Earlier;
import nl.wotpoort.store.HoldCause;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.OutgoingFile;
import nl.wotpoort.store.OutgoingLetter;
import nl.wotpoort.store.OutgoingRef;
import nl.wotpoort.store.OutgoingState;
import nl.wotpoort.store.Posting;
import nl.wotpoort.store.WorkerFull;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The walk of one claimed message: opened, read, decided, sealed, and posted with all that follows
 * from it. Thread-safe.
 */
final class Walk {

  private static final Logger LOG = LoggerFactory.getLogger(Walk.class);

  private final LiveRooms live;
  private final Rooms rooms;
  private final Loops loops;

  Walk(LiveRooms live) {
    this.live = live;
    this.rooms = live.get();
    this.loops = new Loops(rooms.marks());
  }

  /**
   * The rooms one message walks through, taken once: whatever is activated meanwhile, it sees one
   * version from its first step to its last.
   */
  private record Tools(
      Examiner examiner, Answers answers, UnverifiedNotices notices, SelfService own) {
    Tools(Rooms rooms) {
      this(
          new Examiner(rooms),
          new Answers(rooms),
          new UnverifiedNotices(rooms),
          new SelfService(rooms));
    }
  }

  /**
   * Posts what follows from a claimed message, once.
   *
   * <p>What if the process dies? See {@link Desk}: it is one transaction.
   */
  void post(Claimed claimed) {
    Permission given = Permission.in(rooms.store().journal().about(claimed.ref().toString()));
    Postmarks postmarks = Postmarks.of(claimed.sealed());
    if (loops.isGoingRound(postmarks) && !given.passes(Permission.LOOP)) {
      postLoop(claimed);
      return;
    }
    Tools tools = new Tools(live.get());
    Examined examined =
        tools
            .examiner()
            .examine(claimed.sealed(), claimed.mailbox(), claimed.receivedAt(), given, now());
    examined
        .<Runnable>fold(
            unverified -> () -> postUnverified(claimed, unverified.refused(), postmarks, tools),
            again -> () -> postAgain(claimed, again),
            judged -> () -> postJudged(claimed, judged, tools))
        .run();
  }

  /** Held and silent: an answer might go round as well. */
  private void postLoop(Claimed claimed) {
    Consequences held =
        Consequences.none()
            .journalling(journal(claimed, Permission.LOOP, JournalEntry.Outcome.REFUSED, now()));
    rooms.store().queue().post(claimed, Posting.held(HoldCause.LOOP, "POSTMARKS", held), now());
    LOG.warn("loop: message={}", claimed.ref());
  }

  private void postJudged(Claimed claimed, Examined.Judged judged, Tools tools) {
    if (judged.decision() instanceof Decision.Hold hold
        && hold.cause() == Decision.Hold.Cause.REGISTER_AWAY) {
      // not for a person: the same question gets an answer when the register is back
      rooms.store().queue().giveBack(claimed, now().plus(Desk.PAUSE));
      return;
    }
    for (int draw = 1; ; draw++) {
      try {
        Posting posting = posting(claimed, judged, tools);
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
      } catch (WorkerFull full) {
        // somebody else's decision took the last place since we looked: look again
        LOG.info("decided anew, a worker is full: message={}", claimed.ref());
        post(claimed);
        return;
      } catch (AlreadyDecided | CaseMoved since) {
        // another copy was decided, or its referral changed, since we looked: look again
        post(claimed);
        return;
      }
    }
  }

  private Posting posting(Claimed claimed, Examined.Judged judged, Tools tools) {
    Answers answers = tools.answers();
    try {
      Optional<Posting> own = tools.own().answer(claimed, judged, now());
      if (own.isPresent()) {
        return own.get();
      }
      return answers.posting(claimed, judged, now());
    } catch (CannotSeal why) {
      LOG.warn("cannot seal: message={} reason={}", claimed.ref(), why.reason());
      return answers.unsealable(claimed, judged, why, now());
    }
  }

  /**
   * The same message: the same answer. The same Message-ID over other content: a person must look.
   */
  private void postAgain(Claimed claimed, Examined.Again again) {
    String event = again.earlier().isPresent() ? "DUPLICATE" : Permission.CONFLICTING_COPY;
    Consequences journalled =
        Consequences.none()
            .journalling(journal(claimed, event, JournalEntry.Outcome.SUCCESS, now()));
    Posting posting =
        again
            .earlier()
            .map(
                earlier ->
                    Posting.done(
                        lastAnswer(earlier, again.opened().signer().address())
                            .map(journalled::repeating)
                            .orElse(journalled)))
            .orElseGet(() -> Posting.held(HoldCause.CONFLICTING_COPY, "MESSAGE_ID", journalled));
    rooms.store().queue().post(claimed, posting, now());
    LOG.info("seen before: message={} duplicate={}", claimed.ref(), again.earlier().isPresent());
  }

  /**
   * What the sender was told last about the first copy: after "held" it may have become
   * "forwarded", and a receipt that waited may have been replaced.
   */
  private Optional<OutgoingRef> lastAnswer(Earlier earlier, Address sender) {
    return rooms.store().outbox().of(earlier.ref()).stream()
        .filter(
            file ->
                file.kind() == OutgoingLetter.Kind.RECEIPT
                    || file.kind() == OutgoingLetter.Kind.NOTICE)
        .filter(file -> file.recipient().equals(sender))
        .filter(file -> file.state() != OutgoingState.REPLACED)
        .reduce((first, later) -> later.state() == OutgoingState.WAITING ? first : later)
        .map(OutgoingFile::ref);
  }

  /**
   * Held, and silent outside: the same for everything that is wrong before a signature verified.
   */
  private void postUnverified(
      Claimed claimed, Opened.Refused refused, Postmarks postmarks, Tools tools) {
    Consequences held =
        Consequences.none()
            .journalling(
                journal(claimed, "NOT_VERIFIED", JournalEntry.Outcome.REFUSED, now())
                    .explaining(refused.finding().code() + ": " + refused.detail()));
    Optional<OutgoingLetter> notice =
        postmarks.automatic()
            ? Optional.empty()
            : tools
                .own()
                .halfWay(claimed, refused, now())
                .or(() -> tools.notices().unverified(claimed.ref(), refused.claimedFrom(), now()));
    Consequences all = notice.map(held::sending).orElse(held);
    rooms
        .store()
        .queue()
        .post(claimed, Posting.held(HoldCause.NOT_VERIFIED, refused.finding().code(), all), now());
    LOG.info("not verified: message={}", claimed.ref());
  }

  static JournalEntry journal(
      Claimed claimed, String event, JournalEntry.Outcome outcome, Instant at) {
    return JournalEntry.of(at, event, JournalEntry.Action.EXECUTE, Actor.gateway(), claimed.ref())
        .ending(outcome)
        .comingFrom(claimed.source());
  }

  private Instant now() {
    return rooms.clock().instant();
  }
}
