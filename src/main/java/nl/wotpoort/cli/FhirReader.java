package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import nl.wotpoort.letter.Bsn;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.Party;
import nl.wotpoort.letter.Postcode;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.rules.consent.ConsentRecord;
import nl.wotpoort.store.ClientPseudonyms;
import nl.wotpoort.store.ConsentEntry;
import nl.wotpoort.store.Documentation;
import nl.wotpoort.store.Giver;
import nl.wotpoort.store.Pseudonyms;
import nl.wotpoort.store.RegisteredConsent;

/** Reads what {@link FhirConsent} writes. Anything it needs and does not find is said by name. */
final class FhirReader {

  /** What was read. */
  record Read(RegisteredConsent consent, Optional<ConsentEntry.Withdrawal> withdrawal) {}

  /** The member that is missing or cannot be read. */
  static final class Unfit extends Exception {
    private static final long serialVersionUID = 1;

    private final String member;

    Unfit(String member) {
      super(member);
      this.member = member;
    }

    String member() {
      return member;
    }
  }

  private final JsonNode json;

  private FhirReader(JsonNode json) {
    this.json = json;
  }

  static Read read(JsonNode json, Pseudonyms pseudonyms) throws Unfit {
    try {
      return new FhirReader(json).read(pseudonyms);
    } catch (DateTimeException e) {
      throw new Unfit("dateTime");
    } catch (IllegalArgumentException e) {
      throw new Unfit("code");
    }
  }

  private Read read(Pseudonyms pseudonyms) throws Unfit {
    if (!json.path("resourceType").asText().equals("Consent")) {
      throw new Unfit("resourceType");
    }
    Client client = client();
    ClientPseudonyms known =
        pseudonyms.client(client).orElseThrow(() -> new Unfit("contained.Patient"));
    List<Giver> givers = givers();
    ConsentRecord record = record(known, givers);
    Documentation how =
        Documentation.of(
                required("method"),
                required("obtained-by"),
                need(json.at("/sourceReference/display"), "sourceReference"),
                required("told"))
            .given(own("obtained-on", "valueDate").map(LocalDate::parse), text("where"))
            .provedBy(text("evidence"))
            .by(givers);
    return new Read(new RegisteredConsent(record, how, known, Optional.of(client)), withdrawal());
  }

  private ConsentRecord record(ClientPseudonyms known, List<Giver> givers) throws Unfit {
    JsonNode provision = json.path("provision");
    Set<String> by = Set.copyOf(all("by"));
    return new ConsentRecord(
        need(json.path("id"), "id"),
        switch (provision.path("type").asText()) {
          case "permit" -> ConsentRecord.Type.CONSENT;
          case "deny" -> ConsentRecord.Type.OBJECTION;
          default -> throw new Unfit("provision.type");
        },
        known.primary().value(),
        by.isEmpty() ? givers.stream().map(Giver::inRecord).collect(Collectors.toSet()) : by,
        some(json.path("organization"), "/identifier/value", Party::new, "organization"),
        some(provision.path("actor"), "/reference/identifier/value", Party::new, "provision.actor"),
        some(provision.path("purpose"), "/code", Purpose::new, "provision.purpose"),
        some(provision.path("code"), "/coding/0/code", Category::new, "provision.code"),
        Instant.parse(need(json.path("dateTime"), "dateTime")),
        maybe(provision.at("/period/start")).map(FhirConsent::moment),
        maybe(provision.at("/period/end")).map(FhirConsent::moment),
        Optional.empty(),
        text("state")
            .map(ConsentRecord.State::valueOf)
            .orElse(
                json.path("status").asText().equals("active")
                    ? ConsentRecord.State.ACTIVE
                    : ConsentRecord.State.INACTIVE),
        text("replaces"),
        text("record-evidence")
            .map(ConsentRecord.Evidence::valueOf)
            .orElse(ConsentRecord.Evidence.RECORDED),
        own("capable", "valueBoolean").map(Boolean::valueOf));
  }

  private static <T> Set<T> some(JsonNode list, String path, Function<String, T> make, String name)
      throws Unfit {
    List<String> texts = FhirConsent.texts(list, path);
    if (texts.isEmpty() || texts.stream().anyMatch(String::isEmpty)) {
      throw new Unfit(name);
    }
    return texts.stream().map(make).collect(Collectors.toSet());
  }

  private Client client() {
    JsonNode patient = json.at("/contained/0");
    Optional<String> bsn =
        maybe(patient.at("/identifier/0/system")).filter(FhirConsent.BSN::equals).isPresent()
            ? maybe(patient.at("/identifier/0/value"))
            : Optional.empty();
    return new Client(
        maybe(patient.at("/name/0/family")).map(Confidential::of),
        maybe(patient.at("/name/0/given/0")).map(Confidential::of),
        maybe(patient.path("birthDate")).map(LocalDate::parse).map(Confidential::of),
        maybe(patient.at("/address/0/postalCode")).flatMap(Postcode::parse).map(Confidential::of),
        maybe(patient.at("/address/0/line/0")).map(Confidential::of),
        maybe(patient.at("/telecom/0/value")).map(Confidential::of),
        bsn.flatMap(Bsn::parse),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  private List<Giver> givers() throws Unfit {
    List<Giver> givers = new ArrayList<>();
    for (JsonNode giver : named(json, "giver")) {
      givers.add(
          new Giver(
              value(giver, "name", "valueString").map(Confidential::of),
              value(giver, "authority", "valueString")
                  .flatMap(Giver.Authority::ofCode)
                  .orElseThrow(() -> new Unfit("giver.authority")),
              value(giver, "until", "valueDate").map(LocalDate::parse)));
    }
    return givers;
  }

  private Optional<ConsentEntry.Withdrawal> withdrawal() throws Unfit {
    List<JsonNode> all = named(json, "withdrawal");
    if (all.isEmpty()) {
      return Optional.empty();
    }
    JsonNode withdrawal = all.get(0);
    return Optional.of(
        ConsentEntry.Withdrawal.of(
            Instant.parse(
                value(withdrawal, "when", "valueInstant")
                    .orElseThrow(() -> new Unfit("withdrawal.when"))),
            value(withdrawal, "who", "valueString").orElse(""),
            value(withdrawal, "how", "valueString").orElse("")));
  }

  private String required(String name) throws Unfit {
    return text(name).orElseThrow(() -> new Unfit(FhirConsent.OWN + name));
  }

  private Optional<String> text(String name) {
    return own(name, "valueString");
  }

  private Optional<String> own(String name, String member) {
    return value(json, name, member);
  }

  private List<String> all(String name) {
    return named(json, name).stream().map(one -> one.path("valueString").asText("")).toList();
  }

  private static Optional<String> value(JsonNode holder, String name, String member) {
    return named(holder, name).stream().findFirst().flatMap(one -> maybe(one.path(member)));
  }

  private static List<JsonNode> named(JsonNode holder, String name) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode extension : holder.path("extension")) {
      if (extension.path("url").asText().equals(FhirConsent.OWN + name)) {
        found.add(extension);
      }
    }
    return found;
  }

  private static String need(JsonNode node, String name) throws Unfit {
    return maybe(node).orElseThrow(() -> new Unfit(name));
  }

  private static Optional<String> maybe(JsonNode node) {
    return Optional.of(node.asText("")).filter(text -> !text.isEmpty());
  }
}
