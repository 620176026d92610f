package nl.wotpoort.mime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import nl.wotpoort.letter.Address;
import nl.wotpoort.letter.Attachment;
import nl.wotpoort.letter.Bsn;
import nl.wotpoort.letter.Bytes;
import nl.wotpoort.letter.CaseNumber;
import nl.wotpoort.letter.Category;
import nl.wotpoort.letter.Client;
import nl.wotpoort.letter.Confidential;
import nl.wotpoort.letter.ConsentStatement;
import nl.wotpoort.letter.LegalGround;
import nl.wotpoort.letter.Letter;
import nl.wotpoort.letter.Letter.Feedback.Outcome;
import nl.wotpoort.letter.Letter.Unrecognised.Why;
import nl.wotpoort.letter.Postcode;
import nl.wotpoort.letter.Purpose;
import nl.wotpoort.letter.Question;
import nl.wotpoort.letter.Situation;

/**
 * Reads the JSON form, {@code wotpoort.message/1} (docs/schema/wotpoort-message-1.json). Strict
 * where a machine should know better: duplicate keys, wrong types, unknown values and unknown
 * versions are for a person. Unknown fields are left alone: the JSON itself travels on.
 */
final class JsonLetter {

  static final String SCHEMA = "wotpoort.message/1";

  private static final int LARGEST = 1 << 20;

