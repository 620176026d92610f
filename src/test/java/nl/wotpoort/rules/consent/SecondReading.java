package nl.wotpoort.rules.consent;

import static nl.wotpoort.rules.consent.SecondNames.above;
import static nl.wotpoort.rules.consent.SecondNames.barred;
import static nl.wotpoort.rules.consent.SecondNames.chain;
import static nl.wotpoort.rules.consent.SecondNames.deepest;
import static nl.wotpoort.rules.consent.SecondNames.level;
import static nl.wotpoort.rules.consent.SecondNames.reaches;
import static nl.wotpoort.rules.consent.SecondNames.sameHouse;
import static nl.wotpoort.rules.consent.SecondNames.texts;
import static nl.wotpoort.rules.consent.SecondNames.touching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The policy text a second time, by brute force: names are expanded to all names above them, tables
 * are copied from the text, nothing is shared with the policy but the values. Slow and plain on
 * purpose; what it and the policy disagree on is a mistake in one of them.
 */
final class SecondReading {

  /** The order of the text, with the codes as texts. */
  private static final List<String> ORDER =
      List.of(
          ("OBJECTION NOT_NECESSARY WITHDRAWN EXPIRED NOT_YET_VALID NOT_ACTIVE"
                  + " ASSERTION_NOT_RECORDED MISSING_CO_CONSENT GIVER_NOT_COMPETENT"
                  + " CATEGORY_NOT_COVERED OTHER_PURPOSE OTHER_RECIPIENT OTHER_HOLDER OTHER_CLIENT"
                  + " NO_CONSENT")
              .split(" "));

  private static final Map<String, String> NECESSARY =
      Map.ofEntries(
          Map.entry("support", "contact social medical support youth"),
          Map.entry("support.intake", "contact social medical support youth"),
          Map.entry("support.execution", "contact social medical support youth"),
          Map.entry(
              "support.finance",
              "contact social.finance social.work social.housing support.status"),
          Map.entry("youthcare", "contact social youth medical.summary medical.psychiatry support"),
          Map.entry(
              "youthcare.referral",
              "contact social.family youth medical.summary medical.psychiatry support"),
          Map.entry("feedback", "contact support"),
          Map.entry("safety", "contact social medical support youth"),
          Map.entry("child-protection", "contact social medical support youth"),
          Map.entry(
              "wvggz-exploration",
              "contact medical.summary medical.psychiatry social.safety support"),
          Map.entry("evaluation", "support.status"),
          Map.entry("enforcement", "contact social.finance"));

  private final Scenario s;
  private final SecondClock clock;
  private final List<ConsentRecord> records;

  SecondReading(Scenario scenario) {
    this.s = scenario;
    this.clock = new SecondClock(scenario.evaluatedAt());
    this.records = new ArrayList<>(new LinkedHashSet<>(scenario.consents()));
    records.removeIf(record -> record.recorded().compareTo(scenario.evaluatedAt()) > 0);
  }

  private SecondGivers givers() {
    return new SecondGivers(s.client().get(), clock);
  }

  SecondAnswer answer() {
    String early = early();
    if (early.equals("NOT_PERSONAL")) {
      return new SecondAnswer("PERMIT", List.of(), early, Set.of(), Map.of());
    }
    if (!early.isEmpty()) {
      Map<String, String> refused = new LinkedHashMap<>();
      s.categories().forEach(category -> refused.put(category.code(), early));
      return new SecondAnswer("DENY", List.of(), early, Set.of(), refused);
    }
    Set<String> reached = new LinkedHashSet<>();
    String failed = "";
    for (Scenario.Ground ground : s.grounds()) {
      if (!ground.kind().equals("consent")) {
        String fault = groundFault(ground);
        if (fault.isEmpty()) {
          reached.addAll(groundReach(ground));
        } else if (!failed.equals("GROUND_UNSUPPORTED")) {
          failed = fault;
        }
      }
    }
    return reached.isEmpty() ? byConsent(failed) : byGround(reached);
  }

