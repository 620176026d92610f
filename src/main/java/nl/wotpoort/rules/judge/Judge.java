package nl.wotpoort.rules.judge;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.directory.Directory;
import nl.wotpoort.directory.Mailbox;
import nl.wotpoort.directory.Worker;
import nl.wotpoort.directory.WorkerId;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.Party;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.rules.consent.PolicyTables;
import nl.wotpoort.rules.request.PartlyCovered;
import nl.wotpoort.rules.routing.RoutingFacts;

/**
 * Decides what happens to one letter: is it complete (agreement R2, S2), may it go (the consent
 * policy), to whom (the routing rules), in that order, for the final recipient. A pure function:
 * the same letter and facts always give the same decision. Thread-safe.
 */
public final class Judge {

  private final Directory directory;
  private final PolicyTables tables;
  private final PartlyCovered partly;

  /** Holds requests that are covered in part. */
  public Judge(Directory directory, PolicyTables tables) {
    this(directory, tables, PartlyCovered.HOLD);
  }

  public Judge(Directory directory, PolicyTables tables, PartlyCovered partly) {
    this.directory = directory;
    this.tables = tables;
    this.partly = partly;
  }

  /** Total: every letter has exactly one decision. */
  public Decision judge(Letter letter, Facts facts) {
    return judgement(letter, facts).decision();
  }

  /**
   * A decision and what it was routed by.
   *
   * @param routed empty when nothing had to be routed
   */
  public record Judgement(Decision decision, Optional<RoutingFacts> routed) {}

  /** The same decision, with what it was routed by. */
  public Judgement judgement(Letter letter, Facts facts) {
    Bench bench = new Bench(directory, tables, facts);
    bench.noteDiscounted();
    boolean fromAPerson = !(letter instanceof Letter.AutomaticNotice);
    Optional<Decision> byAddress = fromAPerson ? byAddress(bench) : Optional.empty();
    Decision decision = byAddress.orElseGet(() -> byContent(letter, bench));
    return new Judgement(decision, bench.routed());
  }

  /** What the address alone settles: a stranger, a closed mailbox, a desk that rests on law. */
  private Optional<Decision> byAddress(Bench bench) {
    if (bench.facts().sender().isEmpty()) {
      bench.found("SENDER_UNKNOWN");
      return Optional.of(bench.hold(Decision.Hold.Cause.UNKNOWN_SENDER, "SENDER_UNKNOWN"));
    }
    if (!isStillThere(bench.facts())) {
      bench.found("SENDER_NOT_ACTIVE");
      return Optional.of(bench.hold(Decision.Hold.Cause.UNKNOWN_SENDER, "SENDER_NOT_ACTIVE"));
    }
    Optional<Mailbox> mailbox = directory.mailbox(bench.facts().mailbox());
    if (mailbox.isPresent() && mailbox.get() instanceof Mailbox.Closed closed) {
      bench.found("MAILBOX_CLOSED");
      return Optional.of(
          new Decision.Return(
              Decision.Return.Why.CLOSED, List.of(), Optional.of(closed.text()), bench.findings()));
    }
    if (mailbox.isPresent() && mailbox.get() instanceof Mailbox.Desk desk && restsOnLaw(desk)) {
      bench.found("DESK_RESTS_ON_LAW", desk.kind());
      return Optional.of(bench.forwardToDesk(desk));
    }
    if (mailbox.isPresent()
        && mailbox.get() instanceof Mailbox.Desk desk
        && desk.kind() == Mailbox.Desk.Kind.CONSENT) {
      if (bench.facts().sender().map(Party::kind).filter("wot"::equals).isPresent()) {
        bench.found("CONSENT_NOTE");
        return Optional.of(new Decision.Own(Decision.Own.Errand.CONSENT_NOTE, bench.findings()));
      }
      bench.found("CONSENT_DESK");
      return Optional.of(bench.hold(Decision.Hold.Cause.NOT_ROUTABLE, "CONSENT_DESK"));
    }
    return OutboundRules.isOne(bench) ? outbound(bench).stopped() : Optional.empty();
  }

  private static OutboundRules outbound(Bench bench) {
    return new OutboundRules(bench, new CaseRules(bench));
  }

  /**
   * A locum speaks for a practice between two days, a worker for a team until the last one: on the
   * day judged, for an answer would go to them then.
   */
  private boolean isStillThere(Facts facts) {
    LocalDate today = facts.now().atZone(Moment.AMSTERDAM).toLocalDate();
    boolean locumIs =
        directory.professional(facts.signer()).map(p -> p.isActiveOn(today)).orElse(true);
    boolean workerIs =
        facts
            .sender()
            .filter(sender -> sender.kind().equals("wot") && sender.path().contains("/"))
            .map(sender -> sender.path().substring(sender.path().indexOf('/') + 1))
            .flatMap(id -> directory.worker(new WorkerId(id)))
            .map(worker -> worker.presenceOn(today) != Worker.Presence.LEFT)
            .orElse(true);
    return locumIs && workerIs;
  }

  /** Wvggz reports rest on law (agreement O1); a complaint is the complainant's own (O2). */
  private static boolean restsOnLaw(Mailbox.Desk desk) {
    return desk.kind() == Mailbox.Desk.Kind.WVGGZ || desk.kind() == Mailbox.Desk.Kind.COMPLAINTS;
  }

  private Decision byContent(Letter letter, Bench bench) {
    return letter.fold(
        new Letter.Cases<>() {
          @Override
          public Decision referral(Letter.Referral referral) {
            return new ReferralRules(bench).judge(referral);
          }

          @Override
          public Decision informationRequest(Letter.InformationRequest request) {
            return new RequestRules(bench, partly).judge(request);
          }

          @Override
          public Decision informationReply(Letter.InformationReply reply) {
            return new CaseRules(bench).answer(reply);
          }

          @Override
          public Decision feedback(Letter.Feedback feedback) {
            return new FeedbackRules(bench, new CaseRules(bench)).judge(feedback);
          }

          @Override
          public Decision consultation(Letter.Consultation consultation) {
            return OutboundRules.isOne(bench)
                ? outbound(bench).message()
                : new ReferralRules(bench).consultation(consultation);
          }

          @Override
          public Decision confirmation(Letter.Confirmation confirmation) {
            return new CaseRules(bench).confirmation();
          }

          @Override
          public Decision freeText(Letter.FreeText text) {
            if (OutboundRules.isOne(bench)) {
              return outbound(bench).message();
            }
            return bench.facts().running().isPresent()
                ? new CaseRules(bench).message()
                : freeTextFromOutside();
          }

          private Decision freeTextFromOutside() {
            bench.found("FREE_TEXT");
            return new Decision.Return(
                Decision.Return.Why.FREE_TEXT, List.of(), Optional.empty(), bench.findings());
          }

          @Override
          public Decision automaticNotice(Letter.AutomaticNotice notice) {
            bench.found("AUTOMATIC_" + notice.kind());
            return new Decision.File(bench.findings());
          }

          @Override
          public Decision unrecognised(Letter.Unrecognised unknown) {
            bench.found("UNRECOGNISED_" + unknown.why(), unknown.detail());
            if (unknown.isAboutTheDecision() && new CaseRules(bench).isFromHandlersSide()) {
              return bench.giveBack(Decision.Return.Why.DECISION_UNCLEAR, List.of());
            }
            return bench.hold(Decision.Hold.Cause.NOT_READABLE, unknown.why().name());
          }
        });
  }
}
