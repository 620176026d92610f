package nl.wotpoort.desk;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import nl.wotpoort.directory.Sealing;
import nl.wotpoort.directory.TeamId;
import nl.wotpoort.directory.WorkerId;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.mime.ForwardLetter;
import nl.wotpoort.mime.Heading;
import nl.wotpoort.mime.ReceiptLetter;
import nl.wotpoort.rules.Finding;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.rules.consent.Reason;
import nl.wotpoort.rules.consent.Scenario;
import nl.wotpoort.rules.judge.Decision;
import nl.wotpoort.rules.judge.Destination;
import nl.wotpoort.rules.routing.Mark;
import nl.wotpoort.rules.routing.Routing;
import nl.wotpoort.smime.CannotSeal;
import nl.wotpoort.smime.Signer;
import nl.wotpoort.store.Actor;
import nl.wotpoort.store.CaseStatus;
import nl.wotpoort.store.CaseUpdate;
import nl.wotpoort.store.Claimed;
import nl.wotpoort.store.Consequences;
import nl.wotpoort.store.Fingerprint;
import nl.wotpoort.store.HoldCause;
import nl.wotpoort.store.JournalEntry;
import nl.wotpoort.store.NewCase;
import nl.wotpoort.store.OutgoingFile;
import nl.wotpoort.store.OutgoingLetter;
import nl.wotpoort.store.Posting;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/**
 * Turns a decision into everything that follows from it: the case, the sealed letters, the journal.
 * One {@link Posting}, so that what the sender is told and what the team gets are written together
 * or not at all.
 */
final class Answers {

  /** The judge's findings that say what a disclosure rests on, beside those of the policy. */
  private static final Set<String> BASES = Set.of("CONSENT_STATED", "DESK_RESTS_ON_LAW");

  private final Rooms rooms;
  private final Envelopes envelopes;
  private final Texts texts;
  private final Language language;

  Answers(Rooms rooms) {
    this.rooms = rooms;
    this.envelopes = new Envelopes(rooms);
    this.language = rooms.identity().language();
    this.texts = Texts.of("judge", language);
  }

  /**
   * The posting for a judged message.
   *
   * @throws CannotSeal when a letter of it cannot be sealed: then nothing of it may be posted
   */
  Posting posting(Claimed claimed, Examined.Judged judged, Instant now) throws CannotSeal {
    Work work = new Work(claimed, judged, now);
    return judged
        .decision()
        .<Step>fold(
            new Decision.Cases<>() {
              @Override
              public Step forward(Decision.Forward decision) {
                return () -> work.forward(decision);
              }

              @Override
              public Step giveBack(Decision.Return decision) {
                return () -> work.giveBack(decision);
              }

              @Override
              public Step hold(Decision.Hold decision) {
                return () -> work.hold(decision);
              }

              @Override
              public Step file(Decision.File decision) {
                return () -> work.file(decision);
              }
            })
        .take();
  }

  /** The part of a posting that may find that it cannot seal. */
  private interface Step {
    Posting take() throws CannotSeal;
  }

  /**
   * The posting when a letter could not be sealed: held, with a receipt that says so if at least
   * that can be sealed.
   */
  Posting unsealable(Claimed claimed, Examined.Judged judged, CannotSeal why, Instant now) {
    Work work = new Work(claimed, judged, now);
    Consequences journalled =
        Consequences.none()
            .journalling(
                work.journal("HELD", JournalEntry.Outcome.FAILED).explaining(why.reason().name()));
    try {
      return Posting.held(
          HoldCause.NOT_SEALABLE,
          why.reason().name(),
          work.receipt(journalled, Told.held(texts.say("hold.NOT_ROUTABLE")), Optional.empty()));
    } catch (CannotSeal neither) {
      return Posting.held(HoldCause.NOT_SEALABLE, why.reason().name(), journalled);
    }
  }

  /** What the sender is told. */
  private record Told(
      ReceiptLetter.Outcome outcome,
      Optional<String> destination,
      Optional<LocalDate> answerBy,
      List<String> reasons,
      List<String> advice,
      Optional<ReceiptLetter.FillIn> fillIn) {

    static Told held(String why) {
      return new Told(
          ReceiptLetter.Outcome.HELD,
          Optional.empty(),
          Optional.empty(),
          List.of(why),
          List.of(),
          Optional.empty());
    }
  }