  private String early() {
    if (!s.context().requesterAuthenticated()) {
      return "REQUESTER_NOT_AUTHENTICATED";
    } else if (!s.context().personal()) {
      return "NOT_PERSONAL";
    } else if (!s.context().clientIdentified() || s.client().isEmpty()) {
      return "CLIENT_NOT_IDENTIFIED";
    } else if (!s.context().storeAnswers()) {
      return "INDETERMINATE";
    } else if (s.client().get().deceased().isPresent()
        && clock.begun(s.client().get().deceased().get())) {
      return "CLIENT_DECEASED";
    } else if (s.purposes().isEmpty()) {
      return "INCOMPLETE_PURPOSE";
    } else if (!NECESSARY.keySet().containsAll(texts(s.purposes()))) {
      return "UNKNOWN_PURPOSE";
    }
    return s.flow() == Flow.INFO_REQUEST && s.questions() == 0 ? "INCOMPLETE_QUESTIONS" : "";
  }

  private String groundFault(Scenario.Ground ground) {
    String to = s.recipient().map(Object::toString).orElse("?").split("[:/]")[0];
    Set<String> purposes = new TreeSet<>(texts(s.purposes()));
    boolean applies =
        switch (ground.kind()) {
          case "veilig-thuis-5.2.6" -> to.equals("veilig-thuis") && only("safety", purposes);
          case "gi-ots-7.3.11" -> to.equals("gi") && only("child-protection", purposes);
          case "conflict-of-duties", "vital-interest" ->
              Set.of("wot", "veilig-thuis", "cit", "mevis", "gp").contains(to)
                  && only("safety", purposes);
          default -> false;
        };
    boolean named =
        s.holder().isPresent()
            && ground.by().isPresent()
            && above(ground.by().get().path(), "/").contains(s.holder().get().path());
    if (!applies) {
      return "GROUND_NOT_APPLICABLE";
    }
    if (!named || !ground.justified()) {
      return "GROUND_UNSUPPORTED";
    }
    return groundReach(ground).isEmpty() ? "GROUND_NOT_APPLICABLE" : "";
  }

  private static boolean only(String purpose, Set<String> purposes) {
    return purposes.equals(Set.of(purpose));
  }

  private List<String> groundReach(Scenario.Ground ground) {
    List<String> reach = texts(s.categories());
    if (!ground.necessary().isEmpty()) {
      reach.removeIf(category -> !reaches(texts(ground.necessary()), category));
    }
    return reach;
  }

  private SecondAnswer byGround(Set<String> reached) {
    List<String> permitted = texts(s.categories());
    permitted.retainAll(reached);
    Map<String, String> refused = new LinkedHashMap<>();
    for (String category : texts(s.categories())) {
      if (!reached.contains(category)) {
        refused.put(category, "NOT_NECESSARY");
      }
    }
    String decision = refused.isEmpty() ? "PERMIT" : "PARTIAL";
    return new SecondAnswer(decision, permitted, "LEGAL_GROUND", Set.of(), refused);
  }

  private SecondAnswer byConsent(String ground) {
    List<String> permitted = new ArrayList<>();
    Map<String, String> refused = new LinkedHashMap<>();
    Set<String> rests = new TreeSet<>();
    Map<String, Set<String>> explain = new LinkedHashMap<>();
    boolean byRecord = false;
    for (String category : texts(s.categories())) {
      Set<String> ids = new TreeSet<>();
      String answer = category(category, ids);
      if (answer.equals("CONSENT") || answer.equals("IMPLIED_FEEDBACK")) {
        permitted.add(category);
        rests.addAll(ids);
        byRecord |= answer.equals("CONSENT");
      } else {
        refused.put(category, answer);
        explain.computeIfAbsent(answer, key -> new TreeSet<>()).addAll(ids);
      }
    }
    String worst = first(refused.values());
    if (permitted.isEmpty()) {
      String reason = ground.isEmpty() ? worst : ground;
      return new SecondAnswer(
          "DENY", permitted, reason, explain.getOrDefault(worst, Set.of()), refused);
    }
    String good = byRecord ? "CONSENT" : "IMPLIED_FEEDBACK";
    return refused.isEmpty()
        ? new SecondAnswer("PERMIT", permitted, good, rests, refused)
        : new SecondAnswer("PARTIAL", permitted, worst, rests, refused);
  }

