package nl.wotpoort.desk;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import nl.wotpoort.directory.TeamId;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Situation;
import nl.wotpoort.rules.Finding;
import nl.wotpoort.rules.calendar.Deadlines;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.rules.judge.Decision;
import nl.wotpoort.rules.judge.Facts;
import nl.wotpoort.rules.referral.Reasons;
import nl.wotpoort.rules.referral.ReferralEvent;
import nl.wotpoort.rules.referral.ReferralState;
import nl.wotpoort.rules.referral.ReferralStates;
import nl.wotpoort.settings.Settings;
import nl.wotpoort.store.CaseStatus;
import nl.wotpoort.store.ReferralChange;
import nl.wotpoort.store.ReferralFile;

/**
 * Keeps the state of a referral beside what is decided about its letters: what does not fit is held
 * for the coordinator, what fits moves it and its clock. The table is {@link ReferralStates}.
 */
final class ReferralSteps {

  private static final int ADULT = 18;

  private final Rooms rooms;

  ReferralSteps(Rooms rooms) {
    this.rooms = rooms;
  }

  /** The same, or held when it does not fit how far its referral is and nobody let it pass. */
  Examined.Judged checked(Examined.Judged judged, Permission given) {
    if (!(judged.decision() instanceof Decision.Forward) || given.passes(Permission.OUT_OF_ORDER)) {
      return judged;
    }
    Optional<ReferralFile> file =
        judged
            .facts()
            .running()
            .map(Facts.CaseFacts::number)
            .flatMap(rooms.store().referrals()::show);
    Optional<ReferralEvent> event = event(judged.reading().letter(), judged.facts());
    boolean fits =
        file.isEmpty()
            || event.isEmpty()
            || ReferralStates.after(file.get().state(), event.get()).isPresent();
    return fits ? judged : held(judged, file.get().state(), event.get());
  }

  private static Examined.Judged held(
      Examined.Judged judged, ReferralState state, ReferralEvent event) {
    List<Finding> because = new java.util.ArrayList<>(judged.decision().because());
    because.add(Finding.of("judge", "OUT_OF_ORDER", state));
    return new Examined.Judged(
        judged.opened(),
        judged.reading(),
        judged.facts(),
        judged.client(),
        new Decision.Hold(
            Decision.Hold.Cause.OUT_OF_ORDER, event + "_IN_" + state, Optional.empty(), because));
  }

  /** What a letter in a running case does to its referral; empty: nothing. */
  private static Optional<ReferralEvent> event(Letter letter, Facts facts) {
    if (facts.running().isEmpty()) {
      return letter instanceof Letter.Referral
          ? Optional.of(ReferralEvent.FORWARD)
          : Optional.empty();
    }
    if (letter instanceof Letter.Feedback feedback) {
      return Optional.of(
          switch (feedback.outcome()) {
            case ACCEPTED -> ReferralEvent.ACCEPT;
            case DECLINED -> ReferralEvent.DECLINE;
            case UNCLEAR -> ReferralEvent.ASK;
            case INTERIM -> ReferralEvent.INFORM;
            case COMPLETED -> ReferralEvent.COMPLETE;
            case HANDED_ON -> ReferralEvent.HAND_ON;
            case DISPUTED -> ReferralEvent.DISPUTE;
            case CANCELLED -> ReferralEvent.CANCEL;
          });
    }
    boolean message = letter instanceof Letter.FreeText || letter instanceof Letter.Referral;
    return message
        ? Optional.of(fromReferrer(facts) ? ReferralEvent.SUPPLEMENT : ReferralEvent.INFORM)
        : Optional.empty();
  }

  private static boolean fromReferrer(Facts facts) {
    return facts.sender().map(party -> party.kind().equals("gp")).orElse(false);
  }

  /** Whether its referrer took it back while it was held. */
  boolean isTakenBack(Docket docket) {
    return docket.judged().facts().running().isEmpty()
        && rooms
            .store()
            .referrals()
            .show(docket.number())
            .map(file -> file.state() == ReferralState.CANCELLED)
            .orElse(false);
  }