  /** The work for one message. */
  private final class Work {
    private final Claimed claimed;
    private final Examined.Judged judged;
    private final Instant now;
    private final List<OutgoingFile> before;
    private final CaseNumber number;
    private final boolean opensCase;

    Work(Claimed claimed, Examined.Judged judged, Instant now) {
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
      this.opensCase = known.isEmpty();
      this.number = known.orElseGet(rooms.caseNumbers());
    }

    Posting forward(Decision.Forward decision) throws CannotSeal {
      Destination to = decision.to();
      Heading heading =
          envelopes.heading(
              rooms.identity().gateway(),
              Optional.of(rooms.identity().organisation()),
              to.address(),
              Optional.of(rooms.identity().caseAddress(number)),
              envelopes.messageId(claimed.ref(), "forward", to.address(), before.size()),
              Optional.empty(),
              now);
      Bytes sealed =
          envelopes.seal(
              rooms.writer().forward(letter(decision, heading)),
              heading,
              to.sealing(),
              Optional.of(number),
              false);
      OutgoingLetter forward =
          OutgoingLetter.of(OutgoingLetter.Kind.FORWARD, heading.messageId(), to.address(), sealed)
              .sentFrom(rooms.identity().gateway())
              .inCase(number);
      OutgoingLetter checked =
          decision
              .basis()
              .scenario()
              .map(s -> forward.rechecked(recheck(decision, s)))
              .orElse(forward);
      Consequences all =
          inCase(decision.matter(), CaseStatus.FORWARDED, decision)
              .sending(checked)
              .journalling(disclosure(decision));
      return Posting.done(
          fingerprint(), receipt(all, told(decision), Optional.of(heading.messageId())));
    }

    Posting giveBack(Decision.Return decision) throws CannotSeal {
      List<String> reasons = new ArrayList<>();
      reasons.add(texts.say("return." + decision.why() + ".why"));
      decision.text().ifPresent(reasons::add);
      decision.lacking().forEach(lack -> reasons.add("- " + texts.say("lack." + lack)));
      Told told =
          new Told(
              ReceiptLetter.Outcome.REFUSED,
              Optional.empty(),
              Optional.empty(),
              reasons,
              List.of(texts.say("return." + decision.why() + ".todo")),
              fillIn(decision));
      Consequences all =
          inCase(Decision.Matter.MESSAGE, CaseStatus.CLOSED, decision)
              .journalling(
                  journal("REFUSED", JournalEntry.Outcome.REFUSED)
                      .restingOn(Set.of(), rules(decision)));
      return Posting.done(fingerprint(), receipt(all, told, Optional.empty()));
    }

    Posting hold(Decision.Hold decision) throws CannotSeal {
      Consequences all =
          inCase(Decision.Matter.MESSAGE, CaseStatus.OPEN, decision)
              .journalling(
                  journal("HELD", JournalEntry.Outcome.REFUSED)
                      .restingOn(Set.of(), rules(decision))
                      .explaining(decision.detail()));
      // held before and told so: the same news is not news
      boolean told = before.stream().anyMatch(file -> file.kind() == OutgoingLetter.Kind.RECEIPT);
      Consequences answered =
          told
              ? all
              : receipt(all, Told.held(texts.say("hold." + decision.cause())), Optional.empty());
      return Posting.held(
          cause(decision.cause()), decision.cause() + "/" + decision.detail(), answered);
    }

    Posting file(Decision.File decision) {
      return Posting.done(
          fingerprint(),
          Consequences.none()
              .journalling(
                  journal("FILED", JournalEntry.Outcome.SUCCESS)
                      .restingOn(Set.of(), rules(decision))));
    }