  private static String first(Iterable<String> reasons) {
    List<String> found = texts(reasons);
    return ORDER.stream().filter(found::contains).findFirst().orElse("NO_CONSENT");
  }

  private String category(String category, Set<String> ids) {
    for (String purpose : texts(s.purposes())) {
      boolean in =
          !Collections.disjoint(above(category, "."), List.of(necessary(purpose).split(" ")));
      boolean never = purpose.startsWith("support") && !purpose.endsWith("finance");
      if (!in || (never && above(category, ".").contains("medical.sexual"))) {
        return "NOT_NECESSARY";
      }
    }
    Map<String, Set<String>> answers = new LinkedHashMap<>();
    for (String purpose : texts(s.purposes())) {
      Set<String> own = new TreeSet<>();
      String answer = one(purpose, category, own);
      answers.computeIfAbsent(answer, key -> new TreeSet<>()).addAll(own);
    }
    String worst = "";
    for (String reason : ORDER) {
      if (worst.isEmpty() && answers.containsKey(reason)) {
        worst = reason;
      }
    }
    if (worst.isEmpty()) {
      worst = answers.containsKey("CONSENT") ? "CONSENT" : "IMPLIED_FEEDBACK";
    }
    ids.addAll(answers.getOrDefault(worst, Set.of()));
    return worst;
  }

  private static String necessary(String purpose) {
    return Objects.requireNonNull(NECESSARY.get(purpose));
  }

  private String one(String purpose, String category, Set<String> ids) {
    List<ConsentRecord> covering = new ArrayList<>();
    List<ConsentRecord> objections = new ArrayList<>();
    for (ConsentRecord record : records) {
      boolean consent = record.type() == ConsentRecord.Type.CONSENT;
      if (consent
          && fails(record, purpose, category).isEmpty()
          && !givers().counts(record, category).isEmpty()) {
        covering.add(record);
      }
      if (!consent && objects(record, purpose, category)) {
        objections.add(record);
      }
    }
    objections.removeIf(
        objection ->
            covering.stream()
                .anyMatch(
                    consent ->
                        consent.recorded().compareTo(objection.recorded()) > 0
                            && lessSpecific(objection, consent, purpose, category)));
    if (!objections.isEmpty()) {
      objections.forEach(objection -> ids.add(objection.id()));
      return "OBJECTION";
    }
    Set<String> givers = new TreeSet<>();
    covering.forEach(consent -> givers.addAll(givers().counts(consent, category)));
    if (givers().lacking(givers).isEmpty()) {
      covering.forEach(consent -> ids.add(consent.id()));
      return "CONSENT";
    }
    return implied(purpose, category) ? "IMPLIED_FEEDBACK" : miss(purpose, category, ids);
  }

  private boolean standing(ConsentRecord record) {
    return standingFaults(record).isEmpty();
  }

  private Set<String> standingFaults(ConsentRecord record) {
    Set<String> fails = new LinkedHashSet<>();
    if (record.withdrawn().isPresent() && clock.begun(new Moment.At(record.withdrawn().get()))) {
      fails.add("WITHDRAWN");
    }
    if (record.until().isPresent() && clock.over(record.until().get())) {
      fails.add("EXPIRED");
    }
    if (record.from().isPresent() && !clock.begun(record.from().get())) {
      fails.add("NOT_YET_VALID");
    }
    boolean replaced =
        records.stream()
            .anyMatch(
                other ->
                    other.state() == ConsentRecord.State.ACTIVE
                        && other.replaces().equals(Optional.of(record.id()))
                        && !other.id().equals(record.id())
                        && (record.type() == ConsentRecord.Type.CONSENT
                            || (!other.by().isEmpty() && other.client().equals(record.client()))));
    if (record.state() != ConsentRecord.State.ACTIVE || record.by().isEmpty() || replaced) {
      fails.add("NOT_ACTIVE");
    }
    if (record.evidence() == ConsentRecord.Evidence.ASSERTED_BY_REQUESTER
        || (record.evidence() == ConsentRecord.Evidence.ASSERTED_BY_SENDER && !thatReferral())) {
      fails.add("ASSERTION_NOT_RECORDED");
    }
    if (!record.client().equals(s.client().get().id())) {
      fails.add("OTHER_CLIENT");
    }
    return fails;
  }

