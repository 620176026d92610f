package nl.wotpoort.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nl.wotpoort.desk.ConsentForm;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.store.ConsentEntry;
import nl.wotpoort.store.Documentation;
import nl.wotpoort.store.Giver;

/** A consent form as JSON, in from a system and out for one. What comes out names no client. */
final class ConsentJson {

  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ConsentJson() {}

  static ConsentForm read(Bytes file, ConsentFields fields, Screen screen) throws Refusal {
    try {
      JsonNode root = STRICT.readTree(file.decode(StandardCharsets.UTF_8));
      if (root == null || !root.isObject()) {
        throw new Refusal(Exit.USAGE, screen.text("consent.json.object"));
      }
      return form(new JsonFields("", root), fields, screen);
    } catch (BadScenarioException e) {
      throw new Refusal(Exit.USAGE, e.problem());
    } catch (JsonProcessingException e) {
      // the parser's own words would repeat what stands in the file
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new Refusal(Exit.USAGE, screen.text("consent.json.syntax", line));
    }
  }

  private static ConsentForm form(JsonFields json, ConsentFields fields, Screen screen)
      throws BadScenarioException, Refusal {
    Optional<LocalDate> from = fields.date(json.text("from").orElse(""));
    Optional<LocalDate> until = fields.until(from, json.text("until").orElse(""));
    List<Giver> by = givers(json, fields);
    return new ConsentForm(
        json.text("type").orElse("consent").equalsIgnoreCase("objection")
            ? ConsentRecord.Type.OBJECTION
            : ConsentRecord.Type.CONSENT,
        client(json.object("client"), fields, screen),
        by.stream().map(Giver::inRecord).collect(Collectors.toUnmodifiableSet()),
        fields.parties("holders", joined(json, "holders")),
        fields.parties("recipients", joined(json, "recipients")),
        fields.purposes(joined(json, "purposes")),
        fields.categories(joined(json, "categories")),
        from,
        until,
        Documentation.of(
                demanded(json, "method", fields),
                demanded(json, "obtainedBy", fields),
                demanded(json, "place", fields),
                demanded(json, "told", fields))
            .given(fields.past(json.text("obtainedOn").orElse("")), json.text("where"))
            .provedBy(json.text("evidence"))
            .by(by),
        json.flag("capable"),
        json.text("replaces"));
  }

  /**
   * {@code givers}: objects with name, authority and until; or {@code by}: as people write them.
   */
  private static List<Giver> givers(JsonFields json, ConsentFields fields)
      throws BadScenarioException, Refusal {
    List<Giver> givers = new ArrayList<>();
    for (JsonFields giver : json.objects("givers")) {
      givers.add(
          fields.giver(
              giver.text("name").orElse(""),
              giver.text("authority").orElse(""),
              fields.date(giver.text("until").orElse(""))));
    }
    return givers.isEmpty() ? fields.givers(joined(json, "by")) : givers;
  }

  private static Client client(JsonFields json, ConsentFields fields, Screen screen)
      throws BadScenarioException, Refusal {
    Client client =
        new Client(
            fields.optional(json.text("name").orElse("")),
            fields.optional(json.text("initials").orElse("")),
            fields.birthDate(json.text("birthDate").orElse("")),
            fields.postcode(json.text("postcode").orElse("")),
            fields.optional(json.text("houseNumber").orElse("")),
            Optional.empty(),
            fields.bsn(json.text("bsn").orElse("")),
            Optional.empty(),
            List.of(),
            Optional.empty());
    if (!client.isIdentified()) {
      throw new Refusal(Exit.USAGE, screen.text("consent.notIdentified"));
    }
    return client;
  }

  private static String joined(JsonFields json, String name) throws BadScenarioException {
    return String.join(",", json.texts(name));
  }

  private static String demanded(JsonFields json, String name, ConsentFields fields)
      throws BadScenarioException, Refusal {
    return fields.required(name, json.text(name).orElse(""));
  }

  static ObjectNode write(ConsentEntry entry) {
    ConsentRecord record = entry.consent().record();
    ObjectNode json = Json.object();
    json.put("id", record.id());
    json.put("version", entry.version());
    json.put("type", record.type().name());
    json.set("holders", paths(record.holders()));
    json.set("recipients", paths(record.recipients()));
    json.set(
        "purposes", Json.list(record.purposes().stream().map(Purpose::code).sorted().toList()));
    json.set(
        "categories",
        Json.list(record.categories().stream().map(Category::code).sorted().toList()));
    json.put("recorded", record.recorded().toString());
    Json.put(json, "from", record.from().map(ConsentJson::moment));
    Json.put(json, "until", record.until().map(ConsentJson::moment));
    Json.put(json, "withdrawn", record.withdrawn());
    json.put("state", record.state().name());
    return json;
  }

  private static JsonNode paths(Set<Party> parties) {
    return Json.list(parties.stream().map(Party::path).sorted().toList());
  }

  static String moment(Moment moment) {
    return moment instanceof Moment.Day day
        ? day.date().toString()
        : ((Moment.At) moment).instant().toString();
  }
}