    /**
     * Adds the receipt: the first is the one receipt of RFC 8098, a later one is news in the case.
     */
    Consequences receipt(Consequences so, Told told, Optional<String> waitsFor) throws CannotSeal {
      Address reader = judged.opened().signer().address();
      Optional<Sealing> sealing = rooms.directory().sealingFor(reader);
      if (sealing.isEmpty()) {
        return so.journalling(journal("RECEIPT_NOT_POSSIBLE", JournalEntry.Outcome.FAILED));
      }
      boolean first = before.stream().noneMatch(file -> file.kind() == OutgoingLetter.Kind.RECEIPT);
      Address from = envelopes.signerFor(claimed.mailbox(), now);
      Heading heading =
          envelopes.heading(
              from,
              Optional.of(rooms.identity().organisation()),
              reader,
              Optional.of(rooms.identity().caseAddress(number)),
              envelopes.messageId(claimed.ref(), "receipt", reader, before.size()),
              judged.reading().head().messageId(),
              now);
      ReceiptLetter letter =
          new ReceiptLetter(
              heading,
              told.outcome(),
              claimed.receivedAt(),
              Optional.of(number),
              told.destination(),
              told.answerBy(),
              told.reasons(),
              told.advice(),
              told.fillIn(),
              judged.reading().head().messageId(),
              claimed.envelopeRecipient().orElse(claimed.mailbox()),
              judged.opened().content().contentSha256(),
              language);
      Bytes sealed =
          envelopes.seal(
              rooms.writer().receipt(letter), heading, sealing.get(), Optional.of(number), true);
      OutgoingLetter.Kind kind = first ? OutgoingLetter.Kind.RECEIPT : OutgoingLetter.Kind.NOTICE;
      OutgoingLetter receipt =
          OutgoingLetter.of(kind, heading.messageId(), reader, sealed).inCase(number);
      return so.sending(waitsFor.map(receipt::waitingFor).orElse(receipt));
    }

    private ForwardLetter letter(Decision.Forward decision, Heading heading) {
      Signer signer = judged.opened().signer();
      return new ForwardLetter(
          heading,
          number,
          judged.opened().content(),
          judged.reading(),
          new ForwardLetter.Certificate(
              signer.name(), signer.issuerName(), signer.certificateSha256()),
          claimed.receivedAt(),
          decision.because().stream().filter(Routing::isDecisive).map(this::say).toList(),
          basis(decision),
          decision.marks().stream().map(mark -> mark.say(language)).toList(),
          language);
    }

    /** On what the disclosure rests, for the reader. */
    private List<String> basis(Decision.Forward decision) {
      List<String> sentences = new ArrayList<>();
      decision.because().stream()
          .filter(f -> f.room().equals("consent") || BASES.contains(f.code()))
          .map(this::say)
          .forEach(sentences::add);
      Set<String> ids = new TreeSet<>(decision.basis().consent().records());
      ids.remove(Decision.STATEMENT);
      if (!ids.isEmpty()) {
        sentences.add(Texts.of("desk", language).say("basis.records", String.join(", ", ids)));
      }
      return sentences;
    }

    private Told told(Decision.Forward decision) {
      Destination to = decision.to();
      return new Told(
          ReceiptLetter.Outcome.FORWARDED,
          Optional.of(texts.say("role." + to.role(), to.shownAs())),
          decision.matter() == Decision.Matter.REFERRAL
              ? Optional.of(workingDaysLater(rooms.identity().firstContactDays()))
              : Optional.empty(),
          decision.marks().stream()
              .filter(mark -> mark != Mark.NO_CAPACITY)
              .map(mark -> mark.say(language))
              .toList(),
          List.of(),
          Optional.empty());
    }

    private LocalDate workingDaysLater(int days) {
      LocalDate day = now.atZone(Moment.AMSTERDAM).toLocalDate();
      for (int left = days; left > 0; ) {
        day = day.plusDays(1);
        if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
          left--;
        }
      }
      return day;
    }

    private Optional<ReceiptLetter.FillIn> fillIn(Decision.Return decision) {
      boolean asked = judged.reading().letter() instanceof Letter.InformationRequest;
      return switch (decision.why()) {
        case INCOMPLETE, FREE_TEXT, CONSENT_NOT_STATED ->
            Optional.of(
                asked ? ReceiptLetter.FillIn.INFORMATION_REQUEST : ReceiptLetter.FillIn.REFERRAL);
        case UNKNOWN_PURPOSE, GROUND_FAILS, CLOSED -> Optional.empty();
      };
    }