  private boolean thatReferral() {
    Optional<Scenario.Referral> named = s.context().referral();
    boolean match =
        named.isPresent()
            && sameHouse(named.get().from(), s.holder())
            && sameHouse(named.get().to(), s.recipient());
    boolean own = s.requester().isEmpty() || sameHouse(s.requester(), s.holder());
    return (s.flow() == Flow.REFERRAL && own && (named.isEmpty() || match))
        || (s.flow() == Flow.FORWARD && match);
  }

  private Set<String> fails(ConsentRecord record, String purpose, String category) {
    Set<String> fails = standingFaults(record);
    if (!reaches(texts(record.categories()), category)) {
      fails.add("CATEGORY_NOT_COVERED");
    }
    if (deepest(texts(record.purposes()), above(purpose, ".")) == 0) {
      fails.add("OTHER_PURPOSE");
    }
    if (deepest(texts(record.recipients()), chain(s.recipient())) == 0) {
      fails.add("OTHER_RECIPIENT");
    }
    if (deepest(texts(record.holders()), chain(s.holder())) == 0) {
      fails.add("OTHER_HOLDER");
    }
    return fails;
  }

  private boolean objects(ConsentRecord record, String purpose, String category) {
    boolean unknown = givers().age(12).isEmpty();
    boolean self = givers().age(12).orElse(false) && record.by().contains("client");
    boolean who = unknown || self || !givers().counts(record, category).isEmpty();
    return who
        && standing(record)
        && (record.holders().isEmpty() || deepest(texts(record.holders()), chain(s.holder())) > 0)
        && (record.recipients().isEmpty()
            || deepest(texts(record.recipients()), chain(s.recipient())) > 0)
        && (record.purposes().isEmpty()
            || deepest(texts(record.purposes()), above(purpose, ".")) > 0)
        && (record.categories().isEmpty() || !touching(record, category).isEmpty());
  }

  private boolean lessSpecific(
      ConsentRecord objection, ConsentRecord consent, String purpose, String category) {
    return barred(objection, category).stream()
        .allMatch(part -> lessSpecificOn(part, objection, consent, purpose));
  }

  private boolean lessSpecificOn(
      String category, ConsentRecord objection, ConsentRecord consent, String purpose) {
    int[] difference = {
      level(consent.holders(), chain(s.holder())) - level(objection.holders(), chain(s.holder())),
      level(consent.recipients(), chain(s.recipient()))
          - level(objection.recipients(), chain(s.recipient())),
      level(consent.purposes(), above(purpose, "."))
          - level(objection.purposes(), above(purpose, ".")),
      level(consent.categories(), above(category, "."))
          - level(objection.categories(), above(category, "."))
    };
    return Arrays.stream(difference).allMatch(d -> d >= 0)
        && Arrays.stream(difference).anyMatch(d -> d > 0);
  }

  private boolean implied(String purpose, String category) {
    return s.flow() == Flow.FEEDBACK
        && purpose.equals("feedback")
        && above(category, ".").contains("support.status")
        && s.context().referral().isPresent()
        && s.context().referral().get().consented()
        && sameHouse(s.context().referral().get().from(), s.recipient())
        && sameHouse(s.context().referral().get().to(), s.holder());
  }

  private String miss(String purpose, String category, Set<String> ids) {
    for (int allowed = 1; allowed <= 2; allowed++) {
      Map<String, Set<String>> found = new LinkedHashMap<>();
      for (ConsentRecord record : records) {
        if (record.type() == ConsentRecord.Type.CONSENT) {
          Set<String> points = fails(record, purpose, category);
          String giver = givers().lacking(givers().counts(record, category));
          if (!giver.isEmpty() && !record.by().isEmpty()) {
            points.add(giver);
          }
          if (points.size() == allowed) {
            found.computeIfAbsent(first(points), key -> new TreeSet<>()).add(record.id());
          }
        }
      }
      if (!found.isEmpty()) {
        String reason = first(found.keySet());
        ids.addAll(found.getOrDefault(reason, Set.of()));
        return reason;
      }
    }
    return "NO_CONSENT";
  }
}
