package nl.wotpoort.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  /** Where in the resource something stands in the way, and what. */
  static final class Unfit extends Exception {
    private static final long serialVersionUID = 1;

    /** What stands in the way. */
    enum Why {
      /** It is not there, or cannot be read. */
      LACKS,
      /** It changes what the consent means in a way we do not keep: without it we share more. */
      NOT_KEPT
    }

    private final String member;
    private final Why why;

    Unfit(String member) {
      this(member, Why.LACKS);
    }

    Unfit(String member, Why why) {
      super(member);
      this.member = member;
      this.why = why;
    }

    String member() {
      return member;
    }

    Why why() {
      return why;
    }
  }

  /** What narrows or turns a consent in FHIR, and has no place in ours. */
  private static final List<String> NOT_KEPT =
      List.of("provision", "securityLabel", "class", "action", "dataPeriod", "data");

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
    refuseWhatIsNotKept();
    Client client = client();
    ClientPseudonyms known =
        pseudonyms
            .client(client)
            .filter(some -> client.isIdentified())
            .orElseThrow(() -> new Unfit("contained.Patient"));
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

  /** Nothing of a consent is dropped in silence: a part that is not read could be its refusal. */
  private void refuseWhatIsNotKept() throws Unfit {
    for (String member : List.of("implicitRules", "modifierExtension")) {
      refuse(json, member, "");
    }
    JsonNode provision = json.path("provision");
    for (String member : NOT_KEPT) {
      refuse(provision, member, "provision.");
    }
    for (JsonNode extension : provision.path("modifierExtension")) {
      if (!extension.path("url").asText().equals(FhirConsent.OWN + "category")) {
        throw new Unfit("provision.modifierExtension", Unfit.Why.NOT_KEPT);
      }
    }
    for (JsonNode actor : provision.path("actor")) {
      if (!actor.at("/role/coding/0/code").asText().equals("IRCP")) {
        throw new Unfit("provision.actor.role", Unfit.Why.NOT_KEPT);
      }
    }
  }

  private static void refuse(JsonNode holder, String member, String path) throws Unfit {
    if (holder.has(member)) {
      throw new Unfit(path + member, Unfit.Why.NOT_KEPT);
    }
  }

  /** In the place of today, or of before November 2026. */
  private static Set<Category> categories(JsonNode provision) throws Unfit {
    List<JsonNode> own = namedIn(provision.path("modifierExtension"), "category");
    if (own.isEmpty()) {
      return some(
          provision.path("code"),
          "/coding/0",
          FhirConsent.CATEGORY,
          "/code",
          Category::new,
          "provision.modifierExtension (" + FhirConsent.OWN + "category)");
    }
    return own.stream()
        .map(one -> new Category(one.path("valueCode").asText()))
        .collect(Collectors.toSet());
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
        some(
            json.path("organization"),
            "/identifier",
            FhirConsent.PARTY,
            "/value",
            Party::new,
            "organization.identifier"),
        some(
            provision.path("actor"),
            "/reference/identifier",
            FhirConsent.PARTY,
            "/value",
            Party::new,
            "provision.actor.reference.identifier"),
        some(
            provision.path("purpose"),
            "",
            FhirConsent.PURPOSE,
            "/code",
            Purpose::new,
            "provision.purpose"),
        categories(provision),
        Instant.parse(need(json.path("dateTime"), "dateTime")),
        maybe(provision.at("/period/start")).map(FhirConsent::moment),
        maybe(provision.at("/period/end")).map(FhirConsent::moment),
        Optional.empty(),
        text("state")
            .map(ConsentRecord.State::valueOf)
            .orElseGet(() -> state(json.path("status").asText())),
        text("replaces"),
        text("record-evidence")
            .map(ConsentRecord.Evidence::valueOf)
            .orElse(ConsentRecord.Evidence.RECORDED),
        own("capable", "valueBoolean").map(Boolean::valueOf));
  }

  /** FHIR's status; what it does not know counts for nothing. */
  private static ConsentRecord.State state(String status) {
    String name = status.toUpperCase(Locale.ROOT).replace('-', '_');
    return Stream.of(ConsentRecord.State.values())
        .filter(state -> state.name().equals(name))
        .findFirst()
        .orElse(ConsentRecord.State.INACTIVE);
  }

  /** The values at {@code path} of a list's items, all in our own {@code system}. */
  private static <T> Set<T> some(
      JsonNode list,
      String path,
      String system,
      String value,
      Function<String, T> make,
      String name)
      throws Unfit {
    List<String> texts = FhirConsent.texts(list, path + value);
    boolean ours = FhirConsent.texts(list, path + "/system").stream().allMatch(system::equals);
    if (texts.isEmpty() || texts.stream().anyMatch(String::isEmpty) || !ours) {
      throw new Unfit(name + " (system " + system + ")");
    }
    return texts.stream().map(make).collect(Collectors.toSet());
  }

  private Client client() throws Unfit {
    JsonNode patient = patient();
    Optional<String> bsn =
        maybe(patient.at("/identifier/0/system")).filter(FhirConsent.BSN::equals).isPresent()
            ? maybe(patient.at("/identifier/0/value"))
            : Optional.empty();
    return new Client(
        maybe(patient.at("/name/0/family")).map(Confidential::of),
        maybe(patient.at("/name/0/given/0")).map(Confidential::of),
        born(patient).map(Confidential::of),
        maybe(patient.at("/address/0/postalCode")).flatMap(Postcode::parse).map(Confidential::of),
        maybe(patient.at("/address/0/line/0")).map(Confidential::of),
        maybe(patient.at("/telecom/0/value")).map(Confidential::of),
        bsn.flatMap(Bsn::parse),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  /** The one the consent is about, within it: another's file is not at hand. */
  private JsonNode patient() throws Unfit {
    String reference = need(json.at("/patient/reference"), "patient.reference");
    for (JsonNode contained : json.path("contained")) {
      if (contained.path("resourceType").asText().equals("Patient")
          && reference.equals("#" + contained.path("id").asText())) {
        return contained;
      }
    }
    throw new Unfit("contained.Patient");
  }

  private static Optional<LocalDate> born(JsonNode patient) throws Unfit {
    try {
      return maybe(patient.path("birthDate")).map(LocalDate::parse);
    } catch (DateTimeException e) {
      throw new Unfit("contained.Patient.birthDate");
    }
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
    return namedIn(holder.path("extension"), name);
  }

  private static List<JsonNode> namedIn(JsonNode extensions, String name) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode extension : extensions) {
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
