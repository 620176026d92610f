package nl.wotpoort.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Address;
import nl.wotpoort.rules.consent.ConsentDecision;
import nl.wotpoort.rules.consent.ConsentPolicy;
import nl.wotpoort.rules.consent.Reason;
import nl.wotpoort.rules.consent.Scenario;
import nl.wotpoort.rules.request.RequestState;
import nl.wotpoort.settings.Settings;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.CaseStatus;
import nl.wotpoort.store.CaseUpdate;
import nl.wotpoort.store.ClientPseudonyms;
import nl.wotpoort.store.ConsentsFound;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.LeaseLost;
import nl.wotpoort.store.OutgoingClaim;
import nl.wotpoort.store.OutgoingLetter;
import nl.wotpoort.store.Reply;
import nl.wotpoort.store.RequestFile;
import nl.wotpoort.store.RequestUpdate;
import nl.wotpoort.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the letters of the outbox: consent judged once more, then to the next hop, then what waited
 * for it. Thread-safe.
 *
 * <p>What if the process dies? Before the hop's 250: the lease ends and the letter is sent again.
 * Between its 250 and our commit: the letter is sent again with the same Message-ID; this window,
 * one commit long, is the only one in which a hop can see a letter twice.
 */
public final class Dispatch {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

  /**
   * Kept up while a letter is under way ({@link #keep}); after a kill another node waits for it.
   */
  static final Duration LEASE = Duration.ofMinutes(2);

  /** How many letters are under way at once, and how many of those to one recipient. */
  public record Hands(int all, int perRecipient) {
    static final Hands USUAL = new Hands(8, 4);
  }

  private static final LargeMail LARGE = LargeMail.heap();

  private final Rooms rooms;
  private final Courier courier;
  private final RetryLadder ladder;
  private final LiveRooms live;
  private final Settings.Refusals refusals;
  private final Lanes lanes;
  private final Rest rest = new Rest();
  private final Seldom seldom = new Seldom();

  /** In rooms that never change, with the usual hands; a refusal for good is a letter's end. */
  public Dispatch(Rooms rooms, Courier courier, RetryLadder ladder) {
    this(rooms, courier, ladder, Hands.USUAL, Settings.Refusals.FINAL);
  }

  /** In rooms that never change. */
  public Dispatch(
      Rooms rooms, Courier courier, RetryLadder ladder, Hands hands, Settings.Refusals refusals) {
    this(LiveRooms.fixed(rooms), courier, ladder, hands, refusals);
  }

  /** In rooms that follow what is activated. */
  public Dispatch(
      LiveRooms live,
      Courier courier,
      RetryLadder ladder,
      Hands hands,
      Settings.Refusals refusals) {
    this.live = live;
    this.rooms = live.get();
    this.refusals = refusals;
    this.lanes =
        new Lanes(
            hands.all(), hands.perRecipient(), dropped -> LARGE.leave(dropped.sealed().length()));
    this.courier = courier;
    this.ladder = ladder;
  }

  private News news() {
    return new News(live.get());
  }

  /**
   * Sends until nothing is due that may go now, and returns how many letters the next hop took.
   * Several turns may run at once, each with one letter at a time; a recipient with his share under
   * way is left out. A fault in one letter stays with that letter; when the store is away the turn
   * ends.
   */
  public int work() {
    int sent = 0;
    rest.begin();
    try {
      for (Optional<OutgoingClaim> next = next(); next.isPresent(); next = next()) {
        sent += settle(next.get());
      }
    } catch (StoreException away) {
      if (seldom.isTimeFor("store", now())) {
        LOG.warn("nothing sent now, the store is away: {}", Attempt.code(away));
      }
    } finally {
      rest.end();
    }
    return sent;
  }

  /**
   * Keeps what is under way ours: to be called more often than a lease is long. A letter that is no
   * longer ours is not sent twice by this; whoever has it decides.
   */
  public void keep() {
    for (OutgoingClaim claim : lanes.claimed()) {
      Attempt.at(() -> keep(claim))
          .fault()
          .filter(fault -> seldom.isTimeFor("keep", now()))
          .ifPresent(fault -> LOG.warn("a lease was not kept: {}", Attempt.code(fault)));
    }
  }

  private boolean keep(OutgoingClaim claim) {
    Instant now = now();
    boolean isOurs = rooms.store().outbox().extend(claim, now.plus(LEASE));
    if (isOurs) {
      lanes.kept(claim, now);
    }
    return isOurs;
  }

  /** Takes no letter any more; those that were claimed go on. */
  public void askToRest() {
    rest.ask();
  }