  /** What the decision does to its referral; empty: nothing, or it is no referral. */
  Optional<ReferralChange> change(Docket docket, Decision decision) {
    Examined.Judged judged = docket.judged();
    Optional<ReferralFile> file = rooms.store().referrals().show(docket.number());
    Letter letter = judged.reading().letter();
    boolean opens = judged.facts().running().isEmpty() && letter instanceof Letter.Referral;
    if (decision instanceof Decision.Hold) {
      return opens && file.isEmpty()
          ? Optional.of(received(docket, (Letter.Referral) letter))
          : Optional.empty();
    }
    if (!(decision instanceof Decision.Forward forward)) {
      return Optional.empty();
    }
    if (file.isEmpty()) {
      return opens
          ? Optional.of(forwarded(docket, (Letter.Referral) letter, forward))
          : Optional.empty();
    }
    return event(letter, judged.facts()).map(event -> next(docket, file.get(), event, forward));
  }

  private ReferralChange received(Docket docket, Letter.Referral letter) {
    return new ReferralChange(
        docket.number(),
        0,
        docket.now(),
        "RECEIVE",
        ReferralState.RECEIVED,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "",
        Optional.of(under(docket, letter)));
  }

  private ReferralChange forwarded(
      Docket docket, Letter.Referral letter, Decision.Forward forward) {
    return new ReferralChange(
        docket.number(),
        0,
        docket.now(),
        ReferralEvent.FORWARD.name(),
        ReferralState.FORWARDED,
        Optional.of(docket.now()),
        Optional.of(Deadlines.Step.WORKER),
        Optional.of(due(Deadlines.Step.WORKER, docket.now())),
        forward.to().team().map(TeamId::value),
        "",
        Optional.of(under(docket, letter)));
  }

  private ReferralChange next(
      Docket docket, ReferralFile file, ReferralEvent event, Decision.Forward forward) {
    ReferralState state = ReferralStates.letPass(file.state(), event);
    boolean restarts =
        state.awaitsTeam() && (state != file.state() || event == ReferralEvent.HAND_ON);
    Optional<Instant> clock =
        restarts
            ? Optional.of(docket.now())
            : state.awaitsTeam() ? file.clockFrom() : Optional.empty();
    Deadlines.Step first =
        state == ReferralState.DISPUTED ? Deadlines.Step.COORDINATOR : Deadlines.Step.WORKER;
    Optional<Deadlines.Step> step =
        restarts ? Optional.of(first) : state.awaitsTeam() ? file.nextStep() : Optional.empty();
    Optional<Instant> at =
        restarts
            ? Optional.of(due(first, docket.now()))
            : state.awaitsTeam() ? file.nextAt() : Optional.empty();
    return new ReferralChange(
        docket.number(),
        file.version(),
        docket.now(),
        event.name(),
        state,
        clock,
        step,
        at,
        event == ReferralEvent.HAND_ON || event == ReferralEvent.FORWARD
            ? forward.to().team().map(TeamId::value)
            : Optional.empty(),
        reason(docket.judged().reading().letter()),
        Optional.empty());
  }

  private Instant due(Deadlines.Step step, Instant from) {
    Settings.Office office = rooms.identity().office();
    return office.deadlines().due(step, from, office.hours());
  }

  /** The codes of a reason from the list; somebody's own words are not counted. */
  private static String reason(Letter letter) {
    return letter instanceof Letter.Feedback feedback
        ? feedback.reason().map(Confidential::reveal).map(Reasons::in).orElse(List.of()).stream()
            .map(Enum::name)
            .collect(Collectors.joining(" "))
        : "";
  }

  private ReferralChange.Opened under(Docket docket, Letter.Referral letter) {
    String practice =
        docket
            .judged()
            .facts()
            .sender()
            .map(Party::path)
            .map(path -> path.replaceFirst("/.*", ""))
            .orElse("");
    LocalDate today = docket.now().atZone(Moment.AMSTERDAM).toLocalDate();
    boolean youth =
        letter
            .client()
            .birthDate()
            .map(born -> born.reveal().plusYears(ADULT).isAfter(today))
            .orElse(false);
    return new ReferralChange.Opened(
        practice,
        letter.situations().stream().map(Situation::code).sorted().collect(Collectors.joining(" ")),
        letter.expertise().stream()
            .flatMap(text -> rooms.directory().expertiseNamed(text).stream())
            .map(expertise -> expertise.code())
            .distinct()
            .sorted()
            .collect(Collectors.joining(" ")),
        youth);
  }

  /** How the case book names a state. */
  static CaseStatus status(ReferralState state) {
    return switch (state) {
      case RECEIVED -> CaseStatus.OPEN;
      case FORWARDED, UNCLEAR, DISPUTED -> CaseStatus.FORWARDED;
      case ACCEPTED -> CaseStatus.ACCEPTED;
      case DECLINED -> CaseStatus.DECLINED;
      case COMPLETED, CANCELLED -> CaseStatus.CLOSED;
    };
  }
}