  static final Pattern CODE = Pattern.compile("[a-z0-9-]{1,50}(\\.[a-z0-9-]{1,50}){0,3}");
  private static final Pattern MAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,230}");
  private static final Pattern POSTCODE = Pattern.compile("[1-9][0-9]{3} ?([A-Za-z]{2})?");
  private static final Pattern BSN = Pattern.compile("[0-9]{9}");
  private static final Pattern CASE =
      Pattern.compile("WP-[0-9A-HJKMNP-TV-Y]{4}-[0-9A-HJKMNP-TV-Y]{4}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
  private static final Pattern WORD = Pattern.compile("\\S{1,60}");

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(20)
                          .maxStringLength(2 * JsonFields.LONG)
                          .maxNameLength(200)
                          .maxNumberLength(40)
                          .maxDocumentLength(LARGEST)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** The letter, what stood in it and did not count, and the files it lists by digest. */
  record Result(Letter letter, List<Missing> missing, Set<String> announced) {}

  private final Address signer;
  private final List<Attachment> attachments;
  private final Set<CaseNumber> cases;
  private final Set<Missing> missing = new LinkedHashSet<>();
  private final Set<String> listed = new LinkedHashSet<>();

  /** {@code cases} are the case numbers found elsewhere in the message. */
  JsonLetter(Address signer, List<Attachment> attachments, Set<CaseNumber> cases) {
    this.signer = signer;
    this.attachments = attachments;
    this.cases = new LinkedHashSet<>(cases);
  }

  Result read(Bytes json) {
    try {
      return new Result(
          letter(JsonFields.of(parsed(json))), List.copyOf(missing), Set.copyOf(listed));
    } catch (Unreadable e) {
      return new Result(e.letter(), List.of(), Set.of());
    }
  }

  static JsonNode parsed(Bytes json) throws Unreadable {
    if (json.length() > LARGEST) {
      throw JsonFields.malformed("json");
    }
    try {
      JsonNode node = MAPPER.readTree(json.toArray());
      if (node == null) {
        throw JsonFields.malformed("json");
      }
      return node;
    } catch (IOException e) {
      throw JsonFields.malformed("json");
    }
  }

  private Letter letter(JsonFields json) throws Unreadable {
    checkSchema(json);
    String type = json.text("type", WORD).orElseThrow(() -> JsonFields.malformed("type"));
    checkEnvelope(json);
    // Every field is read for every type: what breaks the schema is refused wherever it stands.
    Referred referred = referred(json);
    Asked asked = asked(json);
    Told told = told(json);
    checkAttachments(json);
    Optional<CaseNumber> number = cases.stream().findFirst();
    return switch (type) {
      case "REFERRAL" ->
          new Letter.Referral(
              referred.client,
              referred.helpRequest,
              referred.factors,
              referred.situations,
              referred.expertise,
              referred.urgency,
              referred.preferredTeam,
              asked.consent,
              asked.ground,
              number);
      case "INFO_REQUEST" ->
          new Letter.InformationRequest(
              referred.client,
              asked.purposes,
              asked.purposeText,
              asked.questions,
              asked.consent,
              asked.ground,
              number);
      case "ANSWER" -> new Letter.InformationReply(referred.client, told.answers, number);
      case "FEEDBACK", "STATUS" -> status(type, told, number);
      default -> throw new Unreadable(Why.UNKNOWN_VALUE, "type");
    };
  }

  private static void checkSchema(JsonFields json) throws Unreadable {
    Optional<String> schema;
    try {
      schema = json.text("schema", JsonFields.SHORT);
    } catch (Unreadable e) {
      schema = Optional.empty();
    }
    if (!schema.equals(Optional.of(SCHEMA))) {
      throw new Unreadable(Why.UNKNOWN_SCHEMA, "schema");
    }
  }

  private void checkEnvelope(JsonFields json) throws Unreadable {
    json.text("id", JsonFields.SHORT);
    json.text("inReplyTo", JsonFields.SHORT);
    json.checkInstant("createdAt");
    json.text("recipient", MAIL);
    Optional<String> sender = json.text("sender", MAIL);
    if (sender.isPresent() && !sender.get().equalsIgnoreCase(signer.toString())) {
      throw new Unreadable(Why.CONTRADICTION, "sender");
    }
    Optional<String> caseId = json.text("caseId", CASE);
    if (caseId.isPresent()) {
      cases.add(CaseNumber.findIn(caseId.get()).orElseThrow(() -> JsonFields.malformed("caseId")));
    }
    if (cases.size() > 1) {
      throw new Unreadable(Why.CONTRADICTION, "caseId");
    }
  }

  private record Referred(
      Client client,
      Optional<Confidential<String>> helpRequest,
      List<Confidential<String>> factors,
      Set<Situation> situations,
      List<String> expertise,
      Letter.Urgency urgency,
      Optional<String> preferredTeam) {}

  private Referred referred(JsonFields json) throws Unreadable {
    Optional<JsonFields> client = json.object("client");
    return new Referred(
        client.isPresent() ? client(client.get()) : Client.unknown(),
        json.text("helpRequest", JsonFields.LONG).map(Confidential::of),
        confidential(json.texts("factors", JsonFields.LONG)),
        situations(json),
        json.texts("expertise", JsonFields.SHORT),
        known(json, "urgency", Letter.Urgency.values()).orElse(Letter.Urgency.NORMAL),
        json.text("preferredTeam", JsonFields.SHORT));
  }

  private static Client client(JsonFields client) throws Unreadable {
    Optional<Bsn> bsn = client.text("bsn", BSN).flatMap(Bsn::parse);
    if (bsn.isEmpty() && client.text("bsn", BSN).isPresent()) {
      throw JsonFields.malformed("client.bsn");
    }
    return new Client(
        client.text("name", JsonFields.SHORT).map(Confidential::of),
        client.text("initials", JsonFields.SHORT).map(Confidential::of),
        client.date("birthDate").map(Confidential::of),
        client.text("postcode", POSTCODE).flatMap(Postcode::parse).map(Confidential::of),
        client.text("houseNumber", JsonFields.SHORT).map(Confidential::of),
        client.text("phone", JsonFields.SHORT).map(Confidential::of),
        bsn,
        client.text("language", JsonFields.SHORT),
        confidential(client.texts("guardians", JsonFields.SHORT)),
        client.text("representative", JsonFields.SHORT).map(Confidential::of));
  }

  static List<Confidential<String>> confidential(List<String> texts) {
    return texts.stream().map(Confidential::of).toList();
  }

  private static Set<Situation> situations(JsonFields json) throws Unreadable {
    Set<Situation> found = new LinkedHashSet<>();
    List<String> codes = json.texts("situations", WORD);
    for (int i = 0; i < codes.size(); i++) {
      String path = "situations[" + i + "]";
      found.add(
          Situation.ofCode(codes.get(i))
              .orElseThrow(() -> new Unreadable(Why.UNKNOWN_VALUE, path)));
    }
    return found;
  }

  private static <E extends Enum<E>> Optional<E> known(JsonFields json, String name, E[] values)
      throws Unreadable {
    Optional<String> stated = json.text(name, WORD);
    if (stated.isEmpty()) {
      return Optional.empty();
    }
    for (E value : values) {
      if (value.name().equals(stated.get())) {
        return Optional.of(value);
      }
    }
    throw new Unreadable(Why.UNKNOWN_VALUE, json.path(name));
  }

  private record Asked(
      List<Purpose> purposes,
      Optional<Confidential<String>> purposeText,
      List<Question> questions,
      ConsentStatement consent,
      Optional<LegalGround> ground) {}

  private Asked asked(JsonFields json) throws Unreadable {
    List<Purpose> purposes = new ArrayList<>();
    Optional<String> purposeText = Optional.empty();
    for (JsonFields purpose : json.oneOrMore("purpose")) {
      Optional<String> code = purpose.text("code", CODE);
      Optional<String> text = purpose.text("text", JsonFields.LONG);
      purposes.addAll(
          code.map(c -> List.of(new Purpose(c)))
              .or(() -> text.map(Words::purposes))
              .orElse(List.of()));
      purposeText = purposeText.isPresent() ? purposeText : text;
    }
    Optional<JsonFields> ground = json.object("legalGround");
    return new Asked(
        purposes.stream().distinct().toList(),
        purposeText.map(Confidential::of),
        questions(json),
        JsonConsent.consent(json),
        ground.isPresent() ? Optional.of(JsonConsent.ground(ground.get())) : Optional.empty());
  }

  private record Numbered(int number, String text, Optional<Category> category) {}

  private static List<Numbered> numbered(JsonFields json, String name) throws Unreadable {
    Map<Integer, Numbered> found = new LinkedHashMap<>();
    for (JsonFields item : json.objects(name)) {
      Numbered one =
          new Numbered(
              item.number("nr"),
              item.text("text", JsonFields.LONG).orElse(""),
              item.text("category", CODE).map(Category::new));
      Numbered other = found.putIfAbsent(one.number, one);
      if (other != null && !other.equals(one)) {
        throw new Unreadable(Why.CONTRADICTION, name);
      }
    }
    return List.copyOf(found.values());
  }

  private List<Question> questions(JsonFields json) throws Unreadable {
    List<Question> kept = new ArrayList<>();
    for (Numbered asked : numbered(json, "questions")) {
      if (asked.text.isEmpty()) {
        missing.add(new Missing("question." + asked.number, Missing.Cause.EMPTY));
      } else if (!TargetedQuestions.isTargeted(asked.text)) {
        missing.add(new Missing("question." + asked.number, Missing.Cause.NOT_TARGETED));
      } else {
        kept.add(new Question(asked.number, Confidential.of(asked.text), asked.category));
      }
    }
    return kept;
  }

  /** RECEIVED and FORWARDED are what the gateway itself says of a message. */
  private enum State {
    RECEIVED,
    FORWARDED,
    ACCEPTED,
    DECLINED,
    UNCLEAR,
    INTERIM,
    COMPLETED,
    HANDED_ON,
    DISPUTED,
    CANCELLED
  }

  private record Told(
      List<Letter.InformationReply.Reply> answers,
      Optional<State> state,
      Optional<Confidential<String>> contactPerson,
      Optional<Confidential<String>> reason,
      Optional<Confidential<String>> explanation) {}

  private static Told told(JsonFields json) throws Unreadable {
    return new Told(
        numbered(json, "answers").stream()
            .filter(a -> !a.text.isEmpty())
            .map(
                a ->
                    new Letter.InformationReply.Reply(
                        a.number, Confidential.of(a.text), a.category))
            .toList(),
        known(json, "state", State.values()),
        json.text("contactPerson", JsonFields.SHORT).map(Confidential::of),
        json.text("reason", JsonFields.LONG).map(Confidential::of),
        json.text("feedback", JsonFields.LONG).map(Confidential::of));
  }

  private static Letter status(String type, Told told, Optional<CaseNumber> number)
      throws Unreadable {
    State state = told.state.orElseThrow(() -> JsonFields.malformed("state"));
    Outcome outcome =
        switch (state) {
          case ACCEPTED -> Outcome.ACCEPTED;
          case DECLINED -> Outcome.DECLINED;
          case UNCLEAR -> Outcome.UNCLEAR;
          case INTERIM -> Outcome.INTERIM;
          case COMPLETED -> Outcome.COMPLETED;
          case HANDED_ON -> Outcome.HANDED_ON;
          case DISPUTED -> Outcome.DISPUTED;
          case CANCELLED -> Outcome.CANCELLED;
          case RECEIVED, FORWARDED -> {
            if (type.equals("FEEDBACK")) {
              throw new Unreadable(Why.UNKNOWN_VALUE, "state");
            }
            yield null;
          }
        };
    return outcome == null
        ? new Letter.AutomaticNotice(Letter.AutomaticNotice.Kind.OTHER)
        : new Letter.Feedback(outcome, told.contactPerson, told.reason, told.explanation, number);
  }

  /** A listed file must be among those that came; its name and type may have changed on the way. */
  private void checkAttachments(JsonFields json) throws Unreadable {
    Set<String> came = new HashSet<>();
    attachments.forEach(a -> came.add(a.sha256()));
    for (JsonFields file : json.objects("attachments")) {
      file.text("name", JsonFields.SHORT);
      file.text("type", JsonFields.SHORT);
      String digest =
          file.text("sha256", SHA256).orElseThrow(() -> JsonFields.malformed(file.path("sha256")));
      listed.add(digest.toLowerCase(Locale.ROOT));
      if (!came.contains(digest.toLowerCase(Locale.ROOT))) {
        throw new Unreadable(Why.CONTRADICTION, "attachments");
      }
    }
  }
}
