package nl.wotpoort.desk;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.directory.Sealing;
import nl.wotpoort.letter.Address;
import nl.wotpoort.mime.Heading;
import nl.wotpoort.mime.NoticeLetter;
import nl.wotpoort.rules.consent.ConsentDecision;
import nl.wotpoort.rules.consent.ConsentPolicy;
import nl.wotpoort.rules.request.RequestState;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.CaseStatus;
import nl.wotpoort.store.CaseUpdate;
import nl.wotpoort.store.ClientPseudonyms;
import nl.wotpoort.store.ConsentsFound;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.OutgoingLetter;
import nl.wotpoort.store.RequestFile;
import nl.wotpoort.store.RequestUpdate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What time does to requests: one that waited for consent as long as it may lapses, and one that is
 * out while its consent was withdrawn is withdrawn. Doing it twice does no harm. Thread-safe.
 *
 * <p>What if the process dies? Each request is one transaction with all that follows from it; the
 * others are done the next time.
 */
public final class Requests {

  private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

  /** At a time; the rest follows at the next. */
  private static final int MOST = 500;

  private final Rooms rooms;
  private final Envelopes envelopes;

  public Requests(Rooms rooms) {
    this.rooms = rooms;
    this.envelopes = new Envelopes(rooms);
  }

  /** Both, as a chore. */
  public void review(Instant now) {
    int lapsed = lapse(now);
    int withdrawn = withdraw(now);
    if (lapsed + withdrawn > 0) {
      LOG.info("requests: lapsed={} withdrawn={}", lapsed, withdrawn);
    }
  }

  /** Lapses those whose time is up, and tells whoever asked; how many. */
  public int lapse(Instant now) {
    int lapsed = 0;
    for (RequestFile request : rooms.store().requests().lapsed(now, MOST)) {
      Consequences all =
          told(request, now)
              .asking(RequestUpdate.of(request.message(), RequestState.EXPIRED, now))
              .updating(
                  CaseUpdate.of(request.caseNumber(), now, "REQUEST_LAPSED")
                      .becoming(CaseStatus.CLOSED))
              .journalling(journal(request, "REQUEST_LAPSED", JournalEntry.Outcome.REFUSED, now));
      if (rooms.store().holds().reject(request.message(), "LAPSED", all, Actor.gateway(), now)) {
        lapsed++;
      }
    }
    return lapsed;
  }

  /** Judges those again whose consent was withdrawn; how many may not be answered any more. */
  public int withdraw(Instant now) {
    int withdrawn = 0;
    for (RequestFile request : rooms.store().requests().outOnWithdrawnConsent(now, MOST)) {
      Optional<ConsentDecision> decision = judged(request, now);
      if (decision.filter(d -> d.outcome() == ConsentDecision.Outcome.PERMIT).isEmpty()) {
        rooms
            .store()
            .outbox()
            .post(
                Consequences.none()
                    .asking(RequestUpdate.of(request.message(), RequestState.WITHDRAWN, now))
                    .journalling(
                        journal(request, "REQUEST_WITHDRAWN", JournalEntry.Outcome.REFUSED, now)
                            .explaining(decision.map(d -> d.reason().name()).orElse("NOT_JUDGED"))),
                now);
        withdrawn++;
      }
    }
    return withdrawn;
  }

  /** Empty when it says too little to be judged. */
  private Optional<ConsentDecision> judged(RequestFile request, Instant now) {
    return request
        .facts()
        .flatMap(text -> RequestText.read(text.reveal()).scenario())
        .map(
            scenario ->
                ConsentPolicy.decide(
                    ScenarioText.read(scenario, found(scenario), true, now), rooms.tables()));
  }

  private ConsentsFound found(String scenario) {
    Optional<ClientPseudonyms> client = ScenarioText.known(scenario);
    return client
        .map(rooms.store().consents()::consentsFor)
        .orElseGet(() -> new ConsentsFound(List.of(), true));
  }

  private Consequences told(RequestFile request, Instant now) {
    Consequences none = Consequences.none();
    Optional<Address> asker =
        request.facts().map(text -> RequestText.read(text.reveal()).askerAddress());
    Optional<Sealing> sealing = asker.flatMap(rooms.directory()::sealingFor);
    if (sealing.isEmpty()) {
      return none.journalling(
          journal(request, "RECEIPT_NOT_POSSIBLE", JournalEntry.Outcome.FAILED, now)
              .explaining("NO_PARTNER"));
    }
    try {
      return none.sending(notice(request, asker.orElseThrow(), sealing.get(), now));
    } catch (CannotSeal why) {
      return none.journalling(
          journal(request, "RECEIPT_NOT_POSSIBLE", JournalEntry.Outcome.FAILED, now)
              .explaining(why.reason().name()));
    }
  }

  private OutgoingLetter notice(RequestFile request, Address asker, Sealing how, Instant now)
      throws CannotSeal {
    Heading heading =
        envelopes.heading(
            rooms.identity().gateway(),
            Optional.of(rooms.identity().organisation()),
            asker,
            Optional.of(rooms.identity().caseAddress(request.caseNumber())),
            envelopes.messageId(request.message(), "lapsed", asker, 0),
            Optional.empty(),
            now);
    NoticeLetter letter =
        new NoticeLetter(
            heading,
            NoticeLetter.Kind.LAPSED,
            Optional.of(request.caseNumber()),
            Optional.of(request.askedAt()),
            rooms.identity().language());
    return OutgoingLetter.of(
            OutgoingLetter.Kind.NOTICE,
            heading.messageId(),
            asker,
            envelopes.seal(
                rooms.writer().notice(letter),
                heading,
                how,
                Optional.of(request.caseNumber()),
                true))
        .inCase(request.caseNumber());
  }

  private static JournalEntry journal(
      RequestFile request, String event, JournalEntry.Outcome outcome, Instant now) {
    return JournalEntry.of(
            now, event, JournalEntry.Action.EXECUTE, Actor.gateway(), request.message())
        .ending(outcome)
        .inCase(request.caseNumber())
        .comingFrom("requests");
  }
}
