package nl.wotpoort.desk;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.rules.consent.Flow;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.rules.consent.Scenario;

/**
 * What the policy judged, written into the outbox (encrypted there) so that dispatch can judge it
 * again: everything but the register's records, which are read afresh. One {@code name=value} a
 * line; of the statement in the letter itself, which is in no register, the record goes along.
 */
final class ScenarioText {

  private ScenarioText() {}

  static String write(Scenario scenario) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("flow", scenario.flow().name());
    scenario.client().ifPresent(client -> write(client, lines));
    lines.put("requester", path(scenario.requester()));
    lines.put("holder", path(scenario.holder()));
    lines.put("recipient", path(scenario.recipient()));
    lines.put("purposes", codes(scenario.purposes(), Purpose::code));
    lines.put("categories", codes(scenario.categories(), Category::code));
    lines.put("questions", String.valueOf(scenario.questions()));
    lines.put("personal", String.valueOf(scenario.context().personal()));
    scenario.context().referral().ifPresent(referral -> write(referral, lines));
    scenario.grounds().stream().findFirst().ifPresent(ground -> write(ground, lines));
    scenario.consents().stream()
        .filter(record -> record.evidence() == ConsentRecord.Evidence.ASSERTED_BY_SENDER)
        .findFirst()
        .ifPresent(record -> write(record, lines));
    return lines.entrySet().stream()
        .map(line -> line.getKey() + "=" + line.getValue())
        .collect(Collectors.joining("\n"));
  }

  /**
   * The scenario as of {@code now}, with these records beside the letter's own statement.
   *
   * @throws IllegalArgumentException for what {@link #write} did not write
   */
  static Scenario read(
      String text,
      List<ConsentRecord> register,
      boolean oneClient,
      boolean storeAnswers,
      Instant now) {
    Lines lines = new Lines(text);
    List<ConsentRecord> records = new ArrayList<>(register);
    lines
        .value("stated.recorded")
        .ifPresent(recorded -> records.add(statement(lines, Instant.parse(recorded))));
    return new Scenario(
        "",
        Flow.valueOf(lines.required("flow")),
        "dispatch",
        lines.value("client").map(id -> client(id, lines)),
        lines.party("requester"),
        lines.party("holder"),
        lines.party("recipient"),
        lines.list("purposes", Purpose::new),
        lines.list("categories", Category::new),
        Integer.parseInt(lines.required("questions")),
        Optional.of(now),
        now,
        records,
        lines.value("ground").map(kind -> ground(kind, lines)).stream().toList(),
        new Scenario.Context(
            Boolean.parseBoolean(lines.required("personal")),
            oneClient,
            storeAnswers,
            true,
            lines
                .value("referral.consented")
                .map(consented -> referral(Boolean.parseBoolean(consented), lines))));
  }

  private static void write(Scenario.Client client, Map<String, String> lines) {
    lines.put("client", client.id());
    client.born().ifPresent(born -> lines.put("born", born.toString()));
    // who the guardians are does not matter any more, only whether one of them gave the statement
    lines.put(
        "guardians",
        String.join(
            ",",
            new TreeSet<>(client.guardians())
                .stream().filter(g -> !g.contains(",") && !g.contains("\n")).toList()));
  }

  private static Scenario.Client client(String id, Lines lines) {
    return new Scenario.Client(
        id,
        lines.value("born").map(LocalDate::parse),
        true,
        lines.set("guardians", Function.identity()),
        List.of(),
        Optional.empty());
  }

  private static void write(Scenario.Referral referral, Map<String, String> lines) {
    lines.put("referral.from", path(referral.from()));
    lines.put("referral.to", path(referral.to()));
    lines.put("referral.consented", String.valueOf(referral.consented()));
  }

  private static Scenario.Referral referral(boolean consented, Lines lines) {
    return new Scenario.Referral(
        lines.party("referral.from"), lines.party("referral.to"), consented);
  }

  private static void write(Scenario.Ground ground, Map<String, String> lines) {
    lines.put("ground", ground.kind());
    lines.put("ground.by", path(ground.by()));
    lines.put("ground.justified", String.valueOf(ground.justified()));
    lines.put("ground.necessary", codes(ground.necessary(), Category::code));
  }

  private static Scenario.Ground ground(String kind, Lines lines) {
    return new Scenario.Ground(
        kind,
        lines.party("ground.by"),
        Boolean.parseBoolean(lines.required("ground.justified")),
        lines.list("ground.necessary", Category::new));
  }

  private static void write(ConsentRecord record, Map<String, String> lines) {
    lines.put("stated.id", record.id());
    lines.put("stated.recorded", record.recorded().toString());
    lines.put("stated.client", record.client());
    lines.put("stated.by", String.join(",", new TreeSet<>(record.by())));
    lines.put("stated.holders", codes(record.holders(), Party::path));
    lines.put("stated.recipients", codes(record.recipients(), Party::path));
    lines.put("stated.purposes", codes(record.purposes(), Purpose::code));
    lines.put("stated.categories", codes(record.categories(), Category::code));
    record.from().ifPresent(from -> lines.put("stated.from", moment(from)));
    record.until().ifPresent(until -> lines.put("stated.until", moment(until)));
  }

  private static ConsentRecord statement(Lines lines, Instant recorded) {
    return new ConsentRecord(
        lines.required("stated.id"),
        ConsentRecord.Type.CONSENT,
        lines.required("stated.client"),
        lines.set("stated.by", Function.identity()),
        lines.set("stated.holders", Party::new),
        lines.set("stated.recipients", Party::new),
        lines.set("stated.purposes", Purpose::new),
        lines.set("stated.categories", Category::new),
        recorded,
        lines.value("stated.from").map(ScenarioText::moment),
        lines.value("stated.until").map(ScenarioText::moment),
        Optional.empty(),
        ConsentRecord.State.ACTIVE,
        Optional.empty(),
        ConsentRecord.Evidence.ASSERTED_BY_SENDER,
        Optional.empty());
  }

  private static String moment(Moment moment) {
    return moment instanceof Moment.Day day
        ? day.date().toString()
        : ((Moment.At) moment).instant().toString();
  }

  private static Moment moment(String text) {
    return text.contains("T")
        ? new Moment.At(Instant.parse(text))
        : new Moment.Day(LocalDate.parse(text));
  }

  private static String path(Optional<Party> party) {
    return party.map(Party::path).orElse("");
  }

  private static <T> String codes(Collection<T> values, Function<T, String> code) {
    return values.stream().map(code).collect(Collectors.joining(","));
  }

  /** The lines of a text, by name. */
  private static final class Lines {
    private final Map<String, String> values = new LinkedHashMap<>();

    Lines(String text) {
      for (String line : text.split("\n")) {
        int equals = line.indexOf('=');
        if (equals < 1) {
          throw new IllegalArgumentException("a line without a name");
        }
        values.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }

    Optional<String> value(String name) {
      return Optional.ofNullable(values.get(name));
    }

    String required(String name) {
      return value(name).orElseThrow(() -> new IllegalArgumentException("no line " + name));
    }

    Optional<Party> party(String name) {
      return value(name).filter(path -> !path.isEmpty()).map(Party::new);
    }

    <T> Set<T> set(String name, Function<String, T> make) {
      return Set.copyOf(list(name, make));
    }

    /** In the order written. */
    <T> List<T> list(String name, Function<String, T> make) {
      return Arrays.stream(value(name).orElse("").split(","))
          .filter(code -> !code.isEmpty())
          .map(make)
          .toList();
    }
  }
}
