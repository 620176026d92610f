package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.rules.consent.Moment;
import nl.wotpoort.store.ConsentEntry;
import nl.wotpoort.store.Documentation;
import nl.wotpoort.store.Giver;
import nl.wotpoort.store.Pseudonym;

/**
 * A consent as an HL7 FHIR R4 Consent, in the shape of IHE Privacy Consent on FHIR, intermediate;
 * what FHIR has no place for stands in extensions (docs/fhir-consent.md). {@link FhirReader} reads
 * it back.
 */
final class FhirConsent {

  static final String PROFILE =
      "https://profiles.ihe.net/ITI/PCF/StructureDefinition/IHE.PCF.consentIntermediate";
  static final String OWN = "urn:wotpoort:consent:";
  static final String PARTY = "urn:wotpoort:party";
  static final String PURPOSE = "urn:wotpoort:purpose";
  static final String CATEGORY = "urn:wotpoort:category";
  static final String BSN = "http://fhir.nl/fhir/NamingSystem/bsn";

  private FhirConsent() {}

  static ObjectNode write(ConsentEntry entry) {
    ConsentRecord record = entry.consent().record();
    ObjectNode json = Json.object();
    json.put("resourceType", "Consent");
    json.put("id", record.id());
    json.putObject("meta")
        .put("versionId", String.valueOf(entry.version()))
        .putArray("profile")
        .add(PROFILE);
    entry.consent().subject().ifPresent(client -> json.putArray("contained").add(patient(client)));
    json.set("extension", extensions(entry));
    boolean active = record.state() == ConsentRecord.State.ACTIVE && record.withdrawn().isEmpty();
    json.put("status", active ? "active" : "inactive");
    json.set(
        "scope", concept("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy"));
    json.putArray("category").add(concept("http://loinc.org", "59284-0"));
    json.set("patient", patientReference(entry));
    json.put("dateTime", record.recorded().toString());
    json.set("performer", performers(entry));
    ArrayNode organisations = json.putArray("organization");
    record.holders().stream()
        .map(Party::path)
        .sorted()
        .forEach(path -> organisations.add(reference(path)));
    json.putObject("sourceReference")
        .put("display", entry.consent().documentation().place().reveal());
    json.putArray("policy").addObject().put("uri", "urn:wotpoort:policy");
    json.set("provision", provision(record));
    return json;
  }

  private static ObjectNode provision(ConsentRecord record) {
    ObjectNode provision = Json.object();
    provision.put("type", record.type() == ConsentRecord.Type.CONSENT ? "permit" : "deny");
    if (record.from().isPresent() || record.until().isPresent()) {
      ObjectNode period = provision.putObject("period");
      record.from().ifPresent(from -> period.put("start", moment(from)));
      record.until().ifPresent(until -> period.put("end", moment(until)));
    }
    ArrayNode actors = provision.putArray("actor");
    for (String path : record.recipients().stream().map(Party::path).sorted().toList()) {
      ObjectNode actor = actors.addObject();
      actor.set(
          "role", concept("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP"));
      actor.set("reference", reference(path));
    }
    ArrayNode purposes = provision.putArray("purpose");
    record.purposes().stream()
        .map(Purpose::code)
        .sorted()
        .forEach(code -> purposes.addObject().put("system", PURPOSE).put("code", code));
    // a modifier: whoever does not know it must not read the consent as one to everything
    ArrayNode narrowed = provision.putArray("modifierExtension");
    record.categories().stream()
        .map(Category::code)
        .sorted()
        .forEach(code -> own(narrowed, "category").put("valueCode", code));
    return provision;
  }

  /** Who gave it: the client, or somebody in the client's place by what authority. */
  private static ArrayNode performers(ConsentEntry entry) {
    ArrayNode performers = Json.list(List.of());
    List<Giver> givers = entry.consent().documentation().givers();
    boolean byClient =
        givers.isEmpty()
            ? entry.consent().record().by().contains(Giver.client().inRecord())
            : givers.contains(Giver.client());
    if (byClient) {
      performers.add(patientReference(entry));
    }
    givers.stream()
        .filter(giver -> giver.authority() != Giver.Authority.CLIENT)
        .forEach(giver -> performers.add(inPlaceOfTheClient(giver)));
    if (performers.isEmpty()) {
      performers.addObject().put("type", "RelatedPerson").put("display", "?");
    }
    return performers;
  }

  private static ObjectNode inPlaceOfTheClient(Giver giver) {
    String authority = giver.authority().code();
    return Json.object()
        .put("type", "RelatedPerson")
        .put(
            "display",
            giver.name().map(name -> name.reveal() + " (" + authority + ")").orElse(authority));
  }

