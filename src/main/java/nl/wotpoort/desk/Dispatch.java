package nl.wotpoort.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.rules.consent.ConsentDecision;
import nl.wotpoort.rules.consent.ConsentPolicy;
import nl.wotpoort.rules.consent.Scenario;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.CaseFile;
import nl.wotpoort.store.ClientPseudonyms;
import nl.wotpoort.store.ConsentsFound;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.LeaseLost;
import nl.wotpoort.store.OutgoingClaim;
import nl.wotpoort.store.Reply;
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

  private static final Duration LEASE = Duration.ofMinutes(5);

  /** Letters claimed at a time. */
  private static final int BATCH = 10;

  private final Rooms rooms;
  private final Courier courier;
  private final RetryLadder ladder;
  private final News news;

  public Dispatch(Rooms rooms, Courier courier, RetryLadder ladder) {
    this.rooms = rooms;
    this.courier = courier;
    this.ladder = ladder;
    this.news = new News(rooms);
  }

  /** Sends until nothing is due, and returns how many letters the next hop took. */
  public int work() {
    int sent = 0;
    for (List<OutgoingClaim> due = due(); !due.isEmpty(); due = due()) {
      for (OutgoingClaim claim : due) {
        sent += settle(claim) ? 1 : 0;
      }
    }
    return sent;
  }

  private List<OutgoingClaim> due() {
    return rooms.store().outbox().claim(now(), LEASE, rooms.node(), BATCH);
  }

  private boolean settle(OutgoingClaim claim) {
    try {
      Optional<ConsentDecision> forbidden =
          judgedAgain(claim)
              .filter(decision -> decision.outcome() != ConsentDecision.Outcome.PERMIT);
      if (forbidden.isPresent()) {
        stop(claim, forbidden.get());
        return false;
      }
      return send(claim);
    } catch (LeaseLost lost) {
      LOG.info("lease lost: letter={}", claim.ref());
      return false;
    }
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

  private Scenario scenario(OutgoingClaim claim, String facts) {
    Optional<ClientPseudonyms> client =
        claim
            .caseNumber()
            .flatMap(number -> rooms.store().cases().show(number))
            .flatMap(CaseFile::client);
    try {
      ConsentsFound found =
          client
              .map(rooms.store().consents()::consentsFor)
              .orElseGet(() -> new ConsentsFound(List.of(), true));
      return ScenarioText.read(facts, found.records(), found.oneClient(), true, now());
    } catch (StoreException.Unavailable away) {
      return ScenarioText.read(facts, List.of(), true, false, now());
    }
  }

  private void stop(OutgoingClaim claim, ConsentDecision decision) {
    LOG.info("stopped at the door: letter={}", claim.ref());
    JournalEntry entry =
        journal(claim, "STOPPED", JournalEntry.Outcome.REFUSED)
            .explaining(decision.reason().name());
    rooms
        .store()
        .outbox()
        .stopped(
            claim,
            now(),
            decision.reason().name(),
            news.stopped(claim, Consequences.none().journalling(entry), now()));
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
    Instant next = now().plus(ladder.pauseAfter(claim.attempt()));
    rooms.store().outbox().deferred(claim, next, reply);
    LOG.warn(
        "deferred: letter={} attempt={} code={} next={}",
        claim.ref(),
        claim.attempt(),
        deferred.code(),
        next);
    return false;
  }

  private boolean refused(OutgoingClaim claim, Delivery.Refused refused) {
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
        Consequences.none().journalling(journal(claim, event, JournalEntry.Outcome.FAILED));
    rooms
        .store()
        .outbox()
        .failed(claim, now(), reply, news.undeliverable(claim, journalled, now()));
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
