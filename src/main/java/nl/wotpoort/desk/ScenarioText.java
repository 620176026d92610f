package nl.wotpoort.desk;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.rules.consent.Flow;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.rules.consent.Scenario;
import nl.wotpoort.store.ClientPseudonyms;
import nl.wotpoort.store.ConsentsFound;
import nl.wotpoort.store.Pseudonym;

/**
 * What the policy judged, written into the outbox (encrypted there) so that dispatch can judge it
 * again: everything but the register's records, which are read afresh. One {@code name=value} a
 * line; of the statement in the letter itself, which is in no register, the record goes along.
 */
final class ScenarioText {

  private ScenarioText() {}

  /** {@code known} is how the register knows the client: it is asked again under all of these. */
  static String write(Scenario scenario, Optional<ClientPseudonyms> known) {
    NamedLines lines = new NamedLines();
    lines.put("flow", scenario.flow().name());
    scenario.client().ifPresent(client -> write(client, lines));
    known.ifPresent(
        client -> lines.putAll("known", client.all().stream().map(Pseudonym::toString).toList()));
    party("requester", scenario.requester(), lines);
    party("holder", scenario.holder(), lines);
    party("recipient", scenario.recipient(), lines);
    lines.putAll("purposes", codes(scenario.purposes(), Purpose::code));
    lines.putAll("categories", codes(scenario.categories(), Category::code));
    lines.put("questions", String.valueOf(scenario.questions()));
    lines.put("personal", String.valueOf(scenario.context().personal()));
    scenario.context().referral().ifPresent(referral -> write(referral, lines));
    scenario.grounds().stream().findFirst().ifPresent(ground -> write(ground, lines));
    scenario.consents().stream()
        .filter(record -> record.evidence() == ConsentRecord.Evidence.ASSERTED_BY_SENDER)
        .findFirst()
        .ifPresent(record -> write(record, lines));
    return lines.write();
  }

  /** How the register knows the client; empty when the letter named nobody. */
  static Optional<ClientPseudonyms> known(String text) {
    List<Pseudonym> all = NamedLines.read(text).list("known", ScenarioText::pseudonym);
    return all.isEmpty() ? Optional.empty() : Optional.of(new ClientPseudonyms(all));
  }

  private static Pseudonym pseudonym(String text) {
    int colon = text.indexOf(':');
    return new Pseudonym(
        Pseudonym.Kind.valueOf(text.substring(0, Math.max(colon, 0))), text.substring(colon + 1));
  }

  /**
   * The scenario as of {@code now}, with these records beside the letter's own statement.
   *
   * @throws IllegalArgumentException for what {@link #write} did not write
   */
  static Scenario read(String text, ConsentsFound register, boolean storeAnswers, Instant now) {
    NamedLines lines = NamedLines.read(text);
    List<ConsentRecord> records = new ArrayList<>(register.records());
    lines
        .value("stated.recorded")
        .ifPresent(recorded -> records.add(statement(lines, Instant.parse(recorded))));
    return new Scenario(
        "",
        Flow.valueOf(lines.required("flow")),
        "dispatch",
        lines.value("client").map(id -> client(id, lines, register)),
        party("requester", lines),
        party("holder", lines),
        party("recipient", lines),
        lines.list("purposes", Purpose::new),
        lines.list("categories", Category::new),
        Integer.parseInt(lines.required("questions")),
        Optional.of(now),
        now,
        records,
        lines.value("ground").map(kind -> ground(kind, lines)).stream().toList(),
        new Scenario.Context(
            Boolean.parseBoolean(lines.required("personal")),
            register.oneClient(),
            storeAnswers,
            true,
            lines
                .value("referral.consented")
                .map(consented -> referral(Boolean.parseBoolean(consented), lines))));
  }

  private static void write(Scenario.Client client, NamedLines lines) {
    lines.put("client", client.id());
    client.born().ifPresent(born -> lines.put("born", born.toString()));
    lines.putAll("guardians", client.guardians());
  }

  private static Scenario.Client client(String id, NamedLines lines, ConsentsFound register) {
    return new Scenario.Client(
        id,
        lines.day("born"),
        register.capable(),
        lines.set("guardians", Function.identity()),
        register.representatives(),
        Optional.empty());
  }

  private static void write(Scenario.Referral referral, NamedLines lines) {
    party("referral.from", referral.from(), lines);
    party("referral.to", referral.to(), lines);
    lines.put("referral.consented", String.valueOf(referral.consented()));
  }

  private static Scenario.Referral referral(boolean consented, NamedLines lines) {
    return new Scenario.Referral(
        party("referral.from", lines), party("referral.to", lines), consented);
  }

  private static void write(Scenario.Ground ground, NamedLines lines) {
    lines.put("ground", ground.kind());
    party("ground.by", ground.by(), lines);
    lines.put("ground.justified", String.valueOf(ground.justified()));
    lines.putAll("ground.necessary", codes(ground.necessary(), Category::code));
  }

  private static Scenario.Ground ground(String kind, NamedLines lines) {
    return new Scenario.Ground(
        kind,
        party("ground.by", lines),
        Boolean.parseBoolean(lines.required("ground.justified")),
        lines.list("ground.necessary", Category::new));
  }

  private static void write(ConsentRecord record, NamedLines lines) {
    lines.put("stated.id", record.id());
    lines.put("stated.recorded", record.recorded().toString());
    lines.put("stated.client", record.client());
    lines.putAll("stated.by", record.by());
    lines.putAll("stated.holders", Set.copyOf(codes(record.holders(), Party::path)));
    lines.putAll("stated.recipients", Set.copyOf(codes(record.recipients(), Party::path)));
    lines.putAll("stated.purposes", Set.copyOf(codes(record.purposes(), Purpose::code)));
    lines.putAll("stated.categories", Set.copyOf(codes(record.categories(), Category::code)));
    record.from().ifPresent(from -> lines.put("stated.from", moment(from)));
    record.until().ifPresent(until -> lines.put("stated.until", moment(until)));
  }

  private static ConsentRecord statement(NamedLines lines, Instant recorded) {
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

  private static void party(String name, Optional<Party> party, NamedLines lines) {
    party.ifPresent(known -> lines.put(name, known.path()));
  }

  private static Optional<Party> party(String name, NamedLines lines) {
    return lines.value(name).map(Party::new);
  }

  private static <T> List<String> codes(Collection<T> values, Function<T, String> code) {
    return values.stream().map(code).toList();
  }
}