  private static ArrayNode extensions(ConsentEntry entry) {
    ConsentRecord record = entry.consent().record();
    Documentation how = entry.consent().documentation();
    ArrayNode all = Json.list(List.of());
    text(all, "method", Optional.of(how.method().reveal()));
    text(all, "obtained-by", Optional.of(how.obtainedBy().reveal()));
    text(all, "told", Optional.of(how.told().reveal()));
    text(all, "where", how.where().map(Confidential::reveal));
    text(all, "evidence", how.evidence().map(Confidential::reveal));
    how.obtainedOn().ifPresent(day -> own(all, "obtained-on").put("valueDate", day.toString()));
    text(all, "record-evidence", Optional.of(record.evidence().name()));
    text(all, "state", Optional.of(record.state().name()));
    record.givenCapable().ifPresent(able -> own(all, "capable").put("valueBoolean", able));
    text(all, "replaces", record.replaces());
    record.by().stream().sorted().forEach(giver -> text(all, "by", Optional.of(giver)));
    how.givers().forEach(giver -> own(all, "giver").set("extension", giver(giver)));
    entry
        .withdrawal()
        .ifPresent(withdrawal -> own(all, "withdrawal").set("extension", withdrawal(withdrawal)));
    return all;
  }

  private static ArrayNode giver(Giver giver) {
    ArrayNode parts = Json.list(List.of());
    text(parts, "name", giver.name().map(Confidential::reveal));
    text(parts, "authority", Optional.of(giver.authority().code()));
    giver.until().ifPresent(day -> own(parts, "until").put("valueDate", day.toString()));
    return parts;
  }

  private static ArrayNode withdrawal(ConsentEntry.Withdrawal withdrawal) {
    ArrayNode parts = Json.list(List.of());
    own(parts, "when").put("valueInstant", withdrawal.when().toString());
    text(parts, "who", Optional.of(withdrawal.who().reveal()));
    text(parts, "how", Optional.of(withdrawal.how().reveal()));
    return parts;
  }

  private static void text(ArrayNode all, String name, Optional<String> value) {
    value.ifPresent(text -> own(all, name).put("valueString", text));
  }

  private static ObjectNode own(ArrayNode all, String name) {
    return all.addObject().put("url", OWN + name);
  }

  private static ObjectNode concept(String system, String code) {
    ObjectNode concept = Json.object();
    concept.putArray("coding").addObject().put("system", system).put("code", code);
    return concept;
  }

  private static ObjectNode reference(String path) {
    ObjectNode reference = Json.object();
    reference.putObject("identifier").put("system", PARTY).put("value", path);
    return reference;
  }

  /** A record of before the client's own data were kept is known by its pseudonyms alone. */
  private static ObjectNode patientReference(ConsentEntry entry) {
    ObjectNode reference = Json.object();
    if (entry.consent().subject().isPresent()) {
      return reference.put("reference", "#client");
    }
    Pseudonym primary = entry.consent().client().primary();
    reference
        .putObject("identifier")
        .put("system", "urn:wotpoort:pseudonym")
        .put("value", primary.toString());
    return reference;
  }

  private static ObjectNode patient(Client client) {
    ObjectNode patient = Json.object();
    patient.put("resourceType", "Patient").put("id", "client");
    client
        .bsn()
        .ifPresent(
            bsn ->
                patient
                    .putArray("identifier")
                    .addObject()
                    .put("system", BSN)
                    .put("value", bsn.digits().reveal()));
    if (client.name().isPresent() || client.initials().isPresent()) {
      ObjectNode name = patient.putArray("name").addObject();
      client.name().ifPresent(family -> name.put("family", family.reveal()));
      client.initials().ifPresent(given -> name.putArray("given").add(given.reveal()));
    }
    client
        .phone()
        .ifPresent(
            phone ->
                patient
                    .putArray("telecom")
                    .addObject()
                    .put("system", "phone")
                    .put("value", phone.reveal()));
    client
        .birthDate()
        .map(Confidential::reveal)
        .map(LocalDate::toString)
        .ifPresent(born -> patient.put("birthDate", born));
    if (client.postcode().isPresent() || client.houseNumber().isPresent()) {
      ObjectNode address = patient.putArray("address").addObject();
      client.houseNumber().ifPresent(house -> address.putArray("line").add(house.reveal()));
      client
          .postcode()
          .ifPresent(postcode -> address.put("postalCode", postcode.reveal().toString()));
    }
    return patient;
  }

  static String moment(Moment moment) {
    return moment instanceof Moment.Day day
        ? day.date().toString()
        : ((Moment.At) moment).instant().toString();
  }

  static Moment moment(String text) {
    return text.contains("T")
        ? new Moment.At(Instant.parse(text))
        : new Moment.Day(LocalDate.parse(text));
  }

  /** The members of a list of objects, as texts at {@code path}. */
  static List<String> texts(JsonNode list, String path) {
    List<String> found = new ArrayList<>();
    list.forEach(item -> found.add(item.at(path).asText("")));
    return List.copyOf(found);
  }
}