  /**
   * Waits for the letters under way, at most {@code patience}. What is not answered then cannot be
   * taken back from its server: it stays SENDING, and goes again, under the same Message-ID, when
   * its lease ends or the gateway starts.
   */
  public void rest(Duration patience) {
    rest.ask();
    if (!rest.isQuietWithin(patience)) {
      LOG.warn("letters under way at the stop: {}", lanes.claimed().size());
    }
  }

  private Optional<OutgoingClaim> next() {
    return lanes.begin(busy -> rest.isAsked() ? Optional.empty() : claim(busy), this::now);
  }

  /** A large letter keeps its place in the heap until it is settled, or dropped by the lanes. */
  private Optional<OutgoingClaim> claim(Set<Address> busy) {
    long largest = LARGE.enter();
    List<OutgoingClaim> claimed = List.of();
    try {
      claimed = rooms.store().outbox().claim(now(), LEASE, rooms.node(), 1, busy, largest);
    } finally {
      LARGE.entered(largest, claimed.isEmpty() ? 0 : claimed.get(0).sealed().length());
    }
    return claimed.stream().findFirst();
  }

  /** 1 when it was sent. */
  private int settle(OutgoingClaim claim) {
    try {
      Attempt<Boolean> attempt = Attempt.at(() -> sendIfAllowed(claim));
      attempt.fault().ifPresent(fault -> failed(claim, fault));
      return attempt.value().orElse(false) ? 1 : 0;
    } finally {
      lanes.end(claim, now());
      LARGE.leave(claim.sealed().length());
    }
  }

  private void failed(OutgoingClaim claim, Throwable fault) {
    if (fault instanceof LeaseLost) {
      LOG.info("lease lost: letter={}", claim.ref());
      return;
    }
    if (fault instanceof StoreException away && away.isTemporary()) {
      throw away; // ends the turn; the lease ends by itself
    }
    String code = Attempt.code(fault);
    LOG.warn("fault: letter={} attempt={} cause={}", claim.ref(), claim.attempt(), code);
    later(claim, new Reply(0, code));
  }

  private void later(OutgoingClaim claim, Reply reply) {
    Instant next = ladder.next(claim.createdAt(), claim.attempt(), now());
    try {
      rooms.store().outbox().deferred(claim, next, reply);
    } catch (LeaseLost lost) {
      LOG.info("lease lost: letter={}", claim.ref());
    }
  }

  private boolean sendIfAllowed(OutgoingClaim claim) {
    Optional<ConsentDecision> forbidden =
        judgedAgain(claim).filter(decision -> decision.outcome() != ConsentDecision.Outcome.PERMIT);
    if (forbidden.isEmpty()) {
      return send(claim);
    }
    if (forbidden.get().reason() == Reason.INDETERMINATE) {
      later(claim, new Reply(0, Reason.INDETERMINATE.name())); // no answer is no refusal
    } else {
      stop(claim, forbidden.get());
    }
    return false;
  }

  /**
   * The policy once more, with the register as it is now; empty for a letter that rests on no
   * consent.
   */
  private Optional<ConsentDecision> judgedAgain(OutgoingClaim claim) {
    return claim
        .recheck()
        .map(
            recheck ->
                ConsentPolicy.decide(scenario(claim, recheck.facts().reveal()), rooms.tables()));
  }

  /** Never judged at a time before it was written: the clock may have been set back. */
  private Scenario scenario(OutgoingClaim claim, String facts) {
    Instant at = claim.createdAt().isAfter(now()) ? claim.createdAt() : now();
    Optional<ClientPseudonyms> client = ScenarioText.known(facts);
    try {
      ConsentsFound found =
          client
              .map(rooms.store().consents()::consentsFor)
              .orElseGet(() -> new ConsentsFound(List.of(), true));
      return ScenarioText.read(facts, found, true, at);
    } catch (StoreException.Unavailable away) {
      return ScenarioText.read(facts, new ConsentsFound(List.of(), true), false, at);
    }
  }

  private void stop(OutgoingClaim claim, ConsentDecision decision) {
    String reason = decision.reason().name();
    LOG.info("stopped at the door: letter={}", claim.ref());
    JournalEntry stopped =
        journal(claim, "STOPPED", JournalEntry.Outcome.REFUSED).explaining(reason);
    RequestAtTheDoor door = new RequestAtTheDoor(live.get());
    Consequences alone = Consequences.none().journalling(stopped);
    if (door.request(claim)
        .filter(request -> door.isTakenBack(claim, request, reason, alone, now()))
        .isPresent()) {
      return;
    }
    Consequences journalled =
        requestOver(
                closing(claim, "STOPPED"),
                claim,
                decision.reason() == Reason.EXPIRED ? RequestState.EXPIRED : RequestState.WITHDRAWN)
            .journalling(stopped);
    news()
        .stopped(claim, journalled, now())
        .ifPresentOrElse(
            all -> rooms.store().outbox().stopped(claim, now(), reason, all),
            () -> cannotTell(claim, new Reply(0, reason)));
  }

