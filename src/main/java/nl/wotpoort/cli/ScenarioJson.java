package nl.wotpoort.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.ConsentDecision;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.rules.consent.Flow;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.rules.consent.Scenario;
import nl.wotpoort.texts.Language;
import nl.wotpoort.texts.Texts;

/**
 * The policy's JSON (consent policy, "Scenario and decision as JSON"): a scenario a line in, a
 * decision a line out. Unknown members are passed over; a repeated one is refused, because it could
 * mean two things. Stateless and thread-safe.
 */
final class ScenarioJson {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          // A terminal or pipe of any character set must give the same bytes.
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private static final Set<String> STORE_ANSWERS = Set.of("up", "ok", "available");

  private ScenarioJson() {}

  /** Reads the bare scenario, or an object that holds it under {@code scenario}. */
  static Scenario read(String line) throws BadScenarioException {
    JsonNode root = parse(line);
    JsonNode bare = root.path("scenario").isObject() ? root.path("scenario") : root;
    String id = bare.path("id").asText("");
    if (!bare.isObject()) {
      throw new BadScenarioException(id, Texts.of("decide", Language.NL).say("notScenario"));
    }
    return scenario(id, new JsonFields(id, bare));
  }

  private static JsonNode parse(String line) throws BadScenarioException {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      // The parser's own words would repeat what stands in the line.
      String column =
          Optional.ofNullable(e.getLocation())
              .map(at -> Integer.toString(at.getColumnNr()))
              .orElse("?");
      throw new BadScenarioException("", Texts.of("decide", Language.NL).say("notJson", column));
    }
  }

  private static Scenario scenario(String id, JsonFields fields) throws BadScenarioException {
    Optional<Scenario.Client> client = client(fields);
    String own = client.map(Scenario.Client::id).orElse("");
    List<ConsentRecord> consents = new ArrayList<>();
    for (JsonFields consent : fields.objects("consents")) {
      consents.add(record(consent, own));
    }
    List<Scenario.Ground> grounds = new ArrayList<>();
    for (JsonFields ground : fields.objects("grounds")) {
      grounds.add(ground(ground));
    }
    Flow flow =
        required(fields, "flow", fields.value("flow", text -> Flow.valueOf(constant(text))));
    return new Scenario(
        id,
        flow,
        fields.text("phase").orElse(""),
        client,
        fields.value("requester", Party::new),
        fields.value("holder", Party::new),
        fields.value("recipient", Party::new),
        purposes(fields),
        fields.values("categories", Category::new),
        fields.count("questions"),
        fields.instant("requestedAt"),
        required(fields, "evaluatedAt", fields.instant("evaluatedAt")),
        consents,
        grounds,
        context(fields.object("context"), flow));
  }

  /** Of several purposes one left blank is not known to us; blank ones alone are no purpose. */
  private static List<Purpose> purposes(JsonFields scenario) throws BadScenarioException {
    List<Purpose> purposes = scenario.values("purposes", Purpose::new);
    if (!purposes.isEmpty() && scenario.hasBlank("purposes")) {
      purposes.add(Purpose.UNRECOGNISED);
    }
    return purposes;
  }

  private static <T> T required(JsonFields fields, String name, Optional<T> value)
      throws BadScenarioException {
    if (value.isEmpty()) {
      throw fields.wrong(name, "missing");
    }
    return value.get();
  }

  /** Several clients, or one without an id, is not exactly one client. */
  private static Optional<Scenario.Client> client(JsonFields scenario) throws BadScenarioException {
    List<JsonFields> clients = scenario.objects("client");
    if (clients.size() != 1 || clients.get(0).text("id").isEmpty()) {
      return Optional.empty();
    }
    JsonFields client = clients.get(0);
    List<Scenario.Representative> reps = new ArrayList<>();
    for (JsonFields rep : client.objects("reps")) {
      reps.add(
          new Scenario.Representative(
              rep.text("id").orElse(""),
              rep.text("kind").orElse("").toLowerCase(Locale.ROOT),
              rep.moment("until")));
    }
    return Optional.of(
        new Scenario.Client(
            client.text("id").orElse(""),
            client.date("born"),
            client.flag("capable").orElse(true),
            new HashSet<>(client.texts("guardians")),
            reps,
            deceased(client)));
  }

  /** "true" says that, not when; it is then taken as always. */
  private static Optional<Moment> deceased(JsonFields client) throws BadScenarioException {
    if (client.is("deceased", true)) {
      return Optional.of(new Moment.Day(LocalDate.MIN));
    }
    return client.is("deceased", false) ? Optional.empty() : client.moment("deceased");
  }

  private static ConsentRecord record(JsonFields fields, String own) throws BadScenarioException {
    ConsentRecord.Type type =
        required(
            fields,
            "type",
            fields.value("type", text -> ConsentRecord.Type.valueOf(constant(text))));
    return new ConsentRecord(
        fields.text("id").orElse(""),
        type,
        fields.text("client").orElse(own),
        new HashSet<>(fields.texts("by")),
        new HashSet<>(fields.values("holder", Party::new)),
        new HashSet<>(fields.values("recipient", Party::new)),
        new HashSet<>(fields.values("purposes", Purpose::new)),
        new HashSet<>(fields.values("categories", Category::new)),
        fields.instant("recorded").orElse(unrecorded(type)),
        fields.moment("from"),
        fields.moment("until"),
        withdrawn(fields),
        state(fields.text("state").orElse("active")),
        fields.text("replaces"),
        evidence(fields.text("evidence").orElse("")),
        fields.flag("given_capable"));
  }

  /** Not known to be recorded yet: a consent then never counts, an objection always does. */
  private static Instant unrecorded(ConsentRecord.Type type) {
    return type == ConsentRecord.Type.CONSENT ? Instant.MAX : Instant.MIN;
  }

  private static Optional<Instant> withdrawn(JsonFields record) throws BadScenarioException {
    if (record.is("withdrawn", true)) {
      return Optional.of(Instant.MIN);
    }
    return record.is("withdrawn", false) ? Optional.empty() : record.instant("withdrawn");
  }

  /** A state we do not know is not active. */
  private static ConsentRecord.State state(String text) {
    for (ConsentRecord.State state : ConsentRecord.State.values()) {
      if (state.name().equals(constant(text))) {
        return state;
      }
    }
    return ConsentRecord.State.INACTIVE;
  }

  /**
   * Every assertion that is not the sender's own is taken as the requester's, which never counts.
   */
  private static ConsentRecord.Evidence evidence(String text) {
    String evidence = constant(text);
    if (evidence.equals(ConsentRecord.Evidence.ASSERTED_BY_SENDER.name())) {
      return ConsentRecord.Evidence.ASSERTED_BY_SENDER;
    }
    return evidence.startsWith("ASSERTED")
        ? ConsentRecord.Evidence.ASSERTED_BY_REQUESTER
        : ConsentRecord.Evidence.RECORDED;
  }

  /** A name that is no party of ours is nobody we can hold to it, so the ground has no name. */
  private static Scenario.Ground ground(JsonFields fields) throws BadScenarioException {
    return new Scenario.Ground(
        fields.text("kind").orElse(""),
        fields.text("by").flatMap(ScenarioJson::party),
        fields.flag("justified").orElse(false),
        fields.values("necessary", Category::new));
  }

  private static Optional<Party> party(String name) {
    try {
      return Optional.of(new Party(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A receipt holds no personal content unless it is said to. */
  private static Scenario.Context context(JsonFields fields, Flow flow)
      throws BadScenarioException {
    Optional<Scenario.Referral> referral = Optional.empty();
    if (fields.has("referral")) {
      JsonFields from = fields.object("referral");
      referral =
          Optional.of(
              new Scenario.Referral(
                  from.value("from", Party::new),
                  from.value("to", Party::new),
                  from.flag("consented").orElse(false)));
    }
    return new Scenario.Context(
        fields.flag("personal").orElse(flow != Flow.ACK),
        fields.flag("client_identified").orElse(true),
        fields.is("store", true) || (!fields.is("store", false) && storeAnswers(fields)),
        fields.flag("requester_authenticated").orElse(true),
        referral);
  }

  private static boolean storeAnswers(JsonFields context) throws BadScenarioException {
    return STORE_ANSWERS.contains(context.text("store").orElse("up").toLowerCase(Locale.ROOT));
  }

  private static String constant(String code) {
    return code.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** One line, without its line end. */
  static String write(ConsentDecision decision) {
    ObjectNode line = JSON.createObjectNode();
    line.put("id", decision.id());
    line.put("decision", decision.outcome().name());
    ArrayNode permitted = line.putArray("permitted");
    decision.permitted().forEach(category -> permitted.add(category.code()));
    line.put("reason", decision.reason().name());
    ArrayNode records = line.putArray("records");
    decision.records().forEach(records::add);
    ObjectNode refused = line.putObject("refused");
    decision.refused().forEach((category, reason) -> refused.put(category.code(), reason.name()));
    return text(line);
  }

  /** What takes the place of a decision when line {@code number} is no scenario. */
  static String write(BadScenarioException bad, int number) {
    ObjectNode line = JSON.createObjectNode();
    line.put("id", bad.id().orElse(null));
    line.put("error", bad.problem());
    line.put("line", number);
    return text(line);
  }

  private static String text(ObjectNode line) {
    try {
      return JSON.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("a tree of texts and numbers can always be written", e);
    }
  }
}