    private Consequences inCase(Decision.Matter matter, CaseStatus status, Decision decision) {
      Optional<Decision.Forward> forward =
          Optional.of(decision)
              .filter(Decision.Forward.class::isInstance)
              .map(Decision.Forward.class::cast);
      Optional<String> team = forward.flatMap(f -> f.to().team()).map(TeamId::value);
      Optional<String> worker = forward.flatMap(f -> f.to().worker()).map(WorkerId::value);
      if (judged.facts().running().isPresent()) {
        return Consequences.none().updating(CaseUpdate.of(number, now, matter.name()));
      }
      if (!opensCase) {
        return Consequences.none()
            .updating(
                CaseUpdate.of(number, now, matter.name())
                    .becoming(status)
                    .assignedTo(team, worker));
      }
      NewCase opened =
          new NewCase(
                  number,
                  status,
                  now,
                  judged.opened().signer().address(),
                  Optional.of(claimed.ref()),
                  team,
                  worker,
                  judged.client(),
                  matter.name())
              .knowing(caseText(matter, forward).write());
      return Consequences.none().opening(opened);
    }

    private CaseText caseText(Decision.Matter matter, Optional<Decision.Forward> forward) {
      Optional<Scenario> scenario = forward.flatMap(f -> f.basis().scenario());
      return new CaseText(
          matter,
          forward.map(f -> f.to().party().path()).orElse("nobody"),
          forward.isPresent(),
          scenario.map(s -> s.purposes().stream().map(Purpose::code).toList()).orElse(List.of()),
          scenario
              .map(s -> s.categories().stream().map(Category::code).toList())
              .orElse(List.of()));
    }

    private OutgoingLetter.Recheck recheck(Decision.Forward decision, Scenario scenario) {
      return new OutgoingLetter.Recheck(
          Set.copyOf(decision.basis().consent().records()),
          Confidential.of(ScenarioText.write(scenario)));
    }

    private JournalEntry disclosure(Decision.Forward decision) {
      JournalEntry entry =
          journal("FORWARDED", JournalEntry.Outcome.SUCCESS)
              .restingOn(Set.copyOf(decision.basis().consent().records()), rules(decision))
              .explaining(decision.to().party().path());
      JournalEntry serving = decision.basis().purpose().map(entry::serving).orElse(entry);
      return decision.basis().consent().reason() == Reason.LEGAL_GROUND
          ? serving.usingEmergencyGround()
          : serving;
    }

    private List<String> rules(Decision decision) {
      return decision.because().stream().map(Finding::code).toList();
    }

    private JournalEntry journal(String event, JournalEntry.Outcome outcome) {
      Actor sender =
          Actor.of(
              judged.opened().signer().address().toString(),
              judged.facts().sender().map(p -> p.kind()).orElse("stranger"));
      JournalEntry entry =
          JournalEntry.of(now, event, JournalEntry.Action.EXECUTE, sender, claimed.ref())
              .ending(outcome)
              .inCase(number)
              .comingFrom(claimed.source());
      return judged.client().map(entry::concerning).orElse(entry);
    }

    private Fingerprint fingerprint() {
      return new Fingerprint(
          judged.opened().signer().address(),
          judged.opened().content().contentSha256(),
          claimed.mailbox(),
          judged.reading().head().messageId());
    }

    private String say(Finding finding) {
      return finding.say(language);
    }
  }

  private static HoldCause cause(Decision.Hold.Cause cause) {
    return switch (cause) {
      case NOT_READABLE -> HoldCause.NOT_READABLE;
      case NOT_ROUTABLE, NOT_IN_CASE -> HoldCause.NOT_ROUTABLE;
      case AWAITING_CONSENT, UNKNOWN_SENDER, CLIENT_AMBIGUOUS, REGISTER_AWAY, SECOND_PERSON ->
          HoldCause.NOT_DECIDED;
    };
  }
}
