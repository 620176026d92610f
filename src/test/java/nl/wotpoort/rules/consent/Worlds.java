package nl.wotpoort.rules.consent;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;

/**
 * Random scenarios, the same for the same seed. The vocabulary is small and most records are near
 * to what is asked, so that permissions, conflicts and near misses are all frequent.
 */
final class Worlds {

  private static final Instant NOW = RecordSketch.at("2026-06-15T10:00+02:00");
  private static final String[] GP = {"gp:A/d1", "gp:A/d1", "gp:A", "gp:A/d2", "gp:B/d3", "mevis"};
  private static final String[] WOT = {
    "wot:zuid/w1",
    "wot:zuid/w1",
    "wot:zuid",
    "wot:oost/w2",
    "wot:central",
    "mevis",
    "veilig-thuis",
    "gi:j/g1"
  };
  private static final String[] HOLDERS = {
    "gp:A", "gp:A/d1", "gp:*", "*", "gp:B", "wot:zuid", "wot:*"
  };
  private static final String[] RECIPIENTS = {
    "wot:zuid", "wot:zuid/w1", "wot:*", "*", "wot:oost", "gp:A", "gp:A/d1", "mevis"
  };
  private static final String[] PURPOSES = {
    "support",
    "support",
    "support.intake",
    "support.finance",
    "youthcare",
    "safety",
    "feedback",
    "evaluation",
    "child-protection"
  };
  private static final String[] CATEGORIES = {
    "contact",
    "medical",
    "medical.summary",
    "medical.psychiatry",
    "medical.psychiatry.note",
    "medical.sexual",
    "social",
    "social.finance",
    "social.housing",
    "social.safety",
    "support",
    "support.status",
    "support.plan",
    "youth",
    "youth.jggz"
  };
  private static final String[] GIVERS = {"client", "mother", "mentor1", "bewind1", "aunt"};
  private static final String[] BORN = {
    "1980-04-02",
    "1980-04-02",
    "2018-01-01",
    "2014-06-15",
    "2014-06-16",
    "2010-06-15",
    "2010-06-16",
    "2008-06-15",
    "2008-06-16",
    "2012-02-29"
  };
  private static final String[] GROUNDS = {
    "conflict-of-duties", "vital-interest", "veilig-thuis-5.2.6", "gi-ots-7.3.11", "consent", "x"
  };

  private final SplittableRandom random;

  /** What the world at hand asks, so that its records can be near to it. */
  private List<String> askedHolder = List.of();

  private List<String> askedRecipient = List.of();
  private List<String> askedPurposes = List.of();
  private List<String> askedCategories = List.of();

  Worlds(long seed) {
    this.random = new SplittableRandom(seed);
  }

  Scenario next() {
    boolean back = chance(6);
    Flow flow = back ? Flow.FEEDBACK : chance(3) ? pick(Flow.values()) : Flow.INFO_REQUEST;
    Optional<Party> gp = Optional.of(new Party(pick(GP)));
    Optional<Party> wot = Optional.of(new Party(pick(WOT)));
    Optional<Party> holder = chance(60) ? Optional.empty() : back ? wot : gp;
    Optional<Party> recipient = chance(60) ? Optional.empty() : back ? gp : wot;
    List<Purpose> purposes = new ArrayList<>();
    for (int i = count(chance(4) ? 2 : 1, 60); i > 0; i--) {
      String any = chance(40) ? "marketing" : pick(PURPOSES);
      purposes.add(new Purpose(back && !chance(4) ? "feedback" : any));
    }
    List<Category> categories = categories(count(3, 30));
    if (back && chance(2)) {
      categories.add(0, new Category("support.status"));
    }
    askedHolder = holder.map(Party::path).stream().toList();
    askedRecipient = recipient.map(Party::path).stream().toList();
    askedPurposes = purposes.stream().map(Purpose::code).toList();
    askedCategories = categories.stream().map(Category::code).toList();
    return new Scenario(
        "w",
        flow,
        "request",
        chance(80) ? Optional.empty() : Optional.of(client()),
        chance(8) ? Optional.empty() : chance(2) ? holder : recipient,
        holder,
        recipient,
        purposes,
        categories,
        chance(20) ? 0 : 2,
        Optional.empty(),
        NOW,
        records(count(4, 12)),
        grounds(),
        new Scenario.Context(
            !chance(60),
            !chance(60),
            !chance(60),
            !chance(60),
            chance(4) ? Optional.empty() : Optional.of(referral(gp, wot))));
  }

