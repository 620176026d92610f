package nl.wotpoort.rules.consent;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;

/**
 * Rule 7: on which points a record fails to cover what is asked. An objection is matched in the
 * same way (rule 9), with three differences that all make it reach further: a side it leaves open
 * it means wholly, one to a general category also bars the restricted ones below it, and one to
 * part of what is asked bars the whole.
 */
final class Matching {

  private final Scenario scenario;
  private final String client;
  private final PolicyTable table;
  private final List<ConsentRecord> known;

  /** The records with state active that name another one, by the id they name. */
  private final Map<String, List<ConsentRecord>> successors;

  Matching(Scenario scenario, String client, PolicyTable table) {
    this.scenario = scenario;
    this.client = client;
    this.table = table;
    this.known =
        scenario.consents().stream()
            .filter(record -> !record.recorded().isAfter(scenario.evaluatedAt()))
            .distinct()
            .toList();
    this.successors =
        known.stream()
            .filter(record -> record.state() == ConsentRecord.State.ACTIVE)
            .filter(record -> record.replaces().isPresent())
            .collect(Collectors.groupingBy(record -> record.replaces().orElseThrow()));
  }

  /**
   * The records of one type, each once, without those made later than the moment judged: such a
   * record explains nothing and replaces nothing.
   */
  List<Known> known(ConsentRecord.Type type) {
    return known.stream()
        .filter(record -> record.type() == type)
        .map(record -> new Known(record, standing(record)))
        .collect(Collectors.toList());
  }

  /** A record with the points on which it fails whatever is asked. */
  record Known(ConsentRecord record, Set<Reason> standing) {}

  /** The points on which a consent fails, its givers aside. Empty when it covers. */
  Set<Reason> failings(Known known, Ask ask) {
    ConsentRecord consent = known.record();
    EnumSet<Reason> failing = EnumSet.noneOf(Reason.class);
    failing.addAll(known.standing());
    if (!table.reaches(consent.categories(), ask.category())) {
      failing.add(Reason.CATEGORY_NOT_COVERED);
    }
    if (!coversAny(consent.purposes(), ask.purpose(), Purpose::covers)) {
      failing.add(Reason.OTHER_PURPOSE);
    }
    if (!reaches(consent.recipients(), scenario.recipient())) {
      failing.add(Reason.OTHER_RECIPIENT);
    }
    if (!reaches(consent.holders(), scenario.holder())) {
      failing.add(Reason.OTHER_HOLDER);
    }
    return failing;
  }

  /** Whether an objection stands in the way of what is asked, whoever made it. */
  boolean bars(Known known, Ask ask) {
    ConsentRecord objection = known.record();
    return known.standing().isEmpty()
        && openOr(objection.categories(), ask.category(), table::touches)
        && openOr(objection.purposes(), ask.purpose(), Purpose::covers)
        && (objection.recipients().isEmpty()
            || reaches(objection.recipients(), scenario.recipient()))
        && (objection.holders().isEmpty() || reaches(objection.holders(), scenario.holder()));
  }

  /** What does not depend on the question: whether the record is in force for this client now. */
  private Set<Reason> standing(ConsentRecord record) {
    EnumSet<Reason> failing = EnumSet.noneOf(Reason.class);
    if (record.withdrawn().filter(at -> !at.isAfter(scenario.evaluatedAt())).isPresent()) {
      failing.add(Reason.WITHDRAWN);
    }
    if (record.until().filter(end -> end.isOver(scenario.evaluatedAt())).isPresent()) {
      failing.add(Reason.EXPIRED);
    }
    if (record.from().filter(start -> !start.hasBegun(scenario.evaluatedAt())).isPresent()) {
      failing.add(Reason.NOT_YET_VALID);
    }
    if (!inForce(record)) {
      failing.add(Reason.NOT_ACTIVE);
    }
    if (!evidenced(record)) {
      failing.add(Reason.ASSERTION_NOT_RECORDED);
    }
    if (!record.client().equals(client)) {
      failing.add(Reason.OTHER_CLIENT);
    }
    return failing;
  }

  private boolean inForce(ConsentRecord record) {
    return record.state() == ConsentRecord.State.ACTIVE
        && !record.by().isEmpty()
        && !isReplaced(record);
  }

  /**
   * By a record whose state is active. That one may itself be withdrawn or past its end: the old
   * record does not come back to life, or a withdrawal could grant something. What somebody said
   * about another client, or nobody said, sets no objection aside.
   */
  private boolean isReplaced(ConsentRecord record) {
    return successors.getOrDefault(record.id(), List.of()).stream()
        .filter(other -> !other.id().equals(record.id()))
        .anyMatch(
            other ->
                record.type() == ConsentRecord.Type.CONSENT
                    || (other.client().equals(record.client()) && !other.by().isEmpty()));
  }

  private boolean evidenced(ConsentRecord record) {
    return switch (record.evidence()) {
      case RECORDED -> true;
      case ASSERTED_BY_SENDER -> isThatReferral();
      case ASSERTED_BY_REQUESTER -> false;
    };
  }

  /**
   * Whether this message is the referral in which the holder made the statement: the referral as it
   * comes in, or the same one carried on. When the referral is named it must be from this holder to
   * this recipient.
   */
  private boolean isThatReferral() {
    return switch (scenario.flow()) {
      case REFERRAL ->
          saidByHolder() && scenario.context().referral().map(this::isThis).orElse(true);
      case FORWARD -> scenario.context().referral().filter(this::isThis).isPresent();
      default -> false;
    };
  }

  private boolean saidByHolder() {
    return scenario.requester().isEmpty() || within(scenario.requester(), scenario.holder());
  }

  private boolean isThis(Scenario.Referral referral) {
    return within(referral.from(), scenario.holder())
        && within(referral.to(), scenario.recipient());
  }

  /** Whether {@code member} belongs to the practice or team of {@code of}. */
  static boolean within(Optional<Party> of, Optional<Party> member) {
    return of.isPresent() && member.filter(house(of.get())::covers).isPresent();
  }

  /** The practice or team: {@code gp:A} of {@code gp:A/d1}. */
  private static Party house(Party party) {
    int slash = party.path().indexOf('/');
    return slash <= 0 ? party : new Party(party.path().substring(0, slash));
  }

  private static boolean reaches(Collection<Party> named, Optional<Party> asked) {
    return asked.isPresent() && coversAny(named, asked.get(), Party::covers);
  }

  private static <T> boolean openOr(Set<T> named, T asked, BiPredicate<T, T> match) {
    return named.isEmpty() || coversAny(named, asked, match);
  }

  private static <T> boolean coversAny(Collection<T> named, T asked, BiPredicate<T, T> match) {
    for (T one : named) {
      if (match.test(one, asked)) {
        return true;
      }
    }
    return false;
  }
}
