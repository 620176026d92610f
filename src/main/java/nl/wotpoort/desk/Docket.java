package nl.wotpoort.desk;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.TeamId;
import nl.wotpoort.directory.Worker;
import nl.wotpoort.directory.WorkerId;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Party;
import nl.wotpoort.rules.Finding;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.rules.judge.Decision;
import nl.wotpoort.rules.judge.Destination;
import nl.wotpoort.rules.routing.Routing;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.CaseStatus;
import nl.wotpoort.store.CaseUpdate;
import nl.wotpoort.store.Claimed;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.Fingerprint;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.NewCase;
import nl.wotpoort.store.OutgoingFile;
import nl.wotpoort.store.OutgoingLetter;
import nl.wotpoort.store.OutgoingState;
import nl.wotpoort.store.RouteMemo;

/**
 * The papers of one judged message: its case, what was written about it before, and how the journal
 * names it. Made for one pass; drawing a case number writes nothing.
 */
final class Docket {

  private final Claimed claimed;
  private final Examined.Judged judged;
  private final Instant now;
  private final List<OutgoingFile> before;
  private final CaseNumber number;
  private final boolean opensCase;
  private final Directory directory;

  Docket(Rooms rooms, Claimed claimed, Examined.Judged judged, Instant now) {
    this.claimed = claimed;
    this.judged = judged;
    this.now = now;
    this.before = rooms.store().outbox().of(claimed.ref());
    Optional<CaseNumber> known =
        judged
            .facts()
            .running()
            .map(running -> running.number())
            .or(() -> before.stream().flatMap(file -> file.caseNumber().stream()).findFirst());
    this.number = known.orElseGet(rooms.caseNumbers());
    this.directory = rooms.directory();
    this.opensCase = known.flatMap(rooms.store().cases()::show).isEmpty();
  }

  Claimed claimed() {
    return claimed;
  }

  Examined.Judged judged() {
    return judged;
  }

  Instant now() {
    return now;
  }

  CaseNumber number() {
    return number;
  }

  /** Whom the answer is for: the verified signer, not whoever the mail says. */
  Address sender() {
    return judged.opened().signer().address();
  }

  /** How many letters followed from this message before: part of every new Message-ID. */
  int round() {
    return before.size();
  }

  /** Whether the sender was told about this message before; what was replaced he never gets. */
  boolean isTold() {
    return before.stream()
        .anyMatch(
            file ->
                file.kind() == OutgoingLetter.Kind.RECEIPT
                    && file.state() != OutgoingState.REPLACED);
  }

  /** What the decision does to the case: opens it, or carries it on. */
  Consequences inCase(Decision.Matter matter, CaseStatus status, Decision decision) {
    Optional<Decision.Forward> forward =
        Optional.of(decision)
            .filter(Decision.Forward.class::isInstance)
            .map(Decision.Forward.class::cast);
    if (judged.facts().running().isPresent()) {
      return Consequences.none().updating(CaseUpdate.of(number, now, matter.name()));
    }
    Optional<String> team = forward.flatMap(f -> f.to().team()).map(TeamId::value);
    Optional<String> worker = forward.flatMap(f -> f.to().worker()).map(WorkerId::value);
    String facts = CaseText.of(matter, forward, judged.facts()).write();
    if (!opensCase) {
      // opened while it was held; now it is known what it is about and who has it
      CaseUpdate known =
          CaseUpdate.of(number, now, matter.name())
              .becoming(status)
              .assignedTo(team, worker)
              .knowing(facts);
      return Consequences.none().updating(memo(decision).map(known::routed).orElse(known));
    }
    NewCase opened =
        new NewCase(
            number,
            status,
            now,
            sender(),
            Optional.of(claimed.ref()),
            team,
            worker,
            judged.client(),
            matter.name());
    NewCase known = opened.knowing(facts);
    return Consequences.none().opening(memo(decision).map(known::routed).orElse(known));
  }

  /** How the case found its desk; with the worker's capacity when that is why it was this one. */
  private Optional<RouteMemo> memo(Decision decision) {
    Optional<Destination> to =
        decision instanceof Decision.Forward forward ? Optional.of(forward.to()) : Optional.empty();
    Optional<Integer> capacity =
        decision.because().stream().anyMatch(Routing::isByLoad)
            ? to.flatMap(Destination::worker).flatMap(directory::worker).map(Worker::capacity)
            : Optional.empty();
    return judged
        .routed()
        .map(
            facts ->
                RoutingMemo.of(
                    facts,
                    directory,
                    to.map(Destination::party),
                    now.atZone(Moment.AMSTERDAM).toLocalDate()))
        .map(memo -> new RouteMemo(directory.version(), Confidential.of(memo.write()), capacity));
  }

  JournalEntry journal(String event, JournalEntry.Outcome outcome) {
    Optional<Party> party = judged.facts().sender();
    Actor sender =
        new Actor(
            sender().toString(),
            // a person speaks for a practice or team, and that is on whose behalf (NEN 7513)
            party.map(p -> p.path().replaceFirst("/.*", "")),
            Optional.of(party.map(Party::kind).orElse("stranger")));
    JournalEntry entry =
        JournalEntry.of(now, event, JournalEntry.Action.EXECUTE, sender, claimed.ref())
            .ending(outcome)
            .inCase(number)
            .comingFrom(claimed.source());
    return judged.client().map(entry::concerning).orElse(entry);
  }

  /** The same, with the rules that led to the decision. */
  JournalEntry journal(String event, JournalEntry.Outcome outcome, Decision decision) {
    return journal(event, outcome).restingOn(Set.of(), rules(decision));
  }

  /** The rules that were asked, and the version of the routes they were asked about. */
  List<String> rules(Decision decision) {
    Stream<String> signedOnly =
        judged.opened().remarks().contains(nl.wotpoort.smime.Finding.NOT_ENCRYPTED)
            ? Stream.of("SIGNED_ONLY")
            : Stream.empty();
    return Stream.of(
            decision.because().stream().map(Finding::code),
            signedOnly,
            Stream.of("ROUTES:" + directory.version()))
        .flatMap(codes -> codes)
        .toList();
  }

  Fingerprint fingerprint() {
    return new Fingerprint(
        sender(),
        judged.opened().content().contentSha256(),
        claimed.mailbox(),
        judged.reading().head().messageId());
  }
}