  private Scenario.Client client() {
    return new Scenario.Client(
        "K1",
        chance(40) ? Optional.empty() : Optional.of(LocalDate.parse(pick(BORN))),
        !chance(4),
        chance(5) ? Set.of() : Set.of("mother", "father"),
        List.of(
            new Scenario.Representative("mentor1", chance(5) ? "friend" : "mentor", end()),
            new Scenario.Representative("bewind1", "bewindvoerder", end())),
        chance(40) ? Optional.of(near()) : Optional.empty());
  }

  private Optional<Moment> end() {
    return chance(3) ? Optional.of(near()) : Optional.empty();
  }

  /** Today, a day or a second to either side of it, or far. */
  private Moment near() {
    return chance(2)
        ? new Moment.Day(LocalDate.parse("2026-06-15").plusDays(random.nextInt(-1, 2)))
        : new Moment.At(NOW.plusSeconds(random.nextInt(-1, 2)));
  }

  private Scenario.Referral referral(Optional<Party> gp, Optional<Party> wot) {
    if (chance(2)) {
      return new Scenario.Referral(gp, wot, !chance(5));
    }
    return new Scenario.Referral(
        chance(20) ? Optional.empty() : Optional.of(new Party(pick(GP))),
        chance(20) ? Optional.empty() : Optional.of(new Party(pick(WOT))),
        !chance(5));
  }

  private List<Scenario.Ground> grounds() {
    List<Scenario.Ground> grounds = new ArrayList<>();
    while (chance(4)) {
      grounds.add(
          new Scenario.Ground(
              pick(GROUNDS),
              chance(6) ? Optional.empty() : Optional.of(new Party(pick(GP))),
              !chance(4),
              chance(2) ? List.of() : categories(2)));
    }
    return grounds;
  }

  private List<ConsentRecord> records(int number) {
    List<ConsentRecord> records = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      records.add(record("R" + i, chance(4)));
    }
    return records;
  }

  /** A record that replaces none. */
  ConsentRecord record(String id, boolean objection) {
    Instant recorded = NOW.minus(Duration.ofDays(random.nextInt(0, 4)));
    return new ConsentRecord(
        id,
        objection ? ConsentRecord.Type.OBJECTION : ConsentRecord.Type.CONSENT,
        chance(25) ? "K2" : "K1",
        chance(3) ? Set.of("client", "mother", "mentor1") : some(GIVERS, 2),
        RecordSketch.all(near(askedHolder, "/", HOLDERS), Party::new),
        RecordSketch.all(near(askedRecipient, "/", RECIPIENTS), Party::new),
        RecordSketch.all(near(askedPurposes, ".", PURPOSES), Purpose::new),
        RecordSketch.all(near(askedCategories, ".", CATEGORIES), Category::new),
        chance(15) ? recorded.plus(Duration.ofDays(4)) : recorded,
        chance(6) ? Optional.of(near()) : Optional.empty(),
        chance(6) ? Optional.of(near()) : Optional.empty(),
        chance(12) ? Optional.of(NOW.plusSeconds(random.nextInt(-1, 2))) : Optional.empty(),
        chance(12) ? pick(ConsentRecord.State.values()) : ConsentRecord.State.ACTIVE,
        replaced(id),
        chance(6) ? pick(ConsentRecord.Evidence.values()) : ConsentRecord.Evidence.RECORDED,
        chance(5) ? Optional.of(chance(2)) : Optional.empty());
  }

  private Optional<String> replaced(String id) {
    return id.startsWith("R") && chance(12)
        ? Optional.of("R" + random.nextInt(4))
        : Optional.empty();
  }

  /** Mostly what is asked, or a name above it; sometimes just any. */
  private String near(List<String> asked, String separator, String[] any) {
    if (chance(6)) {
      return String.join(" ", some(any, 2));
    }
    List<String> names = new ArrayList<>();
    for (String name : asked) {
      int cut = name.lastIndexOf(separator);
      names.add(cut > 0 && chance(2) ? name.substring(0, cut) : name);
    }
    if (chance(6)) {
      names.add(separator.equals("/") && chance(2) ? "wot:*" : pick(any));
    }
    if (chance(15)) {
      names.add("*");
    }
    return String.join(" ", names);
  }

  private List<Category> categories(int number) {
    List<Category> categories = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      categories.add(new Category(pick(CATEGORIES)));
    }
    return categories;
  }

  /** Up to {@code most} names; rarely none. */
  private Set<String> some(String[] names, int most) {
    Set<String> some = new LinkedHashSet<>();
    for (int i = count(most, 30); i > 0; i--) {
      some.add(pick(names));
    }
    return some;
  }

  /** 1 to {@code most}; one time in {@code rare} none. */
  private int count(int most, int rare) {
    return chance(rare) ? 0 : random.nextInt(1, most + 1);
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  private <T> T pick(T[] of) {
    return of[random.nextInt(of.length)];
  }
}