  /**
   * Somebody waits to hear, and nothing can be sealed for him now: the letter stays, unsent, until
   * that is mended.
   */
  private void cannotTell(OutgoingClaim claim, Reply reply) {
    rooms.store().journal().write(journal(claim, "NEWS_NOT_POSSIBLE", JournalEntry.Outcome.FAILED));
    later(claim, reply);
  }

  /** When the letter brought a request on; otherwise nothing is changed by it. */
  private Consequences requestOver(Consequences so, OutgoingClaim claim, RequestState state) {
    return claim
        .message()
        .filter(message -> claim.kind() == OutgoingLetter.Kind.FORWARD)
        .map(message -> so.asking(RequestUpdate.of(message, state, now())))
        .orElse(so);
  }

  /** The case that this message opened has nobody working on it. */
  private Consequences closing(OutgoingClaim claim, String event) {
    return claim
        .caseNumber()
        .flatMap(rooms.store().cases()::show)
        .filter(file -> claim.message().isPresent() && file.message().equals(claim.message()))
        .map(file -> CaseUpdate.of(file.number(), now(), event).becoming(CaseStatus.CLOSED))
        .map(Consequences.none()::updating)
        .orElse(Consequences.none());
  }

  private boolean send(OutgoingClaim claim) {
    return courier
        .deliver(claim.envelopeFrom(), claim.recipient(), claim.sealed())
        .fold(
            accepted -> sent(claim, accepted),
            deferred -> deferred(claim, deferred),
            refused -> refused(claim, refused));
  }

  private boolean sent(OutgoingClaim claim, Delivery.Accepted accepted) {
    rooms
        .store()
        .outbox()
        .sent(
            claim,
            now(),
            new Reply(250, accepted.reply()),
            List.of(journal(claim, "SENT", JournalEntry.Outcome.SUCCESS)));
    LOG.info("sent: letter={} kind={} attempt={}", claim.ref(), claim.kind(), claim.attempt());
    return true;
  }

  private boolean deferred(OutgoingClaim claim, Delivery.Deferred deferred) {
    Reply reply = new Reply(deferred.code(), deferred.reply());
    if (ladder.isExpired(claim.createdAt(), now())) {
      giveUp(claim, reply, "EXPIRED");
      return false;
    }
    tellOfDelay(claim);
    later(claim, reply);
    LOG.warn(
        "deferred: letter={} attempt={} code={}", claim.ref(), claim.attempt(), deferred.code());
    return false;
  }

  private void tellOfDelay(OutgoingClaim claim) {
    RequestAtTheDoor door = new RequestAtTheDoor(live.get());
    Optional<RequestFile> request = door.request(claim);
    if (request.isPresent()) {
      door.tellHeld(claim, request.get(), now());
    } else if (ladder.isDelayed(claim.createdAt(), now())) {
      news()
          .delayed(claim, now())
          .ifPresent(
              letter -> rooms.store().outbox().post(Consequences.none().sending(letter), now()));
    }
  }

  private boolean refused(OutgoingClaim claim, Delivery.Refused refused) {
    if (refusals == Settings.Refusals.SOFT) {
      return deferred(claim, new Delivery.Deferred(refused.code(), refused.reply()));
    }
    giveUp(claim, new Reply(refused.code(), refused.reply()), "UNDELIVERABLE");
    return false;
  }

  private void giveUp(OutgoingClaim claim, Reply reply, String event) {
    LOG.warn(
        "given up: letter={} kind={} code={} event={}",
        claim.ref(),
        claim.kind(),
        reply.code(),
        event);
    Consequences journalled =
        requestOver(closing(claim, event), claim, RequestState.EXPIRED)
            .journalling(journal(claim, event, JournalEntry.Outcome.FAILED));
    news()
        .undeliverable(claim, journalled, now())
        .ifPresentOrElse(
            all -> rooms.store().outbox().failed(claim, now(), reply, all),
            () -> cannotTell(claim, reply));
  }

  private JournalEntry journal(OutgoingClaim claim, String event, JournalEntry.Outcome outcome) {
    JournalEntry entry =
        JournalEntry.of(now(), event, JournalEntry.Action.EXECUTE, Actor.gateway(), claim.ref())
            .ending(outcome)
            .comingFrom("dispatch");
    JournalEntry correlated = claim.message().map(entry::correlatingWith).orElse(entry);
    return claim.caseNumber().map(correlated::inCase).orElse(correlated);
  }

  private Instant now() {
    return rooms.clock().instant();
  }
}
