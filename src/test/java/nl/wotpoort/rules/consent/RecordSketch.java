package nl.wotpoort.rules.consent;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.ConsentRecord.Evidence;
import nl.wotpoort.rules.consent.ConsentRecord.State;

/** A record as the worked cases have it, to be changed on the one point a test is about. */
final class RecordSketch {

  private final String id;
  private final ConsentRecord.Type type;
  private String client = "K1";
  private Set<String> by = Set.of("client");
  private Set<Party> holders = Set.of(new Party("gp:A"));
  private Set<Party> recipients = Set.of(new Party("wot:zuid"));
  private Set<Purpose> purposes = Set.of(new Purpose("support"));
  private Set<Category> categories = all("medical social contact support", Category::new);
  private Instant recorded = at("2026-01-01T09:00+01:00");
  private Optional<Moment> from = moment("2026-01-01");
  private Optional<Moment> until = Optional.empty();
  private Optional<Instant> withdrawn = Optional.empty();
  private State state = State.ACTIVE;
  private Optional<String> replaces = Optional.empty();
  private Evidence evidence = Evidence.RECORDED;
  private Optional<Boolean> givenCapable = Optional.empty();

  private RecordSketch(String id, ConsentRecord.Type type) {
    this.id = id;
    this.type = type;
  }

  static RecordSketch consent(String id) {
    return new RecordSketch(id, ConsentRecord.Type.CONSENT);
  }

  static RecordSketch objection(String id) {
    return new RecordSketch(id, ConsentRecord.Type.OBJECTION);
  }

  /** A date-time, with or without seconds. */
  static Instant at(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  /** A date or a date-time; "-" is none. */
  static Optional<Moment> moment(String text) {
    if (text.equals("-")) {
      return Optional.empty();
    }
    return Optional.of(
        text.length() == 10 ? new Moment.Day(LocalDate.parse(text)) : new Moment.At(at(text)));
  }

  /** Names with spaces between; none when blank. */
  static <T> Set<T> all(String names, Function<String, T> make) {
    return Arrays.stream(names.split(" "))
        .filter(name -> !name.isEmpty())
        .map(make)
        .collect(Collectors.toSet());
  }

  RecordSketch client(String value) {
    client = value;
    return this;
  }

  RecordSketch by(String names) {
    by = all(names, name -> name);
    return this;
  }

  RecordSketch holders(String names) {
    holders = all(names, Party::new);
    return this;
  }

  RecordSketch recipients(String names) {
    recipients = all(names, Party::new);
    return this;
  }

  RecordSketch purposes(String names) {
    purposes = all(names, Purpose::new);
    return this;
  }

  RecordSketch categories(String names) {
    categories = all(names, Category::new);
    return this;
  }

  RecordSketch recorded(String value) {
    recorded = at(value);
    return this;
  }

  RecordSketch from(String value) {
    from = moment(value);
    return this;
  }

  RecordSketch until(String value) {
    until = moment(value);
    return this;
  }

  RecordSketch withdrawn(String value) {
    withdrawn = Optional.of(at(value));
    return this;
  }

  RecordSketch state(State value) {
    state = value;
    return this;
  }

  RecordSketch replaces(String value) {
    replaces = Optional.of(value);
    return this;
  }

  RecordSketch evidence(Evidence value) {
    evidence = value;
    return this;
  }

  RecordSketch givenCapable(boolean value) {
    givenCapable = Optional.of(value);
    return this;
  }

  ConsentRecord done() {
    return new ConsentRecord(
        id,
        type,
        client,
        by,
        holders,
        recipients,
        purposes,
        categories,
        recorded,
        from,
        until,
        withdrawn,
        state,
        replaces,
        evidence,
        givenCapable);
  }
}
